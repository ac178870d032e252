"""The figures of a day can be checked by head: every minute of a shift is driving, service, set-up, waiting or a break.

The day: to V at house 3, where set-up takes 2 minutes and service 10; lunch of 30 minutes, unpaid, at twelve; W at
house 8 opens at 13:00 and takes 20 minutes; home. An hour at 60 is a minute at 1, a kilometre at 10 is a house at 1.

    11:18 off    3 minutes of way and 2 of set-up
    11:23-11:33  V, which opens at 11:23
    11:38        5 minutes of way, then 22 minutes until lunch
    12:00-12:30  lunch, then 30 minutes until W opens
    13:00-13:20  W
    13:28        8 minutes of way: home after 130 minutes
"""

from dataclasses import replace
from typing import Final

import pytest

from service.day.agent import Agent, Pay
from service.day.plan import Plan
from service.day.visit import AgentRules
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
from tests.worlds import agent, at, day, minutes, rest, shift, visit

V: Final = visit("V", 3, ("11:23", "11:33"), setup=minutes(2), priority=70)
W: Final = visit("W", 8, ("13:00", "13:20"), lasts=minutes(20), value=12.5)
A: Final = agent("A", shift(breaks=[rest("12:00", "12:00")]), pay=Pay(fixed=5, per_hour=60, per_km=10))


def _plan(*others: Agent) -> Plan:
    return planned(day(V, W, agents=[A, *others]))


def test_the_day_is_as_it_was_worked_out() -> None:
    """As at the top."""
    assert {"A/mon": ["11:18 off", "11:23-11:33 V", "12:00-12:30 lunch", "13:00-13:20 W", "13:28 end"]} == told(_plan())


def test_the_minutes_of_a_shift_add_up() -> None:
    """3 + 5 + 8 of driving, 10 + 20 of service, 2 of set-up, 30 of lunch, 22 + 30 of waiting: 130."""
    metrics = _plan().itineraries[0].metrics

    assert (minutes(130), minutes(100)) == (metrics.working, metrics.paid)
    assert (minutes(16), minutes(30), minutes(2), minutes(30), minutes(52)) == (
        metrics.driving,
        metrics.service,
        metrics.setup,
        metrics.breaks,
        metrics.wait,
    )
    assert metrics.working == metrics.driving + metrics.service + metrics.setup + metrics.breaks + metrics.wait
    assert (minutes(0), 1600, 2) == (metrics.overtime, metrics.distance_m, metrics.visits)


def test_the_cost_of_a_shift_adds_up() -> None:
    """5 fixed, 100 paid minutes at 1, 1.6 km at 10."""
    plan = _plan()
    cost = plan.score.cost

    assert (5.0, 100.0, 16.0, 121.0) == (cost.fixed, cost.wages, cost.travel, cost.total)
    assert 121.0 == plan.itineraries[0].metrics.cost


def test_the_value_is_that_of_the_visits_served() -> None:
    """70 by priority, 12.5 by value."""
    plan = _plan()

    assert (82.5, 82.5, 82.5) == (plan.score.value, plan.metrics.value, plan.itineraries[0].metrics.value)
    assert (0, 82.5, 0.0) == (plan.score.required_missed, plan.score.value_bound, plan.score.gap_percent)


def test_each_stop_says_its_way_its_waiting_and_its_set_up() -> None:
    """There at 11:21 and 11:38; before W 82 minutes go by, 30 of them lunch."""
    v, w = _plan().itineraries[0].visits

    assert (at("11:21"), minutes(3), 300, minutes(2), minutes(0)) == (v.arrive, v.travel, v.distance_m, v.setup, v.wait)
    assert (at("11:38"), minutes(5), 500, minutes(0), minutes(52)) == (
        w.arrive,
        w.travel,
        w.distance_m,
        w.setup,
        w.wait,
    )
    assert (at("11:33"), at("13:20")) == (v.depart, w.depart)


def test_the_way_back_is_told_too() -> None:
    """From house 8 to house 0."""
    way_back = _plan().itineraries[0].way_back

    assert way_back is not None
    assert (minutes(8), 800, 0) == (way_back.travel, way_back.distance_m, way_back.place.index)


def test_the_figures_of_the_plan_are_the_sums_of_its_shifts() -> None:
    """V and W are for A, X for B: 4 + 10 + 4 minutes and 800 m more. Nobody may serve Y."""
    by_a = [replace(each, agents=AgentRules(only=frozenset("A"))) for each in (V, W)]
    visits = [*by_a, visit("X", 4, only=["B"], priority=10), visit("Y", 1, only=["nobody"])]
    plan = planned(day(*visits, agents=[A, agent("B", pay=Pay(fixed=3))]))
    metrics = plan.metrics

    assert (3, 1, 2, 92.5) == (metrics.planned, metrics.unassigned, metrics.shifts_used, metrics.value)
    assert (minutes(130 + 18), minutes(16 + 8), minutes(30 + 10)) == (metrics.working, metrics.driving, metrics.service)
    assert (minutes(52), minutes(0), 2400) == (metrics.wait, metrics.overtime, metrics.distance_m)
    assert 121.0 + 3.0 == plan.score.cost.total


def test_the_figures_stand_in_the_document() -> None:
    """The same day as JSON."""
    lunch = {"id": "lunch", "duration": "PT30M", "earliest": instant("12:00"), "latest": instant("12:00")}
    visits = [
        visit_json("V", 3, setup="PT2M", priority=70, time_windows=[window_json("11:23", "11:33")]),
        visit_json("W", 8, duration="PT20M", value=12.5, time_windows=[window_json("13:00", "13:20")]),
    ]
    cost = {"fixed": 5, "per_hour": 60, "per_km": 10}
    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(breaks=[lunch])], cost=cost)]))

    assert {
        "visits": 2,
        "value": 82.5,
        "cost": 121.0,
        "working": "PT2H10M",
        "paid": "PT1H40M",
        "driving": "PT16M",
        "service": "PT30M",
        "setup": "PT2M",
        "wait": "PT52M",
        "breaks": "PT30M",
        "overtime": "PT0S",
        "distance_m": 1600,
        "expected_contacts": None,
    } == found(plan, "itineraries", 0, "metrics")
    assert {
        "planned": 2,
        "unassigned": 0,
        "value": 82.5,
        "shifts_used": 1,
        "working": "PT2H10M",
        "driving": "PT16M",
        "service": "PT30M",
        "wait": "PT52M",
        "overtime": "PT0S",
        "distance_m": 1600,
        "expected_contacts": None,
    } == found(plan, "metrics")
    assert {
        "value": 82.5,
        "value_bound": 82.5,
        "gap_percent": 0.0,
        "required_missed": 0,
        "cost": {
            "total": 121.0,
            "fixed": 5.0,
            "travel": 16.0,
            "wages": 100.0,
            "overtime": 0.0,
            "preferences": 0.0,
            "fairness": 0.0,
        },
    } == found(plan, "score")


@pytest.mark.parametrize("required", [True, False])
def test_required_visits_that_are_missed_are_counted(*, required: bool) -> None:
    """Y may be served by nobody."""
    plan = planned(day(V, visit("Y", 1, only=["nobody"], required=required), agents=[A]))

    assert (1 if required else 0) == plan.score.required_missed
