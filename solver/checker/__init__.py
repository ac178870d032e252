"""The judge of every plan: it believes nobody, and shares no code with anything that produces a plan.

    check            a whole solution
    ├── check_routes     everything but the score
    │   ├── assignment   unknown, shift_twice, served_twice, order of routes, begun, predecessor_unassigned,
    │   │                min_gap
    │   ├── check_route  one route alone
    │   │   ├── timing       shift_start, shift_too_short, order, unreachable, travel_time, setup_time,
    │   │   │                service_time, time_window
    │   │   ├── breaks       break_missing, break_not_due, order, break_time, break_overlap
    │   │   ├── limits       max_visits, max_driving, max_distance, max_duration, capacity
    │   │   └── eligibility  agent_not_allowed, position
    │   └── latest       latest_start, once all that is kept
    └── score            required visits missed, prize, each kind of cost

Every time, load, distance and cost is derived from the Problem; of the plan only its own statements are read.
``violation`` explains each code and its amount, ``reading`` puts a route next to the part of the problem it is about.
"""

from collections.abc import Sequence
from itertools import chain

from solver.checker import assignment, breaks, eligibility, limits, timing
from solver.checker.latest import latest_starts
from solver.checker.reading import read
from solver.checker.score import score_differs
from solver.checker.violation import Code, Violation
from solver.problem import Problem
from solver.solution import Route, Solution

__all__ = ["Code", "Violation", "check", "check_route", "check_routes"]

_RULES_OF_ONE_ROUTE = (
    timing.shift_start,
    timing.shift_too_short,
    timing.order,
    timing.unreachable,
    timing.travel_time,
    timing.setup_time,
    timing.service_time,
    timing.time_window,
    breaks.break_missing,
    breaks.break_not_due,
    breaks.break_order,
    breaks.break_time,
    breaks.break_overlap,
    limits.max_visits,
    limits.max_driving,
    limits.max_distance,
    limits.max_duration,
    limits.capacity,
    eligibility.agent_not_allowed,
    eligibility.position,
)


def check(problem: Problem, solution: Solution) -> tuple[Violation, ...]:
    """Everything that is wrong with a solution, its score included; empty if nothing is."""
    found = check_routes(problem, solution.routes)
    if any(violation.code is Code.UNKNOWN for violation in found):
        return found
    readings = [read(problem, route) for route in solution.routes]
    return (*found, *score_differs(problem, readings, solution.score))


def check_routes(problem: Problem, routes: Sequence[Route]) -> tuple[Violation, ...]:
    """Everything that is wrong with routes, alone and together.

    References that do not exist make the rest meaningless, so they are reported alone; ``latest_start`` is asked of
    routes that keep all other rules.
    """
    strangers = tuple(chain.from_iterable(assignment.unknown(problem, route) for route in routes))
    if strangers:
        return strangers
    found = (
        *assignment.shift_twice(routes),
        *assignment.routes_in_order(routes),
        *assignment.served_twice(routes),
        *assignment.begun(problem, routes),
        *assignment.links(problem, routes),
        *chain.from_iterable(check_route(problem, route) for route in routes),
    )
    return found or tuple(latest_starts(problem, [read(problem, route) for route in routes]))


def check_route(problem: Problem, route: Route) -> tuple[Violation, ...]:
    """What is wrong with one route alone.

    Nothing is said of links, of what has begun, of visits served elsewhere too and of latest starts.
    """
    strangers = tuple(assignment.unknown(problem, route))
    if strangers:
        return strangers
    reading = read(problem, route)
    return (*assignment.empty_route(route), *chain.from_iterable(rule(reading) for rule in _RULES_OF_ONE_ROUTE))
