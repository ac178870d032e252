"""In rush hours the roads are slow: ways take longer, whoever is on them, second by second.

The street at half pace from 12 to 14 o'clock, unless said otherwise.
"""

import pytest

from tests.features.json_answers import entry_of, listed, measured, reasons, stop_of
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    instant,
    matrix_json,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)


def slowdown(start: str, end: str, factor: float) -> Json:
    return {"from": start, "to": end, "factor": factor}


NOON = slowdown("12:00", "14:00", 2)
PAID: Json = {"cost": {"per_hour": 60}}
"""A coin a minute, so that time matters."""


def slow(*slowdowns: Json, profile: str = "car") -> Json:
    """The street with these slowdowns."""
    matrices = [matrix_json(profile, minute=60)]
    return {"source": "matrix", "matrices": matrices, "slowdowns": list(slowdowns or (NOON,))}


def works(begins: str, ends: str, **more: object) -> list[Json]:
    return [agent_json("A", [shift_json(start=begins, end=ends) | more])]


def test_ways_take_longer_and_say_so() -> None:
    plan = plan_json(day_json([visit_json("V", 5)], works("12:00", "13:00"), travel=slow()))
    stop = stop_of(plan, "V")

    assert (instant("12:10"), "PT10M", 500) == (stop["arrive"], stop["travel"], stop["distance_m"])
    assert ("PT10M", instant("12:30")) == (
        found(plan, "itineraries", 0, "way_back", "travel"),
        found(plan, "itineraries", 0, "finish"),
    )
    assert "PT20M" == found(plan, "metrics", "driving")


def test_only_what_is_driven_in_the_rush_hour_takes_longer() -> None:
    """Five minutes of the way before noon, five minutes' worth after it."""
    visit = visit_json("V", 10, time_windows=[window_json("12:10", "12:20")])
    stop = stop_of(plan_json(day_json([visit], travel=slow())), "V")

    assert ("PT15M", instant("12:10")) == (stop["travel"], stop["start"])


def test_who_cannot_be_there_in_time_because_of_it_does_not_go() -> None:
    """Six minutes are enough for five houses, but not at noon; it is ten that it takes."""
    visit = visit_json("V", 5, time_windows=[window_json("12:00", "12:16")])
    plan = plan_json(day_json([visit], works("12:00", "17:00"), travel=slow()))

    assert ["time_window"] == reasons(plan, "V")
    assert "PT4M" == found(entry_of(plan, "V"), "reasons", 0, "would_need")


def test_where_hours_are_paid_people_leave_after_the_rush_hour() -> None:
    plan = plan_json(day_json([visit_json("V", 5)], [works("12:00", "17:00")[0] | PAID], travel=slow()))

    assert (instant("14:00"), 20) == (found(plan, "itineraries", 0, "start"), found(plan, "score", "cost", "total"))


def test_the_latest_start_leaves_time_for_the_rush_hour() -> None:
    """Back by 12:10, of which ten minutes are worth five: away by 12:00 from house 5, ten minutes after the start."""
    plan = plan_json(day_json([visit_json("V", 5)], works("9:00", "12:10"), travel=slow()))

    assert instant("11:50") == stop_of(plan, "V")["latest_start"]


def test_a_limit_of_driving_counts_time_at_the_wheel() -> None:
    limits = {"limits": {"driving": "PT19M"}}
    plan = plan_json(day_json([visit_json("V", 5)], works("12:00", "13:00", **limits), travel=slow()))

    assert ["max_driving"] == reasons(plan, "V")
    assert "PT1M" == found(entry_of(plan, "V"), "reasons", 0, "would_need")


@pytest.mark.parametrize("profile", ["foot", "bicycle"])
def test_nobody_on_foot_or_on_a_bicycle_is_slowed_down(profile: str) -> None:
    agents = [works("12:00", "13:00")[0] | {"profile": profile}]
    plan = plan_json(day_json([visit_json("V", 5)], agents, travel=slow(profile=profile)))

    assert "PT5M" == stop_of(plan, "V")["travel"]
    assert "slowdowns_idle" in {warning["code"] for warning in listed(plan, "warnings")}


