"""Plans over HTTP: handed in, waited for, read, listed, stopped, erased."""

from dataclasses import replace
from typing import cast

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.day.plan import Plan, Violated
from service.day.request import DayRequest
from service.plan_day import Gate, GateFailed
from tests import databases
from tests.plans import Held
from tests.web import Json, client, small_day, wait_until, wiring_of

WAIT = {"Prefer": "wait=30"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def web() -> TestClient:
    return client()


def withheld(request: DayRequest, **how: object) -> Plan:
    del request, how
    raise GateFailed(Gate.AUDIT, (Violated("time_window", "Aino comes too late."),))


def submitted(web: TestClient, **headers: str) -> Json:
    answer = web.post("/v1/plans", json=small_day(), headers=headers)
    assert 202 == answer.status_code
    return cast("Json", answer.json())


def test_a_plan_is_promised_with_its_address(web: TestClient) -> None:
    answer = web.post("/v1/plans", json=small_day())
    body = answer.json()

    assert 202 == answer.status_code
    assert {"id", "status", "links"} == body.keys()
    assert f"/v1/plans/{body['id']}" == answer.headers["location"] == body["links"]["self"]


def test_whoever_waits_gets_the_finished_plan(web: TestClient) -> None:
    answer = web.post("/v1/plans", json=small_day(), headers=WAIT)

    assert 200 == answer.status_code
    assert ("done", "wait=30") == (answer.json()["status"], answer.headers["preference-applied"])
    assert web.get(answer.headers["location"]).json() == answer.json()


def test_whoever_does_not_wait_long_enough_gets_the_promise() -> None:
    held = Held()
    with client(held) as web:
        answer = web.post("/v1/plans", json=small_day(), headers={"Prefer": "wait=0"})
        held.go_on.set()

    assert 202 == answer.status_code


@pytest.mark.parametrize("asked", ["5000", "99999999999"])
def test_whoever_asks_to_wait_too_long_is_told_what_is_granted(web: TestClient, asked: str) -> None:
    answer = web.post("/v1/plans", json=small_day(), headers={"Prefer": f"wait={asked}"})

    assert (200, "wait=60") == (answer.status_code, answer.headers["preference-applied"])


@pytest.mark.parametrize("prefer", ["respond-async", "wait", "wait=soon", "wait=-1", "return=minimal"])
def test_preferences_that_are_not_understood_are_left_aside(web: TestClient, prefer: str) -> None:
    answer = web.post("/v1/plans", json=small_day(), headers={"Prefer": prefer})

    assert 202 == answer.status_code
    assert "preference-applied" not in answer.headers


@pytest.mark.parametrize("prefer", ['wait="30"', "respond-async, wait=30", "WAIT=30", "wait=30; foo"])
def test_waiting_may_be_said_in_all_ways_of_rfc_7240(web: TestClient, prefer: str) -> None:
    assert 200 == web.post("/v1/plans", json=small_day(), headers={"Prefer": prefer}).status_code


def test_a_plan_that_was_withheld_is_500_with_an_incident_for_who_waits() -> None:
    answer = client(withheld).post("/v1/plans", json=small_day(), headers=WAIT)
    problem = answer.json()

    assert 500 == answer.status_code
    assert "plan_failed" == problem["errors"][0]["code"]
    assert problem["incident_id"]
    assert "Aino" not in answer.text


def test_a_plan_that_was_withheld_can_be_read_as_failed() -> None:
    web = client(withheld)
    incident = web.post("/v1/plans", json=small_day(), headers=WAIT).json()["incident_id"]
    (summary,) = web.get("/v1/plans").json()["plans"]
    plan = web.get(summary["links"]["self"]).json()

    assert ("failed", incident, None) == (plan["status"], plan["failure"]["incident_id"], plan["score"])


def test_a_running_plan_shows_its_progress() -> None:
    held = Held()
    with client(held) as web:
        plan_id = submitted(web)["id"]
        wait_until(web, str(plan_id), lambda state: state.progress is not None)
        plan = web.get(f"/v1/plans/{plan_id}").json()
        held.go_on.set()

    assert "running" == plan["status"]
    assert {"value": 5.0, "cost": 1.0, "planned": 2, "elapsed": "PT1S"} == plan["progress"]


def test_a_plan_that_has_not_changed_is_not_sent_again(web: TestClient) -> None:
    first = web.post("/v1/plans", json=small_day(), headers=WAIT)
    address, etag = first.headers["location"], first.headers["etag"]
    again = web.get(address, headers={"If-None-Match": f'"other", W/{etag}'})

    assert (304, b"", etag) == (again.status_code, again.content, again.headers["etag"])
    assert 200 == web.get(address, headers={"If-None-Match": '"other"'}).status_code


def test_stopping_answers_202_and_then_the_plan_is_stopped() -> None:
    held = Held()
    with client(held) as web:
        plan_id = str(submitted(web)["id"])
        held.began.acquire()
        answer = web.post(f"/v1/plans/{plan_id}/stop")
        wait_until(web, plan_id)
        plan = web.get(f"/v1/plans/{plan_id}").json()

    assert (202, plan_id) == (answer.status_code, answer.json()["id"])
    assert "stopped" == plan["status"]
    assert plan["score"] is not None


def test_what_is_erased_is_gone(web: TestClient) -> None:
    address = web.post("/v1/plans", json=small_day(), headers=WAIT).headers["location"]

    erased = web.delete(address)

    assert (204, b"") == (erased.status_code, erased.content)
    for answer in (web.get(address), web.delete(address), web.post(f"{address}/stop")):
        assert (404, "plan_unknown") == (answer.status_code, answer.json()["errors"][0]["code"])


def test_the_same_key_and_body_are_the_same_plan(web: TestClient) -> None:
    assert submitted(web, **{"Idempotency-Key": "k"})["id"] == submitted(web, **{"Idempotency-Key": "k"})["id"]


def test_the_same_key_with_another_body_is_refused(web: TestClient) -> None:
    submitted(web, **{"Idempotency-Key": "k"})
    answer = web.post("/v1/plans", json=small_day() | {"name": "Other"}, headers={"Idempotency-Key": "k"})

    assert (422, "idempotency_key_reused") == (answer.status_code, answer.json()["errors"][0]["code"])


def test_a_key_that_is_no_plain_text_is_refused(web: TestClient) -> None:
    answer = web.post("/v1/plans", json=small_day(), headers={"Idempotency-Key": "a b"})

    assert (422, "idempotency-key") == (answer.status_code, answer.json()["errors"][0]["parameter"])


def test_a_full_queue_says_when_to_come_back() -> None:
    held = Held()
    with client(held, slots=1, queue=0) as web:
        answer = web.post("/v1/plans", json=small_day())

    assert (503, "queue_full", "5") == (
        answer.status_code,
        answer.json()["errors"][0]["code"],
        answer.headers["retry-after"],
    )


def test_plans_are_listed_page_by_page(web: TestClient) -> None:
    ids = [web.post("/v1/plans", json=small_day(), headers=WAIT).json()["id"] for _ in range(3)]
    first = web.get("/v1/plans", params={"limit": 2}).json()
    second = web.get("/v1/plans", params={"limit": 2, "cursor": first["next_cursor"]}).json()

    assert list(reversed(ids)) == [plan["id"] for page in (first, second) for plan in page["plans"]]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", ["cursor=-1", "cursor=x", "limit=0", "limit=101", "limit=many"])
def test_a_page_that_cannot_be_is_refused(web: TestClient, query: str) -> None:
    answer = web.get(f"/v1/plans?{query}")
    (error,) = answer.json()["errors"]

    assert (422, query.partition("=")[0]) == (answer.status_code, error["parameter"])


def test_the_demo_days_are_requests_that_are_taken_as_they_are(web: TestClient) -> None:
    demos = web.get("/v1/demo-data").json()

    assert "one-street" in [demo["name"] for demo in demos]
    for demo in demos:
        request = web.get(demo["href"])
        assert 202 == web.post("/v1/plans", content=request.content, headers=JSON).status_code
        assert [] == web.post("/v1/validate", content=request.content, headers=JSON).json()["errors"]


def test_an_unknown_demo_day_is_404(web: TestClient) -> None:
    answer = web.get("/v1/demo-data/nowhere")

    assert (404, "demo_unknown") == (answer.status_code, answer.json()["errors"][0]["code"])


def test_validating_tells_warnings_too(web: TestClient) -> None:
    answer = web.post("/v1/validate", json=small_day()).json()

    assert (True, []) == (answer["valid"], answer["errors"])
    assert {"no_policy", "travel_estimated"} <= {warning["code"] for warning in answer["warnings"]}


def test_a_service_that_nobody_makes_plans_for_is_not_ready(web: TestClient) -> None:
    nobody = replace(wiring_of(web), database=databases.fresh())
    alone = TestClient(create_app(Settings(), nobody))
    ready, unable = web.get("/readyz"), alone.get("/readyz")

    assert (200, "ready") == (ready.status_code, ready.json()["status"])
    assert (503, "unable") == (unable.status_code, unable.json()["status"])
    assert "worker" in unable.json()["detail"]
    assert 200 == alone.get("/healthz").status_code
    assert 202 == alone.post("/v1/plans", json=small_day()).status_code
    nobody.database.close()
