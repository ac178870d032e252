"""Where a further visit could go into one route, and what it lacks there: told by labels, without timing the route.

The earliest moments at which the shift can leave one stop, by breaks taken, are laid against the latest moments at
which the next one may begin. Whether a visit fits between them is exact that way, but for waiting in days of limited
length, for breaks that only long days have, for driving during slowdowns, and for links: who needs certainty times the
route.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.checker import Code
from solver.problem import LONGEST_DAY, Problem
from solver.reasons.moves import Road, Times, onwards, start_from
from solver.reasons.ways import Ways
from solver.schedule.course import Course, ShiftTable, course_of, tables_of
from solver.schedule.labels import Label, latest_starts
from solver.schedule.labels import onwards as onwards_one
from solver.schedule.labels import start_from as start_from_one
from solver.schedule.moments import FAR, NEVER, Rest
from solver.solution import Served
from solver.units import UNREACHABLE, Seconds, ShiftIndex, VisitIndex

SECONDS: Final = 0
METRES: Final = 1
SEVERAL: Final = 2
HOPELESS: Final = 3
"""Kinds of lack, the easiest to remove first: time or way of one rule, of several rules, and what no amount mends."""


ROUGH: Final = frozenset({Code.TIME_WINDOW, Code.MAX_DURATION})
"""What labels say of seconds that lack, whatever rule it is."""


class Lack(NamedTuple):
    """What an insertion lacks; the smaller, the nearer to being legal. ``late`` = whose windows, if not its own."""

    kind: int
    amount: int
    code: Code
    late: VisitIndex | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Sort key: what is easiest to mend first."""
        return self.kind, self.amount

    @property
    def rough(self) -> bool:
        """Whether it is only known that time lacks, and roughly how much: not by which rule."""
        return self.kind == SECONDS and self.code in ROUGH


REFUSED: Final = Lack(SECONDS, 0, Code.TIME_WINDOW)
"""Of an insertion that labels find no fault with, but that has no legal times."""

NOTHING: Final = -1
"""The rank of an insertion that labels find no fault with, in arrays."""
KIND: Final = 48
"""Bits of a rank in arrays that are left to the amount."""
DOUBT: Final = 1 << 40
"""In arrays, added to the amount of an insertion with several rules of time in the way, as far as labels can tell: it
comes after those with one."""
CODES: Final = (
    Code.TIME_WINDOW,
    Code.MAX_DURATION,
    Code.MAX_DRIVING,
    Code.MAX_DISTANCE,
    Code.UNREACHABLE,
    Code.AGENT_NOT_ALLOWED,
    Code.PREDECESSOR_UNASSIGNED,
    Code.CAPACITY,
    Code.MAX_VISITS,
    Code.POSITION,
)
"""What arrays tell by its index."""
NOWHERE: Final = -1
"""The place where a shift with an open end is over."""


@dataclass(frozen=True, slots=True)
class Lacks:
    """What every insertion of some ways into one route lacks. (rows, gaps) each.

    rank: int64, orders as ``Lack.rank`` does, NOTHING where nothing lacks. code: index in CODES.
    """

    rank: NDArray[np.int64]
    code: NDArray[np.int8]

    def at(self, row: int, position: int) -> Lack | None:
        """What one of them lacks, ``None`` if nothing as far as labels can tell."""
        return lack_of(int(self.rank[row, position]), int(self.code[row, position]))


