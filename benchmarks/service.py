"""How the service answers, idle and under load: ``python -m benchmarks.service idle queue load soak``.

    idle    200 small days: until they are accepted, begun, told of and stopped
    queue   5,000 plans of 50 tenants wait: who is begun in which order, and how long somebody who waits has to
    load    200 clients poll and watch while four days are planned
    soak    1,000 plans one after the other: what that does to the memory of the processes

Everything runs on this machine, the clients too. Figures stand in ``results/service.csv``, one row each, with what was
to be reached; ``--database postgresql`` measures on a PostgreSQL of its own.
"""

import argparse
import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import quantiles
from typing import Final

from benchmarks.records import RESULTS as FOLDER
from benchmarks.records import surroundings
from benchmarks.samples import Sample
from benchmarks.service_idle import idle
from benchmarks.service_load import load, soak
from benchmarks.service_queue import queue
from benchmarks.serving import DATABASES

RESULTS: Final = "service.csv"
PARTS: Final[Mapping[str, Callable[[str], Iterable[Sample]]]] = {
    "idle": idle,
    "queue": queue,
    "load": load,
    "soak": soak,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; ``p50`` and ``p95`` are the figure itself where it is only one."""

    part: str
    figure: str
    database: str
    unit: str
    times: int
    p50: float
    p95: float
    worst: float
    goal: str
    reached: str
    commit: str
    machine: str
    date: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.service", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them, unless said")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--results", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    around, path, database = surroundings(), options.results / RESULTS, options.database
    for part in options.parts or PARTS:
        for sample in PARTS[part](database):
            measured = row(part, database, sample, around)
            write(path, [measured])
            print(told(measured), flush=True)


def row(part: str, database: str, sample: Sample, around: Mapping[str, str]) -> Row:
    """The figures of one sample."""
    values = sorted(sample.values)
    twentieths = quantiles(values, n=20, method="inclusive") if len(values) > 1 else values * 19
    p50, p95 = round(twentieths[9], 1), round(twentieths[18], 1)
    reached = {None: "", True: "yes", False: "no"}[sample.reached(p50, p95)]
    bounds = {"p50": sample.most_p50, "p95": sample.most_p95}
    goal = ", ".join(f"{name} <= {bound:g}" for name, bound in bounds.items() if bound is not None)
    return Row(
        part, sample.figure, database, sample.unit, len(values), p50, p95, round(values[-1], 1), goal, reached, **around
    )


def told(each: Row) -> str:
    """One line."""
    goal = f", to reach {each.goal}: {each.reached}" if each.reached else ""
    figures = f"p50 {each.p50:g}, p95 {each.p95:g}, worst {each.worst:g}" if each.times > 1 else f"{each.p50:g}"
    return f"{each.part} on {each.database}: {each.figure}: {figures} {each.unit} ({each.times}){goal}"


def write(path: Path, rows: Sequence[Row]) -> None:
    """Rows of the same figure take each other's place."""
    kept: dict[tuple[str, str, str], Mapping[str, object]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kept = {(each["part"], each["figure"], each["database"]): each for each in csv.DictReader(file)}
    kept |= {(each.part, each.figure, each.database): asdict(each) for each in rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept.values())


if __name__ == "__main__":
    main()
