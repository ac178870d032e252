"""One objective for an engine, and never too large a number in it."""

from dataclasses import replace

import pytest

from solver.engine.weights import Weights, highest_costs, lexicographic, packing
from solver.problem import Objective, Pay, Problem
from solver.units import EXACT
from tests.builders import DAY, problem, shift, visit

DEAR = Pay(fixed=10**9, per_second=10**5, per_metre=10**5, overtime_per_second=10**5)


def heaviest(day: Problem, weights: Weights) -> int:
    """What everything a plan could add up to weighs."""
    prizes = sum(weights.of_prize(max(option.prize for option in visit.options)) for visit in day.visits)
    required = weights.required * sum(visit.required for visit in day.visits)
    return prizes + required + weights.of_cost(highest_costs(day)) + weights.travel * DAY * len(day.shifts)


@pytest.mark.parametrize("objective", list(Objective))
@pytest.mark.parametrize("weigh", [packing, lexicographic])
def test_nothing_a_plan_adds_up_to_reaches_two_to_the_53rd(weigh: type, objective: Objective) -> None:
    visits = [visit(k % 10, prize=10**12 + k, required=k % 2 == 0) for k in range(200)]
    day = problem(*visits, shifts=[shift(pay=DEAR)] * 20, objective=objective)

    assert heaviest(day, weigh(day)) < EXACT


def test_a_prize_outweighs_all_costs_where_value_comes_first() -> None:
    day = problem(visit(1, prize=1), visit(2, prize=3), shifts=[shift(pay=DEAR)])
    weights = lexicographic(day)

    assert weights.of_prize(1) > weights.of_cost(highest_costs(day))


def test_a_required_visit_outweighs_all_prizes() -> None:
    day = problem(visit(1, prize=10**6), visit(2, prize=0, required=True))
    weights = lexicographic(day)

    assert weights.required > weights.of_prize(10**6)


def test_prizes_and_costs_weigh_the_same_where_profit_counts() -> None:
    day = problem(visit(1, prize=50), shifts=[shift(pay=Pay(per_metre=1))], objective=Objective.PROFIT)
    weights = lexicographic(day)

    assert weights.of_prize(50) == weights.of_cost(50)


def test_a_small_prize_is_not_rounded_to_nothing() -> None:
    day = problem(visit(1, prize=1), visit(2, prize=10**15), shifts=[shift(pay=DEAR)])

    assert lexicographic(day).of_prize(1) >= 1


def test_prizes_of_one_denominator_keep_their_order() -> None:
    """Values in 1/3,600,000 as they come from a request: 50 and 51 with costs of 20 shifts beside them."""
    visits = [visit(k % 10, prize=(50 + k % 2) * 3_600_000) for k in range(500)]
    day = problem(*visits, shifts=[shift(pay=Pay(per_second=20_000, per_metre=1_440))] * 20)
    weights = lexicographic(day)

    assert weights.of_prize(51 * 3_600_000) - weights.of_prize(50 * 3_600_000) > weights.of_cost(highest_costs(day))


def test_packing_forgets_what_things_cost() -> None:
    day = problem(visit(1, prize=10), shifts=[shift(pay=DEAR)])

    assert 0 == packing(day).of_cost(10**9)
    assert packing(day) == packing(replace(day, shifts=(shift(),)))
