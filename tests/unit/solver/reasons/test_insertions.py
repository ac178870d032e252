"""Insertions that are legal: what they cost, and why they were not made."""

from solver.problem import Fairness, Limits, Link, Objective, Pay
from solver.reasons import Insertion, Obstacle
from tests.builders import option, problem, shift, visit
from tests.unit.solver.reasons.plans import the_one

BY_METRE = Pay(per_metre=1)


def test_a_legal_insertion_that_the_search_has_missed_is_named() -> None:
    day = problem(visit(1), visit(2, prize=7), shifts=[shift(pay=BY_METRE)])

    found = the_one(day, [0])

    assert Insertion(shift=0, position=0, option=0, start=120, prize=7, cost=1200) == found.insertion
    assert (Obstacle(0, "search_limit", 0),) == found.obstacles


def test_the_cheapest_position_is_told() -> None:
    day = problem(visit(2), visit(5), visit(3), shifts=[shift(end=9, pay=BY_METRE)])

    found = the_one(day, [0, 1])

    assert found.insertion is not None
    assert (1, 0) == (found.insertion.position, found.insertion.cost)


def test_the_cheapest_shift_is_told() -> None:
    day = problem(visit(5), visit(6), shifts=[shift(pay=Pay(fixed=9)), shift(pay=BY_METRE)])

    found = the_one(day, [], [0])

    assert found.insertion is not None
    assert (0, 9) == (found.insertion.shift, found.insertion.cost)
    assert ["search_limit", "search_limit"] == [obstacle.code for obstacle in found.obstacles]


def test_the_option_worth_most_is_told_when_value_comes_first() -> None:
    day = problem(visit(1, prize=5, others=[option(9, prize=6)]), shifts=[shift(pay=BY_METRE)])

    found = the_one(day, [])

    assert found.insertion is not None
    assert (1, 6, 10_800) == (found.insertion.option, found.insertion.prize, found.insertion.cost)


def test_a_visit_worth_nothing_is_not_worth_its_cost_when_value_comes_first() -> None:
    day = problem(visit(1, prize=0), shifts=[shift(pay=BY_METRE)])

    found = the_one(day, [])

    assert (Obstacle(0, "not_worth_cost", 1200),) == found.obstacles
    assert found.insertion is not None


def test_a_required_visit_is_worth_any_cost() -> None:
    day = problem(visit(1, prize=0, required=True), shifts=[shift(pay=BY_METRE)], objective=Objective.PROFIT)

    assert (Obstacle(0, "search_limit", 0),) == the_one(day, []).obstacles


def test_profit_does_not_pay_more_than_the_prize() -> None:
    day = problem(visit(1, prize=1100), shifts=[shift(pay=BY_METRE)], objective=Objective.PROFIT)

    assert (Obstacle(0, "not_worth_cost", 100),) == the_one(day, []).obstacles


def test_profit_pays_less_than_the_prize() -> None:
    day = problem(visit(1, prize=1201), shifts=[shift(pay=BY_METRE)], objective=Objective.PROFIT)

    assert (Obstacle(0, "search_limit", 0),) == the_one(day, []).obstacles


def test_wages_overtime_preferences_and_fixed_cost_count() -> None:
    pay = Pay(fixed=1000, per_second=1, overtime_per_second=2)
    day = problem(visit(5, shifts={0: 50}), shifts=[shift(closes=500, overtime=100, pay=pay)])

    found = the_one(day, [])

    assert found.insertion is not None
    assert 1000 + 600 + 2 * 100 + 50 == found.insertion.cost


def test_fairness_counts() -> None:
    """Two agents: one works two hours, so another hour of the other one makes the day fairer."""
    fairness = Fairness(rate=3600, worked_before=(7200, 0))
    day = problem(visit(0, service=3600), shifts=[shift(agent=0), shift(agent=1)], fairness=fairness)

    found = the_one(day, [], [])

    assert found.insertion is not None
    assert (1, 3600 // 2 - 3600 * 2) == (found.insertion.shift, found.insertion.cost)


def test_an_insertion_that_is_only_legal_by_leaving_later_is_found() -> None:
    """From the first moment on the day would be too long; the second window of the first visit helps."""
    day = problem(visit(1, (0, 60), (1000, 2000)), visit(2, (2000, 3000)), shifts=[shift(limits=Limits(duration=300))])

    found = the_one(day, [0])

    assert found.insertion is not None
    assert 2000 == found.insertion.start


def test_an_insertion_keeps_links_to_other_shifts() -> None:
    """At once it would be too early, and the visit that comes after it may wait."""
    day = problem(visit(5, service=100), visit(1), shifts=[shift(), shift()], links=[Link(0, 1, gap=50)])

    found = the_one(day, [0], [])

    assert found.insertion is not None
    assert found.insertion.start >= 450


def test_an_insertion_comes_after_the_predecessor_on_the_same_route() -> None:
    day = problem(visit(1), visit(9), visit(2), shifts=[shift(pay=BY_METRE)], links=[Link(1, 2)])

    found = the_one(day, [0, 1])

    assert found.insertion is not None
    assert 2 == found.insertion.position


def test_a_visit_that_nobody_could_serve_does_not_fit_alone() -> None:
    day = problem(visit(1), visit(5, (0, 100)))

    assert not the_one(day, [0]).fits_alone


def test_a_visit_that_lost_its_room_to_others_fits_alone() -> None:
    day = problem(visit(0, service=500), visit(0, service=500), shifts=[shift(closes=600)])

    assert the_one(day, [0]).fits_alone


def test_a_visit_too_far_for_the_limits_does_not_fit_alone() -> None:
    day = problem(visit(5), shifts=[shift(limits=Limits(driving=599))])

    assert not the_one(day, []).fits_alone
