"""One route, timed by itself."""

from collections.abc import Mapping, Sequence
from typing import Final

from solver.problem import Problem, StartWindow
from solver.schedule.cheapest import Day, cheapest_day
from solver.schedule.course import Course, course_of
from solver.schedule.labels import latest_starts
from solver.schedule.moments import NEVER, Rest
from solver.schedule.placing import in_turn, place_breaks
from solver.solution import BreakTaken, Route, Served, Stop
from solver.units import BreakIndex, Seconds, ShiftIndex, VisitIndex

NO_BOUNDS: Final[Mapping[VisitIndex, StartWindow]] = {}


def schedule_route(
    problem: Problem, shift: ShiftIndex, stops: Sequence[Served], bounds: Mapping[VisitIndex, StartWindow] = NO_BOUNDS
) -> Route | None:
    """Cheapest legal times of one shift serving ``stops`` in this order, ``None`` if there are none.

    ``bounds`` narrow when some visits may start: that is all this function knows of links. It decides only time:
    windows, travel, set-up, breaks, the length of the day. Who may serve what, loads, driving and distance are not
    its concern.
    """
    course = course_of(problem, shift, stops, {visit: (bound.opens, bound.closes) for visit, bound in bounds.items()})
    day = cheapest_day(course)
    return None if day is None else route_of(shift, course, day, latest_starts_of(course, day))


def latest_starts_of(course: Course, day: Day) -> list[Seconds]:
    """How late each stop may begin in the windows of ``course``: breaks as in ``day`` before it, freely after it."""
    latest = [NEVER] * len(day.starts)
    for rests in course.table.choices:
        until = min(course.table.last_finish, day.depart + rests.longest)
        labels, _ = latest_starts(course, rests.breaks, {}, until)
        for i, taken in enumerate(day.taken):
            if taken < len(labels[i]) and rests.indices[:taken] == day.rests.indices[:taken]:
                latest[i] = max(latest[i], labels[i][taken])
    return latest


def route_of(shift: ShiftIndex, course: Course, day: Day, latest: Sequence[Seconds]) -> Route:
    """The day written down: every stop with its arrival, every break with its place."""
    stops: list[Stop] = []
    breaks: list[BreakTaken] = []
    clock, done, rests, pace = day.depart, 0, day.rests, course.table.pace
    for served, call, travel, start, taken, due in zip(
        course.stops, course.calls, course.travel, day.starts, day.taken, latest, strict=True
    ):
        arrive = clock + travel if pace is None else in_turn(pace, clock, travel, 0, ())[0]
        if taken > done:
            due_here = rests.breaks[done:taken]
            arrive, begins = place_breaks(clock, start, travel, call.move - travel, due_here, pace=pace)
            breaks += _taken(rests.indices[done:taken], due_here, begins)
            done = taken
        clock = start + call.service
        stops.append(Stop(served[0], served[1], arrive, start, clock, due))
    if done < len(rests.breaks):
        _, begins = place_breaks(clock, day.finish, course.way_back, 0, rests.breaks[done:], pace=pace)
        breaks += _taken(rests.indices[done:], rests.breaks[done:], begins)
    return Route(shift, day.depart, day.finish, tuple(stops), tuple(breaks))


def _taken(indices: Sequence[BreakIndex], breaks: Sequence[Rest], begins: Sequence[Seconds]) -> list[BreakTaken]:
    return [
        BreakTaken(index, begin, begin + rest.duration)
        for index, rest, begin in zip(indices, breaks, begins, strict=True)
    ]
