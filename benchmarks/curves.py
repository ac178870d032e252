"""How far from the reference a method was after so many seconds: what the plots show, as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import fmean
from typing import Final, NamedTuple

from benchmarks.instance import Measure
from benchmarks.methods.names import row_of
from benchmarks.records import Record
from benchmarks.traces import Moment, Traces

STEPS: Final = 60
EARLIEST: Final = 0.01
"""Second at which curves begin."""


class Curve(NamedTuple):
    """Mean gap in per cent, at the seconds from which on there was a plan in every run."""

    method: str
    seconds: Sequence[float]
    gaps: Sequence[float]


def curves_of(rows: Iterable[Record], traces: Traces, references: Mapping[str, int]) -> Mapping[str, Sequence[Curve]]:
    """Of one set under one limit, by family of days. Of a method's variants the one that ended best counts, run by run.

    ``references`` are those of the whole set, as in its table: what was found under another limit counts as well.
    """
    legal = [row for row in rows if row.figure]
    families: dict[str, list[Curve]] = {}
    for (family, method), group in groupby(sorted(legal, key=_line), key=_line):
        runs = list(_best_of_weights(group).values())
        families.setdefault(family, []).append(_curve(method, runs, references, traces))
    return families


def gap_at(moments: Sequence[Moment], second: float, measure: Measure, offered: int, reference: int) -> float | None:
    """Gap of the last plan until then, ``None`` if there was none that counts."""
    until = [moment for moment in moments if moment.second <= second and not moment.required_missed]
    if not until:
        return None
    last = until[-1]
    figure = {
        Measure.VALUE: last.value,
        Measure.COST: last.cost,
        Measure.LOSS: last.cost + offered - last.value,
    }[measure]
    return measure.gap(figure, reference)


def moments_of(row: Record, traces: Traces) -> Sequence[Moment]:
    """A run's better plans, and its answer at its end: of some methods that is all there is."""
    end = Moment(float(row.elapsed_s), int(row.required_missed), int(row.value), int(row.cost))
    return [*(moment for moment in traces.get(row.key, ()) if moment.second < end.second), end]


def _curve(method: str, runs: Sequence[Record], references: Mapping[str, int], traces: Traces) -> Curve:
    measure = Measure(runs[0].measure)
    longest = max(float(row.elapsed_s) for row in runs)
    ratio = (longest / EARLIEST) ** (1 / STEPS)
    seconds: list[float] = []
    gaps: list[float] = []
    told = [(moments_of(row, traces), _offered(row), references[row.day]) for row in runs]
    for step in range(STEPS + 1):
        second = EARLIEST * ratio**step if step < STEPS else longest
        at = [gap_at(moments, second, measure, offered, reference) for moments, offered, reference in told]
        here = [gap for gap in at if gap is not None]
        if len(here) == len(runs):
            seconds.append(second)
            gaps.append(fmean(here))
    return Curve(method, seconds, gaps)


def _best_of_weights(rows: Iterable[Record]) -> Mapping[tuple[str, str], Record]:
    best: dict[tuple[str, str], Record] = {}
    for row in rows:
        key = row.day, row.seed
        if key not in best or Measure(row.measure).better(int(row.figure), int(best[key].figure)):
            best[key] = row
    return best


def _offered(row: Record) -> int:
    """All value on offer, as far as the figure depends on it."""
    return int(row.figure) - int(row.cost) + int(row.value)


def _line(row: Record) -> tuple[str, str]:
    return row.family, row_of(row.method)
