"""One person's data taken out of plans over HTTP."""

import pytest
from starlette.testclient import TestClient

from service.access import Role
from tests.plans import Held
from tests.web import Json, at, client, small_day, wiring_of

ACCOUNT = "loan-4711"
NOW = {"Prefer": "wait=30"}


def their_day() -> Json:
    day = small_day()
    at(day, "visits", 0)["account"] = ACCOUNT
    return day


def account_in(web: TestClient, plan_id: str, tenant: str = "default") -> str | None:
    """What is kept of the account of the first visit."""
    made = wiring_of(web).jobs(tenant).plans.made(plan_id)
    assert made is not None
    return made.request.visits[0].account


@pytest.fixture
def web() -> TestClient:
    return client()


def test_a_person_is_taken_out_of_all_plans_that_were_made(web: TestClient) -> None:
    plans = [web.post("/v1/plans", json=their_day(), headers=NOW).json()["id"] for _ in range(2)]
    web.post("/v1/plans", json=small_day(), headers=NOW)
    before = web.get(f"/v1/plans/{plans[0]}")
    answer = web.post("/v1/erasures", json={"account": ACCOUNT})
    after = web.get(f"/v1/plans/{plans[0]}")

    assert (200, {"plans": 2, "running": 0}) == (answer.status_code, answer.json())
    assert [None, None] == [account_in(web, plan) for plan in plans]
    assert before.headers["ETag"] != after.headers["ETag"]


def test_asked_for_again_it_is_in_no_plan_any_more(web: TestClient) -> None:
    web.post("/v1/plans", json=their_day(), headers=NOW)
    web.post("/v1/erasures", json={"account": ACCOUNT})

    assert {"plans": 0, "running": 0} == web.post("/v1/erasures", json={"account": ACCOUNT}).json()


def test_one_that_is_being_made_is_counted_as_such() -> None:
    planner = Held()
    web = client(planner, slots=1)
    web.post("/v1/plans", json=their_day())
    planner.began.acquire()
    answer = web.post("/v1/erasures", json={"account": ACCOUNT})
    planner.go_on.set()

    assert {"plans": 1, "running": 1} == answer.json()


def test_another_tenants_plans_stay_as_they_are_and_whoever_reads_may_not_erase(web: TestClient) -> None:
    keys = wiring_of(web).keys
    ours, theirs = (keys.add(tenant, Role.PLAN, "").secret for tenant in ("us", "them"))
    reader = keys.add("us", Role.READ, "").secret
    plan = web.post("/v1/plans", json=their_day(), headers=NOW | {"X-API-Key": ours}).json()
    answers = [
        web.post("/v1/erasures", json={"account": ACCOUNT}, headers=headers)
        for headers in ({}, {"X-API-Key": reader}, {"X-API-Key": theirs})
    ]

    assert [401, 403, 200] == [answer.status_code for answer in answers]
    assert {"plans": 0, "running": 0} == answers[2].json()
    assert ACCOUNT == account_in(web, plan["id"], "us")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/account", "required"),
        ({"account": ""}, "/account", "text_length"),
        ({"acount": "A"}, "/acount", "unknown_key"),
    ],
)
def test_a_wish_that_names_nobody_is_refused(web: TestClient, body: Json, pointer: str, code: str) -> None:
    answer = web.post("/v1/erasures", json=body)

    assert 422 == answer.status_code
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
