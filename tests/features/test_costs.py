"""A shift that is used costs what its agent costs: a fixed sum, working time and kilometres.

V at house 3 makes a day of 3 + 10 + 3 = 16 minutes and 600 m. An hour at 60 is a minute at 1, a kilometre at 10 is a
house at 1.
"""

import pytest

from service.day.agent import Pay
from service.day.request import Objective
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    left_out,
    plan_json,
    planned,
    served,
    visit_json,
)
from tests.worlds import agent, day, minutes, shift, visit


def test_a_used_shift_costs_its_fixed_sum_its_time_and_its_kilometres() -> None:
    """7 + 16 minutes at 1 + 0.6 km at 10 = 29."""
    plan = planned(day(visit("V", 3), agents=[agent("A", pay=Pay(fixed=7, per_hour=60, per_km=10))]))
    cost = plan.score.cost

    assert (29.0, 7.0, 16.0, 6.0) == (cost.total, cost.fixed, cost.wages, cost.travel)
    assert (0.0, 0.0, 0.0) == (cost.overtime, cost.preferences, cost.fairness)
    assert 29.0 == plan.itineraries[0].metrics.cost


def test_a_shift_that_is_not_used_costs_nothing() -> None:
    """B stays at home: only one fixed sum is due."""
    agents = [agent("A", pay=Pay(fixed=7)), agent("B", pay=Pay(fixed=1000))]
    plan = planned(day(visit("V", 3), agents=agents))

    assert ({"A/mon": ["V"]}, 7.0) == (served(plan), plan.score.cost.total)


def test_the_fixed_sum_is_due_for_every_shift_that_is_used() -> None:
    """V needs the morning and W the afternoon: 7 twice."""
    shifts = [shift("9:00", "12:00", name="A/1"), shift("13:00", "17:00", name="A/2")]
    visits = [visit("V", 3, ("10:00", "11:00")), visit("W", 3, ("14:00", "15:00"))]
    plan = planned(day(*visits, agents=[agent("A", *shifts, pay=Pay(fixed=7))]))

    assert 14.0 == plan.score.cost.fixed


def test_the_cheaper_agent_goes() -> None:
    """16 minutes at 1 are 16, a fixed sum of 15 is less."""
    agents = [agent("A", pay=Pay(per_hour=60)), agent("B", pay=Pay(fixed=15))]
    plan = planned(day(visit("V", 3), agents=agents))

    assert ({"B/mon": ["V"]}, 15.0) == (served(plan), plan.score.cost.total)


def test_a_fixed_sum_keeps_the_work_with_those_who_are_out_already() -> None:
    """V and W at house 3 are one day of 26 minutes for one agent: 100 + 26, not 200 + 16 + 16."""
    agents = [agent(name, pay=Pay(fixed=100, per_hour=60)) for name in ("A", "B")]
    plan = planned(day(visit("V", 3), visit("W", 3), agents=agents))

    assert (1, 126.0) == (len(plan.itineraries), plan.score.cost.total)


def test_kilometres_make_the_shortest_way_the_best() -> None:
    """To house 10 and back by the others are 2 km at 10; to 4, 10, 7 and 0 as well, but to 10, 4, 7 and 0 26 houses."""
    visits = [visit("U", 4), visit("V", 10), visit("W", 7)]
    plan = planned(day(*visits, agents=[agent("A", pay=Pay(per_km=10))]))

    assert (2000, 20.0) == (plan.metrics.distance_m, plan.score.cost.total)


def test_waiting_is_working_time() -> None:
    """V is possible at 9:30 and W at 10:00, both at house 3: from 9:27 to 10:13 are 46 minutes, 20 of them waiting."""
    visits = [visit("V", 3, ("9:30", "9:40")), visit("W", 3, ("10:00", "10:10"))]
    plan = planned(day(*visits, agents=[agent("A", pay=Pay(per_hour=60))]))

    assert (46.0, minutes(20)) == (plan.score.cost.wages, plan.metrics.wait)


def test_a_visit_goes_where_nobody_has_to_wait_for_it() -> None:
    """Both by A: 9:27 to 12:13, 166 minutes. One each: 16 and 16, at 1 a minute and 50 for each agent 132."""
    visits = [visit("V", 3, ("9:30", "9:40")), visit("W", 3, ("12:00", "12:10"))]
    agents = [agent(name, pay=Pay(fixed=50, per_hour=60)) for name in ("A", "B")]
    plan = planned(day(*visits, agents=agents))

    assert (2, 132.0) == (len(plan.itineraries), plan.score.cost.total)


def test_costs_decide_nothing_against_value_when_value_comes_first() -> None:
    """V is worth 1 and costs 1016."""
    plan = planned(day(visit("V", 3, priority=1), agents=[agent("A", pay=Pay(fixed=1000, per_hour=60))]))

    assert (1.0, 1016.0) == (plan.score.value, plan.score.cost.total)


@pytest.mark.parametrize(("value", "goes"), [(28.0, False), (30.0, True)])
def test_in_profit_mode_a_visit_has_to_pay_for_the_day_it_makes(*, value: float, goes: bool) -> None:
    """The day costs 7 + 16 + 6 = 29."""
    agents = [agent("A", pay=Pay(fixed=7, per_hour=60, per_km=10))]
    plan = planned(day(visit("V", 3, value=value), agents=agents, objective=Objective(mode="profit")))

    assert ({"A/mon": ["V"]} if goes else {}) == served(plan)


def test_what_does_not_pay_is_said_to_cost_more_than_it_is_worth() -> None:
    """28 against 29, and the plan names both."""
    agents = [agent("A", pay=Pay(fixed=7, per_hour=60, per_km=10))]
    plan = planned(day(visit("V", 3, value=28), agents=agents, objective=Objective(mode="profit")))
    unassigned = left_out(plan, "V")

    assert ["not_worth_cost"] == [each.code for each in unassigned.reasons]
    assert unassigned.best_insertion is not None
    assert (28.0, 29.0) == (unassigned.best_insertion.value, unassigned.best_insertion.cost)


@pytest.mark.parametrize(
    ("cost", "kind", "figure"),
    [
        ({"fixed": 7}, "fixed", 7.0),
        ({"per_hour": 60}, "wages", 16.0),
        ({"per_km": 10}, "travel", 6.0),
        ({"fixed": 0.5, "per_hour": 0.75, "per_km": 0.25}, "total", 0.5 + 0.2 + 0.15),
    ],
)
def test_the_costs_of_the_document_are_those_of_the_plan(cost: Json, kind: str, figure: float) -> None:
    """16 minutes and 600 m; at 0.75 an hour and 0.25 a kilometre they cost 0.20 and 0.15."""
    plan = plan_json(day_json([visit_json("V", 3)], [agent_json("A", cost=cost)], currency="EUR"))

    assert figure == found(plan, "score", "cost", kind)
    assert ("EUR", figure) == (found(plan, "currency"), found(plan, "itineraries", 0, "metrics", "cost"))
