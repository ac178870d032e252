"""Which breaks a shift may get by with."""

from dataclasses import dataclass

from solver.problem import Break, Shift
from solver.units import Seconds


@dataclass(frozen=True, slots=True)
class Rests:
    """A choice of a shift's breaks, in order, and how long a day with just these may last (``None`` = no limit)."""

    breaks: tuple[Break, ...]
    longest: Seconds | None


def rests_of(shift: Shift) -> tuple[Rests, ...]:
    """All breaks, then ever fewer as days get too short for them; what cannot be taken in one shift is not there."""
    thresholds = sorted({rest.only_if_over for rest in shift.breaks if rest.only_if_over is not None}, reverse=True)
    choices: list[Rests] = []
    for most in (None, *thresholds):
        breaks = tuple(
            rest for rest in shift.breaks if rest.only_if_over is None or most is None or rest.only_if_over < most
        )
        longest = min((bound for bound in (most, shift.limits.duration) if bound is not None), default=None)
        if _fit(shift, breaks, longest):
            choices.append(Rests(breaks, longest))
    return tuple(choices)


def _fit(shift: Shift, breaks: tuple[Break, ...], longest: Seconds | None) -> bool:
    """Whether the breaks can be taken in their order within the shift, and in a day no longer than ``longest``."""
    begin = shift.last_finish
    for rest in reversed(breaks):
        begin = min(begin - rest.duration, rest.latest)
    first = clock = max(shift.opens, begin)
    for rest in breaks:
        start = max(clock, rest.earliest)
        if start > rest.latest:
            return False
        clock = start + rest.duration
    return begin >= shift.opens and clock <= shift.last_finish and (longest is None or clock - first <= longest)
