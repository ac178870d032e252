"""On days that can be solved by trying everything, the plan is as good as the best there is, and never better."""

from dataclasses import replace
from typing import Final

import pytest

from solver.budget import Budget
from solver.objective import key
from solver.problem import Problem
from solver.solve import solve
from tests.tiny import tiny_day
from tests.truth import optimum

CHUNKS: Final = 16
DAYS: Final = 15
"""In a chunk: 240 days in all."""

VISITS: Final = (3, 4, 5, 5, 6, 7)


SLOW_DAYS: Final = 40


def slow_day(seed: int) -> Problem:
    """A day of slowdowns on which times are exact.

    Without breaks, which on a slow road begin as soon as they may although later might be better, and without limits of
    driving, for which nobody leaves later than is cheapest.
    """
    day = tiny_day(seed, visits=VISITS[seed % len(VISITS)], shifts=1 + seed // 3 % 2, slow=1)
    shifts = (replace(shift, breaks=(), limits=replace(shift.limits, driving=None)) for shift in day.shifts)
    return replace(day, shifts=tuple(shifts))


def days_of(chunk: int) -> dict[int, Problem]:
    """One or two shifts, everything that a problem can say but links and fairness; by seed."""
    seeds = range(chunk * DAYS, (chunk + 1) * DAYS)
    return {seed: tiny_day(seed, visits=VISITS[seed % len(VISITS)], shifts=1 + seed // 3 % 2) for seed in seeds}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_plan_is_better_than_the_best_and_none_collects_less(chunk: int) -> None:
    """Required visits missed and prize (or profit) are those of the best plan; only its cost may be missed by a bit."""
    days = days_of(chunk)
    found = {seed: key(day.objective, solve(day, Budget(solutions=3_000)).solution.score) for seed, day in days.items()}
    best = {seed: optimum(day) for seed, day in days.items()}

    assert [] == [seed for seed in days if found[seed] > best[seed]]
    assert [] == [seed for seed in days if found[seed][:2] != best[seed][:2]]


@pytest.mark.parametrize("chunk", range(4))
def test_with_slow_roads_too_no_plan_is_better_than_the_best_and_none_collects_less(chunk: int) -> None:
    days = {seed: slow_day(seed) for seed in range(chunk * SLOW_DAYS // 4, (chunk + 1) * SLOW_DAYS // 4)}
    found = {seed: key(day.objective, solve(day, Budget(solutions=200)).solution.score) for seed, day in days.items()}
    best = {seed: optimum(day) for seed, day in days.items()}

    assert [] == [seed for seed in days if found[seed] > best[seed]]
    assert [] == [seed for seed in days if found[seed][:2] != best[seed][:2]]
