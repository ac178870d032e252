"""How long somebody really drives: a leg takes longer during slowdowns, and stands still during breaks."""

from collections.abc import Iterator
from itertools import pairwise

from solver.problem import Problem
from solver.schedule.course import tables_of
from solver.schedule.pace import Move, Pace
from solver.solution import Route
from solver.units import UNREACHABLE, Seconds


def driving(problem: Problem, route: Route) -> Seconds:
    """Seconds on the road of a timed route, way out and back included: what a shift's limit of driving is about."""
    return sum(driven(problem, route))


def keeps_to_its_driving(problem: Problem, route: Route) -> bool:
    """Whether a timed route has no more driving than its shift's limit."""
    limit = problem.shifts[route.shift].limits.driving
    return limit is None or driving(problem, route) <= limit


def driven(problem: Problem, route: Route) -> Iterator[Seconds]:
    """Seconds on the road to each stop, and on the way back unless the end is open; 0 where there is no way."""
    shift = problem.shifts[route.shift]
    pace = tables_of(problem).shifts[route.shift].pace
    seconds = problem.travel_of(shift).seconds
    options = [problem.visits[stop.visit].options[stop.option] for stop in route.stops]
    places = [shift.start, *(option.place for option in options), *(() if shift.end is None else (shift.end,))]
    left = (route.depart, *(stop.finish for stop in route.stops))
    arrived = (*(stop.arrive for stop in route.stops), route.finish)
    for (here, there), since, until in zip(pairwise(places), left, arrived, strict=False):
        travel = int(seconds[here, there])
        if travel >= UNREACHABLE:
            yield 0
        else:
            yield travel if pace is None else _at_pace(pace, Move.of(travel, 0), route, since, until)


def _at_pace(pace: Pace, move: Move, route: Route, since: Seconds, until: Seconds) -> Seconds:
    """Of one leg begun at ``since``: as long as nothing stands still it goes on."""
    clock, at_the_wheel = since, 0
    for rest in route.breaks:
        done = pace.after(clock, move)
        if rest.finish <= clock or rest.start >= min(done, until):
            continue
        begin = max(clock, rest.start)
        at_the_wheel += begin - clock
        move = pace.left(move, clock, begin)
        clock = rest.finish
    return at_the_wheel + pace.after(clock, move) - clock
