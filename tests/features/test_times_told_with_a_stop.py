"""What a stop tells: way, arrival, waiting, service, departure, and the window that permits it."""

from tests.features.json_answers import listed, stop_of
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

MORNING = [
    visit_json("V", 3, time_windows=[window_json("9:03", "9:13")]),
    visit_json("W", 5, time_windows=[window_json("10:00", "11:00")]),
]
"""V is over at 9:13; W, two houses on, opens at 10:00."""


def test_arrival_is_when_the_way_is_done() -> None:
    """9:13 + 2 = 9:15."""
    stop = stop_of(plan_json(day_json(MORNING)), "W")

    assert (instant("9:15"), "PT2M", 200) == (stop["arrive"], stop["travel"], stop["distance_m"])


def test_waiting_is_told_until_the_window_opens() -> None:
    """9:15 to 10:00 are 45 minutes."""
    stop = stop_of(plan_json(day_json(MORNING)), "W")

    assert ("PT45M", instant("10:00"), instant("10:10"), instant("10:10")) == (
        stop["wait"],
        stop["start"],
        stop["finish"],
        stop["depart"],
    )


def test_set_up_is_no_waiting() -> None:
    """9:15 to 10:00 less five minutes of set-up are 40 minutes."""
    visits = [MORNING[0], MORNING[1] | {"setup": "PT5M"}]

    stop = stop_of(plan_json(day_json(visits)), "W")

    assert ("PT40M", "PT5M") == (stop["wait"], stop["setup"])


def test_who_has_nothing_to_wait_for_does_not_wait() -> None:
    stop = stop_of(plan_json(day_json(MORNING)), "V")

    assert ("PT0S", instant("9:03"), "PT3M", 300) == (stop["wait"], stop["arrive"], stop["travel"], stop["distance_m"])


def test_nobody_leaves_earlier_than_needed() -> None:
    """The first window opens at 10:00, three minutes away: off at 9:57 rather than 57 minutes at the door."""
    plan = plan_json(day_json([visit_json("V", 3, time_windows=[window_json("10:00", "11:00")])]))

    assert (instant("9:57"), "PT0S") == (found(plan, "itineraries", 0, "start"), stop_of(plan, "V")["wait"])


def test_a_stop_tells_the_window_that_holds_it() -> None:
    windows = [window_json("9:00", "9:05"), window_json("10:00", "11:00"), window_json("12:00", "13:00")]

    stop = stop_of(plan_json(day_json([visit_json("V", 3, time_windows=windows)])), "V")

    assert {"window": [instant("10:00"), instant("11:00")], "basis": []} == stop["permitted"]


def test_a_stop_without_windows_tells_none() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V", 3)])), "V")

    assert {"window": None, "basis": []} == stop["permitted"]


def test_the_way_back_is_told_after_the_last_stop() -> None:
    """From house 5: 10:10 + 5 = 10:15."""
    plan = plan_json(day_json(MORNING))

    itinerary = found(plan, "itineraries", 0)
    assert {"location": {"lat": None, "lon": None, "index": 0}, "travel": "PT5M", "distance_m": 500} == found(
        itinerary, "way_back"
    )
    assert instant("10:15") == found(itinerary, "finish")


def test_an_open_end_has_no_way_back() -> None:
    plan = plan_json(day_json(MORNING, [agent_json("A", [shift_json(end_location=None)])]))

    assert (None, instant("10:10")) == (
        found(plan, "itineraries", 0, "way_back"),
        found(plan, "itineraries", 0, "finish"),
    )


def test_the_figures_of_an_itinerary_add_up() -> None:
    """Off at 9:00, back at 10:15: 75 minutes = 10 of way + 20 of service + 45 of waiting; 10 houses are 1000 m."""
    plan = plan_json(day_json(MORNING))

    metrics = found(plan, "itineraries", 0, "metrics")
    told = tuple(found(metrics, key) for key in ("working", "driving", "service", "wait", "distance_m", "visits"))
    assert ("PT1H15M", "PT10M", "PT20M", "PT45M", 1000, 2) == told


def test_the_figures_of_the_day_are_those_of_its_itineraries() -> None:
    """A goes to house 3, B to house 5: 6 + 10 minutes of way, twice ten of service."""
    visits = [visit_json("V", 3, agents={"only": ["A"]}), visit_json("W", 5, agents={"only": ["B"]})]

    plan = plan_json(day_json(visits, [agent_json("A"), agent_json("B")]))

    told = tuple(found(plan, "metrics", key) for key in ("working", "driving", "service", "distance_m", "shifts_used"))
    assert ("PT36M", "PT16M", "PT20M", 1600, 2) == told
    assert 2 == len(listed(plan, "itineraries"))
