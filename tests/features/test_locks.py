"""What a planner has pinned stays: who, when, and at which end of the itinerary."""

import pytest

from tests.features.json_answers import each, reasons, stop_of, stops
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)


@pytest.mark.parametrize("name", ["A", "B"])
def test_a_visit_locked_to_an_agent_is_made_by_that_agent(name: str) -> None:
    """Whoever it is, the other would be cheaper."""
    agents = [agent_json(one, cost={"fixed": 20 if one == name else 0}) for one in ("A", "B")]

    plan = plan_json(day_json([visit_json("V", lock={"agent": name})], agents=agents))

    assert [name] == each(plan, "itineraries", of="agent_id")


def test_a_visit_locked_to_an_instant_begins_then() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V", 3, lock={"start": instant("11:07")})])), "V")

    assert (instant("11:07"), instant("11:17"), instant("11:07")) == (
        stop["start"],
        stop["finish"],
        stop["latest_start"],
    )


@pytest.mark.parametrize("pinned", [1, 9])
@pytest.mark.parametrize(("position", "at"), [("first", 0), ("last", -1)])
def test_a_visit_locked_to_an_end_of_the_itinerary_stands_there(pinned: int, position: str, at: int) -> None:
    """Three visits at houses 1, 5 and 9, and nothing else that would say in which order."""
    visits = [visit_json(f"V-{number}", number) for number in (1, 5, 9)]
    visits[(1, 5, 9).index(pinned)]["lock"] = {"position": position}

    plan = plan_json(day_json(visits))

    assert 3 == found(plan, "metrics", "planned")
    assert f"V-{pinned}" == stops(plan)[at]


def test_a_lock_holds_though_it_costs_a_detour() -> None:
    """Out to house 12 and back would be 24 houses. With 9 first and 12 last it is 9 + 7 to house 2 + 10 + 12 = 38.

    A kilometre, ten houses, costs 10.
    """
    visits = [
        visit_json("V-2", 2),
        visit_json("V-9", 9, lock={"position": "first"}),
        visit_json("V-12", 12, lock={"position": "last"}),
    ]

    plan = plan_json(day_json(visits, [agent_json("A", cost={"per_km": 10})]))

    assert ["V-9", "V-2", "V-12"] == stops(plan)
    assert 38 == found(plan, "score", "cost", "travel")


def test_a_locked_visit_is_required() -> None:
    """12 minutes for one of them at house 1, and the shift has 15."""
    visits = [visit_json("V", priority=100), visit_json("W", priority=1, lock={"agent": "A"})]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:15")])]))

    assert ["W"] == stops(plan)


def test_a_lock_to_an_instant_when_nobody_can_be_there_is_a_required_visit_missed() -> None:
    """House 3 at 9:02 is a minute too early."""
    plan = plan_json(day_json([visit_json("V", 3, lock={"start": instant("9:02")})]))

    assert 1 == found(plan, "score", "required_missed")
    assert ["time_window"] == reasons(plan, "V")
    assert "PT1M" == found(plan, "unassigned", 0, "reasons", 0, "would_need")


def test_a_lock_outside_the_visits_own_windows_is_no_time_at_all() -> None:
    plan = plan_json(
        day_json([visit_json("V", 3, time_windows=[window_json("10:00", "11:00")], lock={"start": instant("12:00")})])
    )

    assert (1, ["time_window"]) == (found(plan, "score", "required_missed"), reasons(plan, "V"))


def test_a_lock_to_somebody_who_may_not_come_is_pointed_out_and_the_visit_left_out() -> None:
    visit = visit_json("V", skills={"kyc": 1}, lock={"agent": "A"})

    plan = plan_json(day_json([visit], agents=[agent_json("A"), agent_json("B", skills={"kyc": 1})]))

    assert "locked_agent_barred" in each(plan, "warnings", of="code")
    assert 1 == found(plan, "score", "required_missed")
    assert {"skill_missing", "agent_not_allowed"} <= set(reasons(plan, "V"))


def test_two_visits_pinned_to_the_same_end_of_one_itinerary_exclude_each_other() -> None:
    visits = [visit_json(name, lock={"position": "first"}) for name in ("V", "W")]

    plan = plan_json(day_json(visits))

    assert (1, 1) == (found(plan, "metrics", "planned"), found(plan, "score", "required_missed"))
    assert "frozen_plan" in reasons(plan, str(found(plan, "unassigned", 0, "visit_id")))
