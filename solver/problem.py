"""The problem in whole numbers: which visits, by which shifts, over which travel times, for what.

    Problem
    ├── travel    one TravelMatrix per profile (car, foot, …) ── Slowdown: hours in which everybody on it is slower
    ├── visits    Visit ── options: place, service, start windows, prize, eligible shifts (at most one is served)
    ├── shifts    Shift ── breaks, limits, capacity, pay, what its route has begun with
    ├── links     "then" starts at least `gap` after "first" was finished
    └── objective, fairness

Nothing here can be constructed wrong: a value that makes no sense is refused with one sentence, and whoever receives
a Problem need not check it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from solver.solution import Served
from solver.units import (
    EXACT,
    UNREACHABLE,
    AgentIndex,
    Cost,
    Metres,
    PlaceIndex,
    Prize,
    Seconds,
    ShiftIndex,
    VisitIndex,
)

LONGEST_DAY: Final[Seconds] = 1 << 28
"""Later than any time of a problem (8 years), earlier than UNREACHABLE."""

NORMAL_PACE: Final = 10_000
"""Of a second on the road outside slowdowns: it does all of a second's worth of a leg."""

Position: TypeAlias = Literal["first", "last"]


class Objective(StrEnum):
    """What a better plan is; required visits come first in both."""

    VALUE_FIRST = "value_first"
    """More prize; between equals, less cost."""
    PROFIT = "profit"
    """More prize minus cost: a visit must pay for its detour."""


def _refuse(fault: bool, sentence: str) -> None:  # noqa: FBT001 - reads as "refuse if"
    if fault:
        raise ValueError(sentence)


@dataclass(frozen=True, slots=True)
class StartWindow:
    """Closed interval of seconds in which service may *start*.

    Windows of the day bound the whole presence; whoever builds the problem has already taken the service time off.
    """

    opens: Seconds
    closes: Seconds

    def __post_init__(self) -> None:
        _refuse(self.opens > self.closes, "opens must be <= closes.")
        _refuse(self.opens < 0 or self.closes > LONGEST_DAY, "a window must lie within the horizon.")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve a visit.

    ``shifts`` maps each shift that may serve it to the cost of preferring another; ``None`` = every shift, at no cost.
    ``setup`` is spent on arrival from another place, and not again for the next stop at the same place.
    """

    place: PlaceIndex
    service: Seconds
    windows: tuple[StartWindow, ...]
    prize: Prize = 0
    setup: Seconds = 0
    shifts: Mapping[ShiftIndex, Cost] | None = None

    def __post_init__(self) -> None:
        _refuse(self.service < 0 or self.setup < 0, "service and setup must be >= 0.")
        _refuse(max(self.service, self.setup) > LONGEST_DAY, "service and setup must lie within the horizon.")
        _refuse(self.prize < 0, "prize must be >= 0.")
        _refuse(any(cost < 0 for cost in (self.shifts or {}).values()), "a preference must cost >= 0.")
        _refuse(
            any(a.closes >= b.opens for a, b in pairwise(self.windows)),
            "windows must be sorted and disjoint.",
        )

    def preference(self, shift: ShiftIndex) -> Cost | None:
        """Cost of this shift serving the option, ``None`` if it may not."""
        return 0 if self.shifts is None else self.shifts.get(shift)


@dataclass(frozen=True, slots=True)
class Visit:
    """One call that someone wants made: at most one of its options enters the plan.

    ``load`` has one amount per capacity dimension, ``position`` pins it to the beginning or end of its route.
    """

    options: tuple[Option, ...]
    required: bool = False
    load: tuple[int, ...] = ()
    position: Position | None = None

    def __post_init__(self) -> None:
        _refuse(not self.options, "a visit needs at least one option.")
        _refuse(any(amount < 0 for amount in self.load), "loads must be >= 0.")


@dataclass(frozen=True, slots=True)
class Break:
    """A rest between two services: on the road, at a door, at the start or at the end, never during service.

    ``earliest`` and ``latest`` bound its start. A used shift takes all its breaks, in their order, between departure
    and finish; one with ``only_if_over`` if, and only if, the day lasts longer than that with the breaks it has.
    """

    earliest: Seconds
    latest: Seconds
    duration: Seconds
    paid: bool = True
    only_if_over: Seconds | None = None

    def __post_init__(self) -> None:
        _refuse(self.earliest > self.latest, "earliest must be <= latest.")
        _refuse(self.duration <= 0, "a break must last > 0 s.")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a shift may hold; ``None`` = no limit. Driving and distance include the way out and back."""

    visits: int | None = None
    driving: Seconds | None = None
    distance: Metres | None = None
    duration: Seconds | None = None

    def __post_init__(self) -> None:
        given = (self.visits, self.driving, self.distance, self.duration)
        _refuse(any(limit is not None and limit < 0 for limit in given), "limits must be >= 0.")


