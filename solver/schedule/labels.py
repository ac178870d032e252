"""Earliest and latest times along one course with ordered breaks.

A moment between two services is known by (time, breaks taken so far). Being earlier never hurts, since one may wait,
so one earliest time per number of breaks forwards and one latest time backwards decide exactly what is possible, also
with several windows.

A break may interrupt a drive, hence two numbers per leg: the clock at which the last break ended, and the time at
which the move is complete.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, islice
from typing import Final, TypeAlias

from solver.schedule.course import Course, Windows
from solver.schedule.moments import FAR, NEVER, Rest
from solver.schedule.pace import Move, Pace
from solver.units import Seconds

MOST_COUNTS: Final = 500
"""Two breaks and thirty linked stops on one route have about as many; twelve stops and five breaks have 6,188."""

Label: TypeAlias = list[Seconds]
"""One time per number of breaks taken, 0 … all."""
Counts: TypeAlias = Mapping[int, int]
"""How many breaks come before some stops, by position, where that has been decided."""


def start_from(windows: Windows, ready: Seconds) -> Seconds:
    """First start at ``ready`` or later, FAR if there is none."""
    for opens, closes in windows:
        if ready <= closes:
            return max(ready, opens)
    return FAR


def start_until(windows: Windows, due: Seconds) -> Seconds:
    """Last start at ``due`` or earlier, NEVER if there is none."""
    for opens, closes in reversed(windows):
        if due >= opens:
            return min(due, closes)
    return NEVER


def counts_at_waits(course: Course, breaks: int) -> Iterator[Counts]:
    """Every way to say how many breaks come before each stop that waits for another or is waited for.

    Once that is decided there is one earliest and one latest time at these stops, and the waits between them are
    exact. Courses without waits have one way: nothing is decided. Of very many ways the first MOST_COUNTS are tried,
    those with breaks late in the day; a day that only another way makes legal is then refused.
    """
    stops = sorted({stop for wait in course.waits for stop in (wait.first, wait.then)})
    for counts in islice(combinations_with_replacement(range(breaks + 1), len(stops)), MOST_COUNTS):
        yield dict(zip(stops, counts, strict=True))


def earliest_finish(course: Course, breaks: Sequence[Rest], counts: Counts, depart: Seconds) -> Seconds:
    """When the shift is over at the earliest if it leaves at ``depart``, FAR if it cannot do its work."""
    if not breaks and not counts:
        return _earliest_finish_at_once(course, depart)
    ready = [depart] + [FAR] * len(breaks)
    free: dict[int, Seconds] = {}
    for i, (travel, (move, service, windows)) in enumerate(zip(course.travel, course.calls, strict=True)):
        since = waited_until(course, i, free) if counts else NEVER
        arrive = onwards(course.table.pace, ready, travel, move - travel, breaks)
        ready = [there if there >= FAR else start_from(windows, max(there, since)) + service for there in arrive]
        if i in counts:
            free[i] = ready[counts[i]]
            ready = [there if taken == counts[i] else FAR for taken, there in enumerate(ready)]
        if min(ready) >= FAR:
            return FAR
    return onwards(course.table.pace, ready, course.way_back, 0, breaks)[-1]


def latest_starts(
    course: Course, breaks: Sequence[Rest], counts: Counts, finish: Seconds
) -> tuple[list[Label], Seconds]:
    """Latest start of every stop by breaks taken before it, and latest departure, to be over by ``finish``."""
    if not breaks and not counts:
        return _latest_starts_at_once(course, finish)
    due = [NEVER] * len(breaks) + [finish]
    leave = backwards(course.table.pace, due, course.way_back, 0, breaks)
    return _latest_starts_before(course, breaks, counts, len(course.calls), leave)


def latest_departure(course: Course, breaks: Sequence[Rest], counts: Counts, stops: int, left_by: Seconds) -> Seconds:
    """When to leave at the latest to be gone from the first few stops by ``left_by``, however many breaks are taken."""
    return _latest_starts_before(course, breaks, counts, stops, [left_by] * (len(breaks) + 1))[1]


def _latest_starts_before(
    course: Course, breaks: Sequence[Rest], counts: Counts, stops: int, leave: Label
) -> tuple[list[Label], Seconds]:
    """Of the first few stops, given when the last of them is left at the latest."""
    pace = course.table.pace
    labels: list[Label] = []
    begin: dict[int, Seconds] = {}
    for i in range(stops - 1, -1, -1):
        move, service, windows = course.calls[i]
        until = _waited_for(course, i, begin) if counts else FAR
        due = [NEVER if by <= NEVER else start_until(windows, min(by, until) - service) for by in leave]
        if i in counts:
            begin[i] = due[counts[i]]
            due = [by if taken == counts[i] else NEVER for taken, by in enumerate(due)]
        labels.append(due)
        travel = course.travel[i]
        leave = backwards(pace, due, travel, move - travel, breaks)
    labels.reverse()
    return labels, leave[0]


def waited_until(course: Course, stop: int, free: Mapping[int, Seconds]) -> Seconds:
    """Before when ``stop`` may not start, given when the stops it waits for are finished."""
    return max((free[wait.first] + wait.gap for wait in course.waits if wait.then == stop), default=NEVER)


def _waited_for(course: Course, stop: int, begin: Mapping[int, Seconds]) -> Seconds:
    """When ``stop`` has to be finished, given when the stops that wait for it begin, as far as that is known."""
    waiting = (wait for wait in course.waits if wait.first == stop and wait.then in begin)
    return min((begin[wait.then] - wait.gap for wait in waiting), default=FAR)


def onwards(
    pace: Pace | None, ready: Sequence[Seconds], travel: Seconds, setup: Seconds, breaks: Sequence[Rest]
) -> Label:
    """Earliest end of travel and the set-up after it, on a road that slows down or on one that never does."""
    if pace is None:
        return move_on(ready, travel + setup, breaks)
    return pace.move_on(ready, Move.of(travel, setup), breaks)


def backwards(
    pace: Pace | None, due: Sequence[Seconds], travel: Seconds, setup: Seconds, breaks: Sequence[Rest]
) -> Label:
    """Latest times to set out, on a road that slows down or on one that never does."""
    if pace is None:
        return move_back(due, travel + setup, breaks)
    return pace.move_back(due, Move.of(travel, setup), breaks)


def move_on(ready: Sequence[Seconds], move: Seconds, breaks: Sequence[Rest]) -> Label:
    """Earliest end of a move of ``move`` seconds by breaks taken, from the earliest times one may set out.

    FAR or later where that is impossible.
    """
    arrive = [depart + move for depart in ready]
    for taken in range(len(breaks)):
        clock = ready[taken]
        if clock >= FAR:
            continue
        there = clock + move
        for nth in range(taken, len(breaks)):
            earliest, latest, duration = breaks[nth]
            if clock > latest:
                break
            clock = max(clock, earliest) + duration
            there = max(there, earliest) + duration
            arrive[nth + 1] = min(arrive[nth + 1], there)
    return arrive


def move_back(due: Sequence[Seconds], move: Seconds, breaks: Sequence[Rest]) -> Label:
    """Latest times one may set out by breaks taken, to complete a move of ``move`` seconds by ``due``.

    NEVER or earlier where that is impossible.
    """
    leave = [by - move for by in due]
    for taken in range(1, len(due)):
        by = due[taken]
        if by <= NEVER:
            continue
        resting, begin_by = 0, FAR
        for nth in range(taken - 1, -1, -1):
            earliest, latest, duration = breaks[nth]
            resting += duration
            begin_by = min(latest, begin_by - duration)
            if earliest > begin_by or earliest + resting > by:
                break
            leave[nth] = max(leave[nth], min(by - move - resting, begin_by))
    return leave


def _earliest_finish_at_once(course: Course, depart: Seconds) -> Seconds:
    if course.table.pace is not None:
        return _earliest_finish_at_pace(course, course.table.pace, depart)
    clock = depart
    for move, service, windows in course.calls:
        clock += move
        for opens, closes in windows:
            if clock <= closes:
                clock = (clock if clock > opens else opens) + service  # noqa: FURB136 - max() costs a call a stop
                break
        else:
            return FAR
    return clock + course.way_back


def _earliest_finish_at_pace(course: Course, pace: Pace, depart: Seconds) -> Seconds:
    clock = depart
    for travel, (move, service, windows) in zip(course.travel, course.calls, strict=True):
        clock = start_from(windows, pace.after(clock, Move.of(travel, move - travel)))
        if clock >= FAR:
            return FAR
        clock += service
    return pace.after(clock, Move.of(course.way_back, 0))


def _latest_starts_at_once(course: Course, finish: Seconds) -> tuple[list[Label], Seconds]:
    if course.table.pace is not None:
        return _latest_starts_at_pace(course, course.table.pace, finish)
    labels: list[Label] = []
    clock = finish - course.way_back
    for move, service, windows in reversed(course.calls):
        clock = start_until(windows, clock - service)
        labels.append([clock])
        clock -= move
    labels.reverse()
    return labels, clock


def _latest_starts_at_pace(course: Course, pace: Pace, finish: Seconds) -> tuple[list[Label], Seconds]:
    labels: list[Label] = []
    clock = pace.before(finish, Move.of(course.way_back, 0))
    for travel, (move, service, windows) in zip(reversed(course.travel), reversed(course.calls), strict=True):
        clock = start_until(windows, clock - service)
        labels.append([clock])
        clock = pace.before(clock, Move.of(travel, move - travel))
    labels.reverse()
    return labels, clock
