"""OR-Tools' routing model alone, too, finds the best plan of days that can be solved by trying everything."""

from typing import Final

import pytest

from solver.budget import Budget, Engine
from solver.objective import key
from solver.problem import Problem
from solver.solve import solve
from tests.tiny import tiny_day
from tests.truth import optimum

CHUNKS: Final = 6
DAYS: Final = 10
"""In a chunk: 60 days in all. Of 240 with up to seven visits all had their optimum."""

FIRST: Final = 1_000
VISITS: Final = (3, 4, 4, 5)

BY_ROUTING: Final = Budget(solutions=200, engine=Engine.ROUTING)


def days_of(chunk: int) -> dict[int, Problem]:
    """One or two shifts, everything that a problem can say but links and fairness; by seed."""
    seeds = range(FIRST + chunk * DAYS, FIRST + (chunk + 1) * DAYS)
    return {seed: tiny_day(seed, visits=VISITS[seed % len(VISITS)], shifts=1 + seed // 3 % 2) for seed in seeds}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_it_collects_all_that_can_be_had_and_never_more(chunk: int) -> None:
    days = days_of(chunk)
    found = {seed: key(day.objective, solve(day, BY_ROUTING).solution.score) for seed, day in days.items()}
    best = {seed: optimum(day) for seed, day in days.items()}

    assert [] == [seed for seed in days if found[seed] > best[seed]]
    assert [] == [seed for seed in days if found[seed][:2] != best[seed][:2]]
