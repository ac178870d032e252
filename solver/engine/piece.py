"""A part of a large day, small enough for a descent to take a fraction of a second: neighbouring shifts, their visits.

A descent on 500 visits and 20 shifts takes seven seconds, on three shifts and 80 visits a tenth of a second.
"""

from collections.abc import Iterable
from typing import Final

from solver.presolve import Ways
from solver.problem import Problem
from solver.solution import Sequences
from solver.units import ShiftIndex, VisitIndex

MOST_SHIFTS: Final = 3
MOST_VISITS: Final = 80
"""Of a piece. A day that has no more is one piece."""


def is_small(problem: Problem) -> bool:
    """Whether the whole day is no larger than a piece."""
    return len(problem.shifts) <= MOST_SHIFTS + 1 and len(problem.visits) <= MOST_VISITS


def piece_around(problem: Problem, ways: Ways, plan: Sequences, visits: Iterable[VisitIndex]) -> Ways:
    """The ways of a piece: what the shifts serve that are met first among ``visits``, and missing visits met first.

    One shift that nobody needs so far is in it as well. Visits that links tie together are never torn apart.
    """
    growing = _Piece(plan, problem)
    for visit in visits:
        growing.take(visit)
    growing.take_unused()
    growing.close_over_links()
    return tuple(
        tuple(way.among(growing.shifts) for way in of_visit if not growing.shifts.isdisjoint(way.shifts))
        if visit in growing.visits
        else ()
        for visit, of_visit in enumerate(ways)
    )


class _Piece:
    """A piece in the making."""

    def __init__(self, plan: Sequences, problem: Problem) -> None:
        self._plan = plan
        self._links = problem.links
        self._shift_of = {stop.visit: shift for shift, stops in enumerate(plan) for stop in stops}
        self.shifts: set[ShiftIndex] = set()
        self.visits: set[VisitIndex] = set()

    def take(self, visit: VisitIndex) -> None:
        """The visit with the shift that serves it, as long as there is room."""
        shift = self._shift_of.get(visit)
        if shift is None:
            if len(self.visits) < MOST_VISITS:
                self.visits.add(visit)
        elif shift not in self.shifts and len(self.shifts) < MOST_SHIFTS:
            self._take_shift(shift)

    def take_unused(self) -> None:
        unused = [shift for shift, stops in enumerate(self._plan) if not stops]
        self.shifts.update(unused[:1])

    def close_over_links(self) -> None:
        """Whoever is tied to a visit in the piece comes in, too."""
        before = -1
        while before != len(self.visits):
            before = len(self.visits)
            for link in self._links:
                if link.first in self.visits or link.then in self.visits:
                    for visit in (link.first, link.then):
                        self.visits.add(visit)
                        if visit in self._shift_of:
                            self._take_shift(self._shift_of[visit])

    def _take_shift(self, shift: ShiftIndex) -> None:
        self.shifts.add(shift)
        self.visits.update(stop.visit for stop in self._plan[shift])
