"""Which walks together collect most, fractions allowed: the linear program, by GLOP.

Walk     a route that may come back to a visit
Master   walks to choose from: each visit at most once, each cut at most once, no more than there are shifts
Answer   its optimum, and what each of these rows is worth there
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from ortools.linear_solver import pywraplp

from solver.pool import Kind
from solver.problem import Problem
from solver.solution import Served
from solver.units import VisitIndex

PARAMETERS: Final = "use_preprocessing:false"
"""So that GLOP goes on from the last optimum: columns were added and nothing else has changed."""
SHARE: Final = 1e-6
"""Less of a walk is none."""

Cut: TypeAlias = frozenset[VisitIndex]
"""Three visits: at most one walk of a plan has two of them or more."""


class Walk(NamedTuple):
    """Stops of a shift of one kind."""

    kind: Kind
    stops: tuple[Served, ...]


class Answer(NamedTuple):
    """Of a linear program; nothing that is proved relies on it."""

    value: float
    visits: tuple[float, ...]
    kinds: Mapping[Kind, float]
    cuts: tuple[float, ...]
    shares: Mapping[Walk, float]


class Master:
    """The linear program over walks that are added one by one."""

    def __init__(self, problem: Problem, shifts_of: Mapping[Kind, int], cuts: Sequence[Cut] = ()) -> None:
        self._problem = problem
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(PARAMETERS)
        self._solver.Objective().SetMaximization()
        self._visits = [self._row(1) for _ in problem.visits]
        self._kinds = {kind: self._row(count) for kind, count in shifts_of.items()}
        self._cuts = [(cut, self._row(1)) for cut in cuts]
        self._walks: dict[Walk, pywraplp.Variable] = {}

    @property
    def walks(self) -> Iterable[Walk]:
        """All there are."""
        return self._walks

    def add(self, walk: Walk) -> bool:
        """One walk more, if it is new."""
        if walk in self._walks:
            return False
        share = self._walks[walk] = self._solver.NumVar(0, self._solver.infinity(), "")
        times = Counter(stop.visit for stop in walk.stops)
        for visit, count in times.items():
            self._visits[visit].SetCoefficient(share, count)
        self._kinds[walk.kind].SetCoefficient(share, 1)
        for cut, row in self._cuts:
            if pairs := sum(times[visit] for visit in cut) // 2:
                row.SetCoefficient(share, pairs)
        prize = sum(self._problem.visits[visit].options[option].prize for visit, option in walk.stops)
        self._solver.Objective().SetCoefficient(share, prize)
        return True

    def solve(self) -> Answer | None:
        """The optimum; ``None`` if GLOP finds none."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        return Answer(
            self._solver.Objective().Value(),
            tuple([row.dual_value() for row in self._visits]),
            {kind: row.dual_value() for kind, row in self._kinds.items()},
            tuple([row.dual_value() for _, row in self._cuts]),
            {walk: share for walk, column in self._walks.items() if (share := column.solution_value()) > SHARE},
        )

    def _row(self, most: float) -> pywraplp.Constraint:
        return self._solver.Constraint(-self._solver.infinity(), most)
