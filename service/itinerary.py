"""From a Solution in whole numbers back to itineraries, metrics and a score in people's words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from service.codebook import Codebook, Compiled, Duty, Way, is_required
from service.contact.told import contact_told, expected_contacts
from service.day.plan import (
    BreakStop,
    CostBreakdown,
    Itinerary,
    ItineraryMetrics,
    PlanMetrics,
    PlanScore,
    VisitStop,
    WayBack,
)
from service.day.policy import Basis
from service.day.window import TimeWindow
from service.scale import amount
from service.zones import Zones
from solver.objective import distance, route_costs
from solver.problem import Problem
from solver.schedule import driven
from solver.solution import BreakTaken, Costs, Route, Score, Stop
from solver.units import Metres, Prize, Seconds


def write_itineraries(compiled: Compiled, routes: Sequence[Route], zones: Zones) -> tuple[Itinerary, ...]:
    """Every route as its agent will read it, in order of shifts."""
    return tuple(_itinerary(compiled, route, zones) for route in routes)


def write_score(codebook: Codebook, score: Score, prize_bound: Prize | None = None) -> PlanScore:
    """The score in the plan's currency. Required visits that never entered the Problem are missed too.

    Where value is traded against cost, a bound of the value alone says nothing about a plan, and is not told.
    """
    out = sum(is_required(left.visit) for left in codebook.left_out)
    proved = prize_bound if codebook.request.objective.mode == "value_first" else None
    return PlanScore(
        value=amount(score.prize),
        required_missed=score.required_missed + out,
        cost=_breakdown(score.costs),
        value_bound=None if proved is None else amount(proved),
    )


def write_metrics(compiled: Compiled, itineraries: Sequence[Itinerary], score: Score) -> PlanMetrics:
    """The whole day in numbers."""
    metrics = [itinerary.metrics for itinerary in itineraries]
    planned = len({stop.visit_id for itinerary in itineraries for stop in itinerary.visits})
    return PlanMetrics(
        planned=planned,
        unassigned=len(compiled.codebook.request.visits) - planned,
        value=amount(score.prize),
        shifts_used=len(itineraries),
        working=_total(entry.working for entry in metrics),
        driving=_total(entry.driving for entry in metrics),
        service=_total(entry.service for entry in metrics),
        wait=_total(entry.wait for entry in metrics),
        overtime=_total(entry.overtime for entry in metrics),
        distance_m=sum(entry.distance_m for entry in metrics),
        expected_contacts=expected_contacts(stop for itinerary in itineraries for stop in itinerary.visits),
    )


@dataclass(frozen=True, slots=True)
class _Leg:
    """The way to a stop, and the set-up there: none if the agent was at that place already.

    ``travel`` is time on the road as it is at that hour.
    """

    travel: Seconds
    distance: Metres
    setup: Seconds = 0


def _itinerary(compiled: Compiled, route: Route, zones: Zones) -> Itinerary:
    codebook, duty = compiled.codebook, compiled.codebook.duties[route.shift]
    zone = zones.of_shift(duty.shift)
    legs = tuple(_legs(compiled.problem, route))
    visits = [_visit_stop(codebook, stop, leg, route, zones) for stop, leg in zip(route.stops, legs, strict=False)]
    rests = [_break_stop(codebook, duty, rest, zone) for rest in route.breaks]
    return Itinerary(
        agent_id=duty.agent.id,
        shift_id=duty.shift.id,
        start=codebook.horizon.instant(route.depart, zone),
        finish=codebook.horizon.instant(route.finish, zone),
        stops=_in_order(route, visits, rests),
        metrics=_metrics(compiled.problem, route, legs, visits),
        way_back=_way_back(duty, legs),
    )


def _legs(problem: Problem, route: Route) -> Iterator[_Leg]:
    """To every stop, and back unless the end is open; 0 s where there is no way, as only a broken plan goes there."""
    shift = problem.shifts[route.shift]
    metres = problem.travel_of(shift).metres
    options = [problem.visits[stop.visit].options[stop.option] for stop in route.stops]
    places = [(option.place, option.setup) for option in options]
    if shift.end is not None:
        places.append((shift.end, 0))
    at = shift.start
    for (there, setup), travel in zip(places, driven(problem, route), strict=True):
        yield _Leg(travel, int(metres[at, there]), 0 if at == there else setup)
        at = there


def _way_back(duty: Duty, legs: Sequence[_Leg]) -> WayBack | None:
    end = duty.shift.end_place
    return None if end is None else WayBack(end, timedelta(seconds=legs[-1].travel), legs[-1].distance)


def _visit_stop(codebook: Codebook, stop: Stop, leg: _Leg, route: Route, zones: Zones) -> VisitStop:
    call = codebook.calls[stop.visit]
    way = call.ways[stop.option]
    zone = zones.of_visit(call.visit, way.place)

    def instant(seconds: Seconds) -> datetime:
        return codebook.horizon.instant(seconds, zone)

    idle = stop.start - stop.arrive - leg.setup - _resting(route.breaks, stop.arrive, stop.start)
    return VisitStop(
        visit_id=call.visit.id,
        option=way.option,
        place=way.place,
        arrive=instant(stop.arrive),
        wait=timedelta(seconds=max(0, idle)),
        start=instant(stop.start),
        finish=instant(stop.finish),
        travel=timedelta(seconds=leg.travel),
        setup=timedelta(seconds=leg.setup),
        distance_m=leg.distance,
        latest_start=instant(stop.latest_start),
        window=_window(way, instant(stop.start), instant(stop.finish), zone),
        basis=_basis(way, instant(stop.start), instant(stop.finish)),
        contact=contact_told(call.visit, way, instant(stop.start), zone),
    )


def _window(way: Way, start: datetime, finish: datetime, zone: tzinfo) -> TimeWindow | None:
    """The window that holds the whole service, if there is one."""
    holding = (window for window in way.windows or () if window.start <= start and finish <= window.end)
    window = next(holding, None)
    return None if window is None else TimeWindow(window.start.astimezone(zone), window.end.astimezone(zone))


def _basis(way: Way, start: datetime, finish: datetime) -> tuple[Basis, ...]:
    """The rules that permit the service, the size of the party among them where they ask for more than the visit."""
    hours = way.permission.basis(start, finish) if way.permission else ()
    return hours if way.crew_by is None else (*hours, way.crew_by)


def _break_stop(codebook: Codebook, duty: Duty, rest: BreakTaken, zone: tzinfo) -> BreakStop:
    return BreakStop(
        break_id=duty.breaks[rest.index].id,
        start=codebook.horizon.instant(rest.start, zone),
        finish=codebook.horizon.instant(rest.finish, zone),
    )


def _in_order(
    route: Route, visits: Sequence[VisitStop], rests: Sequence[BreakStop]
) -> tuple[VisitStop | BreakStop, ...]:
    """Stops and breaks by their starts; at the same second the stop comes first, for then it takes no time."""
    timed: list[tuple[Seconds, int, VisitStop | BreakStop]] = []
    timed += [(stop.start, 0, visit) for stop, visit in zip(route.stops, visits, strict=True)]
    timed += [(taken.start, 1, rest) for taken, rest in zip(route.breaks, rests, strict=True)]
    return tuple(entry for _, _, entry in sorted(timed, key=lambda entry: entry[:2]))


def _metrics(problem: Problem, route: Route, legs: Sequence[_Leg], visits: Sequence[VisitStop]) -> ItineraryMetrics:
    """One shift in numbers. Whatever is neither travel nor work nor rest is waiting, so that the parts add up."""
    shift = problem.shifts[route.shift]
    driving = sum(leg.travel for leg in legs)
    service = sum(stop.finish - stop.start for stop in route.stops)
    setup = sum(leg.setup for leg in legs)
    resting = sum(rest.finish - rest.start for rest in route.breaks)
    unpaid = sum(rest.finish - rest.start for rest in route.breaks if not shift.breaks[rest.index].paid)
    return ItineraryMetrics(
        visits=len(route.stops),
        value=amount(_prize(problem, route.stops)),
        cost=amount(route_costs(problem, route).total),
        working=timedelta(seconds=route.duration),
        paid=timedelta(seconds=route.duration - unpaid),
        driving=timedelta(seconds=driving),
        service=timedelta(seconds=service),
        setup=timedelta(seconds=setup),
        wait=timedelta(seconds=max(0, route.duration - driving - service - setup - resting)),
        breaks=timedelta(seconds=resting),
        overtime=timedelta(seconds=max(0, route.finish - shift.closes)),
        distance_m=distance(problem, route),
        expected_contacts=expected_contacts(visits),
    )


def _prize(problem: Problem, stops: Iterable[Stop]) -> Prize:
    return sum(problem.visits[stop.visit].options[stop.option].prize for stop in stops)


def _resting(breaks: Iterable[BreakTaken], start: Seconds, end: Seconds) -> Seconds:
    return sum(rest.finish - rest.start for rest in breaks if start <= rest.start and rest.finish <= end)


def _breakdown(costs: Costs) -> CostBreakdown:
    return CostBreakdown(
        total=amount(costs.total),
        fixed=amount(costs.fixed),
        travel=amount(costs.travel),
        wages=amount(costs.wages),
        overtime=amount(costs.overtime),
        preferences=amount(costs.preferences),
        fairness=amount(costs.fairness),
    )


def _total(spans: Iterable[timedelta]) -> timedelta:
    return sum(spans, start=timedelta())
