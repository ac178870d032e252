"""A visit can be made in one of several ways: elsewhere, at other times, at another value. At most one is used."""

from tests.features.json_answers import reasons, stop_of
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

HALF_AN_HOUR = agent_json("A", [shift_json(end="9:30")])
"""Holds what lies up to ten houses away: 10 + 10 + 10."""


def test_another_place_serves_where_the_visits_own_is_too_far() -> None:
    """Home: 20 + 10 + 20 = 50 minutes. Work: 2 + 10 + 2 = 14."""
    visit = visit_json("V", 20, options=[{"id": "work", "location": {"index": 2}}])

    stop = stop_of(plan_json(day_json([visit], agents=[HALF_AN_HOUR])), "V")

    assert ("work", 2, instant("9:02")) == (stop["option"], found(stop, "location", "index"), stop["start"])


def test_a_stop_without_option_is_at_the_visits_own_place_and_time() -> None:
    visit = visit_json("V", 3, options=[{"id": "work", "location": {"index": 20}}])

    stop = stop_of(plan_json(day_json([visit], agents=[HALF_AN_HOUR])), "V")

    assert (None, 3, instant("9:03")) == (stop["option"], found(stop, "location", "index"), stop["start"])


def test_another_time_serves_where_the_visits_own_is_out_of_hours() -> None:
    visit = visit_json(
        "V",
        3,
        time_windows=[window_json("18:00", "20:00")],
        options=[{"id": "noon", "time_windows": [window_json("12:00", "12:10")]}],
    )

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert ("noon", 3, instant("12:00")) == (stop["option"], found(stop, "location", "index"), stop["start"])
    assert [instant("12:00"), instant("12:10")] == found(stop, "permitted", "window")


def test_an_option_keeps_the_windows_of_the_visit_if_it_has_none_of_its_own() -> None:
    visit = visit_json(
        "V", 20, time_windows=[window_json("9:12", "9:22")], options=[{"id": "work", "location": {"index": 2}}]
    )

    stop = stop_of(plan_json(day_json([visit], agents=[HALF_AN_HOUR])), "V")

    assert ("work", instant("9:12")) == (stop["option"], stop["start"])


def test_the_option_of_the_most_value_is_chosen() -> None:
    """100, 60 or 150, though the third is by far the longest way."""
    visit = visit_json(
        "V",
        3,
        priority=100,
        options=[
            {"id": "work", "location": {"index": 1}, "value_factor": 0.6},
            {"id": "cabin", "location": {"index": 20}, "value_factor": 1.5},
        ],
    )

    plan = plan_json(day_json([visit]))

    assert "cabin" == stop_of(plan, "V")["option"]
    assert (150, 150) == (found(plan, "score", "value"), found(plan, "itineraries", 0, "metrics", "value"))


def test_a_visit_served_in_a_lesser_way_is_worth_less() -> None:
    """60 % of 80, where the visit's own place is out of reach."""
    visit = visit_json("V", 20, priority=80, options=[{"id": "work", "location": {"index": 2}, "value_factor": 0.6}])

    plan = plan_json(day_json([visit], agents=[HALF_AN_HOUR]))

    assert 48 == found(plan, "score", "value")


def test_a_lesser_way_of_one_visit_may_make_room_for_another() -> None:
    """Each at home: 50 + 50, but 9 + 10 + 9 = 28 minutes leave no room. By work V still gives 45, and W 50.

    1 + 10 + 10 + 1 = 22 minutes in a shift of 30.
    """
    visit = visit_json("V", 9, options=[{"id": "work", "location": {"index": 1}, "value_factor": 0.9}])

    plan = plan_json(day_json([visit, visit_json("W", 1)], agents=[HALF_AN_HOUR]))

    assert ("work", None) == (stop_of(plan, "V")["option"], stop_of(plan, "W")["option"])
    assert 95 == found(plan, "score", "value")


def test_a_visit_is_made_once_however_many_options_there_are() -> None:
    options = [{"id": f"way {number}", "location": {"index": number}} for number in range(1, 5)]

    plan = plan_json(day_json([visit_json("V", 5, options=options)], agents=[agent_json("A"), agent_json("B")]))

    assert (1, 50, 1) == (
        found(plan, "metrics", "planned"),
        found(plan, "score", "value"),
        found(plan, "itineraries", 0, "metrics", "visits"),
    )


def test_a_visit_is_left_out_when_none_of_its_ways_can_be_used() -> None:
    visit = visit_json("V", 20, options=[{"id": "work", "location": {"index": 11}}])

    plan = plan_json(day_json([visit], agents=[HALF_AN_HOUR]))

    assert ["shift_too_short"] == reasons(plan, "V")
    assert "PT2M" == found(plan, "unassigned", 0, "reasons", 0, "would_need"), "11 + 10 + 11 = 32 of 30 minutes"
