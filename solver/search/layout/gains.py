"""What the search would pay for each option: the part of Facts that is weighed anew as a plan takes shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, TypedDict

import numpy as np

from solver.problem import Objective, Pay, Problem
from solver.search.arrays import Whole
from solver.search.layout.legs import Legs
from solver.search.layout.visits import Scale
from solver.solution import Served

LEGS: Final = 3.5
SERVICES: Final = 1.0
MOST_LEGS: Final = 12.0
"""Gain of a visit at the margin: so many short legs, and as many more as would be driven during so many services, but
no more than that in all. Decision 0005."""

MOST: Final = 1e9
"""What all visits gain together at most, in the same measure, for sums of gains and costs to be exact enough."""


def counts_profit(problem: Problem) -> bool:
    """Whether visits have to pay for themselves: where nothing costs anything all of them do."""
    visits, shifts = problem.visits, problem.shifts
    priced = (
        any(shift.pay != Pay() for shift in shifts)
        or any(any((option.shifts or {}).values()) for visit in visits for option in visit.options)
        or problem.fairness is not None
    )
    return problem.objective is Objective.PROFIT and priced


class GainArrays(TypedDict):
    """The part of Facts that says what options are worth."""

    gain: Whole
    gain_in_units: Whole
    best_gain: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """How prizes become gains.

    Where value comes first a visit at the margin, one that may be left out for another, is made worth some legs: so
    much that none is left out to save a detour, so little that the search still moves.
    """

    prize: Whole  # (options,)
    required: Whole  # (options,)
    first_option: Whole  # (visits,)
    scale: float
    worth: float
    """Gain of a visit at the margin."""
    unit: int
    dearest: int
    """More than any detour costs."""
    by_value: bool

    @classmethod
    def of(cls, problem: Problem, legs: Legs, options: Sequence[Served], scale: Scale) -> Self:
        """The gains of a day on which that is usual."""
        return cls(
            prize=np.array([problem.visits[k].options[o].prize for k, o in options], dtype=np.int64),
            required=np.array([problem.visits[k].required for k, _ in options], dtype=np.int64),
            first_option=np.array([j for j, served in enumerate(options) if served.option == 0], dtype=np.int64),
            scale=scale.leg,
            worth=scale.leg * min(MOST_LEGS, LEGS + SERVICES * scale.service),
            unit=legs.unit,
            dearest=4 * legs.unit * int(legs.arrays["price"].max()) + max(shift.pay.fixed for shift in problem.shifts),
            by_value=not counts_profit(problem),
        )

    def rate(self, margin: float) -> float:
        """Costs to a unit of prize where what is left out has a mean prize of ``margin``."""
        if not self.by_value:
            return 1.0
        least = float(self.prize.sum()) * MOST_LEGS / MOST
        mean = float(np.maximum.reduceat(self.prize, self.first_option).mean())
        return self.worth / max(1e-9, least, min(margin, mean))

    def arrays(self, rate: float) -> GainArrays:
        """Gains at so many costs to a unit of prize. To be required adds more than any other visit or detour."""
        gain = np.rint(self.prize * rate).astype(np.int64)
        if self.by_value:
            gain[self.prize > 0] = np.maximum(self.unit, gain[self.prize > 0])
        gain += self.required * max(int(10 * (gain.max() + 10 * self.scale)), self.dearest)
        in_units = gain // self.unit
        return GainArrays(gain=gain, gain_in_units=in_units, best_gain=np.maximum.reduceat(in_units, self.first_option))
