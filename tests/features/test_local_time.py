"""Times are told by the clock at the door, and count as they really pass, also when clocks change."""

import pytest

from tests.features.json_answers import listed, reasons, stop_of
from tests.features.json_street import Json, agent_json, day_json, found, instant, plan_json, visit_json

SPRING: Json = {"start": "2026-03-29T02:00:00+02:00", "end": "2026-03-29T06:00:00+03:00"}
"""Clocks go from 3:00 to 4:00: three hours pass."""
AUTUMN: Json = {"start": "2026-10-25T03:30:00+03:00", "end": "2026-10-25T03:30:00+02:00"}
"""Clocks go from 4:00 back to 3:00: an hour passes though the clock shows the same."""


def works(hours: Json) -> list[Json]:
    return [agent_json("A", [{"id": "A/1", "start_location": {"index": 0}} | hours])]


def without_zone(document: Json) -> Json:
    del document["timezone"]
    return document


def test_a_plan_is_told_in_its_own_zone_whatever_the_request_was_written_in() -> None:
    """7:00 in UTC is 9:00 in Helsinki."""
    hours: Json = {"start": "2026-03-02T07:00:00Z", "end": "2026-03-02T15:00:00Z"}

    plan = plan_json(day_json([visit_json("V", 3)], works(hours)))

    assert "2026-03-02T09:00:00+02:00" == found(plan, "itineraries", 0, "start")
    assert "2026-03-02T09:03:00+02:00" == stop_of(plan, "V")["start"]


def test_a_visit_may_have_a_zone_of_its_own() -> None:
    """9:03 in Helsinki is 8:03 across the water."""
    plan = plan_json(day_json([visit_json("V", 3, timezone="Europe/Stockholm"), visit_json("W", 3)]))

    first, second = listed(plan, "itineraries", 0, "stops")
    starts = {first["visit_id"]: first, second["visit_id"]: second}
    assert "+01:00" == str(starts["V"]["start"])[-6:] == str(starts["V"]["latest_start"])[-6:]
    assert "+02:00" == str(starts["W"]["start"])[-6:]


def test_the_window_told_is_in_the_zone_of_the_visit_too() -> None:
    window = {"start": instant("10:00"), "end": instant("11:00")}

    plan = plan_json(day_json([visit_json("V", 3, timezone="Europe/Stockholm", time_windows=[window])]))

    assert ["2026-03-02T09:00:00+01:00", "2026-03-02T10:00:00+01:00"] == found(
        stop_of(plan, "V"), "permitted", "window"
    )


def test_without_a_zone_it_is_that_of_the_place() -> None:
    """The visit is in Stockholm, the agent starts in Helsinki; the request is in UTC."""
    hours: Json = {"start": "2026-03-02T07:00:00Z", "end": "2026-03-02T15:00:00Z"}
    start: Json = {"start_location": {"index": 0, "lat": 60.17, "lon": 24.94}}
    agents = [agent_json("A", [{"id": "A/1"} | start | hours])]
    visit = visit_json("V", location={"index": 3, "lat": 59.33, "lon": 18.07})

    plan = plan_json(without_zone(day_json([visit], agents)))

    assert "2026-03-02T09:00:00+02:00" == found(plan, "itineraries", 0, "start")
    assert "2026-03-02T08:03:00+01:00" == stop_of(plan, "V")["start"]


def test_without_zone_and_coordinates_it_is_the_offset_the_shift_was_written_in() -> None:
    hours: Json = {"start": "2026-03-02T09:00:00+05:30", "end": "2026-03-02T17:00:00+05:30"}

    plan = plan_json(without_zone(day_json([visit_json("V", 3)], works(hours))))

    assert "2026-03-02T09:03:00+05:30" == stop_of(plan, "V")["start"]


def test_in_the_night_of_spring_an_hour_is_missing() -> None:
    """5 + 170 + 5 = 180 minutes: just the three hours that pass from 2:00 to 6:00."""
    plan = plan_json(day_json([visit_json("V", 5, duration="PT170M")], works(SPRING)))

    stop = stop_of(plan, "V")
    assert ("2026-03-29T02:05:00+02:00", "2026-03-29T05:55:00+03:00") == (stop["start"], stop["finish"])
    assert "PT3H" == found(plan, "itineraries", 0, "metrics", "working")


def test_a_visit_that_only_the_clock_would_allow_is_not_made_in_spring() -> None:
    """5 + 171 + 5 = 181 minutes."""
    plan = plan_json(day_json([visit_json("V", 5, duration="PT171M")], works(SPRING)))

    assert ["shift_too_short"] == reasons(plan, "V")
    assert "PT1M" == found(plan, "unassigned", 0, "reasons", 0, "would_need")


@pytest.mark.parametrize(("duration", "made"), [("PT50M", 1), ("PT51M", 0)])
def test_in_the_night_of_autumn_there_is_an_hour_that_no_clock_shows(duration: str, made: int) -> None:
    """5 + 50 + 5 = 60 minutes, from 3:30 to 3:30."""
    plan = plan_json(day_json([visit_json("V", 5, duration=duration, time_windows=[AUTUMN])], works(AUTUMN)))

    assert made == found(plan, "metrics", "planned")


def test_the_hour_of_autumn_is_told_with_both_offsets() -> None:
    """From 3:35 on: 25 minutes of summer, 25 of winter."""
    plan = plan_json(day_json([visit_json("V", 5, duration="PT50M")], works(AUTUMN)))

    stop = stop_of(plan, "V")
    assert ("2026-10-25T03:35:00+03:00", "2026-10-25T03:25:00+02:00") == (stop["start"], stop["finish"])
