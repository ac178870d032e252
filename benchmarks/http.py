"""How soon a small day comes back over HTTP, and how good it is: ``python -m benchmarks.http``.

Starts ``dayroute serve`` on loopback, posts days of 20 visits and 3 agents with ``Prefer: wait``, and times request and
answer as a client sees them, everything included. The best known value of each day is the best of all answers to it:
those timed, and with ``--thorough`` some that had ten seconds, other seeds and the other engine. It is kept in
``results/http.csv`` from run to run.
"""

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final, cast

import httpx2
import msgspec

from benchmarks.generators.requests import Json, small_day
from benchmarks.methods.ours import Ours
from benchmarks.methods.watch import versions_of
from benchmarks.records import RESULTS as FOLDER
from benchmarks.records import surroundings
from benchmarks.serving import serving

RESULTS: Final = "http.csv"
WAIT: Final = {"Prefer": "wait=60"}
THOROUGH: Final = (
    {"time_limit": "PT10S", "seed": 11},
    {"time_limit": "PT10S", "seed": 12},
    {"time_limit": "PT10S", "seed": 13},
    {"time_limit": "PT10S", "engine": "routing"},
)
SAME: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Answered:
    """One day: how long its answer took, and its value and cost next to the best known."""

    day: int
    milliseconds: float
    required_missed: int
    value: float
    cost: float
    best_value: float
    best_cost: float
    """The least among answers of the best value."""
    others: int
    """Answers to the same day, besides this one, that the best known is the best of."""
    versions: str
    commit: str
    machine: str
    date: str

    @property
    def as_good_as_known(self) -> bool:
        """Whether no answer has more value."""
        return self.value >= self.best_value - SAME


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, post, write, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="so many days")
    parser.add_argument("--thorough", action="store_true", help="look for better plans of each day at leisure")
    parser.add_argument("--results", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    path: Path = options.results / RESULTS
    before = {answered.day: answered for answered in read(path)}
    around = {"versions": versions_of(Ours()), **surroundings()}
    with serving(DAYROUTE_SOLVER_SLOTS="1") as served, served.client() as client:
        for seed in range(1001, 1004):  # days of their own: the first ones find everything cold
            post(client, small_day(seed))
        answers = [
            _answered(client, seed, before.get(seed), around, thorough=options.thorough)
            for seed in range(1, options.seeds + 1)
        ]
    write(path, list({**before, **{answered.day: answered for answered in answers}}.values()))
    print(summary(answers))


def summary(answers: Sequence[Answered]) -> str:
    """Percentiles and, of days to which other answers are known, how many answers were as good as any."""
    times = sorted(answered.milliseconds for answered in answers)
    twentieths = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    speed = f"{len(answers)} days: p50 {twentieths[9]:.0f} ms, p95 {twentieths[18]:.0f} ms, slowest {times[-1]:.0f} ms"
    compared = [answered for answered in answers if answered.others]
    if not compared:
        return speed
    equal = [answered for answered in compared if answered.as_good_as_known]
    same_cost = sum(answered.cost <= answered.best_cost + SAME for answered in equal)
    return f"{speed}; best known value in {len(equal)} of {len(compared)}, at best known cost in {same_cost}"


def post(client: httpx2.Client, day: Json) -> tuple[float, Mapping[str, object]]:
    """Milliseconds until the finished plan was there, and the plan."""
    began = perf_counter()
    response = client.post("/v1/plans", json=day, headers=WAIT)
    passed = perf_counter() - began
    response.raise_for_status()
    return 1000 * passed, cast("Mapping[str, object]", response.json())


def _answered(
    client: httpx2.Client, seed: int, before: Answered | None, around: Mapping[str, str], *, thorough: bool
) -> Answered:
    day = small_day(seed)
    milliseconds, plan = post(client, day)
    missed, value, cost = score_of(plan)
    found = [(value, cost)]
    others = 0
    if before is not None:
        found.append((before.best_value, before.best_cost))
        others = before.others + 1
    for options in THOROUGH if thorough else ():
        _, better = post(client, {**day, "options": options})
        found.append(score_of(better)[1:])
        others += 1
    best_value, best_cost = max(found, key=lambda score: (score[0], -score[1]))
    return Answered(seed, round(milliseconds, 1), missed, value, cost, best_value, best_cost, others, **around)


def score_of(plan: Mapping[str, object]) -> tuple[int, float, float]:
    """Required visits missed, value and cost."""
    score = cast("Mapping[str, object]", plan["score"])
    cost = cast("Mapping[str, float]", score["cost"])
    return cast("int", score["required_missed"]), cast("float", score["value"]), cost["total"]


def read(path: Path) -> list[Answered]:
    """All days of a file, none if there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [msgspec.convert(row, Answered, strict=False) for row in csv.DictReader(file)]


def write(path: Path, answers: Sequence[Answered]) -> None:
    """All days, one a row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Answered)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(answered) for answered in answers)


if __name__ == "__main__":
    main()
