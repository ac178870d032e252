"""What every answer has in common, whatever went wrong."""

import re

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.store.plans import SqlTenantPlans
from service.store.protocol import PlanState
from tests.web import client, wiring

PROBLEM = "application/problem+json"


@pytest.fixture
def web() -> TestClient:
    return client()


def test_an_unknown_address_is_a_problem_document(web: TestClient) -> None:
    answer = web.get("/v2/plans")

    assert (404, PROBLEM, "route_unknown") == (
        answer.status_code,
        answer.headers["content-type"],
        answer.json()["errors"][0]["code"],
    )


def test_a_method_that_is_not_taken_is_a_problem_document_naming_all_that_are(web: TestClient) -> None:
    answer = web.put("/v1/plans")

    assert (405, PROBLEM, "GET, POST") == (
        answer.status_code,
        answer.headers["content-type"],
        answer.headers["allow"],
    )


def test_a_crash_is_told_by_an_incident_and_logged_without_what_it_says(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: SqlTenantPlans, plan_id: str) -> PlanState | None:
        message = f"{plan_id} lives in Mannerheimintie 1"
        raise LookupError(message)

    monkeypatch.setattr(SqlTenantPlans, "state", crash)
    web = TestClient(create_app(Settings(), wiring()), raise_server_exceptions=False)
    answer = web.get("/v1/plans/Aino", headers={"X-Request-ID": "mine"})
    problem = answer.json()

    assert (500, PROBLEM, "internal_error", "mine") == (
        answer.status_code,
        answer.headers["content-type"],
        problem["errors"][0]["code"],
        answer.headers["x-request-id"],
    )
    assert "Traceback" not in answer.text
    assert "Mannerheimintie" not in answer.text
    assert f"incident {problem['incident_id']}" in caplog.text
    assert "LookupError" in caplog.text
    assert "Mannerheimintie" not in caplog.text


@pytest.mark.parametrize("address", ["/healthz", "/nowhere", "/docs", "/v1/plans/x"])
def test_every_answer_has_an_id_and_keeps_browsers_safe(web: TestClient, address: str) -> None:
    headers = web.get(address).headers

    assert "nosniff" == headers["x-content-type-options"]
    assert "no-store" == headers["cache-control"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]


def test_the_callers_id_of_a_request_comes_back(web: TestClient) -> None:
    assert "mine-17" == web.get("/healthz", headers={"X-Request-ID": "mine-17"}).headers["x-request-id"]


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "<script>"])
def test_an_id_that_would_do_harm_in_a_log_is_replaced(web: TestClient, given: str) -> None:
    assert re.fullmatch(r"id-\d+", web.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"])


def test_the_app_is_made_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_MAX_VISITS", "7")

    assert 7 == create_app().openapi()["components"]["schemas"]["PlanRequest"]["properties"]["visits"]["maxItems"]
