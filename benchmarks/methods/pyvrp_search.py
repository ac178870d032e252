"""PyVRP (Wouda, Lan and Kool 2024): iterated local search over everything added up.

Which weight of value is best differs from day to day, so that all three are run and the best counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyvrp
from pyvrp import IteratedLocalSearch, IteratedLocalSearchCallbacks, IteratedLocalSearchParams, Solution, SolveParams

from benchmarks.generators.field import field
from benchmarks.methods.arcs import Weight
from benchmarks.methods.pyvrp_model import Model
from benchmarks.methods.watch import Watch
from solver.problem import Problem
from solver.solution import Sequences


@dataclass(frozen=True, slots=True)
class PyVRP:
    """With one weight of value."""

    weight: Weight

    @property
    def packages(self) -> Sequence[str]:
        """Itself."""
        return ("pyvrp",)

    def warm_up(self) -> None:
        """Search a day of three visits for a moment."""
        self.plan(field(3, 1, seed=1), 0.01, 1, Watch())

    def plan(self, problem: Problem, limit: float, seed: int, watch: Watch) -> Sequences:
        """``limit`` starts when the model stands, and includes the first plan."""
        model = Model(problem, self.weight.of(problem))
        watch.model_is_built()
        deadline = watch.seconds() + limit
        params = SolveParams(ils=IteratedLocalSearchParams(callbacks=_Listener(model, watch)))

        def is_over(best_cost: int) -> bool:
            del best_cost
            return watch.seconds() >= deadline

        result = pyvrp.solve(model.data, is_over, seed, collect_stats=False, params=params)
        return model.sequences(result.best)


class _Listener(IteratedLocalSearchCallbacks):
    def __init__(self, model: Model, watch: Watch) -> None:
        self._model = model
        self._watch = watch

    def on_start(self, ils: IteratedLocalSearch) -> None:
        """Take note of the first plan."""
        self.on_best(ils.initial_solution)

    def on_best(self, best: Solution) -> None:
        """Take note of a better plan."""
        if best.is_feasible():
            cost = best.fixed_vehicle_cost() + best.distance_cost() + best.duration_cost()
            self._watch.note(self._model.value(best), cost)