class Gaps:
    """The gaps of one route; an unused shift has one. The gap at a position lies before the stop there."""

    def __init__(self, problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> None:
        self.shift = problem.shifts[shift]
        self.stops = tuple(stops)
        matrix = problem.travel_of(self.shift)
        self._seconds, self._metres = matrix.seconds, matrix.metres
        course = course_of(problem, shift, stops)
        ways = [tables_of(problem).ways[visit][option] for visit, option in stops]
        places = [self.shift.start, *(way.place for way in ways)]
        self._here = np.array(places, dtype=np.int64)  # (gaps,)
        self._there = np.array([*places[1:], NOWHERE if self.shift.end is None else self.shift.end], dtype=np.int64)
        self._setups = np.array([*(way.setup for way in ways), 0], dtype=np.int64)  # (gaps,)
        self._legs = np.array([*course.travel, course.way_back], dtype=np.int64)  # (gaps,), seconds
        self._moves = np.array([*(call.move for call in course.calls), course.way_back], dtype=np.int64)  # (gaps,)
        self._road = Road(matrix.slowdowns) if matrix.slowdowns else None
        work = int(self._moves.sum()) + sum(way.service for way in ways)
        self._breaks = _surely_due(course.table, work)
        self._ready = _by_breaks(_earliest_leaves(course, self._breaks))
        due, _ = latest_starts(course, self._breaks, {}, self.shift.last_finish)
        never = [NEVER] * len(self._breaks)
        self._due = _by_breaks([*due, [*never, self.shift.last_finish]])
        endless, _ = latest_starts(course, self._breaks, {}, LONGEST_DAY)
        late, _ = latest_starts(_with_late_stops(course), self._breaks, {}, self.shift.last_finish)
        self._due_eased = [
            _by_breaks([*endless, [*never, LONGEST_DAY]]),
            _by_breaks([*late, [*never, self.shift.last_finish]]),
        ]
        self._driving = int(self._legs.sum())
        self._work = work + sum(rest.duration for rest in self._breaks)
        metres = matrix.metres[self._here, self._there].astype(np.int64)
        self._stretches = np.where(self._there == NOWHERE, 0, metres)  # (gaps,)
        self.metres = int(self._stretches.sum())
        self.unpaid = sum(rest.duration for rest in self.shift.breaks if not rest.paid)

    def lacks(self, ways: Ways) -> Lacks:
        """What is lacking wherever these ways may go."""
        travel_in, setup_in, travel_out, setup_out = self._detours(ways)
        shape, limits = travel_in.shape, self.shift.limits
        late, is_of_one_rule = self._late(ways, travel_in, setup_in, travel_out, setup_out)
        late = np.minimum(late, LONGEST_DAY)
        rank = np.where(late > 0, np.where(is_of_one_rule, late, late + DOUBT), NOTHING)
        code = np.zeros(shape, dtype=np.int8)
        if limits.duration is not None:
            moving = travel_in + setup_in + travel_out + setup_out
            over = self._work - self._moves + moving + ways.service[:, None] - limits.duration
            worse = (over > 0) & (over >= late)
            _tell(rank, code, worse, np.where(late > 0, over + DOUBT, over), Code.MAX_DURATION)
        if limits.driving is not None:
            over = self._driving + travel_in + travel_out - self._legs - limits.driving
            _tell(rank, code, over > 0, over, Code.MAX_DRIVING)
        if limits.distance is not None:
            over = self.metres + self._metres_added(ways) - limits.distance
            _tell(rank, code, over > 0, over + (METRES << KIND), Code.MAX_DISTANCE)
        closed = np.broadcast_to(ways.last[:, None] <= NEVER, shape)
        _tell(rank, code, closed, np.broadcast_to((HOPELESS << KIND) + LONGEST_DAY, shape), Code.TIME_WINDOW)
        cut = np.maximum(travel_in, travel_out) >= UNREACHABLE
        _tell(rank, code, cut, np.broadcast_to((HOPELESS << KIND) + 1, shape), Code.UNREACHABLE)
        return Lacks(rank, code)

    def least_costs(self, ways: Ways) -> NDArray[np.int64]:
        """What the route with each of these ways costs at least, without preferences: (rows, gaps).

        As if it had no waiting, no overtime and every unpaid break.
        """
        pay = self.shift.pay
        travel_in, setup_in, travel_out, setup_out = self._detours(ways)
        moving = travel_in + setup_in + travel_out + setup_out
        work = self._work - self._moves + moving + ways.service[:, None]
        cost = pay.per_second * np.maximum(0, work - self.unpaid) + pay.fixed
        return cost if not pay.per_metre else cost + pay.per_metre * (self.metres + self._metres_added(ways))

    def _detours(self, ways: Ways) -> tuple[Times, Times, Times, Times]:
        """Travel and set-up to each way, and on from it: (rows, gaps)."""
        place = ways.place[:, None]
        travel_in = self._seconds[self._here, place].astype(np.int64)
        travel_out = np.where(self._there == NOWHERE, 0, self._seconds[place, self._there])
        setup_in = np.where(place == self._here, 0, ways.setup[:, None])
        setup_out = np.where(place == self._there, 0, self._setups)
        return travel_in, setup_in, travel_out.astype(np.int64), setup_out

    def _metres_added(self, ways: Ways) -> NDArray[np.int64]:
        place = ways.place[:, None]
        there = np.where(self._there == NOWHERE, 0, self._metres[place, self._there])
        return self._metres[self._here, place].astype(np.int64) + there - self._stretches

    def _late(
        self, ways: Ways, travel_in: Times, setup_in: Times, travel_out: Times, setup_out: Times
    ) -> tuple[Times, NDArray[np.bool_]]:
        """Seconds by which a stop is too late for its own windows, or else makes the rest of the route too late.

        And whether a later end of the shift, wider windows of the stop, or of the others, might be enough.
        """
        opens, closes, service = ways.opens[:, :, None], ways.closes[:, :, None], ways.service[:, None]
        arrive = onwards(self._road, self._ready, travel_in, setup_in, self._breaks)
        leave = [start_from(opens, closes, there) + service for there in arrive]
        ready = onwards(self._road, leave, travel_out, setup_out, self._breaks)
        at_once = onwards(self._road, [there + service for there in arrive], travel_out, setup_out, self._breaks)
        fits = _too_late(at_once, self._due) <= 0
        for due in self._due_eased:
            fits |= _too_late(ready, due) <= 0
        missed = np.min(leave, axis=0) >= FAR
        late = np.where(missed, np.min(arrive, axis=0) - ways.last[:, None], _too_late(ready, self._due))
        return late, fits


def lack_of(rank: int, code: int) -> Lack | None:
    """A lack as arrays hold it, written out; ``None`` for NOTHING."""
    return None if rank == NOTHING else Lack(rank >> KIND, rank & (DOUBT - 1), CODES[code])


def _tell(
    rank: NDArray[np.int64], code: NDArray[np.int8], where: NDArray[np.bool_], what: NDArray[np.int64], told: Code
) -> None:
    """Note a lack where there is one, in place of what was noted."""
    np.copyto(rank, what, where=where)
    np.copyto(code, CODES.index(told), where=where)


def _too_late(ready: Sequence[Times], due: Sequence[Times]) -> Times:
    """By how much, with the number of breaks that is best."""
    return np.min([there - by for there, by in zip(ready, due, strict=True)], axis=0)


def _with_late_stops(course: Course) -> Course:
    """Every stop may begin as late as it likes."""
    calls = [call._replace(windows=((call.windows[0][0], FAR),)) if call.windows else call for call in course.calls]
    return replace(course, calls=calls)


def _by_breaks(labels: Sequence[Label]) -> list[Times]:
    """One label per gap, turned to one array of gaps per number of breaks."""
    return list(np.array(labels, dtype=np.int64).T.copy())


def _earliest_leaves(course: Course, breaks: Sequence[Rest]) -> list[Label]:
    """When each place can be left at the earliest, the start of the shift first."""
    ready = [course.table.shift.opens] + [FAR] * len(breaks)
    labels = [ready]
    for (move, service, windows), travel in zip(course.calls, course.travel, strict=True):
        arrive = onwards_one(course.table.pace, ready, travel, move - travel, breaks)
        ready = [there if there >= FAR else start_from_one(windows, there) + service for there in arrive]
        labels.append(ready)
    return labels


def _surely_due(table: ShiftTable, work: Seconds) -> tuple[Rest, ...]:
    """The breaks of every day with so much work; one more visit hardly ever makes it less."""
    rests = table.shift.breaks
    due = tuple(i for i, rest in enumerate(rests) if rest.only_if_over is None or rest.only_if_over < work)
    return next(choice.breaks for choice in table.choices if choice.indices == due)
