"""Which shifts are worth looking at for a visit, on days too large to look at all of them."""

import numpy as np

from solver.problem import Problem
from solver.solution import Sequences
from solver.units import ShiftIndex, VisitIndex


class Nearby:
    """Shifts in order of how near their starts and stops come to a visit, as many as the share of a visit allows."""

    def __init__(self, problem: Problem, sequences: Sequences, share: int) -> None:
        self._problem = problem
        self._share = share
        self._gaps = np.array([len(stops) + 1 for stops in sequences], dtype=np.int64)
        places = [
            [shift.start, *(problem.visits[visit].options[option].place for visit, option in stops)]
            for shift, stops in zip(problem.shifts, sequences, strict=True)
        ]
        self._places = np.array([place for route in places for place in route], dtype=np.int64)  # (places of routes,)
        self._first = np.cumsum(self._gaps) - self._gaps  # (shifts,), where the places of each begin
        self._profiles = np.repeat([shift.profile for shift in problem.shifts], self._gaps)

    def shifts(self, visit: VisitIndex) -> list[ShiftIndex]:
        """In order of shifts. The nearest one is always among them; nearness is travel to the visit's first option."""
        options = self._problem.visits[visit].options
        insertions = np.cumsum(self._gaps) * len(options)
        if not insertions.size or insertions[-1] <= self._share:
            return list(range(len(self._gaps)))
        ways = np.stack([matrix.seconds[self._places, options[0].place] for matrix in self._problem.travel])
        seconds = ways[self._profiles, np.arange(len(self._places))]
        order = np.argsort(np.minimum.reduceat(seconds, self._first), kind="stable")
        within = np.cumsum(self._gaps[order]) * len(options) <= self._share
        return sorted(int(shift) for shift in order[: max(1, int(within.sum()))])
