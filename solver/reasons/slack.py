"""Whether a route with one more stop might have legal times if a rule were eased: told by labels, at once.

Labels of the route as it is are kept for every rule that can be eased, so that a question costs what one gap costs.
The answer is certain where a shift has one choice of breaks and no limit of duration. Elsewhere "no" is certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from solver.problem import LONGEST_DAY
from solver.schedule.course import Choice, Course, Windows
from solver.schedule.labels import Label, backwards, latest_starts, onwards, start_from
from solver.schedule.moments import FAR, NEVER, Rest
from solver.units import Seconds


class _Side(NamedTuple):
    """Earliest leaves and latest starts around every gap of a route, for one choice of breaks."""

    breaks: Sequence[Rest]
    longest: Seconds
    """The most that a day may last before another break is due."""
    ready: Sequence[Label]
    due: Sequence[Label]


class Slack:
    """The route of one shift, asked about courses that have one stop more than it."""

    def __init__(self, route: Course, choices: Sequence[Choice]) -> None:
        """``choices`` of breaks of the shift, as they are where days may last as long as they like."""
        finish = route.table.last_finish
        opened = replace(route, calls=[call._replace(windows=_opened(call.windows)) for call in route.calls])
        late = [choice._replace(breaks=_until(choice.breaks, finish)) for choice in choices]
        self.is_certain = len(choices) == 1 and route.table.shift.limits.duration is None
        self._kept = [_side(route, choice, finish) for choice in choices]
        self._endless = [_side(route, choice, LONGEST_DAY) for choice in choices]
        self._unhurried = [_side(route, choice, finish) for choice in late]
        self._opened = [_side(opened, choice, finish) for choice in choices]

    def may_be_longer(self, course: Course, position: int) -> bool:
        """Whether a longer day may do."""
        return any(_fits(side, course, position) for side in self._kept)

    def may_end_later(self, course: Course, position: int) -> bool:
        """Whether a later end of the shift may do."""
        return any(_fits(side, course, position) for side in self._endless)

    def may_rest_later(self, course: Course, position: int) -> bool:
        """Whether later breaks may do."""
        return any(_fits(side, course, position) for side in self._unhurried)

    def may_be_late_elsewhere(self, course: Course, position: int) -> bool:
        """Whether another stop that begins later may do."""
        return any(_fits(side, course, position) for side in self._opened)

    def wider(self, course: Course, position: int) -> Seconds:
        """By how much the windows of the stop have to be wider at least, FAR if that cannot be enough."""
        spans = [span for side in self._kept for span in _spans(side, course, position)]
        windows = course.calls[position].windows
        return min(
            (max(first - closes, opens - last, 0) for first, last in spans for opens, closes in windows), default=FAR
        )


def _opened(windows: Windows) -> Windows:
    return (*windows[:-1], (windows[-1][0], FAR)) if windows else windows


def _until(breaks: Sequence[Rest], latest: Seconds) -> tuple[Rest, ...]:
    return tuple(rest._replace(latest=max(rest.latest, latest)) for rest in breaks)


def _side(route: Course, choice: Choice, finish: Seconds) -> _Side:
    breaks = choice.breaks
    ready = [route.table.shift.opens] + [FAR] * len(breaks)
    leaves = [ready]
    for (move, service, windows), travel in zip(route.calls, route.travel, strict=True):
        arrive = onwards(route.table.pace, ready, travel, move - travel, breaks)
        ready = [there if there >= FAR else start_from(windows, there) + service for there in arrive]
        leaves.append(ready)
    due, _ = latest_starts(route, breaks, {}, finish)
    return _Side(breaks, choice.longest, leaves, [*due, [NEVER] * len(breaks) + [finish]])


def _spans(side: _Side, course: Course, position: int) -> Iterator[tuple[Seconds, Seconds]]:
    """By breaks taken before it, from when until when the stop may begin but for its own windows."""
    if side.longest < FAR and _work(course, side.breaks) > side.longest:
        return
    pace, travel, call = course.table.pace, course.travel[position], course.calls[position]
    arrive = onwards(pace, side.ready[position], travel, call.move - travel, side.breaks)
    after = position + 1
    is_last = after == len(course.calls)
    travel = course.way_back if is_last else course.travel[after]
    setup = 0 if is_last else course.calls[after].move - travel
    leave_by = backwards(pace, side.due[position], travel, setup, side.breaks)
    for first, by in zip(arrive, leave_by, strict=True):
        if first < FAR and first + call.service <= by:
            yield first, by - call.service


def _fits(side: _Side, course: Course, position: int) -> bool:
    windows = course.calls[position].windows
    return any(start_from(windows, first) <= last for first, last in _spans(side, course, position))


def _work(course: Course, breaks: Sequence[Rest]) -> Seconds:
    """How long the day is at least."""
    at_work = sum(call.move + call.service for call in course.calls) + course.way_back
    return at_work + sum(rest.duration for rest in breaks)
