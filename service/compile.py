"""From a day in people's words to a Problem in whole numbers, and the codebook that leads back.

compile_day
├── calls.sort_out    visits with the ways to serve them within permitted hours (presence becomes start windows, a
│                     chance to meet somebody an option of its own), and those that are out
├── _who_may          which shift may serve each way, and what it costs not to send the preferred agent
├── _shift            working hours, breaks, limits, capacity, pay
├── _roads            travel matrices, slow at the hours that the request names
└── _links            who comes after whom
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Final, Self

from service.calls import Offered, sort_out
from service.codebook import Codebook, Compiled, Duty, is_required
from service.day.agent import Agent, Break, Limits, Pay, Shift
from service.day.place import Place
from service.day.request import DayRequest, GivenItinerary
from service.eligibility import Eligibility
from service.horizon import Horizon, seconds_down, seconds_up
from service.hours.doors import Doors
from service.locate import Located
from service.scale import whole, whole_per_metre, whole_per_second
from service.staff import Staff
from service.travel.of_a_day import DayTravel
from service.travel.slowdowns import is_slowed, slowdowns_of
from solver import problem as solver
from solver.problem import LONGEST_DAY
from solver.units import AgentIndex, Metres, PlaceIndex

FARTHEST: Final[Metres] = 1_000_000_000
"""25 times round the earth: as good as no limit."""


def compile_day(
    request: DayRequest,
    travel: DayTravel,
    doors: Doors,
    given: Iterable[GivenItinerary] = (),
) -> Compiled:
    """The day as a Problem, with the places of its travel times.

    The request has no faults. Visits that nobody could serve, or may serve by what holds at ``doors``, at any time stay
    outside, see ``Codebook.left_out``.
    ``given`` are itineraries that the Problem is to be asked about.
    """
    duties = tuple(_duty(agent, shift) for agent in request.agents for shift in agent.shifts)
    horizon = Horizon.starting_with(duty.shift.start for duty in duties)
    offered, left_out = sort_out(request, travel, horizon, doors, given)
    eligibility = Eligibility.of(request)
    staff = Staff.of(duties, eligibility)
    frame = _Frame.of(request, travel.located, horizon, tuple(travel.matrices))
    shifts = tuple(_shift(duty, frame) for duty in duties)
    problem = solver.Problem(
        travel=_roads(travel.matrices, slowdowns_of(request, horizon, shifts)),
        visits=tuple(_visit(one, staff, frame) for one in offered),
        shifts=shifts,
        links=_links(offered),
        objective=solver.Objective(request.objective.mode),
        fairness=_fairness(request),
    )
    calls = tuple(one.call for one in offered)
    return Compiled(problem, Codebook(request, horizon, eligibility, calls, duties, tuple(frame.loads), left_out))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every shift is measured against: places, origin, and the order of profiles, agents and loads."""

    located: Located
    horizon: Horizon
    profiles: tuple[str, ...]
    agents: Mapping[str, AgentIndex]
    loads: Mapping[str, int]
    """By name, in order of the Problem's dimensions: all that the visits load together."""
    visits: int

    @classmethod
    def of(cls, request: DayRequest, located: Located, horizon: Horizon, profiles: tuple[str, ...]) -> Self:
        """A load that no agent has a capacity for limits nothing and is no dimension."""
        named = {name for visit in request.visits for name in visit.load}
        limited = sorted(named & {name for agent in request.agents for name in agent.capacity})
        loads = {name: sum(visit.load.get(name, 0) for visit in request.visits) for name in limited}
        agents = {agent.id: index for index, agent in enumerate(request.agents)}
        return cls(located, horizon, profiles, agents, loads, len(request.visits))

    def row(self, place: Place) -> PlaceIndex:
        """Row of a place that has to be known."""
        row = self.located.row(place)
        if row is None:
            message = "a shift starts and ends at places that are known."
            raise ValueError(message)
        return row


