"""The caller's own itineraries are measured like a plan, so that the two can be compared."""

from tests.features.json_answers import each, listed
from tests.features.json_street import Json, agent_json, day_json, found, instant, plan_json, shift_json, visit_json

PAID = {"per_hour": 60, "per_km": 10}
"""A coin a minute, a coin a house."""


def as_now(*visits: str, **keys: object) -> Json:
    return {"itineraries": [{"shift_id": "A/mon", "visits": list(visits)} | keys]}


def test_a_baseline_is_measured_like_a_plan() -> None:
    """V alone: 3 + 10 + 3 = 16 coins of time and 6 of way. With W on the way back to house 1 the plan has 26 and 6."""
    visits = [visit_json("V", 3), visit_json("W", 1)]

    plan = plan_json(day_json(visits, [agent_json("A", cost=PAID)], baseline=as_now("V")))

    assert (50, 22, 0) == measures(found(plan, "baseline"))
    assert (100, 32, 0) == measures(plan)


def test_a_baseline_has_the_figures_of_a_day() -> None:
    """Out to house 3, on to 5, back: ten houses; 10 minutes of way and twice ten of service."""
    visits = [visit_json("V", 3), visit_json("W", 5), visit_json("X", 7)]

    plan = plan_json(day_json(visits, baseline=as_now("V", "W")))

    metrics = found(plan, "baseline", "metrics")
    keys = ("planned", "unassigned", "value", "shifts_used", "working", "driving", "service", "distance_m")
    assert (2, 1, 100, 1, "PT30M", "PT10M", "PT20M", 1000) == tuple(found(metrics, key) for key in keys)


def test_a_baseline_in_another_order_costs_what_that_order_costs() -> None:
    """Out to 9, back to 3, on to 12 and home: 9 + 6 + 9 + 12 = 36 houses. The plan needs 24."""
    visits = [visit_json("V", 3), visit_json("W", 9), visit_json("X", 12)]
    agents = [agent_json("A", cost={"per_km": 10})]

    plan = plan_json(day_json(visits, agents, baseline=as_now("W", "V", "X")))

    assert (36, 24) == (found(plan, "baseline", "score", "cost", "travel"), found(plan, "score", "cost", "travel"))


def test_a_baseline_may_break_rules_and_is_told_which() -> None:
    """3 + 10 + 2 + 10 + 5 = 30 minutes in a shift of 25."""
    visits = [visit_json("V", 3), visit_json("W", 5)]

    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(end="9:25")])], baseline=as_now("V", "W")))

    assert [("shift_too_short", "A/mon", 300)] == [
        (violation["code"], violation["shift_id"], violation["amount"])
        for violation in listed(plan, "baseline", "violations")
    ]
    assert 0 == found(plan, "checks", "violations")


def test_a_baseline_keeps_the_starts_it_is_given() -> None:
    """V at 11:00 is over at 11:10; X, four houses on, cannot begin at 11:12 but two minutes later."""
    visits = [visit_json("V", 3), visit_json("X", 7)]
    starts = {"V": instant("11:00"), "X": instant("11:12")}

    plan = plan_json(day_json(visits, baseline=as_now("V", "X", starts=starts)))

    assert [("travel_time", "X", 120)] == [
        (violation["code"], violation["visit_id"], violation["amount"])
        for violation in listed(plan, "baseline", "violations")
    ]


def test_a_baseline_does_not_decide_anything() -> None:
    visits = [visit_json("V", 3), visit_json("W", 5)]

    plan = plan_json(day_json(visits, baseline=as_now()))

    assert 2 == found(plan, "metrics", "planned")
    assert 0 == found(plan, "baseline", "score", "value")


def test_required_visits_that_a_baseline_misses_are_counted() -> None:
    plan = plan_json(day_json([visit_json("V", 3, required=True), visit_json("W")], baseline=as_now("W")))

    assert (1, 0) == (found(plan, "baseline", "score", "required_missed"), found(plan, "score", "required_missed"))


def test_without_a_baseline_there_is_none() -> None:
    plan = plan_json(day_json([visit_json("V", 3)]))

    assert None is plan["baseline"]
    assert ["no_policy"] == each(plan, "warnings", of="code")


def measures(measured: object) -> tuple[object, object, object]:
    score = found(measured, "score")
    return found(score, "value"), found(score, "cost", "total"), found(score, "required_missed")
