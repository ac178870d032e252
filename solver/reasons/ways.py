"""All ways of some visits, laid out for comparing many insertions at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem
from solver.reasons.moves import Times
from solver.schedule.course import tables_of
from solver.schedule.moments import FAR, NEVER
from solver.solution import Served
from solver.units import VisitIndex


@dataclass(frozen=True, slots=True)
class Ways:
    """The options of ``visits``, one row each; those of one visit stand together, from its ``first`` row on.

    first: (visits,); owner, place, service, setup, last: (rows,), of which ``owner`` counts within ``visits`` and
    ``last`` is when the last window closes, NEVER without windows; opens, closes: (windows, rows).
    """

    visits: Sequence[VisitIndex]
    served: Sequence[Served]
    first: NDArray[np.int64]
    owner: NDArray[np.int64]
    place: NDArray[np.int64]
    service: Times
    setup: Times
    last: Times
    opens: Times
    closes: Times
    loads: NDArray[np.int64]
    """(visits, dimensions)"""

    @classmethod
    def of(cls, problem: Problem, visits: Sequence[VisitIndex]) -> Self:
        """At least one visit."""
        tables = [tables_of(problem).ways[visit] for visit in visits]
        ways = [way for table in tables for way in table]
        counts = [len(table) for table in tables]
        most = max(1, *(len(way.windows) for way in ways), 1)
        spans = [[*way.windows, *[(FAR, NEVER)] * (most - len(way.windows))] for way in ways]
        windows = np.array(spans, dtype=np.int64)
        return cls(
            visits=visits,
            served=[
                Served(visit, option) for visit, count in zip(visits, counts, strict=True) for option in range(count)
            ],
            first=np.cumsum([0, *counts[:-1]]),
            owner=np.repeat(np.arange(len(visits)), counts),
            place=np.array([way.place for way in ways], dtype=np.int64),
            service=np.array([way.service for way in ways], dtype=np.int64),
            setup=np.array([way.setup for way in ways], dtype=np.int64),
            last=np.array([way.windows[-1][1] if way.windows else NEVER for way in ways], dtype=np.int64),
            opens=windows[:, :, 0].T,
            closes=windows[:, :, 1].T,
            loads=np.array([problem.visits[visit].load for visit in visits], dtype=np.int64).reshape(len(visits), -1),
        )

    def rows(self, nth: int) -> range:
        """Those of the nth visit."""
        end = int(self.first[nth + 1]) if nth + 1 < len(self.first) else len(self.owner)
        return range(int(self.first[nth]), end)
