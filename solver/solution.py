"""A plan in whole numbers: which shift serves which visits, in which order, when, and what that is worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from solver.units import BreakIndex, Cost, OptionIndex, Prize, Seconds, ShiftIndex, VisitIndex


class Served(NamedTuple):
    """A visit and the option by which it is served."""

    visit: VisitIndex
    option: OptionIndex = 0


Sequences: TypeAlias = tuple[tuple[Served, ...], ...]
"""What each shift serves, in order; one entry per shift, empty for an unused one. Times follow from it."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One service. ``arrive`` is at the place, set-up and waiting lie between it and ``start``.

    ``latest_start`` is how late this stop may begin with the rest of its route still kept, breaks taken as planned
    before it and freely after it.
    """

    visit: VisitIndex
    option: OptionIndex
    arrive: Seconds
    start: Seconds
    finish: Seconds
    latest_start: Seconds


@dataclass(frozen=True, slots=True)
class BreakTaken:
    """One rest: which of the shift's breaks, from when to when."""

    index: BreakIndex
    start: Seconds
    finish: Seconds


@dataclass(frozen=True, slots=True)
class Route:
    """The work of one used shift, stops and breaks each in order of time."""

    shift: ShiftIndex
    depart: Seconds
    finish: Seconds
    stops: tuple[Stop, ...]
    breaks: tuple[BreakTaken, ...] = ()

    @property
    def duration(self) -> Seconds:
        """From departure to finish."""
        return self.finish - self.depart


@dataclass(frozen=True, slots=True)
class Costs:
    """What a plan costs, by kind."""

    fixed: Cost = 0
    travel: Cost = 0
    wages: Cost = 0
    overtime: Cost = 0
    preferences: Cost = 0
    fairness: Cost = 0

    @property
    def total(self) -> Cost:
        """All kinds together."""
        return self.fixed + self.travel + self.wages + self.overtime + self.preferences + self.fairness

    def __add__(self, other: "Costs") -> "Costs":
        """Kind by kind."""
        return Costs(
            self.fixed + other.fixed,
            self.travel + other.travel,
            self.wages + other.wages,
            self.overtime + other.overtime,
            self.preferences + other.preferences,
            self.fairness + other.fairness,
        )


@dataclass(frozen=True, slots=True)
class Score:
    """How good a plan is; ``solver.objective`` orders scores."""

    required_missed: int
    prize: Prize
    costs: Costs


@dataclass(frozen=True, slots=True)
class Solution:
    """Used shifts' routes in order of shifts, and the score they add up to."""

    routes: tuple[Route, ...]
    score: Score

    def sequences(self, shifts: int) -> Sequences:
        """What each of ``shifts`` shifts serves, in order."""
        return sequences_of(self.routes, shifts)


def sequences_of(routes: Iterable[Route], shifts: int) -> Sequences:
    """What each of ``shifts`` shifts serves on these routes, in order."""
    served = {route.shift: tuple(Served(stop.visit, stop.option) for stop in route.stops) for route in routes}
    return tuple(served.get(shift, ()) for shift in range(shifts))
