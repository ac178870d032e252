"""Whoever watches over the service hears whether it is worth sending plans to."""

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.web import wiring


def test_a_service_whose_workers_can_make_no_plan_is_alive_and_not_ready_and_says_why() -> None:
    well, web = (
        TestClient(create_app(Settings(), wiring(trouble=trouble))) for trouble in (None, "There is no folder.")
    )
    ready, unable = well.get("/readyz"), web.get("/readyz")

    assert (200, {"status": "ready"}) == (ready.status_code, ready.json())
    assert (503, {"status": "unable", "detail": "There is no folder."}) == (unable.status_code, unable.json())
    assert 200 == web.get("/healthz").status_code
