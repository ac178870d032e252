"""How late a stop can begin with the rest of the itinerary still kept: what a dispatcher asks on the phone.

Each is put to the test: begun at its latest start the day breaks no rule, begun a minute later it does.
"""

from tests.features.json_answers import each, listed, measured, stop_of, stops
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)


def broken_if_begun(document: Json, start: str, order: list[str]) -> list[tuple[object, object, object]]:
    """Rules broken when the first visit of the order begins then: code, visit, amount."""
    itinerary: Json = {"shift_id": "A/mon", "visits": order, "starts": {order[0]: instant(start)}}
    violations = listed(measured(document, itinerary), "violations")
    return [(violation["code"], violation["visit_id"], violation["amount"]) for violation in violations]


def test_the_end_of_the_shift_bounds_the_last_stop() -> None:
    """9:30 less three minutes of way back and ten of service is 9:17."""
    document = day_json([visit_json("V", 3)], [agent_json("A", [shift_json(end="9:30")])])

    assert instant("9:17") == stop_of(plan_json(document), "V")["latest_start"]
    assert [] == broken_if_begun(document, "9:17", ["V"])
    assert [("shift_too_short", None, 60)] == broken_if_begun(document, "9:18", ["V"])


def test_the_window_of_the_next_visit_bounds_the_one_before() -> None:
    """W has to begin by 9:32 to be over at 9:42: less two minutes of way and ten of service, V begins by 9:20."""
    visits = [
        visit_json("V", 3, time_windows=[window_json("9:00", "9:40")]),
        visit_json("W", 5, time_windows=[window_json("9:30", "9:42")]),
    ]
    document = day_json(visits)

    plan = plan_json(document)

    assert (["V", "W"], instant("9:20")) == (stops(plan), stop_of(plan, "V")["latest_start"])
    assert [] == broken_if_begun(document, "9:20", ["V", "W"])
    assert [("time_window", "W", 60)] == broken_if_begun(document, "9:21", ["V", "W"])


def test_the_window_of_the_visit_itself_bounds_it() -> None:
    """Over at 9:40, so begun at 9:30."""
    document = day_json([visit_json("V", 3, time_windows=[window_json("9:00", "9:40")])])

    assert instant("9:30") == stop_of(plan_json(document), "V")["latest_start"]
    assert [] == broken_if_begun(document, "9:30", ["V"])
    assert [("time_window", "V", 60)] == broken_if_begun(document, "9:31", ["V"])


def test_waiting_before_the_next_visit_is_room_for_the_one_before() -> None:
    """V is over at 9:13 and W opens at 11:00: there is time until 10:48, the way of two minutes included."""
    visits = [
        visit_json("V", 3, time_windows=[window_json("9:03", "10:58")]),
        visit_json("W", 5, time_windows=[window_json("11:00", "11:10")]),
    ]
    document = day_json(visits)

    assert instant("10:48") == stop_of(plan_json(document), "V")["latest_start"]
    assert [] == broken_if_begun(document, "10:48", ["V", "W"])


def test_a_later_window_of_the_visit_counts_if_the_rest_is_still_kept() -> None:
    """It can be put off to the afternoon: over at 15:10, so begun at 15:00."""
    windows = [window_json("9:00", "9:20"), window_json("15:00", "15:10")]
    document = day_json([visit_json("V", 3, time_windows=windows)])

    stop = stop_of(plan_json(document), "V")

    assert (instant("9:03"), instant("15:00")) == (stop["start"], stop["latest_start"])
    assert [] == broken_if_begun(document, "15:00", ["V"])


def test_what_somebody_else_waits_for_has_to_be_over_by_then() -> None:
    """B begins at 11:00, half an hour after A is done at the latest: 10:30 less ten minutes of service."""
    visits = [
        visit_json("first", 3, agents={"only": ["A"]}),
        visit_json(
            "then",
            3,
            agents={"only": ["B"]},
            after=[{"visit": "first", "min_gap": "PT30M"}],
            time_windows=[window_json("11:00", "11:10")],
        ),
    ]
    document = day_json(visits, [agent_json("A"), agent_json("B")])

    assert instant("10:20") == stop_of(plan_json(document), "first")["latest_start"]


def test_every_latest_start_of_a_fuller_day_holds_and_none_holds_a_minute_longer() -> None:
    """Three visits a house apart, the second with a window: begun too late, something later breaks."""
    visits = [
        visit_json("V", 1),
        visit_json("W", 2, time_windows=[window_json("9:30", "9:50")]),
        visit_json("X", 3, lock={"position": "last"}),
    ]
    document = day_json(visits, [agent_json("A", [shift_json(end="10:10")])])
    plan = plan_json(document)
    order = [str(visit) for visit in stops(plan)]
    stop_list = listed(plan, "itineraries", 0, "stops")

    for number, latest in enumerate(each(plan, "itineraries", 0, "stops", of="latest_start")):
        starts = {str(stop["visit_id"]): stop["start"] for stop in stop_list[:number]}
        for moment, kept in ((str(latest), True), (_a_minute_later(str(latest)), False)):
            itinerary: Json = {"shift_id": "A/mon", "visits": order, "starts": starts | {order[number]: moment}}

            assert kept == (measured(document, itinerary)["violations"] == [])


def _a_minute_later(moment: str) -> str:
    hour, minute = int(moment[11:13]), int(moment[14:16]) + 1
    return instant(f"{hour + minute // 60}:{minute % 60:02}")
