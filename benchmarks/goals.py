"""The figures to reach, part by part: which check of which set under which limit.

The table in ``benchmarks/README.md`` says the same in words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from benchmarks import checks
from benchmarks.checks import Finding, Measured, measured
from benchmarks.methods.names import PYVRP, VROOM
from benchmarks.records import Record
from benchmarks.sets import SETS


class Part(NamedTuple):
    """One part of a goal, under one limit in seconds."""

    limit: float
    check: Callable[[Measured], Finding]


_AGAINST: Final = tuple(
    Part(limit, partial(checks.at_least, rival=rival, share=0.95)) for limit in (3, 10) for rival in (PYVRP, VROOM)
)

GOALS: Final[Mapping[str, Sequence[Part]]] = {
    "toptw": (
        Part(1, partial(checks.mean_gap, most=0.40)),
        Part(3, partial(checks.mean_gap, most=0.25)),
        Part(10, partial(checks.mean_gap, most=0.12)),
        Part(3, partial(checks.worst_gap, most=1.5)),
        *_AGAINST,
    ),
    "toptw-open": _AGAINST,
    "bound": (Part(30, partial(checks.proved, share=0.60)),),
    "windows": tuple(
        Part(3, check)
        for rival in (PYVRP, VROOM)
        for check in (partial(checks.at_least, rival=rival, share=0.95), partial(checks.mean_above, rival=rival))
    ),
    "ortec": (
        Part(10, partial(checks.best_of_all, share=11 / 12)),
        Part(10, partial(checks.cost_at_ties, above=1)),
    ),
    "solomon": (
        Part(5, partial(checks.mean_gap, most=0.12)),
        Part(5, partial(checks.gap_below, rival=PYVRP)),
    ),
    "profit": (
        Part(10, partial(checks.at_least, rival=PYVRP)),
        Part(30, partial(checks.at_least, rival=PYVRP)),
        Part(30, partial(checks.mean_gap, most=1.5)),
    ),
    "field-2000": (
        Part(20, checks.best_of_all),
        Part(20, partial(checks.cost_below, by=5)),
        Part(20, partial(checks.first_plan, most=1)),
        Part(20, partial(checks.overrun, most=1)),
        Part(20, partial(checks.memory, most=1500)),
    ),
    "field-5000": (Part(30, checks.best_of_all), Part(30, partial(checks.cost_below, by=15))),
    "field-10000": (Part(120, checks.legal),),
    "common": (Part(5, partial(checks.at_least, rival=VROOM)), Part(5, checks.legal)),
    "full": (Part(5, checks.legal),),
}


def findings(name: str, rows: Collection[Record]) -> Iterable[tuple[Part, Finding]]:
    """Each part of a set's goal with what ``rows``, all of the set, say about it."""
    for part in GOALS.get(name, ()):
        yield part, part.check(measured(list(rows), part.limit, SETS[name].measure))


def answers(name: str, rows: Collection[Record]) -> str:
    """A line for each part of the goal, empty for a set that has none."""
    return "\n".join(f"- {part.limit:g} s: {_answer(finding)}" for part, finding in findings(name, rows))


def _answer(finding: Finding) -> str:
    if not finding.found:
        return f"{finding.wanted}: not measured"
    return f"{finding.wanted}: {finding.found}, {'reached' if finding.reached else 'not reached'}"
