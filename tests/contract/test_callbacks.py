"""Being told that a plan has ended: what a request may ask for, and what can be read of it."""

from starlette.testclient import TestClient

from service.access import Role
from tests.web import at, client, small_day, wiring_of

URL = "https://dispatch.example.org/planned"
ASKED = {"callback": {"url": URL}}


def allowing() -> TestClient:
    return client(callback_secrets="whsec_" + "A" * 40)


def test_who_asks_to_be_called_back_can_read_how_far_that_has_come() -> None:
    web = allowing()
    plan = web.post("/v1/plans", json=small_day() | ASKED, headers={"Prefer": "wait=30"}).json()
    answer = web.get(f"/v1/plans/{plan['id']}/callback")

    assert 200 == answer.status_code
    assert {
        "url": URL,
        "status": "waiting",
        "tries": 0,
        "next_at": plan["finished_at"],
        "trouble": None,
    } == answer.json()


def test_where_nobody_is_to_be_called_that_is_said() -> None:
    web = allowing()
    plan = web.post("/v1/plans", json=small_day()).json()

    for address in (f"/v1/plans/{plan['id']}/callback", "/v1/plans/unknown/callback"):
        assert 404 == web.get(address).status_code
    assert "callback_unknown" == at(web.get(f"/v1/plans/{plan['id']}/callback").json(), "errors", 0)["code"]


def test_of_another_tenants_plan_nothing_is_told() -> None:
    web = allowing()
    keys = wiring_of(web).keys
    ours, theirs = (keys.add(tenant, Role.PLAN, "").secret for tenant in ("us", "them"))
    plan = web.post("/v1/plans", json=small_day() | ASKED, headers={"X-API-Key": ours}).json()
    answers = [web.get(f"/v1/plans/{plan['id']}/callback", headers={"X-API-Key": key}) for key in (theirs, ours)]

    assert [404, 200] == [answer.status_code for answer in answers]
    assert "plan_unknown" == at(answers[0].json(), "errors", 0)["code"]


def test_an_address_within_our_own_network_is_refused_with_all_else_that_is_wrong() -> None:
    day = small_day() | {"callback": {"url": "https://169.254.169.254/latest"}}
    at(day, "visits", 0)["duration"] = "later"
    answer = allowing().post("/v1/plans", json=day)
    errors = answer.json()["errors"]

    assert 422 == answer.status_code
    assert {"/visits/0/duration", "/callback/url"} == {error["pointer"] for error in errors}
    assert "callback_private" in {error["code"] for error in errors}
    assert "169.254" not in answer.text


def test_a_service_without_a_secret_refuses_and_says_so_before_anything_is_planned() -> None:
    web = client(callback_secrets=" ")
    planned = web.post("/v1/plans", json=small_day() | ASKED)
    validated = web.post("/v1/validate", json=small_day() | ASKED)

    assert (422, "callbacks_off") == (planned.status_code, at(planned.json(), "errors", 0)["code"])
    assert (False, "callbacks_off") == (validated.json()["valid"], at(validated.json(), "errors", 0)["code"])
