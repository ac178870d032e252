"""What keeps visits out of a shift wherever they would go, and the positions they may take."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.checker import Code
from solver.problem import Problem
from solver.reasons.gaps import CODES, HOPELESS, KIND, NOTHING, Gaps
from solver.reasons.trial import Plan
from solver.reasons.ways import Ways
from solver.units import ShiftIndex


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What one shift's rules say of some visits. rank, code: (visits,), as in ``Lacks``; open: (rows, gaps)."""

    rank: NDArray[np.int64]
    code: NDArray[np.int8]
    open: NDArray[np.bool_]


class Rules:
    """The rules of a plan, asked about some visits and all their ways."""

    def __init__(self, plan: Plan, ways: Ways) -> None:
        self._plan = plan
        self._problem = plan.problem
        self._ways = ways
        self._able = _able(plan.problem, ways)
        visits = {visit: nth for nth, visit in enumerate(ways.visits)}
        self._pinned = [(nth, plan.problem.visits[visit].position) for visit, nth in visits.items()]
        self._pinned = [(nth, position) for nth, position in self._pinned if position is not None]
        links = plan.problem.links
        self._after = [(visits[link.then], link.first) for link in links if link.then in visits]
        self._before = [(visits[link.first], link.then) for link in links if link.first in visits]

    def of(self, shift: ShiftIndex, gaps: Gaps) -> Forbidden:
        """The rule that forbids each visit at every position, and where those that none forbids may go."""
        visits, most = self._ways.visits, gaps.shift.limits.visits
        rank, code = np.full(len(visits), NOTHING, dtype=np.int64), np.zeros(len(visits), dtype=np.int8)

        def forbid(where: NDArray[np.bool_], amount: NDArray[np.int64] | int, told: Code) -> None:
            where = where & (rank == NOTHING)
            np.copyto(rank, (HOPELESS << KIND) + amount, where=where)
            np.copyto(code, CODES.index(told), where=where)

        able = self._able[:, shift]
        forbid(~np.logical_or.reduceat(able, self._ways.first), 1, Code.AGENT_NOT_ALLOWED)
        waiting = np.zeros(len(visits), dtype=np.bool_)
        waiting[[nth for nth, first in self._after if not self._plan.serves(first)]] = True
        forbid(waiting, 1, Code.PREDECESSOR_UNASSIGNED)
        overload = self._overload(gaps)
        forbid(overload > 0, overload, Code.CAPACITY)
        if most is not None:
            full = np.full(len(visits), len(gaps.stops) >= most)
            forbid(full, len(gaps.stops) + 1 - most, Code.MAX_VISITS)
        begin, end = self._positions(shift, gaps)
        forbid(begin > end, 1, Code.POSITION)
        gap, owner = np.arange(len(gaps.stops) + 1), self._ways.owner
        free = able & (rank == NOTHING)[owner]
        return Forbidden(rank, code, free[:, None] & (begin[owner, None] <= gap) & (gap <= end[owner, None]))

    def alone(self, shift: ShiftIndex, gaps: Gaps) -> NDArray[np.bool_]:
        """Which ways the shift may serve if it has ``gaps`` to do, as far as loads and their number matter: (rows,)."""
        most = gaps.shift.limits.visits
        room = (self._overload(gaps) <= 0) & (most is None or len(gaps.stops) < most)
        return self._able[:, shift] & room[self._ways.owner]

    def _overload(self, gaps: Gaps) -> NDArray[np.int64]:
        """By how much each visit would be too much load in the worst dimension."""
        if not gaps.shift.capacity:
            return np.zeros(len(self._ways.visits), dtype=np.int64)
        loads = np.array([self._problem.visits[served].load for served, _ in gaps.stops], dtype=np.int64)
        room = np.array(gaps.shift.capacity) - loads.reshape(-1, len(gaps.shift.capacity)).sum(axis=0)
        return (self._ways.loads - room).max(axis=1)

    def _positions(self, shift: ShiftIndex, gaps: Gaps) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last gap of each visit: begun and pinned stops keep their place, linked ones their order."""
        pins = [self._problem.visits[visit].position for visit, _ in gaps.stops]
        stops, visits = len(gaps.stops), self._ways.visits
        begin = np.full(len(visits), max(len(gaps.shift.begun), 1 if "first" in pins else 0))
        end = np.full(len(visits), stops - 1 if "last" in pins else stops)
        for nth, position in self._pinned:
            if position == "first":
                end[nth] = min(end[nth], 0)
            else:
                begin[nth] = max(begin[nth], stops)
        for nth, first in self._after:
            if self._plan.shift_of(first) == shift:
                begin[nth] = max(begin[nth], self._plan.position_of(first) + 1)
        for nth, then in self._before:
            if self._plan.shift_of(then) == shift:
                end[nth] = min(end[nth], self._plan.position_of(then))
        return begin, end


def _able(problem: Problem, ways: Ways) -> NDArray[np.bool_]:
    """Which shift may serve which way: (rows, shifts)."""
    able = np.ones((len(ways.served), len(problem.shifts)), dtype=np.bool_)
    for row, (visit, option) in enumerate(ways.served):
        shifts = problem.visits[visit].options[option].shifts
        if shifts is not None:
            able[row] = False
            able[row, list(shifts)] = True
    return able
