"""An unpaid break is no paid time, a paid one is.

V lasts until 11:50 and W begins at 12:50, both at house 5 and of 30 minutes: from 11:15 to 13:25 are 130 minutes, lunch
of 30 among them. An hour at 60 is a minute at 1.
"""

import pytest

from service.day.agent import Break, Pay
from service.day.plan import Plan
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    planned,
    shift_json,
    told,
    visit_json,
    window_json,
)
from tests.worlds import agent, day, minutes, rest, shift, visit

V = visit("V", 5, ("11:20", "11:50"), lasts=minutes(30))
W = visit("W", 5, ("12:50", "13:20"), lasts=minutes(30))


def _plan(*breaks: Break, pay: Pay) -> Plan:
    return planned(day(V, W, agents=[agent("A", shift(breaks=breaks), pay=pay)]))


def test_an_unpaid_break_costs_nothing() -> None:
    """130 minutes less 30."""
    plan = _plan(rest("11:00", "13:00"), pay=Pay(per_hour=60))
    metrics = plan.itineraries[0].metrics

    assert (100.0, minutes(130), minutes(100)) == (plan.score.cost.wages, metrics.working, metrics.paid)


def test_a_paid_break_costs_as_much_as_work() -> None:
    """130 minutes."""
    plan = _plan(rest("11:00", "13:00", paid=True), pay=Pay(per_hour=60))
    metrics = plan.itineraries[0].metrics

    assert (130.0, minutes(130), minutes(130)) == (plan.score.cost.wages, metrics.working, metrics.paid)


def test_of_several_breaks_only_the_unpaid_ones_are_taken_off() -> None:
    """130 minutes less 30 of lunch; coffee of 10 is paid."""
    coffee = rest("11:50", "12:50", name="coffee", lasts=minutes(10), paid=True)
    plan = _plan(rest("11:50", "12:20"), coffee, pay=Pay(per_hour=60))
    metrics = plan.itineraries[0].metrics

    assert (100.0, minutes(40), minutes(100)) == (plan.score.cost.wages, metrics.breaks, metrics.paid)


def test_an_unpaid_break_is_not_stretched_to_save_wages() -> None:
    """Lunch is half an hour even where an hour is free; the other half is waiting, and paid."""
    plan = _plan(rest("11:00", "13:00"), pay=Pay(per_hour=60))

    assert {"A/mon": ["11:15 off", "11:20-11:50 V", "11:50-12:20 lunch", "12:50-13:20 W", "13:25 end"]} == told(plan)
    assert minutes(30) == plan.metrics.wait


def test_a_break_in_overtime_is_still_late() -> None:
    """The shift ends at 13:00: 25 minutes of overtime at 1 on top, whoever paid for lunch. 100 + 25."""
    agents = [
        agent(
            "A",
            shift(end="13:00", overtime=minutes(60), breaks=[rest("11:00", "12:30")]),
            pay=Pay(per_hour=60, overtime_per_hour=120),
        )
    ]
    plan = planned(day(V, W, agents=agents))

    assert (125.0, 25.0, minutes(25)) == (plan.score.cost.total, plan.score.cost.overtime, plan.metrics.overtime)


@pytest.mark.parametrize(("paid", "time", "wages"), [(True, "PT2H10M", 130.0), (False, "PT1H40M", 100.0)])
def test_paid_of_the_document_decides_what_a_break_costs(*, paid: bool, time: str, wages: float) -> None:
    """130 minutes with lunch, 100 without."""
    lunch = {"id": "lunch", "duration": "PT30M", "earliest": instant("11:00"), "latest": instant("13:00"), "paid": paid}
    visits = [
        visit_json("V", 5, duration="PT30M", time_windows=[window_json("11:20", "11:50")]),
        visit_json("W", 5, duration="PT30M", time_windows=[window_json("12:50", "13:20")]),
    ]
    agents = [agent_json("A", [shift_json(breaks=[lunch])], cost={"per_hour": 60})]
    plan = plan_json(day_json(visits, agents))

    assert (time, wages) == (found(plan, "itineraries", 0, "metrics", "paid"), found(plan, "score", "cost", "wages"))


def test_a_break_of_the_document_is_unpaid_unless_it_says_otherwise() -> None:
    """130 minutes less 30."""
    lunch = {"id": "lunch", "duration": "PT30M", "earliest": instant("11:00"), "latest": instant("13:00")}
    visits = [
        visit_json("V", 5, duration="PT30M", time_windows=[window_json("11:20", "11:50")]),
        visit_json("W", 5, duration="PT30M", time_windows=[window_json("12:50", "13:20")]),
    ]
    agents = [agent_json("A", [shift_json(breaks=[lunch])], cost={"per_hour": 60})]

    assert 100.0 == found(plan_json(day_json(visits, agents)), "score", "cost", "wages")
