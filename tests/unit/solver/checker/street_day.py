"""One day with a bit of everything, legal to the second, for faults to be planted in. Figures are minutes.

Shift 0 (0 to 42, overtime 3, back at place 0) drives
    0 → place 2   arrive 2, set-up 1, visit 0 from 3 to 8
                  visit 1 at the same door, no second set-up, from 8 to 13
      → place 5   on the road from 13, break from 14 to 19, arrive 21, set-up 1, visit 2 from 22 to 27
      → place 4   arrive 28, wait, visit 3 by its second option from 34 to 39
      → place 0   43
Shift 1 (10 to 60, open end) drives
    0 → place 3   from 16 to 19, visit 4 from 19 to 21, at least 10 after visit 0
Visits 5 and 6 are not served; 5 is required, and 6 comes after it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from solver.problem import Fairness, Limits, Link, Pay, Problem
from solver.solution import BreakTaken, Costs, Route, Score, Solution, Stop
from tests.builders import MINUTE, option, problem, rest, shift, visit


def minutes(*figures: float) -> tuple[int, ...]:
    """Minutes as seconds."""
    return tuple(round(MINUTE * figure) for figure in figures)


def stop(  # noqa: PLR0913 - all that a stop says
    visit: int, arrive: float, start: float, finish: float, latest: float, *, option: int = 0
) -> Stop:
    """One stop, times in minutes."""
    return Stop(visit, option, *minutes(arrive, start, finish, latest))


def pause(start: float, finish: float, *, index: int = 0) -> BreakTaken:
    """One break, times in minutes."""
    return BreakTaken(index, *minutes(start, finish))


def route(number: int, depart: float, finish: float, stops: Sequence[Stop], breaks: Sequence[BreakTaken] = ()) -> Route:
    """The work of shift ``number``, times in minutes."""
    return Route(number, round(MINUTE * depart), round(MINUTE * finish), tuple(stops), tuple(breaks))


DAY: Final = problem(
    visit(2, service=5 * MINUTE, setup=MINUTE, prize=10, load=(1,), position="first"),
    visit(2, service=5 * MINUTE, setup=MINUTE, prize=20, load=(1,), shifts={0: 7, 1: 0}),
    visit(5, (22 * MINUTE, 24 * MINUTE), (40 * MINUTE, 50 * MINUTE), service=5 * MINUTE, setup=MINUTE, load=(1,)),
    visit(
        4,
        shifts={1: 0},
        service=5 * MINUTE,
        load=(1,),
        others=[option(4, (34 * MINUTE, 35 * MINUTE), service=5 * MINUTE, prize=40)],
    ),
    visit(3, service=2 * MINUTE, prize=50, load=(1,)),
    visit(9, required=True, load=(1,)),
    visit(8, load=(1,)),
    shifts=[
        shift(
            closes=42 * MINUTE,
            overtime=3 * MINUTE,
            breaks=[rest(10 * MINUTE, 18 * MINUTE, 5 * MINUTE, paid=False)],
            limits=Limits(visits=4, driving=10 * MINUTE, distance=6000, duration=44 * MINUTE),
            capacity=(4,),
            pay=Pay(fixed=100, per_second=1, per_metre=2, overtime_per_second=3),
        ),
        shift(end=None, opens=10 * MINUTE, closes=60 * MINUTE, agent=1, capacity=(4,)),
    ],
    links=[Link(0, 4, gap=10 * MINUTE), Link(5, 6)],
    fairness=Fairness(rate=100, worked_before=(0, 0)),
)

PLAN: Final = Solution(
    routes=(
        route(
            0,
            0,
            43,
            [stop(0, 2, 3, 8, 4), stop(1, 8, 8, 13, 10), stop(2, 21, 22, 27, 24), stop(3, 28, 34, 39, 35, option=1)],
            [pause(14, 19)],
        ),
        route(1, 16, 21, [stop(4, 19, 19, 21, 58)]),
    ),
    score=Score(
        required_missed=1,
        prize=10 + 20 + 1 + 40 + 50,
        costs=Costs(fixed=100, travel=12000, wages=60 * 38, overtime=180, preferences=7, fairness=20),
    ),
)


def with_stop(plan: Solution, visit: int, /, **changes: int) -> Solution:
    """The plan with something else said about one stop; times in seconds."""
    return replace(
        plan,
        routes=tuple(
            replace(
                route,
                stops=tuple(replace(stop, **changes) if stop.visit == visit else stop for stop in route.stops),
            )
            for route in plan.routes
        ),
    )


def with_routes(plan: Solution, *routes: Route) -> Solution:
    """The plan with other routes."""
    return replace(plan, routes=routes)


def with_limits(day: Problem, limits: Limits) -> Problem:
    """The day with other limits for shift 0."""
    return replace(day, shifts=(replace(day.shifts[0], limits=limits), *day.shifts[1:]))
