"""Rules that hold between routes: everything exists, everything once, and what comes after what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from solver.checker.violation import Code, Violation
from solver.problem import Problem
from solver.solution import Route, Served, Stop


def unknown(problem: Problem, route: Route) -> Iterator[Violation]:
    """Shift, visits, options and breaks of a route are ones that the problem has."""
    if not 0 <= route.shift < len(problem.shifts):
        yield Violation(Code.UNKNOWN, route.shift, None, 1)
        return
    for stop in route.stops:
        if not _exists(problem, stop):
            yield Violation(Code.UNKNOWN, route.shift, stop.visit, 1)
    breaks = len(problem.shifts[route.shift].breaks)
    for rest in route.breaks:
        if not 0 <= rest.index < breaks:
            yield Violation(Code.UNKNOWN, route.shift, None, 1)


def empty_route(route: Route) -> Iterator[Violation]:
    """Only used shifts have a route."""
    if not route.stops:
        yield Violation(Code.EMPTY_ROUTE, route.shift, None, 1)


def shift_twice(routes: Sequence[Route]) -> Iterator[Violation]:
    """A shift has at most one route."""
    for shift, times in Counter(route.shift for route in routes).items():
        if times > 1:
            yield Violation(Code.SHIFT_TWICE, shift, None, times - 1)


def routes_in_order(routes: Sequence[Route]) -> Iterator[Violation]:
    """Routes come in the order of their shifts."""
    for earlier, later in pairwise(routes):
        if earlier.shift > later.shift:
            yield Violation(Code.ORDER, later.shift, None, 1)


def served_twice(routes: Sequence[Route]) -> Iterator[Violation]:
    """A visit is served at most once, by whichever option."""
    for visit, times in Counter(stop.visit for route in routes for stop in route.stops).items():
        if times > 1:
            yield Violation(Code.SERVED_TWICE, None, visit, times - 1)


def begun(problem: Problem, routes: Sequence[Route]) -> Iterator[Violation]:
    """What a shift has begun with is what its route begins with."""
    stops = {route.shift: [Served(stop.visit, stop.option) for stop in route.stops] for route in routes}
    for shift, working in enumerate(problem.shifts):
        made = stops.get(shift, [])
        for i, stop in enumerate(working.begun):
            if made[i : i + 1] != [stop]:
                yield Violation(Code.BEGUN, shift, stop.visit, 1)


def links(problem: Problem, routes: Sequence[Route]) -> Iterator[Violation]:
    """What comes after another visit is served only if that one is, and starts at least the gap after its finish."""
    planned = {stop.visit: (route.shift, stop) for route in routes for stop in route.stops}
    for link in problem.links:
        if link.then not in planned:
            continue
        shift, then = planned[link.then]
        if link.first not in planned:
            yield Violation(Code.PREDECESSOR_UNASSIGNED, shift, link.then, 1)
            continue
        _, first = planned[link.first]
        lacking = first.finish + link.gap - then.start
        if lacking > 0:
            yield Violation(Code.MIN_GAP, shift, link.then, lacking)


def _exists(problem: Problem, stop: Stop) -> bool:
    return 0 <= stop.visit < len(problem.visits) and 0 <= stop.option < len(problem.visits[stop.visit].options)
