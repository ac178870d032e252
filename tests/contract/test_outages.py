"""Whom a plan has to ask may be down: that is told as such, and nothing is lost."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.day.place import Place
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.roads import StraightRoad
from tests.web import Json, wiring

WAIT = {"Prefer": "wait=30"}
HOME = {"lat": 60.0, "lon": 24.0}
DAY: Json = {
    "agents": [
        {
            "id": "A",
            "shifts": [
                {
                    "id": "A/mon",
                    "start": "2026-03-02T09:00:00+02:00",
                    "end": "2026-03-02T12:00:00+02:00",
                    "start_location": HOME,
                }
            ],
        }
    ],
    "visits": [{"id": "V", "location": {"lat": 60.0, "lon": 24.1}, "duration": "PT10M"}],
    "options": {"solution_limit": 5},
}
EVALUATION: Json = {"request": DAY, "itineraries": [{"shift_id": "A/mon", "visits": ["V"]}]}


def client(road: StraightRoad) -> TestClient:
    sources = Sources(Roads(road, Estimate()), Packs.of())
    made = wiring(partial(plan_day, sources=sources, solver=InProcess()))
    return TestClient(create_app(Settings(), replace(made, sources=sources)), raise_server_exceptions=False)


@pytest.mark.parametrize(("path", "body"), [("/v1/plans", DAY), ("/v1/evaluate", EVALUATION)])
def test_roads_that_are_down_are_503_and_the_same_request_does_when_they_are_back(path: str, body: Json) -> None:
    road = StraightRoad(down=True)
    web = client(road)
    refused = web.post(path, json=body, headers=WAIT)
    road.down = False
    served = web.post(path, json=body, headers=WAIT)

    assert (503, "90", "roads_down") == (
        refused.status_code,
        refused.headers["Retry-After"],
        refused.json()["errors"][0]["code"],
    )
    assert "application/problem+json" == refused.headers["content-type"]
    assert refused.json()["incident_id"] is None
    assert "Nothing is lost" in refused.json()["detail"]
    assert (200, "osrm") == (served.status_code, served.json()["travel"]["source"])


def test_who_does_not_wait_reads_it_in_the_plan() -> None:
    web = client(StraightRoad(down=True))
    web.post("/v1/plans", json=DAY, headers=WAIT)
    (summary,) = web.get("/v1/plans").json()["plans"]
    plan = web.get(summary["links"]["self"]).json()

    assert ("failed", "roads_down", None) == (plan["status"], plan["failure"]["code"], plan["failure"]["incident_id"])


def test_validate_asks_nobody() -> None:
    answer = client(StraightRoad(down=True)).post("/v1/validate", json=DAY).json()

    assert answer["valid"]
    assert "travel_estimated" not in [warned["code"] for warned in answer["warnings"]]


def test_the_same_request_may_have_the_same_idempotency_key() -> None:
    road = StraightRoad(down=True)
    web = client(road)
    keyed = WAIT | {"Idempotency-Key": "k-1"}
    refused = web.post("/v1/plans", json=DAY, headers=keyed)
    road.down = False

    assert [503, 200] == [refused.status_code, web.post("/v1/plans", json=DAY, headers=keyed).status_code]


def test_who_waits_for_roads_holds_up_nobody() -> None:
    """As many evaluations as may work at once, all of them waiting, and a request that asks nobody."""
    held, waiting = threading.Event(), threading.Semaphore(0)

    class Slow(StraightRoad):
        def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
            waiting.release()
            held.wait()
            return super().snap(places, profile)

    web = client(Slow())
    with ThreadPoolExecutor(2) as pool:
        evaluations = [pool.submit(web.post, "/v1/evaluate", json=EVALUATION) for _ in range(2)]
        for _ in evaluations:
            waiting.acquire()
        validated = web.post("/v1/validate", json=DAY)
        held.set()

    assert [200] * 3 == [answer.status_code for answer in (validated, *(each.result() for each in evaluations))]
