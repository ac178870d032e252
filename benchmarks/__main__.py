"""``make bench``: days of a made-up town, planned under a time limit; prints machine, versions and a table."""

import argparse
import platform
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from time import perf_counter
from typing import Final

from benchmarks.town import town
from solver.budget import Budget
from solver.checker import check
from solver.solution import Solution
from solver.solve import solve

DAYS: Final = ((40, 1, 1.0), (80, 2, 4.0), (160, 4, 10.0), (500, 12, 20.0))
"""Visits, shifts, seconds allowed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One solve: what it collected of all value on offer, when the first plan was there, and when it was over."""

    collected: float
    planned: int
    first_plan: float
    seconds: float


def main() -> None:
    """Measures every day of DAYS with several seeds and prints medians."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--seeds", type=int, default=3)
    seeds = options.parse_args().seeds
    print(f"{platform.machine()}, Python {platform.python_version()}, ortools {version('ortools')}, seeds 1-{seeds}")
    print(
        f"{'visits':>8}{'shifts':>8}{'limit s':>9}{'collected %':>13}{'planned':>9}{'first plan s':>14}{'total s':>9}"
    )
    for visits, shifts, limit in DAYS:
        runs = list(_measure(visits, shifts, limit, seeds))
        collected = 100 * statistics.median(run.collected for run in runs)
        planned = statistics.median(run.planned for run in runs)
        first = statistics.median(run.first_plan for run in runs)
        total = statistics.median(run.seconds for run in runs)
        print(f"{visits:8}{shifts:8}{limit:9.0f}{collected:13.1f}{planned:9.0f}{first:14.2f}{total:9.2f}", flush=True)


def _measure(visits: int, shifts: int, limit: float, seeds: int) -> Iterator[Measured]:
    for seed in range(1, seeds + 1):
        problem = town(visits, shifts, seed)
        found: list[float] = []
        began = perf_counter()

        def note(_: Solution, began: float = began, found: list[float] = found) -> None:
            found.append(perf_counter() - began)

        solution = solve(problem, Budget(seconds=limit, seed=seed), note).solution
        seconds = perf_counter() - began
        if check(problem, solution):
            message = f"the checker refuses the plan of seed {seed}"
            raise SystemExit(message)
        offered = sum(visit.options[0].prize for visit in problem.visits)
        planned = sum(len(route.stops) for route in solution.routes)
        yield Measured(solution.score.prize / offered, planned, found[0] if found else seconds, seconds)


if __name__ == "__main__":
    main()
