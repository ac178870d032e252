"""How methods stand on one set under one limit: gaps, and day by day who is ahead.

PyVRP counts with the best of its weights, picked afterwards for each day and seed: more than anybody could have of it.
A day's figure of a method is the mean over its seeds. The gap is that to the best known figure; where the literature
has none, to the best that any run in the file has found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import Final

from benchmarks.instance import Measure
from benchmarks.methods.names import OURS, row_of
from benchmarks.records import Record

SAME: Final = 1e-9
PROVED: Final = 0.99


@dataclass(frozen=True, slots=True)
class Standing:
    """One method's row of the table. Wins, ties and losses are ours against it, day by day."""

    set_name: str
    limit: str
    method: str
    days: int
    runs: int
    failed: int
    """Runs without a legal plan."""
    gaps: Sequence[float]
    """Of the days, in per cent."""
    against: tuple[int, int, int] | None
    cost_ratio: float | None
    """Our cost over its cost, mean over the days on which the values tie."""
    elapsed: float
    """Mean seconds, building the model included."""
    longest: float
    first_plan: float | None
    """The latest of its first plans, in seconds."""
    peak_mb: float
    proved: int
    """Runs whose value is proved to be within one per cent of the best possible."""


@dataclass(frozen=True, slots=True)
class _Day:
    """A method's mean over seeds."""

    figure: float
    cost: float


def standings(records: Iterable[Record]) -> list[Standing]:
    """Of every set, limit and method, ours first."""
    rows = sorted((row for row in records if not row.unsupported), key=_group)
    found: list[Standing] = []
    for _, group in groupby(rows, key=_group):
        together = list(group)
        references = references_of([row for row in rows if row.set_name == together[0].set_name])
        methods = by_method(together)
        ours = days_of(methods.get(OURS, ()))
        found += [
            _standing(methods[name], name, ours, references)
            for name in sorted(methods, key=lambda name: (name != OURS, name))
        ]
    return found


def by_method(rows: Iterable[Record]) -> Mapping[str, list[Record]]:
    """Rows of each line of the table; a weight of PyVRP counts on its own line and on that of the best of them."""
    methods: dict[str, list[Record]] = {}
    for row in rows:
        for name in dict.fromkeys((row.method, row_of(row.method))):
            methods.setdefault(name, []).append(row)
    return methods


def references_of(rows: Iterable[Record]) -> Mapping[str, int]:
    """Best known figure of each day of one set, or the best found."""
    found: dict[str, int] = {}
    for row in rows:
        if row.best_known:
            found[row.day] = int(row.best_known)
        elif row.figure and (row.day not in found or Measure(row.measure).better(int(row.figure), found[row.day])):
            found[row.day] = int(row.figure)
    return found


def days_of(rows: Iterable[Record]) -> Mapping[str, _Day]:
    """Mean over seeds of a method's best runs; days on which it never had a plan are missing."""
    best: dict[tuple[str, str], Record] = {}
    for row in rows:
        key = row.day, row.seed
        if row.figure and (key not in best or _ahead(row, best[key])):
            best[key] = row
    days: dict[str, list[Record]] = {}
    for (day, _), row in best.items():
        days.setdefault(day, []).append(row)
    return {
        day: _Day(fmean(int(row.figure) for row in runs), fmean(int(row.cost) for row in runs))
        for day, runs in days.items()
    }


def _standing(rows: Sequence[Record], method: str, ours: Mapping[str, _Day], references: Mapping[str, int]) -> Standing:
    measure = Measure(rows[0].measure)
    days = days_of(rows)
    firsts = [float(row.first_plan_s) for row in rows if row.first_plan_s]
    return Standing(
        set_name=rows[0].set_name,
        limit=rows[0].limit_s,
        method=method,
        days=len({row.day for row in rows}),
        runs=len(rows),
        failed=sum(not row.figure for row in rows),
        gaps=[measure.gap(day.figure, references[name]) for name, day in days.items()],
        against=None if method == OURS or not ours else _against({row.day for row in rows}, ours, days, measure),
        cost_ratio=None if method == OURS else _cost_ratio(ours, days),
        elapsed=fmean(float(row.elapsed_s) for row in rows),
        longest=max(float(row.elapsed_s) for row in rows),
        first_plan=max(firsts, default=None),
        peak_mb=max(float(row.peak_mb) for row in rows),
        proved=sum(map(_is_proved, rows)),
    )


def _against(
    days: Iterable[str], ours: Mapping[str, _Day], theirs: Mapping[str, _Day], measure: Measure
) -> tuple[int, int, int]:
    """Our wins, ties and losses; no plan loses to any."""
    wins = ties = losses = 0
    for day in days:
        one, other = ours.get(day), theirs.get(day)
        if one is None or other is None:
            wins += one is not None
            losses += other is not None
        elif abs(one.figure - other.figure) < SAME:
            ties += 1
        elif measure.better(one.figure, other.figure):
            wins += 1
        else:
            losses += 1
    return wins, ties, losses


def _cost_ratio(ours: Mapping[str, _Day], theirs: Mapping[str, _Day]) -> float | None:
    ratios = [
        day.cost / theirs[name].cost
        for name, day in ours.items()
        if name in theirs and abs(day.figure - theirs[name].figure) < SAME and theirs[name].cost
    ]
    return fmean(ratios) if ratios else None


def _is_proved(row: Record) -> bool:
    return bool(row.figure and row.value_bound) and int(row.value) >= PROVED * int(row.value_bound)


def _ahead(one: Record, other: Record) -> bool:
    measure = Measure(one.measure)
    if one.figure == other.figure:
        return int(one.cost) < int(other.cost)
    return measure.better(int(one.figure), int(other.figure))


def _group(row: Record) -> tuple[str, float]:
    return row.set_name, float(row.limit_s)
