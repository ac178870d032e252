"""Itineraries that are sent back are measured as they were planned."""

import json
from typing import cast

import pytest
from starlette.testclient import TestClient

from api.v1.openapi import SMALL_PLAN
from tests.web import Json, at, client, small_day

PLAN = cast("Json", json.loads(SMALL_PLAN.read_text("utf-8")))
ITINERARY = at(PLAN, "itineraries", 0)
STOPS = cast("list[Json]", ITINERARY["stops"])
VISITS = [stop["visit_id"] for stop in STOPS]
STARTS = {str(stop["visit_id"]): stop["start"] for stop in STOPS}


@pytest.fixture(scope="module")
def web() -> TestClient:
    return client()


def evaluated(web: TestClient, **itinerary: object) -> Json:
    body = {"request": small_day(), "itineraries": [{"shift_id": "A-1/mon", **itinerary}]}
    answer = web.post("/v1/evaluate", json=body)
    assert 200 == answer.status_code
    return cast("Json", answer.json())


@pytest.mark.parametrize("starts", [STARTS, {}], ids=["its own starts", "no starts"])
def test_a_plan_that_is_sent_back_has_the_same_times_and_score(web: TestClient, starts: Json) -> None:
    measured = evaluated(web, visits=VISITS, starts=starts)

    assert (PLAN["itineraries"], PLAN["score"], PLAN["metrics"]) == (
        measured["itineraries"],
        measured["score"],
        measured["metrics"],
    )
    assert ([], {"violations": 0}) == (measured["violations"], measured["checks"])


def test_what_is_late_is_told_with_the_seconds_lacking(web: TestClient) -> None:
    """V-2 has to be over at 10:00; started at 09:50, its quarter of an hour ends five minutes later."""
    measured = evaluated(web, visits=["V-2"], starts={"V-2": "2026-03-02T09:50:00+02:00"})

    assert [("time_window", "V-2", "A-1/mon", 300)] == [
        (broken["code"], broken["visit_id"], broken["shift_id"], broken["amount"])
        for broken in cast("list[Json]", measured["violations"])
    ]
    assert {"violations": 1} == measured["checks"]


def test_what_is_in_no_itinerary_is_unassigned(web: TestClient) -> None:
    measured = evaluated(web, visits=["V-2"])

    assert ["V-1", "V-3"] == [each["visit_id"] for each in cast("list[Json]", measured["unassigned"])]
