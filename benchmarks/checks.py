"""How the parts of a goal are read from measurements, each of one set under one limit.

Every check answers with a ``Finding``. A day or run without a plan of ours is worse than any bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean
from typing import NamedTuple

from benchmarks.instance import Measure
from benchmarks.methods.names import OURS, ROUTING, row_of
from benchmarks.records import Record
from benchmarks.standings import SAME, Days, by_method, compared, days_of, proved_days, references_of


class Finding(NamedTuple):
    """What was wanted, the figure found, empty if nothing was measured, and whether that is enough."""

    wanted: str
    found: str = ""
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """Runs of one set under one limit, and each day's reference."""

    limit: float
    measure: Measure
    runs: Sequence[Record]
    """Ours."""
    ours: Days
    rivals: Mapping[str, Days]
    """By line of the table. Our own use of OR-Tools is no rival."""
    references: Mapping[str, int]

    def gaps(self, days: Days) -> list[float]:
        """In per cent."""
        return [
            inf if day is None else self.measure.gap(day.figure, self.references[name]) for name, day in days.items()
        ]

    def against(self, rival: str) -> Sequence[str]:
        """Days that both we and the rival were given."""
        return sorted(self.ours.keys() & self.rivals.get(rival, {}).keys())


def measured(rows: Sequence[Record], limit: float, measure: Measure) -> Measured:
    """``rows`` are all of the set."""
    told = [row for row in rows if not row.unsupported]
    methods = by_method(row for row in told if float(row.limit_s) == limit)
    return Measured(
        limit=limit,
        measure=measure,
        runs=methods.get(OURS, []),
        ours=days_of(methods.get(OURS, [])),
        rivals={
            name: days_of(group)
            for name, group in sorted(methods.items())
            if name == row_of(name) and name not in (OURS, ROUTING)
        },
        references=references_of(told),
    )


def mean_gap(on: Measured, most: float) -> Finding:
    """Mean over days."""
    gaps = on.gaps(on.ours)
    return _at_most(f"mean gap <= {most:.2f} %", [fmean(gaps)] if gaps else [], most, f"% over {len(gaps)} days")


def worst_gap(on: Measured, most: float) -> Finding:
    """Of any day."""
    return _at_most(f"no gap > {most} %", on.gaps(on.ours), most, "% at worst")


def gap_below(on: Measured, rival: str) -> Finding:
    """Mean over days that both were given."""
    wanted = f"mean gap below {rival}'s"
    names = on.against(rival)
    if not names:
        return Finding(wanted)
    one, other = (fmean(on.gaps({name: days[name] for name in names})) for days in (on.ours, on.rivals[rival]))
    return Finding(wanted, f"{one:.2f} % to {other:.2f} %", one < other)


def mean_above(on: Measured, rival: str) -> Finding:
    """Mean value over days that both were given; a day without a plan has none."""
    wanted = f"mean value above {rival}'s"
    names = on.against(rival)
    if not names:
        return Finding(wanted)
    plans = [[days[name] for name in names] for days in (on.ours, on.rivals[rival])]
    one, other = (fmean(0.0 if day is None else day.figure for day in days) for days in plans)
    return Finding(wanted, f"{one:.1f} to {other:.1f}", one > other)


def at_least(on: Measured, rival: str, share: float = 1.0) -> Finding:
    """Days on which the rival is not ahead."""
    wanted = f"at least as good as {rival} on {100 * share:g} % of days"
    days = on.rivals.get(rival, {})
    return _share(wanted, [compared(on.ours[name], days[name], on.measure) >= 0 for name in on.against(rival)], share)


def best_of_all(on: Measured, share: float = 1.0) -> Finding:
    """Days on which we have a plan and no rival is ahead."""
    outcomes = [
        on.ours[name] is not None
        and all(compared(on.ours[name], days[name], on.measure) >= 0 for days in on.rivals.values() if name in days)
        for name in _contested(on)
    ]
    wanted = f"best of all on {100 * share:.0f} % of days"
    return _share(wanted, outcomes, share, f" against {', '.join(on.rivals)}")


def cost_below(on: Measured, by: float) -> Finding:
    """Cost against that of every rival with a plan, on every day, whatever their values."""
    ratios: list[float] = []
    for name in _contested(on):
        one = on.ours[name]
        others = [days.get(name) for days in on.rivals.values()]
        ratios += [inf if one is None else one.cost / other.cost for other in others if other and other.cost]
    return _at_most(f"travel {by:g} % below every rival's", [100 * (ratio - 1) for ratio in ratios], -by, "% at worst")


def cost_at_ties(on: Measured, above: float) -> Finding:
    """Cost against the least of the best rivals, on the days on which their value ties with ours."""
    wanted = f"where value ties, travel <= best rival's + {above:g} %"
    if not _contested(on):
        return Finding(wanted)
    ratios: list[float] = []
    for name in _contested(on):
        one = on.ours[name]
        others = [other for days in on.rivals.values() if (other := days.get(name))]
        best = [other for other in others if all(compared(other, rival, on.measure) >= 0 for rival in others)]
        if one and best and compared(one, best[0], on.measure) == 0:
            ratios.append(100 * (one.cost / min(other.cost for other in best) - 1))
    return _at_most(wanted, ratios, above, "% at worst") if ratios else Finding(wanted, "no day ties", reached=True)


def first_plan(on: Measured, most: float) -> Finding:
    """Seconds until a run's first plan."""
    firsts = [float(row.first_plan_s) if row.first_plan_s else inf for row in on.runs]
    return _at_most(f"first plan <= {most:g} s", firsts, most, "s at worst")


def overrun(on: Measured, most: float) -> Finding:
    """Seconds beyond the limit, building the model included."""
    over = [float(row.elapsed_s) - on.limit if row.figure else inf for row in on.runs]
    return _at_most(f"overrun <= {most:g} s", over, most, "s at worst")


def memory(on: Measured, most: float) -> Finding:
    """Most memory of any run, in megabytes."""
    peaks = [float(row.peak_mb) if row.figure else inf for row in on.runs]
    return _at_most(f"memory <= {most:g} MB", peaks, most, "MB at worst")


def legal(on: Measured) -> Finding:
    """Every run ends with a plan in which the checker finds nothing."""
    return _share("a legal plan in every run", [bool(row.figure) for row in on.runs], 1.0, things="runs")


def proved(on: Measured, share: float) -> Finding:
    """Days whose value is proved to be within one per cent of the best possible."""
    return _share(f"proved within 1 % on {100 * share:g} % of days", list(proved_days(on.runs).values()), share)


def _contested(on: Measured) -> Sequence[str]:
    """Days that we and any rival were given."""
    return sorted(on.ours.keys() & set().union(*on.rivals.values()))


def _at_most(wanted: str, figures: Sequence[float], most: float, unit: str) -> Finding:
    if not figures:
        return Finding(wanted)
    return Finding(wanted, f"{max(figures):.2f} {unit}", max(figures) <= most + SAME)


def _share(wanted: str, outcomes: Sequence[bool], least: float, against: str = "", things: str = "days") -> Finding:
    if not outcomes:
        return Finding(wanted)
    found = f"{sum(outcomes)} of {len(outcomes)} {things}{against}"
    return Finding(wanted, found, sum(outcomes) / len(outcomes) >= least)
