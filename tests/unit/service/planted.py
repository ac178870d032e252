"""The day that is right to the second with something else told or asked, and what a planted bug is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from service.day.agent import Agent, Limits
from service.day.place import Point
from service.day.plan import BreakStop, Itinerary, Plan, Violated, VisitStop
from service.day.request import DayRequest
from service.hours.pack import Pack
from tests.unit.service.audited_day import Street, World

MONDAY = World()
REQUEST, PLAN = MONDAY.request(), MONDAY.plan()
at = MONDAY.at
STREET = Street()


def with_stop(visit: str, **changes: object) -> Plan:
    """The plan with something else told of one stop."""

    def changed(itinerary: Itinerary) -> Itinerary:
        stops = (
            replace(stop, **changes) if isinstance(stop, VisitStop) and stop.visit_id == visit else stop
            for stop in itinerary.stops
        )
        return replace(itinerary, stops=tuple(stops))

    return replace(PLAN, itineraries=tuple(changed(itinerary) for itinerary in PLAN.itineraries))


def moved(visit: str, start: float, finish: float) -> Plan:
    return with_stop(visit, start=at(start), finish=at(finish))


def with_itinerary(number: int, **changes: object) -> Plan:
    itineraries = list(PLAN.itineraries)
    itineraries[number] = replace(itineraries[number], **changes)
    return replace(PLAN, itineraries=tuple(itineraries))


def with_lunch(*breaks: BreakStop) -> Plan:
    """The first itinerary with these breaks in their order of time."""
    first = PLAN.itineraries[0]
    return with_itinerary(0, stops=tuple(sorted((*first.visits, *breaks), key=lambda stop: stop.start)))


def with_metrics(number: int, **changes: object) -> Plan:
    return with_itinerary(number, metrics=replace(PLAN.itineraries[number].metrics, **changes))


def with_totals(**changes: object) -> Plan:
    return replace(PLAN, metrics=replace(PLAN.metrics, **changes))


def with_costs(**changes: float) -> Plan:
    return replace(PLAN, score=replace(PLAN.score, cost=replace(PLAN.score.cost, **changes)))


def ask_of_visit(number: int, **changes: object) -> DayRequest:
    """The request with something else asked of one visit."""
    visits = list(REQUEST.visits)
    visits[number] = replace(visits[number], **changes)
    return replace(REQUEST, visits=tuple(visits))


def ask_of_agent(number: int, change: Callable[[Agent], Agent]) -> DayRequest:
    agents = list(REQUEST.agents)
    agents[number] = change(agents[number])
    return replace(REQUEST, agents=tuple(agents))


def ask_of_shift(number: int, **changes: object) -> DayRequest:
    def changed(agent: Agent) -> Agent:
        return replace(agent, shifts=tuple(replace(shift, **changes) for shift in agent.shifts))

    return ask_of_agent(number, changed)


def limited(**most: object) -> DayRequest:
    return ask_of_shift(0, limits=replace(Limits(), **most))


def farther_west(agent: Agent) -> tuple[Point, ...]:
    """The agent's territory without its eastern margin."""
    return tuple(replace(corner, lon=corner.lon - 0.02) for corner in agent.territory or ())


@dataclass(frozen=True)
class Bug:
    """What a plan with it looks like, or what the request would have asked for, and what is said about it."""

    sentence: str
    found: Violated
    plan: Plan = PLAN
    request: DayRequest = REQUEST
    travel: Street = STREET
    packs: Mapping[str, Pack] = field(default_factory=dict[str, Pack])


def resting_at_the_door() -> Plan:
    """Lunch from 17 to 22, when V2 starts, and V2 reached at 17."""
    first = with_stop("V2", arrive=at(17)).itineraries[0]
    stops = tuple(MONDAY.pause(17, 22) if isinstance(stop, BreakStop) else stop for stop in first.stops)
    return with_itinerary(0, stops=stops)


def stops_of(number: int) -> tuple[VisitStop | BreakStop, ...]:
    return PLAN.itineraries[number].stops