@dataclass(frozen=True, slots=True)
class Pay:
    """Cost of a used shift. Seconds run from departure to finish without unpaid breaks; overtime is a surcharge."""

    fixed: Cost = 0
    per_second: Cost = 0
    per_metre: Cost = 0
    overtime_per_second: Cost = 0

    def __post_init__(self) -> None:
        rates = (self.fixed, self.per_second, self.per_metre, self.overtime_per_second)
        _refuse(min(rates) < 0, "pay must be >= 0.")


@dataclass(frozen=True, slots=True)
class Shift:
    """One working period of one agent: leaves not before ``opens``, is back by ``closes`` plus at most ``overtime``.

    ``begun`` is what its route begins with, in this order: stops already made or promised. They stay as they are.
    """

    start: PlaceIndex
    end: PlaceIndex | None
    opens: Seconds
    closes: Seconds
    overtime: Seconds = 0
    agent: AgentIndex = 0
    profile: int = 0
    breaks: tuple[Break, ...] = ()
    limits: Limits = Limits()
    capacity: tuple[int, ...] = ()
    pay: Pay = Pay()
    begun: tuple[Served, ...] = ()

    def __post_init__(self) -> None:
        _refuse(not 0 <= self.opens <= self.closes, "a shift must open at >= 0 and close later.")
        _refuse(self.overtime < 0, "overtime must be >= 0.")
        _refuse(self.last_finish > LONGEST_DAY, "a shift must lie within the horizon.")
        _refuse(any(amount < 0 for amount in self.capacity), "capacities must be >= 0.")

    @property
    def last_finish(self) -> Seconds:
        """Latest moment to be back, overtime included."""
        return self.closes + self.overtime


@dataclass(frozen=True, slots=True)
class Link:
    """``then`` is served only if ``first`` is, and starts at least ``gap`` after the service of ``first`` ended."""

    first: VisitIndex
    then: VisitIndex
    gap: Seconds = 0

    def __post_init__(self) -> None:
        _refuse(self.first == self.then, "a visit cannot come after itself.")
        _refuse(self.gap < 0, "gap must be >= 0.")


@dataclass(frozen=True, slots=True)
class Fairness:
    """Price of unequal work: ``rate`` per squared hour of each agent's distance from the mean.

    ``worked_before`` has the seconds each agent brings along, order of agents.
    """

    rate: Cost
    worked_before: tuple[Seconds, ...]

    def __post_init__(self) -> None:
        _refuse(self.rate < 0, "rate must be >= 0.")
        _refuse(not self.worked_before, "fairness needs agents.")


@dataclass(frozen=True, slots=True)
class Slowdown:
    """From second ``opens`` until before ``closes`` a second on the road does ``pace`` ten-thousandths of one."""

    opens: Seconds
    closes: Seconds
    pace: int

    def __post_init__(self) -> None:
        _refuse(not 0 <= self.opens < self.closes, "a slowdown must open at >= 0 and close later.")
        _refuse(self.closes > LONGEST_DAY, "a slowdown must lie within the horizon.")
        _refuse(not 1 <= self.pace <= NORMAL_PACE, "a pace must be between 1 and NORMAL_PACE.")


