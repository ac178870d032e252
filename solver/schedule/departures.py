"""When it may pay to leave later, for days of slowdowns: just so late that something on the way becomes different.

Between two such departures a day grows longer or shorter at one rate, so it is cheapest at one of them, to within the
seconds that whole numbers cost. What may become different: a leg is begun or ended at the edge of a slowdown, a break
may begin when a leg does or ends at such an edge, a window closes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from solver.schedule.course import Course
from solver.schedule.labels import Counts, Label, latest_departure, latest_starts, start_from
from solver.schedule.moments import FAR, Rest
from solver.schedule.pace import Move, Pace
from solver.units import Seconds

MOST_TRIED: Final = 64
"""Departures of one course; of more than that, as many spread evenly. A day of twenty stops and two rush hours has some
forty."""


def later_departures(course: Course, breaks: Sequence[Rest], counts: Counts) -> Callable[[Seconds], Seconds]:
    """Takes a departure and gives the next one worth trying, FAR after the last. What is tried is found when asked."""
    pace = course.table.pace
    if pace is None:
        return _a_second_later
    moments: list[Seconds] = []

    def after(depart: Seconds) -> Seconds:
        if not moments:
            moments.extend(_spread(sorted(set(_Departures(course, breaks, counts, pace).all()))))
        return next((moment for moment in moments if moment > depart), FAR)

    return after


def _a_second_later(depart: Seconds) -> Seconds:
    """Without slowdowns a day that is left a second later becomes longer until something closes."""
    return depart + 1


def _spread(moments: list[Seconds]) -> list[Seconds]:
    if len(moments) <= MOST_TRIED:
        return moments
    last = len(moments) - 1
    return [moments[nth * last // (MOST_TRIED - 1)] for nth in range(MOST_TRIED)]


class _Departures:
    """Departures between the first and the last possible one of a course."""

    def __init__(self, course: Course, breaks: Sequence[Rest], counts: Counts, pace: Pace) -> None:
        self._course = course
        self._breaks = breaks
        self._counts = counts
        self._pace = pace
        labels, self._last = latest_starts(course, breaks, counts, course.table.last_finish)
        self._legs = [*course.travel, course.way_back]
        self._early = self._leave_early()
        self._late = [self._last, *(self._finish(i, label) for i, label in enumerate(labels))]

    def all(self) -> Iterator[Seconds]:
        """In no order, the last possible one among them."""
        first = self._course.table.shift.opens
        found = (*self._at_edges(), *self._when_breaks_begin(), *self._after_closings(), self._last)
        return (depart for depart in found if first < depart <= self._last)

    def _at_edges(self) -> Iterator[Seconds]:
        """A leg begins or ends where a slowdown does."""
        for leg, travel in enumerate(self._legs):
            move = Move.of(travel, 0)
            for edge in self._pace.edges:
                for begin in {edge, self._pace.before(edge, move)}:
                    if self._early[leg] < begin <= self._late[leg]:
                        yield self._departure(leg, begin)

    def _when_breaks_begin(self) -> Iterator[Seconds]:
        """A leg begins when a break may, or with one that ends at the edge of a slowdown, which is slept through."""
        for rest in self._breaks:
            for begin in {rest.earliest, *(edge - rest.duration for edge in self._pace.edges)}:
                for leg in range(len(self._legs)) if begin >= rest.earliest else ():
                    if self._early[leg] < begin <= self._late[leg]:
                        yield self._departure(leg, begin)

    def _after_closings(self) -> Iterator[Seconds]:
        """A stop no longer begins in one of its windows."""
        for stop, call in enumerate(self._course.calls):
            for _, closes in call.windows:
                finish = closes + call.service
                if self._early[stop + 1] <= finish < self._late[stop + 1]:
                    yield self._departure(stop + 1, finish) + 1

    def _departure(self, stops: int, left_by: Seconds) -> Seconds:
        return latest_departure(self._course, self._breaks, self._counts, stops, left_by)

    def _leave_early(self) -> list[Seconds]:
        """No later than each leg can begin: breaks only make it later."""
        clock = self._course.table.shift.opens
        leave = [clock]
        for travel, (move, service, windows) in zip(self._course.travel, self._course.calls, strict=True):
            clock = start_from(windows, self._pace.after(clock, Move.of(travel, move - travel))) + service
            leave.append(clock)
        return leave

    def _finish(self, stop: int, latest: Label) -> Seconds:
        return max(latest) + self._course.calls[stop].service
