"""A route next to what the problem says about it: the checker's rules all read this."""

from typing import NamedTuple

from solver.checker.road import Drive, drive
from solver.problem import Option, Problem, Shift, Slowdown, Visit
from solver.solution import Route, Stop
from solver.units import Metres, PlaceIndex, Seconds, VisitIndex


class Leg(NamedTuple):
    """One way between two places, and when the route claims to be on it.

    ``visit`` is the one at its end, ``None`` on the way back. ``left`` and ``arrived`` are the route's own times,
    ``travel`` is what the matrix says: more seconds pass during slowdowns.
    """

    visit: VisitIndex | None
    left: Seconds
    arrived: Seconds
    travel: Seconds


class Call(NamedTuple):
    """One stop, the visit and option it serves, and the set-up it owes: none after a stop at the same place."""

    stop: Stop
    visit: Visit
    option: Option
    setup: Seconds


class Reading(NamedTuple):
    """One route whose references all exist. ``legs`` has one entry more than ``calls`` unless the end is open."""

    problem: Problem
    route: Route
    shift: Shift
    calls: tuple[Call, ...]
    legs: tuple[Leg, ...]
    places: tuple[PlaceIndex, ...]

    @property
    def slowdowns(self) -> tuple[Slowdown, ...]:
        """Those of the shift's profile."""
        return self.problem.travel_of(self.shift).slowdowns

    def drive(self, leg: Leg) -> Drive:
        """A leg with the route's breaks, at the pace of its hours."""
        return drive(self.slowdowns, self.route.breaks, leg.left, leg.arrived, leg.travel)

    def metres(self) -> Metres:
        """Length of all legs."""
        metres = self.problem.travel_of(self.shift).metres
        return sum(metres.item(a, b) for a, b in zip(self.places, self.places[1:], strict=False))


def read(problem: Problem, route: Route) -> Reading:
    """Look up everything that a route refers to; references must exist (``assignment.unknown``)."""
    shift = problem.shifts[route.shift]
    seconds = problem.travel_of(shift).seconds
    calls: list[Call] = []
    legs: list[Leg] = []
    places = [shift.start]
    here, left = shift.start, route.depart
    for stop in route.stops:
        visit = problem.visits[stop.visit]
        option = visit.options[stop.option]
        there = option.place
        calls.append(Call(stop, visit, option, option.setup if there != here else 0))
        legs.append(Leg(stop.visit, left, stop.arrive, seconds.item(here, there)))
        places.append(there)
        here, left = there, stop.finish
    if shift.end is not None:
        legs.append(Leg(None, left, route.finish, seconds.item(here, shift.end)))
        places.append(shift.end)
    return Reading(problem, route, shift, tuple(calls), tuple(legs), tuple(places))
