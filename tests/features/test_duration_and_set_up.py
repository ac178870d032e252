"""How long a visit takes, and the set-up that is spent once at each address."""

import pytest

from tests.features.json_answers import stop_of, stops
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


@pytest.mark.parametrize(
    ("duration", "finish"), [("PT17M", "9:20"), ("PT1H5M", "10:08"), ("PT1M30S", "9:04:30"), ("PT0S", "9:03")]
)
def test_a_visit_takes_as_long_as_it_says(duration: str, finish: str) -> None:
    """From 9:03 on."""
    stop = stop_of(plan_json(day_json([visit_json("V", 3, duration=duration)])), "V")

    assert (instant("9:03"), instant(finish), instant(finish)) == (stop["start"], stop["finish"], stop["depart"])


def test_set_up_lies_between_arrival_and_service() -> None:
    """Three minutes there, five of set-up, ten of service."""
    stop = stop_of(plan_json(day_json([visit_json("V", 3, setup="PT5M")])), "V")

    assert (instant("9:03"), "PT5M", "PT0S") == (stop["arrive"], stop["setup"], stop["wait"])
    assert (instant("9:08"), instant("9:18")) == (stop["start"], stop["finish"])


@pytest.mark.parametrize(("end", "made"), [("9:31", 2), ("9:30", 1)])
def test_at_one_address_set_up_is_spent_once(end: str, made: int) -> None:
    """3 + 5 + 10 + 10 + 3 = 31 minutes: a second set-up would make it 36, none at all 26."""
    visits = [visit_json(name, 3, setup="PT5M") for name in ("V", "W")]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end=end)])]))

    assert made == found(plan, "metrics", "planned")


def test_the_second_visit_at_an_address_begins_when_the_first_is_over() -> None:
    visits = [visit_json(name, 3, setup="PT5M") for name in ("V", "W")]

    plan = plan_json(day_json(visits))

    stop = stop_of(plan, str(stops(plan)[1]))
    assert (instant("9:18"), instant("9:18"), "PT0S", "PT0S") == (
        stop["arrive"],
        stop["start"],
        stop["setup"],
        stop["travel"],
    )


@pytest.mark.parametrize(("end", "made"), [("9:38", 2), ("9:37", 1)])
def test_at_the_next_address_it_is_spent_again(end: str, made: int) -> None:
    """3 + 5 + 10 + 1 + 5 + 10 + 4 = 38 minutes."""
    visits = [visit_json("V", 3, setup="PT5M"), visit_json("W", 4, setup="PT5M")]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end=end)])]))

    assert made == found(plan, "metrics", "planned")


def test_set_up_is_no_presence_and_may_be_done_before_the_window_opens() -> None:
    """There at 9:03, ready at 9:08, and the window holds just the ten minutes from then on."""
    visit = visit_json("V", 3, setup="PT5M", time_windows=[window_json("9:08", "9:18")])

    stop = stop_of(plan_json(day_json([visit])), "V")

    assert (instant("9:08"), instant("9:18")) == (stop["start"], stop["finish"])


def test_where_the_agent_starts_from_nothing_needs_to_be_set_up() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V", 0, setup="PT5M")])), "V")

    assert (instant("9:00"), "PT0S") == (stop["start"], stop["setup"])