def test_the_clock_is_that_of_the_plans_time_zone() -> None:
    """Noon in London is two o'clock in the zone that the instants are written in."""
    plan = plan_json(day_json([visit_json("V", 5)], works("14:00", "15:00"), travel=slow(), timezone="Europe/London"))

    assert "PT10M" == stop_of(plan, "V")["travel"]


def test_without_a_time_zone_it_is_the_clock_where_the_first_shift_starts() -> None:
    shift = shift_json(start="14:00", end="15:00", start_location={"index": 0, "lat": 51.5, "lon": -0.1})
    plan = plan_json(day_json([visit_json("V", 5)], [agent_json("A", [shift])], travel=slow(), timezone=None))

    assert "PT10M" == stop_of(plan, "V")["travel"]


def test_the_rush_hour_comes_every_day() -> None:
    shifts = [shift_json(f"A/{day}", "12:00", "13:00", day=day) for day in (2, 3)]
    visits = [visit_json(f"V-{day}", 5, time_windows=[window_json("12:00", "13:00", day)]) for day in (2, 3)]
    plan = plan_json(day_json(visits, [agent_json("A", shifts)], travel=slow()))

    assert ["PT10M", "PT10M"] == [stop_of(plan, visit)["travel"] for visit in ("V-2", "V-3")]


@pytest.mark.parametrize("start", ["23:30", "1:00"])
def test_a_slowdown_may_go_on_over_midnight(start: str) -> None:
    night = slowdown("23:00", "02:00", 2)
    day = 2 if start == "23:30" else 3
    agents = works("9:00", "17:00", start=instant(start, day), end=instant("5:00", 3))
    plan = plan_json(day_json([visit_json("V", 5)], agents, travel=slow(night)))

    assert "PT10M" == stop_of(plan, "V")["travel"]


def test_a_slowdown_may_last_all_day() -> None:
    plan = plan_json(day_json([visit_json("V", 5)], travel=slow(slowdown("00:00", "24:00", 1.6))))

    assert "PT8M" == stop_of(plan, "V")["travel"]


def test_each_hour_has_its_own_factor() -> None:
    """Six houses at noon: four by eight past, the other two take four minutes each."""
    roads = slow(slowdown("12:08", "14:00", 4), slowdown("11:00", "12:08", 2))
    plan = plan_json(day_json([visit_json("V", 6)], works("12:00", "13:00"), travel=roads))

    assert "PT16M" == stop_of(plan, "V")["travel"]


def test_a_break_on_the_road_stands_still_and_the_way_goes_on_at_the_pace_of_then() -> None:
    """Two houses before noon, then half an hour's rest, then three houses at half pace."""
    rest = {"id": "lunch", "duration": "PT30M", "earliest": instant("12:00"), "latest": instant("12:00")}
    plan = plan_json(day_json([visit_json("V", 5)], works("11:58", "14:00", breaks=[rest]), travel=slow()))
    stop = stop_of(plan, "V")

    assert (instant("12:36"), "PT8M") == (stop["arrive"], stop["travel"])


def test_given_itineraries_are_driven_through_the_rush_hour_too() -> None:
    """W is two houses on: four minutes at noon."""
    day = day_json([visit_json("V", 5), visit_json("W", 7)], works("12:00", "17:00"), travel=slow())
    given: Json = {"shift_id": "A/mon", "visits": ["V", "W"]}
    in_time = measured(day, given | {"starts": {"V": instant("12:10"), "W": instant("12:24")}})
    too_soon = measured(day, given | {"starts": {"V": instant("12:10"), "W": instant("12:23")}})

    assert ([], "PT4M") == (in_time["violations"], stop_of(in_time, "W")["travel"])
    assert [("travel_time", "W", 60)] == [
        (broken["code"], broken["visit_id"], broken["amount"]) for broken in listed(too_soon, "violations")
    ]


def test_a_factor_of_one_changes_nothing() -> None:
    visits = [visit_json("V", 5)]
    slowed = plan_json(day_json(visits, travel=slow(slowdown("12:00", "14:00", 1))))
    plain = plan_json(day_json(visits))

    assert (plain["itineraries"], plain["score"]) == (slowed["itineraries"], slowed["score"])
