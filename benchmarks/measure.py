"""Runs of one set: which ones, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks import records, traces
from benchmarks.goals import answers
from benchmarks.methods.names import DETERMINISTIC, runs_of
from benchmarks.runner import Task, run_all
from benchmarks.sets import SETS
from benchmarks.standings import standings
from benchmarks.tables import table


@dataclass(frozen=True, slots=True)
class Choice:
    """What to run of a set; empty or ``None`` = as the set has it."""

    days: Sequence[str] = ()
    """By name."""
    most_days: int | None = None
    """So many of them, spread over all."""
    methods: Sequence[str] = ()
    limits: Sequence[float] = ()
    seeds: Sequence[int] = ()


def tasks_of(name: str, choice: Choice) -> list[Task]:
    """All runs, methods side by side on the same day: what else the machine does meets them alike."""
    of_set = SETS[name]
    days = [day for day in of_set.days() if not choice.days or day in choice.days]
    methods = runs_of(choice.methods or of_set.methods, of_set.measure)
    seeds = choice.seeds or of_set.seeds
    return [
        Task(name, day, method, limit, seed)
        for limit, day, seed, method in product(
            choice.limits or of_set.limits, spread(days, choice.most_days), seeds, methods
        )
        if seed == seeds[0] or method not in DETERMINISTIC
    ]


def spread(days: Sequence[str], most: int | None) -> Sequence[str]:
    """At most so many of the days, evenly over all of them."""
    if most is None or most >= len(days):
        return days
    return [days[i * len(days) // most] for i in range(most)]


def measure(name: str, tasks: Sequence[Task], jobs: int, results: Path, *, fresh: bool) -> None:
    """Run, write after every run, print the table and what it says of the goal."""
    around = records.surroundings()
    path, traced = results / f"{name}.csv", results / f"{name}-traces.csv"
    rows = {} if fresh else records.read(path)
    moments = {} if fresh else traces.read(traced)
    for done, (task, run) in enumerate(run_all(tasks, jobs), start=1):
        row = records.record(task, run, around)
        rows[row.key] = row
        moments[row.key] = [traces.Moment(*moment) for moment in run.trace]
        records.write(path, rows.values())
        traces.write(traced, moments)
        outcome = run.unsupported or " ".join(run.faults) or f"{row.measure} {row.figure}"
        which = f"{task.day} {task.method} {task.limit:g} s seed {task.seed}"
        print(f"{done}/{len(tasks)} {name} {which}: {outcome}", flush=True)
    text = "\n\n".join(filter(None, (table(standings(rows.values())), answers(name, rows.values()))))
    (results / f"{name}.md").write_text(text + "\n", encoding="utf-8")
    print(f"\n{text}\n", flush=True)
