"""A day to measure on, and what the best known plan of it is worth."""

from dataclasses import dataclass
from enum import StrEnum

from solver.problem import Problem
from solver.solution import Score
from solver.units import Prize


class Measure(StrEnum):
    """The one figure by which plans of an instance are compared, and which way is better."""

    VALUE = "value"
    """Value collected; more is better."""
    COST = "cost"
    """Cost, all visits being required; less is better."""
    LOSS = "loss"
    """Cost plus the value left behind, of days planned for profit; less is better."""

    def figure(self, score: Score, offered: Prize) -> int | None:
        """The figure of a plan; ``None`` if it leaves out a required visit. ``offered`` is all value there is."""
        if score.required_missed:
            return None
        if self is Measure.VALUE:
            return score.prize
        if self is Measure.COST:
            return score.costs.total
        return score.costs.total + offered - score.prize

    def gap(self, figure: float, reference: float) -> float:
        """How much worse than the reference, in per cent of it; negative = better."""
        worse = reference - figure if self is Measure.VALUE else figure - reference
        return 100 * worse / reference if reference else 0.0

    def better(self, one: float, other: float) -> bool:
        """Whether the first of two figures is the better one."""
        return one > other if self is Measure.VALUE else one < other


@dataclass(frozen=True, slots=True)
class Instance:
    """One day; ``best_known`` is the literature's figure, if it has one."""

    problem: Problem
    best_known: int | None = None

    @property
    def offered(self) -> Prize:
        """All value on offer: the best option of every visit."""
        return sum(max(option.prize for option in visit.options) for visit in self.problem.visits)
