"""Times of given sequences as a person would drive them, also where the rules do not hold.

Somebody who asks what is wrong with a plan needs its times first. Shifts whose work is legal by itself get the times
that a planner would give them; the others go from door to door as early as windows open, at once where it is too
late, and keep to the starts that are given. What is broken that way is for the checker to say.
"""

from collections.abc import Mapping, Sequence

from solver.problem import Problem
from solver.schedule.cheapest import cheapest_day
from solver.schedule.course import Call, Choice, Course, course_of
from solver.schedule.joint import NO_STARTS, schedule
from solver.schedule.labels import backwards, start_from
from solver.schedule.moments import FAR, NEVER, Rest
from solver.schedule.placing import in_turn, place_breaks
from solver.schedule.single import latest_starts_of, route_of
from solver.solution import BreakTaken, Route, Sequences, Served, Stop
from solver.units import UNREACHABLE, Seconds, ShiftIndex, VisitIndex


def follow(
    problem: Problem, sequences: Sequences, starts: Mapping[VisitIndex, Seconds] = NO_STARTS
) -> tuple[Route, ...]:
    """Times of what each shift serves, one route per non-empty sequence, in order of shifts.

    ``starts`` are kept even if nobody could be there in time. Where ``schedule`` finds legal times, these are the
    answer. On a leg without a way no time passes.
    """
    legal = schedule(problem, sequences, starts)
    if legal is not None:
        return legal
    not_before: dict[VisitIndex, Seconds] = {}
    routes = _one_by_one(problem, sequences, starts, not_before)
    for _ in problem.links:
        if not _raise(problem, routes, not_before):
            break
        routes = _one_by_one(problem, sequences, starts, not_before)
    return routes


def _one_by_one(
    problem: Problem,
    sequences: Sequences,
    starts: Mapping[VisitIndex, Seconds],
    not_before: Mapping[VisitIndex, Seconds],
) -> tuple[Route, ...]:
    bounds = {visit: (moment, FAR) for visit, moment in not_before.items()}
    bounds |= {visit: (start, start) for visit, start in starts.items()}
    routes: list[Route] = []
    for shift, stops in enumerate(sequences):
        if stops:
            day = cheapest_day(course_of(problem, shift, stops, bounds))
            course = course_of(problem, shift, stops)
            routes.append(
                _driven(shift, course, starts, not_before)
                if day is None
                else route_of(shift, course, day, latest_starts_of(course, day))
            )
    return tuple(routes)


def _raise(problem: Problem, routes: Sequence[Route], not_before: dict[VisitIndex, Seconds]) -> bool:
    """Have visits wait for the ones they come after; whether any has to wait longer than before.

    Not for one that comes later on the same route: waiting would only put it off.
    """
    planned = {stop.visit: stop for route in routes for stop in route.stops}
    turn = {stop.visit: (route.shift, place) for route in routes for place, stop in enumerate(route.stops)}
    longer = False
    for link in problem.links:
        if link.first in planned and link.then in planned:
            if turn[link.first][0] == turn[link.then][0] and turn[link.first] > turn[link.then]:
                continue
            ready = planned[link.first].finish + link.gap
            if planned[link.then].start < ready and not_before.get(link.then, NEVER) < ready:
                not_before[link.then] = ready
                longer = True
    return longer


def _driven(
    shift: ShiftIndex,
    course: Course,
    starts: Mapping[VisitIndex, Seconds],
    not_before: Mapping[VisitIndex, Seconds],
) -> Route:
    """The shift driven with the breaks that are due on it.

    Where every choice of breaks makes a day that asks for other ones it has none too few.
    """
    routes = (_Drive(shift, course, rests, starts, not_before).route() for rests in course.table.choices)
    rested = [route for route in routes if not _lacks_a_break(course, route)]
    return min(rested, key=lambda route: _has_a_break_too_many(course, route))


def _lacks_a_break(course: Course, route: Route) -> bool:
    taken = {rest.index for rest in route.breaks}
    left_out = (rest.only_if_over for index, rest in enumerate(course.table.shift.breaks) if index not in taken)
    return any(over is None or route.duration > over for over in left_out)


