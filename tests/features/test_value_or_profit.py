"""What a better plan is: value first and then cost, or a profit to which every visit has to contribute.

A minute of work costs one coin. House 5 and back is 5 + 10 + 5 = 20 coins.
"""

import pytest

from tests.features.json_answers import each, entry_of, reasons, stops
from tests.features.json_street import Json, agent_json, day_json, found, instant, plan_json, visit_json

A_COIN_A_MINUTE = {"per_hour": 60}
PAID = [agent_json("A", cost=A_COIN_A_MINUTE)]
PROFIT = {"mode": "profit"}


@pytest.mark.parametrize("keys", [{}, {"objective": {}}, {"objective": {"mode": "value_first"}}])
def test_by_value_a_visit_is_made_whatever_it_costs(keys: Json) -> None:
    plan = plan_json(day_json([visit_json("V", 5, value=1)], PAID, **keys))

    assert (["V"], 1, 20) == (stops(plan), found(plan, "score", "value"), found(plan, "score", "cost", "total"))


@pytest.mark.parametrize(("value", "made"), [(21, 1), (19, 0)])
def test_by_profit_a_visit_has_to_pay_for_its_detour(value: float, made: int) -> None:
    plan = plan_json(day_json([visit_json("V", 5, value=value)], PAID, objective=PROFIT))

    assert made == found(plan, "metrics", "planned")


def test_a_visit_that_does_not_pay_is_left_out_and_told_what_it_would_cost() -> None:
    plan = plan_json(day_json([visit_json("V", 5, value=19)], PAID, objective=PROFIT))

    assert ["not_worth_cost"] == reasons(plan, "V")
    assert {
        "agent_id": "A",
        "shift_id": "A/mon",
        "position": 0,
        "start": instant("9:05"),
        "value": 19,
        "cost": 20,
    } == entry_of(plan, "V")["best_insertion"]


@pytest.mark.parametrize(("value", "made"), [(11, ["V", "W"]), (9, ["W"])])
def test_a_visit_on_the_way_has_to_pay_only_for_what_it_adds(value: float, made: list[str]) -> None:
    """House 3 lies on the way to house 5: its ten minutes are all it adds."""
    visits = [visit_json("V", 3, value=value), visit_json("W", 5, value=100)]

    plan = plan_json(day_json(visits, PAID, objective=PROFIT))

    assert made == sorted(map(str, stops(plan)))


@pytest.mark.parametrize(("fixed", "made"), [(29, 2), (31, 0)])
def test_two_visits_may_pay_together_for_what_neither_pays_alone(fixed: float, made: int) -> None:
    """At house 5 both take 30 minutes and are worth 30 each: 30 are left for sending somebody."""
    agents = [agent_json("A", cost=A_COIN_A_MINUTE | {"fixed": fixed})]
    visits = [visit_json("V", 5, value=30), visit_json("W", 5, value=30)]

    plan = plan_json(day_json(visits, agents, objective=PROFIT))

    assert made == found(plan, "metrics", "planned")


def test_a_required_visit_is_made_at_any_loss() -> None:
    plan = plan_json(day_json([visit_json("V", 5, value=1, required=True)], PAID, objective=PROFIT))

    assert (["V"], 20) == (stops(plan), found(plan, "score", "cost", "total"))


def test_by_profit_a_day_that_pays_for_nothing_stays_empty() -> None:
    plan = plan_json(day_json([visit_json("V", 5, value=1)], PAID, objective=PROFIT))

    assert ([], 0, 0) == (plan["itineraries"], found(plan, "score", "value"), found(plan, "score", "cost", "total"))


def test_by_profit_the_dearer_way_is_taken_if_it_earns_more() -> None:
    """At house 1: 12 coins for 30, 18 left. At house 5: 20 coins for 45, 25 left."""
    visit = visit_json("V", 1, value=30, options=[{"id": "far", "location": {"index": 5}, "value_factor": 1.5}])

    plan = plan_json(day_json([visit], PAID, objective=PROFIT))

    assert "far" == found(plan, "itineraries", 0, "stops", 0, "option")


def test_by_profit_the_cheaper_way_is_taken_if_it_leaves_more() -> None:
    """At house 5: 20 coins for 45, 25 left. At house 15: 40 coins for 60, 20 left; by value it is house 15."""
    visit = visit_json("V", 5, value=45, options=[{"id": "far", "location": {"index": 15}, "value_factor": 60 / 45}])

    by_profit = plan_json(day_json([visit], PAID, objective=PROFIT))
    by_value = plan_json(day_json([visit], PAID))

    assert (None, "far") == tuple(found(plan, "itineraries", 0, "stops", 0, "option") for plan in (by_profit, by_value))


def test_of_plans_of_the_same_value_the_cheaper_one_is_made() -> None:
    agents = [agent_json("A", cost={"per_hour": 61}), agent_json("B", cost=A_COIN_A_MINUTE)]

    plan = plan_json(day_json([visit_json("V", 5)], agents))

    assert (["B"], 20) == (each(plan, "itineraries", of="agent_id"), found(plan, "score", "cost", "total"))
