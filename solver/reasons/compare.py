"""All insertions of some visits into all routes, compared by their labels."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from solver.reasons.gaps import NOTHING, Gaps, Lack, Lacks, lack_of
from solver.reasons.rules import Forbidden, Rules
from solver.reasons.trial import Plan
from solver.reasons.ways import Ways
from solver.units import Cost, ShiftIndex, VisitIndex

CLOSED: Final = np.iinfo(np.int64).max
"""The rank of an insertion at a position that the visit may not take."""


class Compared:
    """Asked about the nth of ``visits``. An insertion is a row of its ways and the gap it goes into."""

    def __init__(
        self,
        plan: Plan,
        gaps: Sequence[Gaps],
        alone: Sequence[Gaps],
        visits: Sequence[VisitIndex],
        ask: Callable[[], None],
    ) -> None:
        """``alone``: the gaps of shifts that only do what they have begun. ``ask`` is called again and again."""
        self.ways = Ways.of(plan.problem, visits)
        self._gaps = gaps
        self._forbidden: list[Forbidden] = []
        self._lacks: list[Lacks] = []
        self._costs: dict[ShiftIndex, NDArray[np.int64]] = {}
        self.ranks = np.empty((len(gaps), len(visits)), dtype=np.int64)
        """Of the nearest insertion of each visit into each shift. (shifts, visits)"""
        self.fits_alone = np.empty((len(gaps), len(self.ways.served)), dtype=np.bool_)
        """Whether labels find no fault with a shift that does nothing else than it has begun. (shifts, rows)"""
        rules = Rules(plan, self.ways)
        for shift, of_shift in enumerate(gaps):
            ask()
            forbidden, lacks = rules.of(shift, of_shift), of_shift.lacks(self.ways)
            lacks.rank[~forbidden.open] = CLOSED
            nearest = np.minimum.reduceat(lacks.rank.min(axis=1), self.ways.first)
            self.ranks[shift] = np.where(forbidden.rank == NOTHING, nearest, forbidden.rank)
            self._forbidden.append(forbidden)
            self._lacks.append(lacks)
            last = alone[shift].lacks(self.ways).rank[:, -1]
            self.fits_alone[shift] = (last == NOTHING) & rules.alone(shift, alone[shift])

    def forbids(self, nth: int, shift: ShiftIndex) -> Lack | None:
        """The rule that forbids the visit at every position of the shift, ``None`` if there is none."""
        forbidden = self._forbidden[shift]
        return lack_of(int(forbidden.rank[nth]), int(forbidden.code[nth]))

    def faultless(self, nth: int, shift: ShiftIndex) -> list[tuple[int, int]]:
        """Row and gap of the insertions that labels find no fault with."""
        first = int(self.ways.first[nth])
        rows, gaps = np.nonzero(self._ranks_of(nth, shift) == NOTHING)
        return [(first + row, gap) for row, gap in zip(rows.tolist(), gaps.tolist(), strict=True)]

    def lacking(self, nth: int, shift: ShiftIndex, most: int) -> list[tuple[Lack, int, int]]:
        """What the others lack, with row and gap, the nearest first."""
        ranks = self._ranks_of(nth, shift)
        flat = ranks.ravel()
        order = [int(flat.argmin())] if most == 1 else np.argsort(flat, kind="stable").tolist()
        first, width = int(self.ways.first[nth]), ranks.shape[1]
        cells = ((first + cell // width, cell % width) for cell in order if NOTHING < flat[cell] < CLOSED)
        found = ((self._lacks[shift].at(*cell), *cell) for cell in cells)
        return [(lack, row, gap) for (lack, row, gap), _ in zip(found, range(most), strict=False) if lack is not None]

    def cost(self, shift: ShiftIndex, row: int, gap: int) -> Cost:
        """What the route with an insertion costs at least, without preferences."""
        return int(self._costs_of(shift)[row, gap])

    def least_cost(self, nth: int, shift: ShiftIndex) -> Cost:
        """The least of those that labels find no fault with."""
        rows = self.ways.rows(nth)
        costs = self._costs_of(shift)[rows.start : rows.stop]
        return int(costs[self._ranks_of(nth, shift) == NOTHING].min())

    def _costs_of(self, shift: ShiftIndex) -> NDArray[np.int64]:
        if shift not in self._costs:
            self._costs[shift] = self._gaps[shift].least_costs(self.ways)
        return self._costs[shift]

    def _ranks_of(self, nth: int, shift: ShiftIndex) -> NDArray[np.int64]:
        rows = self.ways.rows(nth)
        return self._lacks[shift].rank[rows.start : rows.stop]
