"""A shift starts where it says and ends there again, at another place, or wherever its last visit is."""

from datetime import timedelta

import pytest

from service.day.agent import Limits, Pay
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    planned,
    reason,
    served,
    shift_json,
    told,
    visit_json,
)
from tests.worlds import agent, at, day, minutes, shift, visit


def test_the_agent_leaves_from_the_start_place() -> None:
    """From house 20 to V at 18 it is 2 minutes; the way back to house 20 takes 2 again."""
    agents = [agent("A", shift(start_house=20, end_house=20))]
    plan = planned(day(visit("V", 18), agents=agents))

    assert {"A/mon": ["9:00 off", "9:02-9:12 V", "9:14 end"]} == told(plan)


def test_the_agent_ends_at_the_end_place() -> None:
    """0 to 3 takes 3 minutes, 3 to 10 takes 7: 20 minutes in all, 13 of them on the road and 1000 m."""
    plan = planned(day(visit("V", 3), agents=[agent("A", shift(end_house=10))]))
    (itinerary,) = plan.itineraries

    assert {"A/mon": ["9:00 off", "9:03-9:13 V", "9:20 end"]} == told(plan)
    assert (minutes(10), 1000) == (itinerary.metrics.driving, itinerary.metrics.distance_m)
    assert itinerary.way_back is not None
    assert (minutes(7), 700, 10) == (
        itinerary.way_back.travel,
        itinerary.way_back.distance_m,
        itinerary.way_back.place.index,
    )


def test_with_an_open_end_the_day_is_over_after_the_last_visit() -> None:
    """0 to 3 takes 3 minutes, the service 10; nobody drives back."""
    plan = planned(day(visit("V", 3), agents=[agent("A", shift(end_house=None))]))
    (itinerary,) = plan.itineraries

    assert {"A/mon": ["9:00 off", "9:03-9:13 V", "9:13 end"]} == told(plan)
    assert (minutes(3), 300, None) == (
        itinerary.metrics.driving,
        itinerary.metrics.distance_m,
        itinerary.way_back,
    )


def test_visits_are_ordered_towards_the_end_place() -> None:
    """From 0 to 20 by 5, 10 and 15 is straight on: 20 minutes of driving and 3 services make 50."""
    visits = [visit("W", 15), visit("U", 5), visit("V", 10)]
    plan = planned(day(*visits, agents=[agent("A", shift(end_house=20))]))

    assert {"A/mon": ["9:00 off", "9:05-9:15 U", "9:20-9:30 V", "9:35-9:45 W", "9:50 end"]} == told(plan)


def test_with_an_open_end_the_farthest_visit_comes_last() -> None:
    """House 2, then house 9: 9 minutes and two services, instead of 9 + 7 the other way round."""
    plan = planned(day(visit("V", 9), visit("W", 2), agents=[agent("A", shift(end_house=None))]))

    assert {"A/mon": ["9:00 off", "9:02-9:12 W", "9:19-9:29 V", "9:29 end"]} == told(plan)


def test_the_agent_who_starts_nearer_is_sent_where_kilometres_cost() -> None:
    """V at 18 lies 1800 m from A and 200 m from B, 3.6 km and 0.4 km there and back; a kilometre costs 10."""
    far = agent("A", pay=Pay(per_km=10))
    near = agent("B", shift(name="B/mon", start_house=20, end_house=20), pay=Pay(per_km=10))
    plan = planned(day(visit("V", 18), agents=[far, near]))

    assert ({"B/mon": ["V"]}, 4.0) == (served(plan), plan.score.cost.travel)


@pytest.mark.parametrize(
    ("end", "finish", "way_back"),
    [
        pytest.param({}, "9:16", "PT3M", id="absent = back to the start, 3 minutes"),
        pytest.param({"end_location": {"index": 10}}, "9:20", "PT7M", id="house 10, 7 minutes on"),
    ],
)
def test_the_end_location_of_the_document_decides_where_the_shift_ends(end: Json, finish: str, way_back: str) -> None:
    """V at 3 is finished at 9:13."""
    plan = plan_json(day_json([visit_json("V", 3)], [agent_json("A", [shift_json() | end])]))

    assert instant(finish) == found(plan, "itineraries", 0, "finish")
    assert way_back == found(plan, "itineraries", 0, "way_back", "travel")


def test_an_end_location_of_null_is_an_open_end() -> None:
    """V at 3 is finished at 9:13, and so is the day."""
    plan = plan_json(day_json([visit_json("V", 3)], [agent_json("A", [shift_json(end_location=None)])]))

    assert instant("9:13") == found(plan, "itineraries", 0, "finish")
    assert found(plan, "itineraries", 0, "way_back") is None


def test_the_start_location_of_the_document_decides_where_the_shift_starts() -> None:
    """From house 20 to 18 and back: 2 + 10 + 2."""
    plan = plan_json(day_json([visit_json("V", 18)], [agent_json("A", [shift_json(start_location={"index": 20})])]))

    assert instant("9:02") == found(plan, "itineraries", 0, "stops", 0, "arrive")
    assert instant("9:14") == found(plan, "itineraries", 0, "finish")


def test_an_agent_leaves_no_earlier_than_the_shift_starts_and_is_back_when_it_ends() -> None:
    """V at 8 takes 8 + 10 + 8 = 26 minutes: it just fits from 10:00 to 10:26."""
    plan = planned(day(visit("V", 8), agents=[agent("A", shift("10:00", "10:26"))]))

    assert {"A/mon": ["10:00 off", "10:08-10:18 V", "10:26 end"]} == told(plan)


def test_the_way_back_has_to_lie_in_the_shift() -> None:
    """26 minutes do not fit into 25: one minute lacks. With an open end 18 would do."""
    until = shift("10:00", "10:25")
    closed = planned(day(visit("V", 8), agents=[agent("A", until)]))
    opened = planned(day(visit("V", 8), agents=[agent("A", shift("10:00", "10:25", end_house=None))]))
    why = reason(closed, "V")

    assert ("shift_too_short", timedelta(minutes=1)) == (why.code, why.would_need)
    assert {"A/mon": ["V"]} == served(opened)


def test_nobody_leaves_earlier_than_needed() -> None:
    """V opens at 12:00 and is 3 minutes away, so the agent leaves at 11:57."""
    plan = planned(day(visit("V", 3, ("12:00", "13:00"))))

    assert at("11:57") == plan.itineraries[0].start
    assert minutes(0) == plan.itineraries[0].metrics.wait


def test_the_way_back_counts_in_the_limit_of_distance_but_an_open_end_has_none() -> None:
    """To house 8 it is 800 m, back again 1600 m; 1000 m are allowed."""
    most = Limits(distance_m=1000)
    closed = planned(day(visit("V", 8), agents=[agent("A", shift(limits=most))]))
    opened = planned(day(visit("V", 8), agents=[agent("A", shift(limits=most, end_house=None))]))

    assert ({}, {"A/mon": ["V"]}) == (served(closed), served(opened))