def _roads(
    matrices: Mapping[str, solver.TravelMatrix], slowdowns: tuple[solver.Slowdown, ...]
) -> tuple[solver.TravelMatrix, ...]:
    return tuple(
        replace(matrix, slowdowns=slowdowns) if slowdowns and is_slowed(profile) else matrix
        for profile, matrix in matrices.items()
    )


def _duty(agent: Agent, shift: Shift) -> Duty:
    # The one that has to begin soonest goes first: a break at any time of the day gives way to one at half past eight.
    breaks = sorted(shift.breaks, key=lambda rest: (rest.latest.astimezone(UTC), rest.earliest.astimezone(UTC)))
    return Duty(agent, shift, tuple(breaks))


def _visit(offered: Offered, staff: Staff, frame: _Frame) -> solver.Visit:
    visit = offered.visit
    return solver.Visit(
        options=tuple(replace(offer.option, shifts=staff.who_may(visit, offer.way)) for offer in offered.offers),
        required=is_required(visit),
        load=tuple(visit.load.get(name, 0) for name in frame.loads),
        position=visit.lock.position if visit.lock else None,
    )


def _shift(duty: Duty, frame: _Frame) -> solver.Shift:
    shift, agent = duty.shift, duty.agent
    return solver.Shift(
        start=frame.row(shift.start_place),
        end=None if shift.end_place is None else frame.row(shift.end_place),
        opens=frame.horizon.opens(shift.start),
        closes=frame.horizon.closes(shift.end),
        overtime=seconds_down(shift.overtime),
        agent=frame.agents[agent.id],
        profile=frame.profiles.index(agent.profile),
        breaks=tuple(_break(rest, frame.horizon) for rest in duty.breaks),
        limits=_limits(shift.limits, frame.visits),
        capacity=tuple(min(agent.capacity.get(name, total), total) for name, total in frame.loads.items()),
        pay=_pay(agent.pay),
    )


def _break(rest: Break, horizon: Horizon) -> solver.Break:
    return solver.Break(
        earliest=horizon.opens(rest.earliest),
        latest=horizon.closes(rest.latest),
        duration=seconds_up(rest.duration),
        paid=rest.paid,
        only_if_over=None if rest.only_if_shift_over is None else seconds_down(rest.only_if_shift_over),
    )


def _limits(limits: Limits, visits: int) -> solver.Limits:
    """A limit too high to bind anybody is lowered to where it still binds nobody, and fits an engine's numbers."""
    return solver.Limits(
        visits=None if limits.visits is None else min(limits.visits, visits),
        driving=None if limits.driving is None else min(seconds_down(limits.driving), LONGEST_DAY),
        distance=None if limits.distance_m is None else min(limits.distance_m, FARTHEST),
        duration=None if limits.duration is None else min(seconds_down(limits.duration), LONGEST_DAY),
    )


def _pay(pay: Pay) -> solver.Pay:
    """An hour of overtime costs ``overtime_per_hour`` instead: the surcharge is the difference, never a discount."""
    overtime = pay.per_hour if pay.overtime_per_hour is None else pay.overtime_per_hour
    return solver.Pay(
        fixed=whole(pay.fixed),
        per_second=whole_per_second(pay.per_hour),
        per_metre=whole_per_metre(pay.per_km),
        overtime_per_second=max(0, whole_per_second(overtime) - whole_per_second(pay.per_hour)),
    )


def _links(offered: Sequence[Offered]) -> tuple[solver.Link, ...]:
    index = {one.visit.id: k for k, one in enumerate(offered)}
    return tuple(
        solver.Link(first=index[after.visit], then=then, gap=seconds_up(after.min_gap))
        for then, one in enumerate(offered)
        for after in one.visit.after
    )


def _fairness(request: DayRequest) -> solver.Fairness | None:
    if request.objective.fairness == 0:
        return None
    worked = tuple(seconds_down(agent.worked) for agent in request.agents)
    return solver.Fairness(rate=whole(request.objective.fairness), worked_before=worked)