def _has_a_break_too_many(course: Course, route: Route) -> bool:
    taken = (course.table.shift.breaks[rest.index].only_if_over for rest in route.breaks)
    return any(over is not None and route.duration <= over for over in taken)


class _Drive:
    """One shift on its way, from door to door."""

    def __init__(
        self,
        shift: ShiftIndex,
        course: Course,
        rests: Choice,
        starts: Mapping[VisitIndex, Seconds],
        not_before: Mapping[VisitIndex, Seconds],
    ) -> None:
        self._shift = shift
        self._course = course
        self._starts = starts
        self._not_before = not_before
        self._clock = course.table.shift.opens
        self._depart = self._clock
        self._pace = course.table.pace
        self._rests = rests
        self._stops: list[Stop] = []
        self._breaks: list[BreakTaken] = []

    def route(self) -> Route:
        """Serve everything, then go home, resting on the way if breaks are left."""
        for served, call, travel in zip(self._course.stops, self._course.calls, self._course.travel, strict=True):
            self._serve(served, call, travel)
        way_back = _passable(self._course.way_back)
        finish, begins = in_turn(self._pace, self._clock, way_back, 0, self._breaks_left())
        self._rest(begins)
        return Route(self._shift, self._depart, finish, tuple(self._stops), tuple(self._breaks))

    def _serve(self, served: Served, call: Call, travel: Seconds) -> None:
        setup = call.move - travel
        travel = _passable(travel)
        start, breaks = self._next_start(served[0], call, travel, setup)
        arrive, begins = (
            place_breaks(self._clock, start, travel, setup, breaks, pace=self._pace)
            if breaks
            else in_turn(self._pace, self._clock, travel, 0, ())
        )
        if not self._stops and not begins:
            arrive = self._leave_for(arrive, start - setup, travel)
        self._rest(begins)
        self._clock = start + call.service
        self._stops.append(Stop(served[0], served[1], min(arrive, start), start, self._clock, start))

    def _next_start(self, visit: VisitIndex, call: Call, travel: Seconds, setup: Seconds) -> tuple[Seconds, list[Rest]]:
        """When to start, and the breaks to take before: those that waste no time, and those that cannot wait."""
        ready, _ = in_turn(self._pace, self._clock, travel, setup, ())
        start = self._start(visit, call, ready)
        breaks: list[Rest] = []
        for rest in self._breaks_left():
            more = [*breaks, rest]
            ready, begins = in_turn(self._pace, self._clock, travel, setup, more)
            more[-1] = rest._replace(latest=max(rest.latest, begins[-1]))
            later = self._start(visit, call, ready)
            for_free = later == start and begins[-1] <= rest.latest
            last_chance = start + call.service > rest.latest
            if ready > later or not (for_free or last_chance):
                break
            start, breaks = later, more
        return start, breaks

    def _start(self, visit: VisitIndex, call: Call, ready: Seconds) -> Seconds:
        if visit in self._starts:
            return self._starts[visit]
        ready = max(ready, self._not_before.get(visit, NEVER))
        start = start_from(call.windows, ready)
        return ready if start >= FAR else start

    def _leave_for(self, arrive: Seconds, begin_by: Seconds, travel: Seconds) -> Seconds:
        """Nobody leaves home to wait at the first door, and who is to be there before the shift leaves before it."""
        before_the_shift = begin_by < self._course.table.shift.opens
        if arrive >= begin_by and not before_the_shift:
            return arrive
        (self._depart,) = backwards(self._pace, [begin_by], travel, 0, ())
        return in_turn(self._pace, self._depart, travel, 0, ())[0]

    def _breaks_left(self) -> Sequence[Rest]:
        return self._rests.breaks[len(self._breaks) :]

    def _rest(self, begins: Sequence[Seconds]) -> None:
        for begin in begins:
            nth = len(self._breaks)
            finish = begin + self._rests.breaks[nth].duration
            self._breaks.append(BreakTaken(self._rests.indices[nth], begin, finish))


def _passable(travel: Seconds) -> Seconds:
    return 0 if travel >= UNREACHABLE else travel
