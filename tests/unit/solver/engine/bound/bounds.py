"""Bounds of tiny days, and the largest prize that trying everything finds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf

from solver.engine.bound import Bound
from solver.pool import PooledRoute
from solver.presolve import open_ways
from solver.problem import Objective, Problem
from solver.units import Prize
from tests.tiny import tiny_day
from tests.truth import optimum


def by_prize(day: Problem) -> Problem:
    """The same day with nothing but prizes to go by."""
    visits = tuple(replace(visit, required=False) for visit in day.visits)
    return replace(day, visits=visits, objective=Objective.VALUE_FIRST)


def tiny_days(seeds: Iterable[int], *, slow: float = 0.0) -> list[Problem]:
    """Random days with all there is but links."""
    return [by_prize(tiny_day(seed, visits=3 + seed % 2, shifts=1 + seed % 2, slow=slow)) for seed in seeds]


def highest(day: Problem) -> Prize:
    """The prize of the best plan there is."""
    return optimum(day)[1]


def proved(day: Problem, at_least: Prize = 0, routes: Sequence[PooledRoute] = ()) -> Prize | None:
    """The bound after all that can be done."""
    bound = Bound(day, open_ways(day))
    bound.tighten(routes, at_least, inf, lambda: False)
    return bound.prize


def too_low(days: Iterable[Problem]) -> list[Problem]:
    """Days with a plan above their bound, whether a plan is known or not."""
    return [
        day
        for day in days
        for best in [highest(day)]
        if any(limit is not None and limit < best for limit in (proved(day), proved(day, best // 2), proved(day, best)))
    ]
