"""What can be said before any search: which ways of serving a visit are open to which shifts at all.

Only certainties: what is left out here could not be part of any plan. Travel is not looked at, since a detour may be
quicker than the direct way.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from solver.problem import Option, Problem, Shift, StartWindow, Visit
from solver.rests import rests_of
from solver.solution import Served
from solver.units import Prize, ShiftIndex, VisitIndex


@dataclass(frozen=True, slots=True)
class Way:
    """One option within one of its windows, and the shifts that might serve it there."""

    served: Served
    window: StartWindow
    shifts: tuple[ShiftIndex, ...]

    def among(self, shifts: Container[ShiftIndex]) -> "Way":
        """The way for these shifts only."""
        return replace(self, shifts=tuple(shift for shift in self.shifts if shift in shifts))


Ways: TypeAlias = tuple[tuple[Way, ...], ...]
"""The ways of each visit, order of ``Problem.visits``; none for a visit that nobody can serve."""


def open_ways(problem: Problem) -> Ways:
    """Ways of every visit; a visit linked to one that nobody can serve has none either."""
    begun = {stop.visit: (s, stop) for s, shift in enumerate(problem.shifts) for stop in shift.begun}
    going_out = [s for s, shift in enumerate(problem.shifts) if shift.limits.visits != 0 and rests_of(shift)]
    ways = [tuple(_ways_of(problem, k, going_out)) for k in range(len(problem.visits))]
    for k, (s, stop) in begun.items():
        ways[k] = tuple(way.among((s,)) for way in ways[k] if way.served == stop and s in way.shifts)
    lost = {k for k, found in enumerate(ways) if not found}
    while orphans := {link.then for link in problem.links if link.first in lost} - lost:
        lost |= orphans
    return tuple(() if k in lost else found for k, found in enumerate(ways))


def offered(problem: Problem, ways: Ways) -> Prize:
    """What a plan collects that serves everybody who can be served, each in the way that brings most."""
    prizes = [[problem.visits[k].options[way.served.option].prize for way in found] for k, found in enumerate(ways)]
    return sum(max(of_visit, default=0) for of_visit in prizes)


def evident_bound(problem: Problem, ways: Ways, prize: Prize) -> Prize | None:
    """``prize`` if it is all there is, so that no plan has a larger one; ``None`` if it is less."""
    return prize if prize == offered(problem, ways) else None


def _ways_of(problem: Problem, k: VisitIndex, going_out: Sequence[ShiftIndex]) -> Iterator[Way]:
    visit = problem.visits[k]
    for o, option in enumerate(visit.options):
        able = [s for s in going_out if _able(visit, option, s, problem.shifts[s])]
        for window in option.windows:
            shifts = tuple(s for s in able if _meets(problem.shifts[s], option, window))
            if shifts:
                yield Way(Served(k, o), window, shifts)


def _able(visit: Visit, option: Option, index: ShiftIndex, shift: Shift) -> bool:
    """Whether the shift is allowed to, and would have room if it served nothing else."""
    within_duration = shift.limits.duration is None or option.service <= shift.limits.duration
    return (
        option.preference(index) is not None
        and within_duration
        and all(amount <= room for amount, room in zip(visit.load, shift.capacity, strict=True))
    )


def _meets(shift: Shift, option: Option, window: StartWindow) -> bool:
    """Whether service can start in the window and end before the shift does."""
    first, last = max(shift.opens, window.opens), min(window.closes, shift.last_finish - option.service)
    return first <= last
