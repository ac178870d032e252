"""Where a further visit could go into one route, and what it lacks there: told by labels, without timing the route.

The earliest moments at which the shift can leave one stop, by breaks taken, are laid against the latest moments at
which the next one may begin. Whether a visit fits between them is exact that way, but for waiting in days of limited
length, for breaks that only long days have, for driving during slowdowns, and for links: who needs certainty times the
route.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from solver.checker import Code
from solver.problem import LONGEST_DAY, Problem
from solver.schedule.course import ShiftTable, Way, course_of, tables_of
from solver.schedule.labels import Label, latest_starts, onwards, start_from
from solver.schedule.moments import FAR, NEVER, Rest
from solver.solution import Served
from solver.units import UNREACHABLE, Metres, PlaceIndex, Seconds, ShiftIndex, VisitIndex

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


class Detour(NamedTuple):
    """The ways to and from an inserted stop, the set-up after them, and what they add to the route at normal pace."""

    travel_in: Seconds
    setup_in: Seconds
    travel_out: Seconds
    setup_out: Seconds
    driving: Seconds
    metres: Metres

    @property
    def moving(self) -> Seconds:
        """Both ways with their set-up."""
        return self.travel_in + self.setup_in + self.travel_out + self.setup_out


class Gaps:
    """The gaps of one route; an unused shift has one. The gap at a position lies before the stop there."""

    def __init__(self, problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> None:
        self.shift = problem.shifts[shift]
        self.stops = tuple(stops)
        matrix = problem.travel_of(self.shift)
        self._seconds, self._metres = matrix.seconds.data, matrix.metres.data
        course = course_of(problem, shift, stops)
        ways = [tables_of(problem).ways[visit][option] for visit, option in stops]
        self._places = [self.shift.start, *(way.place for way in ways), self.shift.end]
        self._setups = [*(way.setup for way in ways), 0]
        self._legs = [self._leg(here, there) for here, there in pairwise(self._places)]
        self._moves = [*(call.move for call in course.calls), course.way_back]
        self._pace = course.table.pace
        work = sum(self._moves) + sum(way.service for way in ways)
        self._breaks = _surely_due(course.table, work)
        self._ready = self._earliest_leaves(ways)
        due, _ = latest_starts(course, self._breaks, {}, self.shift.last_finish)
        self._due = [*due, [NEVER] * len(self._breaks) + [self.shift.last_finish]]
        self._driving = sum(seconds for seconds, _ in self._legs)
        self._work = work + sum(rest.duration for rest in self._breaks)
        self.metres = sum(metres for _, metres in self._legs)
        self.unpaid = sum(rest.duration for rest in self.shift.breaks if not rest.paid)

    def detour(self, way: Way, position: int) -> Detour:
        """What serving ``way`` at ``position`` adds."""
        here, there = self._places[position], self._places[position + 1]
        seconds_in, metres_in = self._leg(here, way.place)
        seconds_out, metres_out = self._leg(way.place, there)
        seconds, metres = self._legs[position]
        return Detour(
            travel_in=seconds_in,
            setup_in=0 if way.place == here else way.setup,
            travel_out=seconds_out,
            setup_out=0 if way.place == there else self._setups[position],
            driving=seconds_in + seconds_out - seconds,
            metres=metres_in + metres_out - metres,
        )

    def work(self, way: Way, position: int, detour: Detour) -> Seconds:
        """How long the day with ``way`` would be if it had no waiting."""
        return self._work - self._moves[position] + detour.moving + way.service

    def lack(self, way: Way, position: int, detour: Detour) -> Lack | None:
        """What is lacking there, ``None`` if nothing is as far as labels can tell."""
        if max(detour.travel_in, detour.travel_out) >= UNREACHABLE:
            return Lack(HOPELESS, 1, Code.UNREACHABLE)
        if not way.windows:
            return Lack(HOPELESS, LONGEST_DAY, Code.TIME_WINDOW)
        late = min(self._late(way, position, detour), LONGEST_DAY)
        lacks = self._over_limits(way, position, detour)
        if late > 0:
            lacks.append(Lack(SECONDS, late, Code.TIME_WINDOW))
        exact = [lack for lack in lacks if not lack.rough]
        return max(exact or lacks, key=lambda lack: lack.rank, default=None)

    def _late(self, way: Way, position: int, detour: Detour) -> Seconds:
        """Seconds by which the stop is too late for its own windows, or else makes the rest of the route too late."""
        breaks, pace = self._breaks, self._pace
        arrive = onwards(pace, self._ready[position], detour.travel_in, detour.setup_in, breaks)
        leave = [there if there >= FAR else start_from(way.windows, there) + way.service for there in arrive]
        if min(leave) >= FAR:
            return min(arrive) - way.windows[-1][1]
        ready = onwards(pace, leave, detour.travel_out, detour.setup_out, breaks)
        return min(there - by for there, by in zip(ready, self._due[position], strict=True))

    def _over_limits(self, way: Way, position: int, detour: Detour) -> list[Lack]:
        limits = self.shift.limits
        over = (
            (Code.MAX_DURATION, SECONDS, self.work(way, position, detour), limits.duration),
            (Code.MAX_DRIVING, SECONDS, self._driving + detour.driving, limits.driving),
            (Code.MAX_DISTANCE, METRES, self.metres + detour.metres, limits.distance),
        )
        return [
            Lack(kind, total - limit, code) for code, kind, total, limit in over if limit is not None and total > limit
        ]

    def _earliest_leaves(self, ways: Sequence[Way]) -> list[Label]:
        ready = [self.shift.opens] + [FAR] * len(self._breaks)
        labels = [ready]
        for way, move, (travel, _) in zip(ways, self._moves, self._legs, strict=False):
            arrive = onwards(self._pace, ready, travel, move - travel, self._breaks)
            ready = [there if there >= FAR else start_from(way.windows, there) + way.service for there in arrive]
            labels.append(ready)
        return labels

    def _leg(self, here: PlaceIndex | None, there: PlaceIndex | None) -> tuple[Seconds, Metres]:
        if here is None or there is None:
            return 0, 0
        return self._seconds[here, there], self._metres[here, there]


def _surely_due(table: ShiftTable, work: Seconds) -> tuple[Rest, ...]:
    """The breaks of every day with so much work; one more visit hardly ever makes it less."""
    rests = table.shift.breaks
    due = tuple(i for i, rest in enumerate(rests) if rest.only_if_over is None or rest.only_if_over < work)
    return next(choice.breaks for choice in table.choices if choice.indices == due)
