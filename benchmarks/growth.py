"""What a larger day costs: ``python -m benchmarks.growth`` measures days of 50 to 5,000 visits, 25 an agent.

Days of the made-up town, which hold more than can be served. How fast the compiled search makes its rounds is measured
on the search alone; when nearly all value was there, on a whole solve of a fixed time.
"""

import argparse
import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Final

import msgspec

from benchmarks.generators.town import town
from benchmarks.methods.ours import Ours
from benchmarks.methods.watch import Watch, versions_of
from benchmarks.records import RESULTS as FOLDER
from benchmarks.records import surroundings
from solver.cooling import temperature
from solver.presolve import open_ways
from solver.problem import Problem
from solver.search.layout import lay_out
from solver.search.run import Search

RESULTS: Final = "growth.csv"
VISITS: Final = (50, 100, 200, 500, 1000, 2000, 5000)
VISITS_PER_AGENT: Final = 25
NEARLY_ALL: Final = 0.99
CHUNK: Final = 200
"""Rounds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Size:
    """Means over seeds."""

    visits: int
    agents: int
    limit_s: float
    rounds_per_second: float
    first_plan: float
    seconds_to_99: float
    """Until 99 % of the value that the solve ended with was collected."""
    versions: str
    commit: str
    machine: str
    date: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds of every solve")
    parser.add_argument("--largest", type=int, default=VISITS[-1], help="leave out days of more visits")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--results", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    around = {"versions": versions_of(Ours()), **surroundings()}
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    Ours().warm_up()
    sizes: list[Size] = []
    for visits in VISITS:
        if visits <= options.largest:
            sizes.append(measure(visits, options.limit, range(1, options.seeds + 1), around))
            write_sizes(options.results / RESULTS, sizes)
            print(sizes[-1], flush=True)
    os.sched_setaffinity(0, cores)


def measure(visits: int, limit: float, seeds: Sequence[int], around: Mapping[str, str]) -> Size:
    """One size, with one day a seed; ``around`` are the columns that say where and when."""
    agents = visits // VISITS_PER_AGENT
    days = [town(visits, agents, seed) for seed in seeds]
    speeds = [rounds_per_second(day, limit / 4) for day in days]
    watches = [_solved(day, limit, seed) for day, seed in zip(days, seeds, strict=True)]
    return Size(
        visits=visits,
        agents=agents,
        limit_s=limit,
        rounds_per_second=round(fmean(speeds), 1),
        first_plan=round(fmean(watch.trace[0].second for watch in watches), 3),
        seconds_to_99=round(fmean(map(seconds_to_nearly_all, watches)), 3),
        **around,
    )


def rounds_per_second(problem: Problem, seconds: float) -> float:
    """Of the search alone, cooling down evenly."""
    search = Search(lay_out(problem, open_ways(problem)), seed=1)
    search.start_from(((),) * len(problem.shifts))
    search.fill()
    began = perf_counter()
    while (passed := perf_counter() - began) < seconds:
        now = temperature(passed / seconds)
        search.run(CHUNK, now, now)
    return search.rounds / passed


def seconds_to_nearly_all(watch: Watch) -> float:
    """Until 99 % of the final value was there."""
    return next(point.second for point in watch.trace if point.value >= NEARLY_ALL * watch.trace[-1].value)


def read_sizes(path: Path) -> list[Size]:
    """All sizes of a file, none if there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [msgspec.convert(row, Size, strict=False) for row in csv.DictReader(file)]


def write_sizes(path: Path, sizes: Sequence[Size]) -> None:
    """All sizes, one a row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Size)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(size) for size in sizes)


def _solved(problem: Problem, limit: float, seed: int) -> Watch:
    watch = Watch()
    Ours().plan(problem, limit, seed, watch)
    return watch


if __name__ == "__main__":
    main()
