"""Overtime is used where it gains something, up to its limit, at its own price.

V at house 3 makes a day of 3 + 10 + 3 = 16 minutes; in a shift from 9:00 to 9:10 six of them are overtime.
"""

import pytest

from service.day.agent import Agent, Pay
from service.day.request import Objective
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    planned,
    reason,
    served,
    shift_json,
    told,
    visit_json,
)
from tests.worlds import NO_COST, agent, day, minutes, shift, visit


def _short_day(overtime: float, pay: Pay = NO_COST) -> Agent:
    return agent("A", shift("9:00", "9:10", overtime=minutes(overtime)), pay=pay)


def test_overtime_gets_a_visit_done() -> None:
    """Six minutes are needed and allowed."""
    plan = planned(day(visit("V", 3), agents=[_short_day(6)]))

    assert {"A/mon": ["9:00 off", "9:03-9:13 V", "9:16 end"]} == told(plan)
    assert (minutes(6), minutes(6)) == (plan.metrics.overtime, plan.itineraries[0].metrics.overtime)


def test_there_is_no_more_overtime_than_allowed() -> None:
    """Five minutes are allowed: one is lacking."""
    plan = planned(day(visit("V", 3), agents=[_short_day(5)]))
    why = reason(plan, "V")

    assert {} == served(plan)
    assert ("shift_too_short", minutes(1)) == (why.code, why.would_need)


def test_there_is_no_overtime_unless_it_is_allowed() -> None:
    """Nothing is said of it, and six minutes are lacking."""
    why = reason(planned(day(visit("V", 3), agents=[agent("A", shift("9:00", "9:10"))])), "V")

    assert ("shift_too_short", minutes(6)) == (why.code, why.would_need)


def test_an_hour_of_overtime_costs_its_own_rate_instead() -> None:
    """10 minutes at 1 and 6 at 2 are 22: 16 of wages and 6 on top for overtime."""
    plan = planned(day(visit("V", 3), agents=[_short_day(30, Pay(per_hour=60, overtime_per_hour=120))]))
    cost = plan.score.cost

    assert (22.0, 16.0, 6.0) == (cost.total, cost.wages, cost.overtime)


def test_without_a_rate_of_its_own_overtime_costs_what_other_hours_cost() -> None:
    """16 minutes at 1."""
    plan = planned(day(visit("V", 3), agents=[_short_day(30, Pay(per_hour=60))]))

    assert (16.0, 0.0) == (plan.score.cost.total, plan.score.cost.overtime)


def test_overtime_has_its_price_where_hours_have_none() -> None:
    """6 minutes at 2."""
    plan = planned(day(visit("V", 3), agents=[_short_day(30, Pay(overtime_per_hour=120))]))

    assert (12.0, 0.0, 12.0) == (plan.score.cost.total, plan.score.cost.wages, plan.score.cost.overtime)


def test_nobody_works_overtime_if_somebody_else_has_time() -> None:
    """A would need 6 minutes of overtime at 2 each, B none."""
    pay = Pay(per_hour=60, overtime_per_hour=120)
    plan = planned(day(visit("V", 3), agents=[_short_day(30, pay), agent("B", pay=pay)]))

    assert ({"B/mon": ["V"]}, 16.0) == (served(plan), plan.score.cost.total)


def test_nobody_works_overtime_if_the_visit_can_be_earlier() -> None:
    """The shift ends at 10:00; V is possible at 9:40 and at 9:50, but from the latter the way back ends at 10:03."""
    agents = [agent("A", shift("9:00", "10:00", overtime=minutes(30)), pay=Pay(overtime_per_hour=120))]
    plan = planned(day(visit("V", 3, ("9:50", "10:00"), ("9:40", "9:50")), agents=agents))

    assert ({"A/mon": ["9:37 off", "9:40-9:50 V", "9:53 end"]}, 0.0) == (told(plan), plan.score.cost.overtime)


@pytest.mark.parametrize(("value", "goes"), [(21.0, False), (23.0, True)])
def test_in_profit_mode_overtime_is_used_only_if_it_pays(*, value: float, goes: bool) -> None:
    """10 minutes at 1 and 6 at 2 are 22."""
    agents = [_short_day(30, Pay(per_hour=60, overtime_per_hour=120))]
    plan = planned(day(visit("V", 3, value=value), agents=agents, objective=Objective(mode="profit")))

    assert ({"A/mon": ["V"]} if goes else {}) == served(plan)


def test_in_profit_mode_only_the_visit_that_needs_overtime_has_to_pay_for_it() -> None:
    """V alone is home at 9:16 and costs 16 of 20. W at the same door adds 10 minutes of overtime at 2: 20 of 19."""
    agents = [agent("A", shift("9:00", "9:16", overtime=minutes(30)), pay=Pay(per_hour=60, overtime_per_hour=120))]
    visits = [visit("V", 3, value=20), visit("W", 3, value=19)]
    plan = planned(day(*visits, agents=agents, objective=Objective(mode="profit")))

    assert {"A/mon": ["V"]} == served(plan)
    assert "not_worth_cost" == reason(plan, "W").code


def test_value_comes_before_overtime_when_value_comes_first() -> None:
    """V is worth 1, and its overtime costs 6 minutes at 100."""
    plan = planned(day(visit("V", 3, priority=1), agents=[_short_day(30, Pay(overtime_per_hour=6000))]))

    assert (1.0, 600.0) == (plan.score.value, plan.score.cost.overtime)


def test_overtime_and_its_rate_are_those_of_the_document() -> None:
    """Of 30 minutes allowed 6 are used, at 2 each instead of 1."""
    shifts = [shift_json(end="9:10", overtime="PT30M")]
    agents = [agent_json("A", shifts, cost={"per_hour": 60, "overtime_per_hour": 120})]
    plan = plan_json(day_json([visit_json("V", 3)], agents))

    assert instant("9:16") == found(plan, "itineraries", 0, "finish")
    assert ("PT6M", "PT6M") == (
        found(plan, "itineraries", 0, "metrics", "overtime"),
        found(plan, "metrics", "overtime"),
    )
    assert (22.0, 6.0) == (found(plan, "score", "cost", "total"), found(plan, "score", "cost", "overtime"))


def test_overtime_of_the_document_is_limited() -> None:
    """6 minutes are needed, 4 and a half are allowed: 1 min 30 s lack."""
    plan = plan_json(day_json([visit_json("V", 3)], [agent_json("A", [shift_json(end="9:10", overtime="PT4M30S")])]))

    assert ("shift_too_short", "PT1M30S") == (
        found(plan, "unassigned", 0, "reasons", 0, "code"),
        found(plan, "unassigned", 0, "reasons", 0, "would_need"),
    )
