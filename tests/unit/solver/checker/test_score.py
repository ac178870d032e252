"""The score is added up anew, part by part."""

from dataclasses import replace

import pytest

from solver.checker import Code, Violation, check
from solver.problem import Fairness, Pay
from solver.solution import Costs, Score, Solution
from tests.builders import HOUR, problem, shift, visit
from tests.unit.solver.checker.street_day import DAY, PLAN, route, stop, with_stop


@pytest.mark.parametrize("kind", ["fixed", "travel", "wages", "overtime", "preferences", "fairness"])
def test_each_kind_of_cost_wrong_by_one_is_found(kind: str) -> None:
    costs = replace(PLAN.score.costs, **{kind: getattr(PLAN.score.costs, kind) - 1})

    assert check(DAY, replace(PLAN, score=replace(PLAN.score, costs=costs))) == (Violation(Code.SCORE, None, None, 1),)


def test_a_prize_wrong_by_one_is_found() -> None:
    score = replace(PLAN.score, prize=PLAN.score.prize + 1)

    assert check(DAY, replace(PLAN, score=score)) == (Violation(Code.SCORE, None, None, 1),)


def test_a_required_visit_that_is_not_counted_as_missed_is_found() -> None:
    score = replace(PLAN.score, required_missed=0)

    assert check(DAY, replace(PLAN, score=score)) == (Violation(Code.SCORE, None, None, 1),)


def test_the_score_of_a_plan_that_breaks_a_rule_is_checked_too() -> None:
    late = replace(PLAN.routes[1], depart=961)
    plan = replace(PLAN, routes=(PLAN.routes[0], late))

    assert check(DAY, plan) == (Violation(Code.TRAVEL_TIME, 1, 4, 1),)


def test_the_score_of_visits_that_do_not_exist_is_nobodys_business() -> None:
    assert check(DAY, with_stop(PLAN, 4, visit=7)) == (Violation(Code.UNKNOWN, 1, 7, 1),)


def test_wages_run_from_departure_to_finish_and_not_from_the_opening_of_the_shift() -> None:
    day = problem(visit(1), shifts=[shift(pay=Pay(per_second=1))])
    plan = Solution((route(0, 10, 12, [stop(0, 11, 11, 11, 24 * 60 - 1)]),), Score(0, 1, Costs(wages=120)))

    assert check(day, plan) == ()


def test_fairness_is_rounded_down_once() -> None:
    """Half an hour against none: each is a quarter of an hour from the mean, 2/16 squared hours at 9 are 1.125."""
    day = problem(
        visit(0, service=HOUR // 2),
        shifts=[shift(), shift(agent=1)],
        fairness=Fairness(rate=9, worked_before=(0, 0)),
    )
    plan = Solution(
        (route(0, 0, 30, [stop(0, 0, 0, 30, 24 * 60 - 30)]),),
        Score(0, 1, Costs(fairness=1)),
    )

    assert check(day, plan) == ()


def test_what_agents_worked_before_counts_for_fairness() -> None:
    """An hour now and none before against none now and an hour before is as even as can be."""
    day = problem(
        visit(0, service=HOUR),
        shifts=[shift(), shift(agent=1)],
        fairness=Fairness(rate=9, worked_before=(0, HOUR)),
    )
    plan = Solution((route(0, 0, 60, [stop(0, 0, 0, 60, 23 * 60)]),), Score(0, 1, Costs()))

    assert check(day, plan) == ()
