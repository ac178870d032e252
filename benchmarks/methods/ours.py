"""Our own solver, by either engine."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.generators.town import town
from benchmarks.methods.names import ROUTING
from benchmarks.methods.watch import Watch
from solver.budget import Budget, Engine
from solver.problem import Problem
from solver.solution import Solution
from solver.solve import solve


@dataclass(frozen=True, slots=True)
class Ours:
    """``solve`` on one thread."""

    engine: Engine = Engine.AUTO

    @property
    def packages(self) -> Sequence[str]:
        """The engines below it."""
        return ("ortools", "numba")

    def warm_up(self) -> None:
        """Plan a day of three visits: loads the compiled search and the engine."""
        solve(town(3, 1, seed=1), Budget(seconds=1, solutions=10, engine=self.engine))

    def plan(self, problem: Problem, limit: float, seed: int, watch: Watch) -> Solution:
        """``limit`` is the budget in seconds; what solve does before its clock starts shows in the elapsed time.

        The model stands when solve first asks whether to go on: laying it out for the search is within the limit.
        """
        budget = Budget(seconds=limit, seed=seed, engine=self.engine)

        def note(better: Solution) -> None:
            watch.note(better.score.prize, better.score.costs.total, better.score.required_missed)

        def go_on() -> bool:
            if watch.built is None:
                watch.model_is_built()
            return False

        solved = solve(problem, budget, note, stop=go_on)
        watch.value_bound = solved.prize_bound
        return solved.solution


def engine(name: str) -> Engine:
    """The engine of a method's name."""
    return Engine.ROUTING if name == ROUTING else Engine.AUTO
