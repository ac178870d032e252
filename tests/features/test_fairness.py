"""Work is shared out evenly as far as the request pays for it, and a hard past evens out.

``fairness`` is a price per squared hour of every agent's distance from the mean working time, past included. A visit of
50 minutes at house 5 makes a day of 5 + 50 + 5 = 60 minutes, two of them one of 5 + 50 + 50 + 5 = 110.
"""

import pytest

from service.day.agent import Pay
from service.day.request import Objective
from service.day.visit import Visit
from tests.features.json_street import agent_json, day_json, found, plan_json, planned, served, visit_json
from tests.worlds import agent, day, minutes, visit

A_MINUTE = Pay(per_hour=60)
"""A minute of work costs 1."""


def _hour(name: str) -> Visit:
    return visit(name, 5, lasts=minutes(50))


def test_without_a_price_of_unequal_work_one_agent_does_it_all_if_that_is_cheaper() -> None:
    """One day of 110 minutes costs 110, two of 60 cost 120."""
    plan = planned(day(_hour("V"), _hour("W"), agents=[agent("A", pay=A_MINUTE), agent("B", pay=A_MINUTE)]))

    assert (1, 110.0) == (len(plan.itineraries), plan.score.cost.total)


def test_a_price_of_unequal_work_makes_them_share() -> None:
    """All by one: each is 55 minutes from the mean, 2 x (55/60)² x 10 = 16.81, more than the 10 that sharing costs."""
    agents = [agent("A", pay=A_MINUTE), agent("B", pay=A_MINUTE)]
    plan = planned(day(_hour("V"), _hour("W"), agents=agents, objective=Objective(fairness=10)))

    assert [1, 1] == [len(visits) for visits in served(plan).values()]
    assert (120.0, 0.0) == (plan.score.cost.total, plan.score.cost.fairness)


def test_a_price_too_low_for_the_detour_does_not() -> None:
    """2 x (55/60)² x 5 = 8.402778 is less than the 10 that sharing costs: 110 + 8.402778."""
    agents = [agent("A", pay=A_MINUTE), agent("B", pay=A_MINUTE)]
    plan = planned(day(_hour("V"), _hour("W"), agents=agents, objective=Objective(fairness=5)))

    assert 1 == len(plan.itineraries)
    assert pytest.approx(8.402778, abs=1e-6) == plan.score.cost.fairness
    assert pytest.approx(118.402778, abs=1e-6) == plan.score.cost.total


def test_who_has_worked_less_before_gets_the_visit() -> None:
    """A has worked 3 h and B 2 h: with the hour of V both come to 3 h, and nothing is unequal."""
    agents = [agent("A", worked=minutes(180)), agent("B", worked=minutes(120))]
    plan = planned(day(_hour("V"), agents=agents, objective=Objective(fairness=1)))

    assert ({"B/mon": ["V"]}, 0.0) == (served(plan), plan.score.cost.fairness)


def test_the_past_counts_even_if_the_rested_agent_costs_more() -> None:
    """A for an hour costs 60, B 65. By A: 4 h and 2 h, 1 h from the mean each, 2 x 10 = 20. By B: 3 h each, 0."""
    agents = [
        agent("A", worked=minutes(180), pay=A_MINUTE),
        agent("B", worked=minutes(120), pay=Pay(per_hour=65)),
    ]
    fair = planned(day(_hour("V"), agents=agents, objective=Objective(fairness=10)))
    cheap = planned(day(_hour("V"), agents=agents))

    assert ({"B/mon": ["V"]}, 65.0) == (served(fair), fair.score.cost.total)
    assert ({"A/mon": ["V"]}, 60.0) == (served(cheap), cheap.score.cost.total)


def test_the_past_counts_for_nothing_without_a_price() -> None:
    """A has worked 30 h more than B, but is cheaper by the minute."""
    agents = [agent("A", worked=minutes(1800), pay=A_MINUTE), agent("B", pay=Pay(per_hour=61))]
    plan = planned(day(_hour("V"), agents=agents))

    assert ({"A/mon": ["V"]}, 0.0) == (served(plan), plan.score.cost.fairness)


def test_what_is_unequal_is_priced_even_if_nobody_can_help_it() -> None:
    """A has worked 5 h, B 0 h and now 1 h: 2 h from the mean of 3 h each, 2 x 4 = 8 squared hours at 1.5 are 12."""
    agents = [agent("A", worked=minutes(300)), agent("B")]
    plan = planned(day(_hour("V"), agents=agents, objective=Objective(fairness=1.5)))

    assert ({"B/mon": ["V"]}, 12.0, 12.0) == (served(plan), plan.score.cost.fairness, plan.score.cost.total)


def test_fairness_never_costs_a_visit_when_value_comes_first() -> None:
    """A alone may serve V: 1 h and 0 h, half an hour from the mean each, 2 x 0.25 x 1000 = 500, ten times its value."""
    only = visit("V", 5, lasts=minutes(50), only=["A"])
    plan = planned(day(only, agents=[agent("A"), agent("B")], objective=Objective(fairness=1000)))

    assert ({"A/mon": ["V"]}, 50.0, 500.0) == (served(plan), plan.score.value, plan.score.cost.fairness)


def test_in_profit_mode_a_visit_has_to_pay_for_the_unequal_work_it_makes() -> None:
    """The same at a rate of 90 would make 45 unequal (value 50, served), at 110 it would make 55 (left out)."""
    only = visit("V", 5, lasts=minutes(50), only=["A"])
    cheap, dear = (
        planned(day(only, agents=[agent("A"), agent("B")], objective=Objective(mode="profit", fairness=rate)))
        for rate in (90, 110)
    )

    assert {"A/mon": ["V"]} == served(cheap)
    assert {} == served(dear)


def test_history_and_fairness_of_the_document_decide_who_goes() -> None:
    """A has worked 3 h, B 1 h; after V (1 h) 3 h and 2 h: half an hour from the mean each, 0.5 squared hours at 8."""
    agents = [agent_json("A", history={"worked": "PT3H"}), agent_json("B", history={"worked": "PT1H"})]
    visits = [visit_json("V", 5, duration="PT50M")]
    plan = plan_json(day_json(visits, agents, objective={"fairness": 8}))

    assert "B" == found(plan, "itineraries", 0, "agent_id")
    assert 4.0 == found(plan, "score", "cost", "fairness")
