"""Whoever watches over the service hears whether it is worth sending plans to."""

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.store.work import SqlPlanWork
from tests.plans import MONDAY
from tests.web import wiring


def test_a_service_whose_workers_can_make_no_plan_is_alive_and_not_ready_and_says_why() -> None:
    parts = wiring()
    web = TestClient(create_app(Settings(), parts))
    before = web.get("/readyz")
    SqlPlanWork(parts.database).beat("worker", MONDAY, "There is no folder.")
    after = web.get("/readyz")

    assert (200, {"status": "ready"}) == (before.status_code, before.json())
    assert (503, {"status": "unable", "detail": "There is no folder."}) == (after.status_code, after.json())
    assert 200 == web.get("/healthz").status_code
