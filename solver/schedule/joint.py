"""All routes of a day together: links let the times of one shift depend on another's.

A link says "not before". Raising the earliest times of linked visits until nothing moves any more gives days that
keep all links. From there each linked shift in turn takes the cheapest day that its partners' planned times leave it,
as long as that changes anything.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from solver.problem import Link, Problem
from solver.schedule.cheapest import Day, cheapest_day, earliest_day
from solver.schedule.course import Bounds, Course, Wait, course_of, tables_of
from solver.schedule.moments import FAR, NEVER
from solver.schedule.single import latest_starts_of, route_of
from solver.solution import Route, Sequences
from solver.units import Seconds, ShiftIndex, VisitIndex

NO_STARTS: Final[Mapping[VisitIndex, Seconds]] = {}

TURNS: Final = 8
"""How often every linked shift may choose anew; after two or three turns hardly any does."""

Days: TypeAlias = dict[ShiftIndex, Day]


def schedule(
    problem: Problem, sequences: Sequences, starts: Mapping[VisitIndex, Seconds] = NO_STARTS
) -> tuple[Route, ...] | None:
    """Cheapest legal times of what each shift serves, ``None`` if there are none; unused shifts have no route.

    ``starts`` pins visits to exact starts. Only time is decided: windows, travel, set-up, breaks, links, the length
    of the day. Shifts without links between them get the cheapest day exactly; linked ones get legal days, and then
    the cheapest that each can have while its partners keep theirs.
    """
    joint = _Joint(problem, sequences, {visit: (start, start) for visit, start in starts.items()})
    days = joint.legal_days()
    return None if days is None else joint.routes(joint.cheaper(days))


class _Joint:
    def __init__(self, problem: Problem, sequences: Sequences, pins: Bounds) -> None:
        self._problem = problem
        self._sequences = sequences
        self._pins = pins
        self._where = {stop[0]: (shift, i) for shift, stops in enumerate(sequences) for i, stop in enumerate(stops)}
        self._links = [link for link in problem.links if link.first in self._where and link.then in self._where]
        self._across = [link for link in self._links if self._where[link.first][0] != self._where[link.then][0]]
        ends = {end for link in self._across for end in (link.first, link.then)}
        self._linked = sorted({self._where[end][0] for end in ends})

    def legal_days(self) -> Days | None:
        """A day for each used shift: the cheapest, but early ones that keep the links for shifts that share any."""
        days: Days = {}
        for shift, stops in enumerate(self._sequences):
            if stops and shift not in self._linked:
                day = cheapest_day(self._course(shift, self._pins))
                if day is None:
                    return None
                days[shift] = day
        bounds = dict(self._pins)
        to_time: Sequence[ShiftIndex] = self._linked
        while to_time:
            for shift in to_time:
                day = earliest_day(self._course(shift, bounds))
                if day is None:
                    return None
                days[shift] = day
            to_time = self._raise_bounds(days, bounds)
        return days

    def cheaper(self, days: Days) -> Days:
        """The same with linked shifts no longer earlier than their partners ask for, if that costs less."""
        for turn in range(TURNS):
            changed = False
            for shift in self._linked:
                bounds = {**self._partners(days, shift, self._across), **self._pins}
                day = cheapest_day(self._course(shift, bounds))
                if day is not None and (turn == 0 or day.key < days[shift].key):
                    days[shift] = day
                    changed = True
            if not changed:
                break
        return days

    def routes(self, days: Days) -> tuple[Route, ...]:
        """The days written down, in order of shifts."""
        routes: list[Route] = []
        for shift, day in sorted(days.items()):
            bounds = self._partners(days, shift, self._links)
            course = course_of(self._problem, shift, self._sequences[shift], bounds)
            routes.append(route_of(shift, course, day, latest_starts_of(course, day)))
        return tuple(routes)

    def _course(self, shift: ShiftIndex, bounds: Bounds) -> Course:
        """The shift's sequence, which keeps the links between its own stops."""
        waits = [
            Wait(self._where[link.first][1], self._where[link.then][1], link.gap)
            for link in self._links
            if self._where[link.first][0] == shift == self._where[link.then][0]
        ]
        return course_of(self._problem, shift, self._sequences[shift], bounds, waits)

    def _raise_bounds(self, days: Days, bounds: dict[VisitIndex, tuple[Seconds, Seconds]]) -> Sequence[ShiftIndex]:
        """Forbid starts that come too early for a link; the shifts that have to be timed anew."""
        early: set[ShiftIndex] = set()
        for link in self._across:
            ready = self._span(days, link.first)[1] + link.gap
            if self._span(days, link.then)[0] < ready:
                earliest, latest = bounds.get(link.then, (NEVER, FAR))
                bounds[link.then] = max(earliest, ready), latest
                early.add(self._where[link.then][0])
        return sorted(early)

    def _partners(self, days: Days, shift: ShiftIndex, links: Sequence[Link]) -> Bounds:
        """What the planned times of their partners leave to the linked stops of this shift."""
        bounds: dict[VisitIndex, tuple[Seconds, Seconds]] = {}
        for link in links:
            if self._where[link.then][0] == shift:
                earliest, latest = bounds.get(link.then, (NEVER, FAR))
                bounds[link.then] = max(earliest, self._span(days, link.first)[1] + link.gap), latest
            if self._where[link.first][0] == shift:
                earliest, latest = bounds.get(link.first, (NEVER, FAR))
                begin_by = self._span(days, link.then)[0] - link.gap - self._service(link.first)
                bounds[link.first] = earliest, min(latest, begin_by)
        return bounds

    def _span(self, days: Days, visit: VisitIndex) -> tuple[Seconds, Seconds]:
        shift, i = self._where[visit]
        start = days[shift].starts[i]
        return start, start + self._service(visit)

    def _service(self, visit: VisitIndex) -> Seconds:
        shift, i = self._where[visit]
        return tables_of(self._problem).ways[visit][self._sequences[shift][i][1]].service
