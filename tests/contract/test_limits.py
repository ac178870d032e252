"""How many plans may wait, and until when they are needed: what a caller is told of it."""

import pytest
from starlette.testclient import TestClient

from service.store.tenants import SqlTenants
from tests.plans import Held
from tests.web import Json, at, client, small_day, wiring_of

WAIT = {"Prefer": "wait=30"}


def needed(deadline: str) -> Json:
    return small_day() | {"options": {"deadline": deadline}}


def test_every_accepted_plan_says_for_how_many_more_there_is_room() -> None:
    held = Held()
    web = client(held, slots=1, queue=3)
    web.post("/v1/plans", json=small_day())
    held.began.acquire()
    told = [web.post("/v1/plans", json=small_day()).headers for _ in range(2)]
    held.go_on.set()

    assert ['"waiting";q=3'] * 2 == [headers["RateLimit-Policy"] for headers in told]
    assert ['"waiting";r=2', '"waiting";r=1'] == [headers["RateLimit"] for headers in told]


def test_a_tenant_with_too_many_waiting_plans_is_told_when_to_come_back() -> None:
    web = client()
    SqlTenants(wiring_of(web).database).limit("default", 0)
    answer = web.post("/v1/plans", json=small_day())

    assert (429, "tenant_queue_full") == (answer.status_code, at(answer.json(), "errors", 0)["code"])
    assert ("5", '"waiting";q=0', '"waiting";r=0') == tuple(
        answer.headers[name] for name in ("Retry-After", "RateLimit-Policy", "RateLimit")
    )


@pytest.fixture
def web() -> TestClient:
    return client()


def test_a_plan_that_was_needed_before_it_could_begin_fails_and_says_so(web: TestClient) -> None:
    waited = web.post("/v1/plans", json=needed("2026-03-02T07:00:00+00:00"), headers=WAIT)
    plan = web.get(waited.json()["instance"]).json()["plans"][0]
    read = web.get(f"/v1/plans/{plan['id']}").json()

    assert (503, "deadline_passed", None) == (
        waited.status_code,
        at(waited.json(), "errors", 0)["code"],
        waited.json()["incident_id"],
    )
    assert ("failed", "deadline_passed") == (read["status"], at(read, "failure")["code"])


@pytest.mark.parametrize("deadline", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T07:00:00"])
def test_a_deadline_that_makes_no_sense_is_refused(web: TestClient, deadline: str) -> None:
    answer = web.post("/v1/plans", json=needed(deadline))

    assert (422, "/options/deadline") == (answer.status_code, at(answer.json(), "errors", 0)["pointer"])
