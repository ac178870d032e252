"""Measurements as CSV: one row a run, with everything that is needed to run it again.

Rows of the same run replace each other, others stay: rivals need not be measured anew whenever our search changes.
"""

import csv
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.child import Run
from benchmarks.runner import Task
from benchmarks.sets import SETS

ROOT: Final = Path(__file__).parent.parent
RESULTS: Final = ROOT / "benchmarks" / "results"
MEASURED: Final = ("solver", "benchmarks/*.py", "requirements*.txt")
"""What figures come from."""
Key: TypeAlias = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One run; empty = not known. Figures of a plan that breaks a rule are its own, but ``figure`` is empty."""

    set_name: str
    day: str
    family: str
    method: str
    limit_s: str
    seed: str
    figure: str
    """What plans are compared by: value, cost or loss, as ``measure`` says."""
    measure: str
    best_known: str
    value_bound: str
    required_missed: str
    value: str
    cost: str
    visits: str
    elapsed_s: str
    built_s: str
    first_plan_s: str
    peak_mb: str
    faults: str
    unsupported: str
    versions: str
    commit: str
    machine: str
    date: str

    @property
    def key(self) -> Key:
        """What makes two rows the same run."""
        return self.set_name, self.day, self.method, self.limit_s, self.seed


FIELDS: Final = tuple(field.name for field in fields(Record))


def record(task: Task, run: Run, around: Mapping[str, str]) -> Record:
    """A run as a row; ``around`` is what ``surroundings`` found."""
    of_set = SETS[task.set_name]
    return Record(
        set_name=task.set_name,
        day=task.day,
        family=of_set.family(task.day),
        method=task.method,
        limit_s=f"{task.limit:g}",
        seed=str(task.seed),
        figure=_text(run.figure),
        measure=of_set.measure.value,
        best_known=_text(run.best_known),
        value_bound=_text(run.value_bound),
        required_missed=str(run.required_missed),
        value=str(run.value),
        cost=str(run.cost),
        visits=str(run.visits),
        elapsed_s=f"{run.elapsed:.2f}",
        built_s=_seconds(run.built),
        first_plan_s=_seconds(run.first_plan),
        peak_mb=f"{run.peak_mb:.0f}",
        faults=" ".join(run.faults),
        unsupported=run.unsupported or "",
        versions=run.versions,
        commit=around["commit"],
        machine=around["machine"],
        date=around["date"],
    )


def surroundings() -> Mapping[str, str]:
    """Commit, machine and date: the same for all runs of one command."""
    return {
        "commit": commit(),
        "machine": f"{_processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",  # noqa: TID251 - a measurement is dated, nothing depends on it
    }


def commit(root: Path = ROOT) -> str:
    """The commit, with ``+`` if what figures come from has changed since."""
    changed = _git(root, "status", "--porcelain", "--", *MEASURED)
    return _git(root, "rev-parse", "--short", "HEAD") + ("+" if changed else "")


def read(path: Path) -> dict[Key, Record]:
    """All rows of a file, by run; none if there is no file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Record(**{name: row.get(name) or "" for name in FIELDS}) for row in csv.DictReader(file)]
    return {row.key: row for row in rows}


def write(path: Path, records: Iterable[Record]) -> None:
    """All rows, in order of day, method, limit and seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in sorted(records, key=_order))


def _order(row: Record) -> tuple[str, str, str, float, int]:
    return row.set_name, row.day, row.method, float(row.limit_s), int(row.seed)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.3f}"


def _processor() -> str:
    """The processor's own name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    return done.stdout.strip()
