"""What the objective makes of columns: numbers that CP-SAT can add up without overflow.

levels      what counts first, second, third: one number per column each
in_stages   levels put together into one number where that fits, else into several, for one search after the other
"""

from collections.abc import Iterable, Sequence
from math import gcd
from typing import Final, TypeAlias

from solver.pool import Column, Kind
from solver.problem import Objective
from solver.units import EXACT

HEAVIEST: Final = 1 << 62
"""CP-SAT refuses a model in which the sum over *all* columns could overflow, chosen together or not."""

Level: TypeAlias = tuple[int, ...]
"""One number per column: the larger their sum over the chosen ones, the better."""


def levels(objective: Objective, columns: Sequence[Column]) -> tuple[Level, ...]:
    """Required visits, then prize and cost as the objective has them; fairness is left to whoever times the plan."""
    required = tuple([column.required for column in columns])
    prizes = tuple([column.prize for column in columns])
    if objective is Objective.PROFIT:
        return required, tuple([column.prize - column.route.cost for column in columns]), prizes
    return required, prizes, tuple([-column.route.cost for column in columns])


def in_stages(levels: Iterable[Level], columns: Sequence[Column], shifts_of: dict[Kind, int]) -> tuple[Level, ...]:
    """Levels as few numbers that are to be maximised one after the other, each among what is best by those before."""
    stages: list[Level] = []
    for level in map(_fit, levels):
        if not any(level):
            continue
        together = _together(stages[-1], level, columns, shifts_of) if stages else None
        if together is None:
            stages.append(level)
        else:
            stages[-1] = together
    return tuple(stages)


def _together(higher: Level, lower: Level, columns: Sequence[Column], shifts_of: dict[Kind, int]) -> Level | None:
    """Both as one number, such that all of the lower one never makes up for the least of the higher one.

    ``None`` if that is more than a double holds, which CP-SAT's linear relaxation counts in.
    """
    weight = 1 + _span(lower, columns, shifts_of)
    both = tuple([weight * high + low for high, low in zip(higher, lower, strict=True)])
    fits = sum(map(abs, both)) < HEAVIEST and _span(both, columns, shifts_of) < EXACT
    return both if fits else None


def _span(level: Level, columns: Sequence[Column], shifts_of: dict[Kind, int]) -> int:
    """How far apart the sums of two plans can be at most: each kind of shift at its best against at its worst."""
    by_kind: dict[Kind, list[int]] = {kind: [] for kind in shifts_of}
    for column, value in zip(columns, level, strict=True):
        by_kind[column.kind].append(value)
    span = 0
    for kind, values in by_kind.items():
        values.sort()
        shifts = shifts_of[kind]
        span += sum([value for value in values[-shifts:] if value > 0])
        span -= sum([value for value in values[:shifts] if value < 0])
    return span


def _fit(level: Level) -> Level:
    """The level by its greatest common divisor, and more coarsely if it still could not be added up."""
    divisor = gcd(*level) or 1
    fine = tuple([value // divisor for value in level])
    total = sum(map(abs, fine))
    grain = 1 + total // HEAVIEST
    return fine if grain == 1 else tuple([value // grain for value in fine])
