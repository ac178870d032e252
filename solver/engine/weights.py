"""What prizes, costs and travel weigh in an engine's one objective, on a scale that cannot overflow.

OR-Tools adds everything up in 64-bit numbers without a word when they run over (weights of 1e16 once cost a plan two
thirds of its value), and hands some of it to solvers that count in doubles. So the sum of all that a plan could
possibly weigh stays below 2^53; where the exact numbers are too large for that, they are rounded here. Plans are
compared exactly elsewhere.
"""

from dataclasses import dataclass
from math import gcd
from typing import Final

import numpy as np

from solver.problem import Objective, Problem
from solver.units import EXACT, UNREACHABLE, Cost, Prize, Seconds

CEILING: Final = EXACT // 8
"""What all of a plan may weigh together; the factor leaves room for penalties that a search adds on its own."""

FINEST_PRIZES: Final = 1 << 22
"""Grains that all prizes together are counted in, if their greatest common divisor does not ask for fewer."""

WORTH_OF_A_VISIT: Final = 10
"""An average visit is worth so many average ways to a near neighbour while packing. With lexicographic weights the
search freezes in its first local optimum (1.8 points of value lost on TOPTW)."""

NEAREST: Final = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of one unit each; ``required`` is that of a required visit left out, more than all else together."""

    cost: float
    travel: int
    prize_grain: float
    prize: float
    required: int

    def of_cost(self, cost: Cost) -> int:
        """Weight of a cost."""
        return round(cost * self.cost)

    def of_prize(self, prize: Prize) -> int:
        """Weight of a prize; no prize is rounded to nothing."""
        if prize == 0:
            return 0
        return max(1, round(max(1, round(prize / self.prize_grain)) * self.prize))


def packing(problem: Problem) -> Weights:
    """Much prize on little travel, whatever it costs otherwise: prizes soft enough for the search to move on."""
    prizes = _prizes(problem)
    mean = max(1.0, sum(prizes) / max(1, len(prizes)))
    travel = 10
    prize = WORTH_OF_A_VISIT * travel * _near(problem) / mean
    rest = sum(prizes) * prize + travel * _longest_day(problem) * len(problem.shifts)
    return Weights(cost=0.0, travel=travel, prize_grain=1.0, prize=prize, required=_above(rest))


def lexicographic(problem: Problem) -> Weights:
    """The objective itself as far as the scale can tell: prizes first, then cost; or prizes minus costs."""
    prizes, costs = _prizes(problem), highest_costs(problem)
    if costs == 0:
        return _without_prices(problem)
    room = CEILING // (1 + sum(visit.required for visit in problem.visits))
    if problem.objective is Objective.PROFIT:
        scale = min(1.0, room / (2 * max(1, sum(prizes) + costs)))
        return Weights(scale, 0, 1.0, scale, required=_above(scale * (sum(prizes) + costs)))
    grain = max(1.0, gcd(*prizes), sum(prizes) / FINEST_PRIZES)
    grains = sum(max(1, round(prize / grain)) for prize in prizes)
    scale = min(1.0, room / (2 * max(1, grains) * max(1, costs)))
    prize = _above(scale * costs)
    return Weights(scale, 0, grain, prize, required=_above(scale * costs + grains * prize))


def _without_prices(problem: Problem) -> Weights:
    """Prizes, and less travel between equals: where nothing has a price, the search still needs a way downhill."""
    prizes, travel = _prizes(problem), _longest_day(problem) * len(problem.shifts)
    room = CEILING // (1 + sum(visit.required for visit in problem.visits))
    finest = min(FINEST_PRIZES, max(1, room // (2 * _above(travel))))
    grain = max(1.0, gcd(*prizes), sum(prizes) / finest)
    grains = sum(max(1, round(prize / grain)) for prize in prizes)
    prize = _above(travel)
    return Weights(0.0, 1, grain, prize, required=_above(travel + grains * prize))


def highest_costs(problem: Problem) -> Cost:
    """More than any plan costs, fairness aside: all shifts out from first to last, all places reached the long way."""
    total = 0
    longest = max((int(matrix.metres.max(initial=0)) for matrix in problem.travel), default=0)
    for shift in problem.shifts:
        pay = shift.pay
        total += (
            pay.fixed + pay.per_second * (shift.last_finish - shift.opens) + pay.overtime_per_second * shift.overtime
        )
        total += pay.per_metre * 2 * longest
    dearest = max((shift.pay.per_metre for shift in problem.shifts), default=0)
    total += dearest * longest * len(problem.visits)
    for visit in problem.visits:
        total += max((max((option.shifts or {}).values(), default=0) for option in visit.options), default=0)
    return total


def _prizes(problem: Problem) -> list[Prize]:
    return [max(option.prize for option in visit.options) for visit in problem.visits]


def _longest_day(problem: Problem) -> Seconds:
    return max((shift.last_finish - shift.opens for shift in problem.shifts), default=0)


def _near(problem: Problem) -> float:
    """Mean way from a place to its nearest few others that visits lie at, at least a second."""
    places = sorted({option.place for visit in problem.visits for option in visit.options})
    seconds = problem.travel[0].seconds[np.ix_(places, places)].astype(np.float64)
    seconds[seconds >= UNREACHABLE] = np.nan
    np.fill_diagonal(seconds, np.nan)
    nearest = np.sort(seconds, axis=1)[:, :NEAREST]
    known = nearest[np.isfinite(nearest)]
    return max(1.0, float(known.mean())) if known.size else 1.0


def _above(weight: float) -> int:
    return int(weight) + 1
