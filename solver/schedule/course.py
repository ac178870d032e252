"""What one shift is to serve, in plain numbers: legs, windows and the breaks that may be due.

Timing a route is asked for some hundred thousand times a solve. What only depends on the problem is therefore laid
out once (``tables_of``), and a ``Course`` is what is left to gather for one sequence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress, product
from typing import Final, NamedTuple, TypeAlias

from solver.problem import Option, Problem, Shift, TravelMatrix
from solver.schedule.moments import FAR, NEVER, Rest
from solver.schedule.pace import Pace
from solver.solution import Served
from solver.units import BreakIndex, PlaceIndex, Seconds, ShiftIndex, VisitIndex

Windows: TypeAlias = tuple[tuple[Seconds, Seconds], ...]
"""(opens, closes) of the start, sorted and disjoint."""
Bounds: TypeAlias = Mapping[VisitIndex, tuple[Seconds, Seconds]]
"""Further (earliest, latest) starts of some visits."""

UNBOUND: Final[Bounds] = {}


class Choice(NamedTuple):
    """One lawful choice of breaks: which are taken, and how long a day they make lawful.

    ``longer_than``: a day must last longer for those to be due, NEVER if they always are.
    ``longest``: the most it may last with the others left out.
    """

    indices: tuple[BreakIndex, ...]
    breaks: tuple[Rest, ...]
    longer_than: Seconds
    longest: Seconds
    unpaid: Seconds


class Call(NamedTuple):
    """One stop: seconds of travel and set-up before it, its service, when it may start."""

    move: Seconds
    service: Seconds
    windows: Windows


class Wait(NamedTuple):
    """Two stops of one course, by position: ``then`` starts at least ``gap`` after ``first`` was finished."""

    first: int
    then: int
    gap: Seconds


class Way(NamedTuple):
    """An option in numbers."""

    place: PlaceIndex
    service: Seconds
    setup: Seconds
    windows: Windows


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """What timing needs to know of a shift. ``travel`` is (places, places), seconds at normal pace, row = from.

    ``pace``: how the road slows down, ``None`` if it never does.
    """

    shift: Shift
    travel: memoryview
    choices: tuple[Choice, ...]
    last_finish: Seconds
    longest: Seconds
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class Tables:
    """A problem laid out for timing: ways by visit and option, shifts by index."""

    ways: tuple[tuple[Way, ...], ...]
    shifts: tuple[ShiftTable, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One sequence in numbers.

    ``travel`` is that part of each call's move that is on the road, ``way_back`` is the last leg, 0 for an open end.
    A wait against the order of stops is not among ``waits``: it has left its stop without windows.
    """

    table: ShiftTable
    stops: Sequence[Served]
    calls: list[Call]
    travel: list[Seconds]
    way_back: Seconds
    waits: Sequence[Wait] = ()


class _Recent:
    """The tables of the few problems that were asked about last, the latest first."""

    KEPT: Final = 4

    def __init__(self) -> None:
        self._kept: tuple[tuple[Problem, Tables], ...] = ()

    def of(self, problem: Problem) -> Tables:
        for known, tables in self._kept:
            if known is problem:
                return tables
        tables = _lay_out(problem)
        self._kept = ((problem, tables), *self._kept[: self.KEPT - 1])
        return tables


tables_of: Final = _Recent().of
"""Tables of a problem, laid out once as long as few others are asked about in between."""


def course_of(
    problem: Problem,
    shift: ShiftIndex,
    stops: Sequence[Served],
    bounds: Bounds = UNBOUND,
    waits: Sequence[Wait] = (),
) -> Course:
    """Gather what timing this sequence needs; ``bounds`` narrow the windows of some visits."""
    tables = tables_of(problem)
    table = tables.shifts[shift]
    seconds = table.travel
    calls: list[Call] = []
    travel: list[Seconds] = []
    here = table.shift.start
    for visit, option in stops:
        place, service, setup, windows = tables.ways[visit][option]
        if visit in bounds:
            windows = _narrowed(windows, bounds[visit])
        leg = seconds[here, place]
        travel.append(leg)
        calls.append(Call(leg if here == place else leg + setup, service, windows))
        here = place
    for wait in waits:
        if wait.then < wait.first:
            calls[wait.then] = calls[wait.then]._replace(windows=())
    end = table.shift.end
    return Course(
        table,
        stops,
        calls,
        travel,
        0 if end is None else seconds[here, end],
        [wait for wait in waits if wait.first < wait.then],
    )


def _narrowed(windows: Windows, bound: tuple[Seconds, Seconds]) -> Windows:
    earliest, latest = bound
    return tuple(
        (max(opens, earliest), min(closes, latest))
        for opens, closes in windows
        if max(opens, earliest) <= min(closes, latest)
    )


def _lay_out(problem: Problem) -> Tables:
    paces = [pace_of(matrix) for matrix in problem.travel]
    views = [matrix.seconds.data for matrix in problem.travel]
    return Tables(
        ways=tuple(tuple(_way(option) for option in visit.options) for visit in problem.visits),
        shifts=tuple(shift_table(shift, views[shift.profile], paces[shift.profile]) for shift in problem.shifts),
    )


def pace_of(matrix: TravelMatrix) -> Pace | None:
    """How a road slows down, ``None`` if it never does."""
    return Pace(matrix.slowdowns) if matrix.slowdowns else None


def _way(option: Option) -> Way:
    windows = tuple((window.opens, window.closes) for window in option.windows)
    return Way(option.place, option.service, option.setup, windows)


def shift_table(shift: Shift, travel: memoryview, pace: Pace | None = None) -> ShiftTable:
    """Lay out one shift over the travel seconds of its profile."""
    longest = FAR if shift.limits.duration is None else shift.limits.duration
    return ShiftTable(shift, travel, tuple(_choices(shift)), shift.last_finish, longest, pace)


def _choices(shift: Shift) -> list[Choice]:
    """Every set of breaks that some length of day allows; the fewest first."""
    taken_or_not = [(True,) if rest.only_if_over is None else (False, True) for rest in shift.breaks]
    choices = [_rests(shift, taken) for taken in product(*taken_or_not)]
    return sorted(choices, key=lambda choice: (len(choice.indices), choice.indices))


def _rests(shift: Shift, taken: tuple[bool, ...]) -> Choice:
    indices = tuple(compress(range(len(taken)), taken))
    breaks = [shift.breaks[index] for index in indices]
    left_out = (rest.only_if_over for rest, is_taken in zip(shift.breaks, taken, strict=True) if not is_taken)
    longest = reduce(min, (over for over in left_out if over is not None), FAR)
    return Choice(
        indices=indices,
        breaks=tuple(Rest(rest.earliest, rest.latest, rest.duration) for rest in breaks),
        longer_than=max((rest.only_if_over for rest in breaks if rest.only_if_over is not None), default=NEVER),
        longest=min(longest, FAR if shift.limits.duration is None else shift.limits.duration),
        unpaid=sum(rest.duration for rest in breaks if not rest.paid),
    )
