"""Where a route may not forget that it has been at a visit: its neighbourhood, which grows as walks call for it."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from solver.engine.bound.ground import Ground
from solver.engine.bound.master import Walk
from solver.problem import Problem
from solver.search.arrays import Whole

NEAREST: Final = 8
WORD: Final = 64


class Memory:
    """Of each visit: at which others a walk remembers it, itself among them."""

    def __init__(self, problem: Problem, grounds: Iterable[Ground]) -> None:
        self._kept = [1 << k for k in range(len(problem.visits))]
        self._keep_neighbours(problem)
        for ground in grounds:
            self._keep_where_no_time_passes(ground)

    def may(self, walk: Walk) -> bool:
        """Whether a walk comes back to visits only where it has forgotten them."""
        seen = 0
        for stop in walk.stops:
            if seen >> stop.visit & 1:
                return False
            seen = seen & self._kept[stop.visit] | 1 << stop.visit
        return True

    def forbid(self, walks: Iterable[Walk]) -> bool:
        """Remember more, so that none of these walks comes back to a visit; whether any did."""
        grown = False
        for walk in walks:
            last: dict[int, int] = {}
            for at, stop in enumerate(walk.stops):
                for between in walk.stops[last.get(stop.visit, at) + 1 : at]:
                    self._kept[between.visit] |= 1 << stop.visit
                    grown = True
                last[stop.visit] = at
        return grown

    def of(self, ground: Ground) -> Whole:
        """(options, words) as ``Pricing.memory``."""
        words = ground.pricing.memory.shape[1]
        raw = b"".join(self._kept[stop.visit].to_bytes(8 * words, "little") for stop in ground.options)
        return np.frombuffer(raw, dtype="<i8").reshape(-1, words)

    def _keep_neighbours(self, problem: Problem) -> None:
        place = [option.place for visit in problem.visits for option in visit.options]
        first = np.cumsum([0, *(len(visit.options) for visit in problem.visits)])[:-1]
        away = problem.travel[0].seconds[np.ix_(place, place)]
        away = np.minimum.reduceat(np.minimum.reduceat(away, first, axis=0), first, axis=1)
        for k, near in enumerate(np.argsort(away, axis=1, kind="stable")[:, : NEAREST + 1].tolist()):
            for other in near:
                self._kept[k] |= 1 << other

    def _keep_where_no_time_passes(self, ground: Ground) -> None:
        """Where a walk could go round in circles for ever."""
        pricing, count = ground.pricing, len(ground.options)
        for group in _together(np.argwhere(pricing.legs[:count, :count] + pricing.service == 0).tolist()):
            bits = sum(1 << visit for visit in {ground.options[j].visit for j in group})
            for j in group:
                self._kept[ground.options[j].visit] |= bits


def _together(pairs: Sequence[Sequence[int]]) -> list[set[int]]:
    """Groups of what is connected."""
    groups: list[set[int]] = []
    for pair in map(set, pairs):
        touched = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(pair.union(*touched))
    return groups