@dataclass(frozen=True, slots=True, eq=False)
class TravelMatrix:
    """Travel between places for one profile.

    seconds: (places, places), int32, row = from, column = to, UNREACHABLE where there is no way
    metres:  (places, places), int32

    A leg is done as soon as the paces of the seconds spent on it add up to its ``seconds``, each of NORMAL_PACE. During
    a break they do not count, and set-up and service take as long as ever. So nobody who leaves later arrives sooner.
    """

    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]
    slowdowns: tuple[Slowdown, ...] = ()

    def __post_init__(self) -> None:
        side = len(self.seconds)
        _refuse(self.seconds.shape != (side, side), "seconds must be a square matrix.")
        _refuse(self.metres.shape != (side, side), "metres must have the shape of seconds.")
        _refuse(bool((self.seconds < 0).any() or (self.metres < 0).any()), "travel must be >= 0.")
        _refuse(bool((self.seconds > UNREACHABLE).any()), "travel seconds must be <= UNREACHABLE.")
        _refuse(any(a.closes > b.opens for a, b in pairwise(self.slowdowns)), "slowdowns must be sorted and disjoint.")

    @property
    def places(self) -> int:
        """How many places the matrix covers."""
        return len(self.seconds)

    def reachable(self, origin: PlaceIndex, destination: PlaceIndex) -> bool:
        """Whether there is a way."""
        return int(self.seconds[origin, destination]) < UNREACHABLE


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a solver may know about the day."""

    travel: tuple[TravelMatrix, ...]
    visits: tuple[Visit, ...]
    shifts: tuple[Shift, ...]
    links: tuple[Link, ...] = ()
    objective: Objective = Objective.VALUE_FIRST
    fairness: Fairness | None = None

    def __post_init__(self) -> None:
        _refuse(not self.travel, "a problem needs at least one travel matrix.")
        _refuse(
            any(matrix.places != self.places for matrix in self.travel), "travel matrices must cover the same places."
        )
        self._refuse_foreign_references()
        self._refuse_false_beginnings()
        highest = sum(max(option.prize for option in visit.options) for visit in self.visits)
        _refuse(highest >= EXACT, "the sum of all prizes must be below 2^53.")

    def _refuse_foreign_references(self) -> None:
        dimensions = {len(visit.load) for visit in self.visits} | {len(shift.capacity) for shift in self.shifts}
        _refuse(len(dimensions) > 1, "loads and capacities must have the same dimensions.")
        for visit in self.visits:
            for option in visit.options:
                _refuse(not 0 <= option.place < self.places, "an option's place must be in the matrix.")
                _refuse(not _within(option.shifts or (), self.shifts), "an option's shifts must exist.")
        for shift in self.shifts:
            ends = (shift.start,) if shift.end is None else (shift.start, shift.end)
            _refuse(not all(0 <= place < self.places for place in ends), "a shift's places must be in the matrix.")
            _refuse(not 0 <= shift.profile < len(self.travel), "a shift's profile must have a matrix.")
            known = self.fairness.worked_before if self.fairness else (0,) * (shift.agent + 1)
            _refuse(not 0 <= shift.agent < len(known), "a shift's agent must be known to fairness.")
        ends_of_links = [end for link in self.links for end in (link.first, link.then)]
        _refuse(not _within(ends_of_links, self.visits), "a link's visits must exist.")

    def _refuse_false_beginnings(self) -> None:
        begun = [stop for shift in self.shifts for stop in shift.begun]
        visits = {stop.visit for stop in begun}
        _refuse(not _within([*visits], self.visits), "a visit that was begun must exist.")
        _refuse(
            any(not 0 <= option < len(self.visits[visit].options) for visit, option in begun),
            "an option that was begun must exist.",
        )
        _refuse(len(visits) < len(begun), "a visit can be begun only once.")
        _refuse(
            any(link.then in visits and link.first not in visits for link in self.links),
            "what a begun visit comes after must be begun as well.",
        )

    @property
    def places(self) -> int:
        """How many places the travel matrices cover."""
        return self.travel[0].places

    def travel_of(self, shift: Shift) -> TravelMatrix:
        """The matrix of the shift's profile."""
        return self.travel[shift.profile]


def _within(indices: Mapping[int, Cost] | Sequence[int], of: Sequence[object]) -> bool:
    return all(0 <= index < len(of) for index in indices)
