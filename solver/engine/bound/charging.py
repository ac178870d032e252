"""What visits and cuts are charged, in whole numbers, and what follows from that for every plan.

Whatever is charged, a plan collects no more than all charges together and, for each shift, what the best route of its
kind collects beyond them (Lagrange): its visits are charged once each at most, its cuts once each at most, and nothing
charged is negative. So charges may come from a linear program in floating point and be rounded as one likes.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from solver.engine.bound.master import Answer
from solver.pool import Kind
from solver.units import Prize

MOST_COLLECTED: Final = 1 << 36
"""By one stop, on the scale of charges, or charged for it by its visit or a cut: a million stops fit into 64 bits."""
FINEST: Final = 1 << 20
TOLERANCE: Final = 10_000
"""A route must collect so small a part of one prize unit more than it has to, or it is no better: GLOP is not exact."""


class Charges(NamedTuple):
    """``scale`` of them are worth a prize of one. A route of a kind is worth its while if it collects ``enough``."""

    scale: int
    visits: tuple[int, ...]
    cuts: tuple[int, ...]
    enough: Mapping[Kind, int]

    def allow(self, shifts_of: Mapping[Kind, int], best: Mapping[Kind, int]) -> int:
        """What a plan collects at most, on their scale, if no route of a kind has more than ``best`` beyond charges."""
        beyond = sum(count * max(0, best[kind]) for kind, count in shifts_of.items())
        return sum(self.visits) + sum(self.cuts) + beyond


def scale_of(highest: Prize) -> int:
    """As fine as whole numbers of 64 bits allow for, 0 if they do not."""
    return min(FINEST, MOST_COLLECTED // max(1, highest))


def charges(answer: Answer, scale: int, shifts_of: Mapping[Kind, int], aim: Prize) -> Charges:
    """Those of a linear program; routes need not collect less than what keeps every plan below ``aim``."""
    visits = tuple([_whole(scale * worth) for worth in answer.visits])
    cuts = tuple([_whole(scale * worth) for worth in answer.cuts])
    usual = {kind: max(0, round(scale * worth)) for kind, worth in answer.kinds.items()}
    spare = aim * scale - 1 - sum(visits) - sum(cuts) - sum(shifts_of[kind] * enough for kind, enough in usual.items())
    more = max(scale // TOLERANCE, spare // sum(shifts_of.values()))
    return Charges(scale, visits, cuts, {kind: enough + more for kind, enough in usual.items()})


def _whole(charge: float) -> int:
    return min(max(0, round(charge)), MOST_COLLECTED)
