"""The whole service lies in one of the visit's time windows, to the second."""

import pytest

from tests.features.json_answers import entry_of, reasons, stop_of
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)


def from_(start: str) -> Json:
    return agent_json("A", [shift_json(start=start)])


def test_a_visit_of_17_minutes_in_a_morning_until_noon_is_over_at_noon() -> None:
    """Leaving at 11:40, three minutes there: 11:43 + 17 = 12:00."""
    visit = visit_json("V", 3, duration="PT17M", time_windows=[window_json("9:00", "12:00")])

    stop = stop_of(plan_json(day_json([visit], agents=[from_("11:40")])), "V")

    assert (instant("11:43"), instant("12:00")) == (stop["start"], stop["finish"])


def test_a_visit_that_would_be_over_a_minute_after_noon_is_not_made() -> None:
    """Leaving at 11:41: 11:44 + 17 = 12:01, although it begins well inside the window."""
    visit = visit_json("V", 3, duration="PT17M", time_windows=[window_json("9:00", "12:00")])

    plan = plan_json(day_json([visit], agents=[from_("11:41")]))

    assert ["time_window"] == reasons(plan, "V")
    assert "PT1M" == found(entry_of(plan, "V"), "reasons", 0, "would_need")


def test_nobody_begins_before_the_window_opens() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V", 3, time_windows=[window_json("10:00", "10:10")])])), "V")

    assert (instant("10:00"), instant("10:10")) == (stop["start"], stop["finish"])


def test_a_window_shorter_than_the_visit_is_of_no_use_but_another_one_is() -> None:
    visit = visit_json("V", 3, time_windows=[window_json("9:00", "9:09"), window_json("14:00", "14:10")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert instant("14:00") == stop["start"]


@pytest.mark.parametrize(("house", "start"), [(2, "9:02"), (3, "10:00")])
def test_a_visit_that_does_not_fit_into_the_first_window_waits_for_the_second(house: int, start: str) -> None:
    """From house 2 on 9:02 + 10 = 9:12 is just inside; from house 3 on 9:13 is a minute outside."""
    visit = visit_json("V", house, time_windows=[window_json("9:00", "9:12"), window_json("10:00", "11:00")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert instant(start) == stop["start"]


def test_windows_may_be_given_in_any_order() -> None:
    visit = visit_json("V", 3, time_windows=[window_json("15:00", "16:00"), window_json("10:00", "11:00")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert instant("10:00") == stop["start"]


def test_windows_that_touch_are_one() -> None:
    """9:03 to 9:13 goes over from the one into the other."""
    visit = visit_json("V", 3, time_windows=[window_json("9:00", "9:05"), window_json("9:05", "9:13")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert (instant("9:03"), instant("9:13")) == (stop["start"], stop["finish"])
    assert [instant("9:00"), instant("9:13")] == found(stop, "permitted", "window")


def test_windows_a_second_apart_are_two() -> None:
    """9:03 to 9:13 would need the second between them; so it is 9:05:01 to 9:15:01."""
    visit = visit_json("V", 3, time_windows=[window_json("9:00", "9:05"), window_json("9:05:01", "9:20")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert instant("9:05:01") == stop["start"]


def test_without_windows_any_time_of_the_shift_will_do() -> None:
    """13 minutes before the shift ends are enough for ten minutes there and three back."""
    stop = stop_of(plan_json(day_json([visit_json("V", 3)], agents=[from_("16:44")])), "V")

    assert (instant("16:47"), None) == (stop["start"], found(stop, "permitted", "window"))


def test_windows_are_instants_whatever_the_offset_they_are_written_in() -> None:
    """8:00 in London's winter is 10:00 in Helsinki's."""
    window = {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:10:00Z"}

    stop = stop_of(plan_json(day_json([visit_json("V", 3, time_windows=[window])])), "V")

    assert instant("10:00") == stop["start"]


def test_the_order_of_the_day_follows_the_windows() -> None:
    """The farther house first, since it is open early; then back: 9:09 + 10 + 8 minutes of way = 9:27."""
    early = visit_json("early", 9, time_windows=[window_json("9:00", "9:19")])
    late = visit_json("late", 1, time_windows=[window_json("9:27", "9:37")])

    plan = plan_json(day_json([early, late]))

    assert (instant("9:09"), instant("9:27")) == (stop_of(plan, "early")["start"], stop_of(plan, "late")["start"])
