"""The request may bring its own travel times: rows = from, columns = to, null = no way."""

import pytest

from tests.features.json_answers import each, reasons, stop_of, stops
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
)


def travel(seconds: list[list[int | None]], metres: list[list[int | None]] | None = None, **keys: object) -> Json:
    matrix: Json = {"profile": "car", "seconds": seconds}
    return {"source": "matrix", "matrices": [matrix if metres is None else matrix | {"metres": metres}]} | keys


def test_rows_are_where_one_comes_from_and_columns_where_one_goes() -> None:
    """A one-way street: a minute there, five back."""
    plan = plan_json(day_json([visit_json("V", 1)], travel=travel([[0, 60], [300, 0]], [[0, 100], [700, 0]])))

    assert ("PT1M", 100) == (stop_of(plan, "V")["travel"], stop_of(plan, "V")["distance_m"])
    assert ("PT5M", 700) == tuple(found(plan, "itineraries", 0, "way_back", key) for key in ("travel", "distance_m"))


def test_a_place_is_the_row_it_names() -> None:
    """The only visit is at row 2, four minutes away; row 1 is of no use to anybody."""
    seconds: list[list[int | None]] = [[0, 60, 240], [60, 0, 60], [240, 60, 0]]

    plan = plan_json(day_json([visit_json("V", 2)], travel=travel(seconds)))

    assert ("PT4M", 2) == (stop_of(plan, "V")["travel"], found(stop_of(plan, "V"), "location", "index"))


def test_a_place_with_an_index_may_have_coordinates_for_the_map() -> None:
    location = {"index": 3, "lat": 60.168, "lon": 24.94}

    stop = stop_of(plan_json(day_json([visit_json("V", location=location)])), "V")

    assert (location, instant("9:03")) == (stop["location"], stop["start"])


def test_a_place_that_no_way_leads_to_is_unreachable() -> None:
    seconds: list[list[int | None]] = [[0, None, 60], [60, 0, 60], [60, None, 0]]

    plan = plan_json(day_json([visit_json("V", 1), visit_json("W", 2)], travel=travel(seconds)))

    assert (["W"], ["unreachable"]) == (stops(plan), reasons(plan, "V"))


def test_a_place_of_no_return_is_not_served() -> None:
    plan = plan_json(day_json([visit_json("V", 1)], travel=travel([[0, 60], [None, 0]])))

    assert ["unreachable"] == reasons(plan, "V")


def test_a_place_of_no_return_is_served_where_nobody_has_to_return() -> None:
    agents = [agent_json("A", [shift_json(end_location=None)])]

    plan = plan_json(day_json([visit_json("V", 1)], agents, travel=travel([[0, 60], [None, 0]])))

    assert ["V"] == stops(plan)


def test_no_way_between_two_visits_is_gone_round() -> None:
    """From 1 to 2 there is no way, from 2 to 1 there is."""
    seconds: list[list[int | None]] = [[0, 60, 60], [60, 0, None], [60, 60, 0]]

    plan = plan_json(day_json([visit_json("V", 1), visit_json("W", 2)], travel=travel(seconds)))

    assert ["W", "V"] == stops(plan)


def test_a_place_to_itself_takes_no_time_even_if_null() -> None:
    plan = plan_json(
        day_json([visit_json("V", 1), visit_json("W", 1)], travel=travel([[None, 60], [60, None]])),
    )

    assert 2 == found(plan, "metrics", "planned")


def test_without_metres_distances_are_nothing_and_the_plan_warns() -> None:
    plan = plan_json(day_json([visit_json("V", 1)], travel=travel([[0, 60], [60, 0]])))

    assert (0, 0) == (stop_of(plan, "V")["distance_m"], found(plan, "metrics", "distance_m"))
    assert "metres_missing" in each(plan, "warnings", of="code")


def test_with_metres_nothing_is_missing() -> None:
    plan = plan_json(day_json([visit_json("V", 1)], travel=travel([[0, 60], [60, 0]], [[0, 350], [350, 0]])))

    assert 700 == found(plan, "metrics", "distance_m")
    assert ["no_policy"] == each(plan, "warnings", of="code")


@pytest.mark.parametrize("source", ["matrix", "auto"])
def test_the_plan_says_that_its_times_are_the_requests(source: str) -> None:
    plan = plan_json(day_json([visit_json("V", 1)], travel=travel([[0, 60], [60, 0]], source=source)))

    assert {"source": "matrix", "engine": "request", "data_date": None, "attribution": None} == plan["travel"]
    assert "PT1M" == stop_of(plan, "V")["travel"]


@pytest.mark.parametrize(("factor", "told"), [(2, "PT1M30S"), (0.5, "PT6M"), (1, "PT3M"), (0.7, "PT4M18S")])
def test_everybody_travels_so_many_times_as_fast(factor: float, told: str) -> None:
    """180 seconds to house 3; by 0.7 they are 257.1 and whole seconds are rounded up: 258."""
    travel = {"source": "matrix", "matrices": [matrix_json("car", minute=60)], "speed_factor": factor}

    stop = stop_of(plan_json(day_json([visit_json("V", 3)], travel=travel)), "V")

    assert (told, 300) == (stop["travel"], stop["distance_m"])
