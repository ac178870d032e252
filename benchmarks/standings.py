"""How methods stand on one set under one limit: gaps, and day by day who is ahead.

PyVRP counts with the best of its weights, picked afterwards for each day and seed: more than anybody could have of it;
VROOM likewise where it ran both ways. A day's figure of a method is the mean over its seeds, none if one of them has no
plan. The gap is that to the best known figure; where the literature has none, to the best that any run in the file has
found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import Final, TypeAlias

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
    """Days whose value is proved, with every seed, to be within one per cent of the best possible."""


@dataclass(frozen=True, slots=True)
class Day:
    """A method's mean over seeds."""

    figure: float
    cost: float


Days: TypeAlias = Mapping[str, Day | None]
"""Those that a method was given, by name; ``None`` = no plan with one of the seeds."""


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
    """Rows of each line of the table; a variant of a method counts on its own line and on that of the best of them."""
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


def days_of(rows: Iterable[Record]) -> Days:
    """Mean over seeds of a method's best runs."""
    days: dict[str, dict[str, Record]] = {}
    for row in rows:
        best = days.setdefault(row.day, {})
        if row.seed not in best or _ahead(row, best[row.seed]):
            best[row.seed] = row
    return {day: _mean(best.values()) for day, best in days.items()}


def compared(one: Day | None, other: Day | None, measure: Measure) -> int:
    """1 if the first is ahead, -1 if the second is, 0 if they tie. No plan loses to any."""
    if one is None or other is None:
        return (one is not None) - (other is not None)
    if abs(one.figure - other.figure) < SAME:
        return 0
    return 1 if measure.better(one.figure, other.figure) else -1


def proved_days(rows: Iterable[Record]) -> Mapping[str, bool]:
    """Of each day, whether every run's value is proved to be within one per cent of the best possible."""
    days: dict[str, bool] = {}
    for row in rows:
        days[row.day] = days.get(row.day, True) and _is_proved(row)
    return days


def _mean(runs: Collection[Record]) -> Day | None:
    if not all(row.figure for row in runs):
        return None
    return Day(fmean(int(row.figure) for row in runs), fmean(int(row.cost) for row in runs))


def _standing(rows: Sequence[Record], method: str, ours: Days, references: Mapping[str, int]) -> Standing:
    measure = Measure(rows[0].measure)
    days = days_of(rows)
    firsts = [float(row.first_plan_s) for row in rows if row.first_plan_s]
    return Standing(
        set_name=rows[0].set_name,
        limit=rows[0].limit_s,
        method=method,
        days=len(days),
        runs=len(rows),
        failed=sum(not row.figure for row in rows),
        gaps=[measure.gap(day.figure, references[name]) for name, day in days.items() if day],
        against=None if method == OURS or not ours else _against(ours, days, measure),
        cost_ratio=None if method == OURS else _cost_ratio(ours, days),
        elapsed=fmean(float(row.elapsed_s) for row in rows),
        longest=max(float(row.elapsed_s) for row in rows),
        first_plan=max(firsts, default=None),
        peak_mb=max(float(row.peak_mb) for row in rows),
        proved=sum(proved_days(rows).values()),
    )


def _against(ours: Days, theirs: Days, measure: Measure) -> tuple[int, int, int]:
    """Our wins, ties and losses on the days that both were given."""
    outcomes = Counter(compared(ours[name], theirs[name], measure) for name in ours.keys() & theirs.keys())
    return outcomes[1], outcomes[0], outcomes[-1]


def _cost_ratio(ours: Days, theirs: Days) -> float | None:
    pairs = [(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()]
    ratios = [
        one.cost / other.cost
        for one, other in pairs
        if one and other and abs(one.figure - other.figure) < SAME and other.cost
    ]
    return fmean(ratios) if ratios else None


def _is_proved(row: Record) -> bool:
    return bool(row.figure and row.value_bound) and int(row.value) >= PROVED * int(row.value_bound)


def _ahead(one: Record, other: Record) -> bool:
    if not one.figure or not other.figure:
        return bool(one.figure)
    measure = Measure(one.measure)
    if one.figure == other.figure:
        return int(one.cost) < int(other.cost)
    return measure.better(int(one.figure), int(other.figure))


def _group(row: Record) -> tuple[str, float]:
    return row.set_name, float(row.limit_s)
