"""Whoever watches over the service hears whether it is worth sending plans to."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.jobs.nursery import Nursery
from tests.web import wiring


def test_a_service_that_can_make_no_plan_is_alive_and_not_ready_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web = TestClient(create_app(Settings(), replace(wiring(), nursery=Nursery())))
    before = web.get("/readyz")
    monkeypatch.setattr(Nursery, "trouble", "There is no folder.")
    after = web.get("/readyz")

    assert (200, {"status": "ready"}) == (before.status_code, before.json())
    assert (503, {"status": "unable", "detail": "There is no folder."}) == (after.status_code, after.json())
    assert 200 == web.get("/healthz").status_code
