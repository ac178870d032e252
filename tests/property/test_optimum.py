"""On days that can be solved by trying everything, the plan is as good as the best there is, and never better."""

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


def days_of(chunk: int) -> dict[int, Problem]:
    """One or two shifts, everything that a problem can say but links and fairness; by seed."""
    seeds = range(chunk * DAYS, (chunk + 1) * DAYS)
    return {seed: tiny_day(seed, visits=VISITS[seed % len(VISITS)], shifts=1 + seed // 3 % 2) for seed in seeds}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_plan_is_better_than_the_best_and_none_collects_less(chunk: int) -> None:
    """Required visits missed and prize (or profit) are those of the best plan; only its cost may be missed by a bit."""
    days = days_of(chunk)
    found = {seed: key(day.objective, solve(day, Budget(solutions=200)).solution.score) for seed, day in days.items()}
    best = {seed: optimum(day) for seed, day in days.items()}

    assert [] == [seed for seed in days if found[seed] > best[seed]]
    assert [] == [seed for seed in days if found[seed][:2] != best[seed][:2]]
