"""What rivals need to be told in their own terms: the price of a way, and what a unit of value may cost."""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.methods.watch import UnsupportedError
from solver.problem import Objective, Problem
from solver.units import UNREACHABLE

NEAREST: Final = 5


class Weight(StrEnum):
    """How much cost a rival that adds everything up may spend on a unit of value."""

    TEN = "10"
    """Ten times the mean way to a neighbour, for the mean value."""
    THIRTY = "30"
    """Thirty times."""
    LEXICOGRAPHIC = "lexicographic"
    """More than any plan of a rival can cost: value first, as the problem says."""
    NONE = "none"
    """Everything is required, or value and cost are one already."""

    @classmethod
    def of_method(cls, name: str) -> "Weight":
        """What follows the hyphen in a method's name."""
        return cls(name.partition("-")[2] or cls.NONE)

    def of(self, problem: Problem) -> int:
        """The weight of one unit of value, a whole number."""
        if self is Weight.NONE or problem.objective is Objective.PROFIT:
            return 1
        if self is Weight.LEXICOGRAPHIC:
            return 1 + _most_that_a_plan_costs(problem)
        values = [max(option.prize for option in visit.options) for visit in problem.visits]
        mean_value = max(1.0, sum(values) / len(values))
        return max(1, round(int(self.value) * neighbour_distance(problem) / mean_value))


def arc_costs(problem: Problem) -> NDArray[np.int64]:  # (places, places), cost of the way and its time
    """The cost of each way for shifts that are all paid alike and travel alike; ways that are none cost nothing."""
    pays = {(shift.pay.per_metre, shift.pay.per_second) for shift in problem.shifts}
    if len(pays) != 1 or len(problem.travel) != 1:
        message = "different pay or travel for different shifts"
        raise UnsupportedError(message)
    per_metre, per_second = pays.pop()
    matrix = problem.travel[0]
    costs = per_metre * matrix.metres.astype(np.int64)
    if per_second:
        costs += per_second * matrix.seconds
    costs[matrix.seconds >= UNREACHABLE] = 0
    return costs


def neighbour_distance(problem: Problem) -> float:
    """Mean cost of the ways to the five nearest other places that can be reached; 0 if there are none."""
    apart = arc_costs(problem).astype(np.float64)
    apart[problem.travel[0].seconds >= UNREACHABLE] = np.inf
    np.fill_diagonal(apart, np.inf)
    nearest = min(NEAREST, len(apart) - 1)
    ways = np.partition(apart, nearest - 1, axis=1)[:, :nearest]
    reached = ways[np.isfinite(ways)]
    return float(reached.mean()) if reached.size else 0.0


def _most_that_a_plan_costs(problem: Problem) -> int:
    """Every shift paid for all its time, the dearest way to every stop and back.

    Surcharges for overtime, preferences and fairness are not counted: no rival that weighs value can be told them.
    """
    paid = sum(shift.pay.fixed + shift.pay.per_second * (shift.last_finish - shift.opens) for shift in problem.shifts)
    return paid + int(arc_costs(problem).max()) * (len(problem.visits) + len(problem.shifts))
