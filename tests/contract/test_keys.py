"""Who may do what."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.access import Keys, Role
from tests.plans import MONDAY
from tests.web import Json, at, client, small_day, wiring, wiring_of

WAIT = {"Prefer": "wait=30"}
OPEN = ("/healthz", "/readyz", "/docs", "/openapi.json", "/v1/issue-types", "/v1/demo-data", "/v1/policies")


@pytest.fixture
def web() -> TestClient:
    return client()


@pytest.fixture
def keys(web: TestClient) -> Keys:
    return wiring_of(web).keys


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def code(body: Json) -> object:
    return at(body, "errors", 0)["code"]


def test_nobody_is_asked_for_a_key_until_one_has_been_made(web: TestClient, keys: Keys) -> None:
    before = web.get("/v1/plans")
    keys.add("us", Role.PLAN, "dispatch")
    after = web.get("/v1/plans")

    assert 200 == before.status_code
    assert (401, "key_missing", "Bearer") == (after.status_code, code(after.json()), after.headers["www-authenticate"])


def test_who_has_the_key_is_let_in_by_either_header(web: TestClient, keys: Keys) -> None:
    secret = keys.add("us", Role.PLAN, "dispatch").secret

    assert 200 == web.get("/v1/plans", headers=bearer(secret)).status_code
    assert 200 == web.get("/v1/plans", headers={"X-API-Key": secret}).status_code


def test_who_sends_two_keys_is_let_in_by_neither(web: TestClient, keys: Keys) -> None:
    ours, theirs = (keys.add(tenant, Role.PLAN, "").secret for tenant in ("us", "them"))
    answer = web.get("/v1/plans", headers=bearer(ours) | {"X-API-Key": theirs})
    same = web.get("/v1/plans", headers=bearer(ours) | {"X-API-Key": ours})

    assert (401, "key_unknown") == (answer.status_code, code(answer.json()))
    assert 200 == same.status_code


@pytest.mark.parametrize("wrong", ["dr_wrong", "x" * 5000, "ü".encode("latin-1").decode("latin-1")])
def test_a_key_that_opens_nothing_is_refused(web: TestClient, keys: Keys, wrong: str) -> None:
    keys.add("us", Role.PLAN, "dispatch")
    answer = web.get("/v1/plans", headers=[(b"X-API-Key", wrong.encode("latin-1"))])

    assert (401, "key_unknown") == (answer.status_code, code(answer.json()))
    assert wrong not in answer.text


def test_a_wrong_key_is_refused_even_where_none_is_asked_for(web: TestClient) -> None:
    assert 401 == web.get("/v1/plans", headers=bearer("dr_wrong")).status_code


def test_a_revoked_key_opens_nothing_any_more(web: TestClient, keys: Keys) -> None:
    keys.add("us", Role.PLAN, "another")
    made = keys.add("us", Role.PLAN, "dispatch")
    before = web.get("/v1/plans", headers=bearer(made.secret))
    revoked = keys.store.revoke(made.key.id, MONDAY)
    after = web.get("/v1/plans", headers=bearer(made.secret))

    assert (200, 401) == (before.status_code, after.status_code)
    assert (True, False) == (revoked, keys.store.revoke(made.key.id, MONDAY))


def test_when_the_last_key_is_revoked_where_keys_are_always_asked_for_nobody_is_let_in() -> None:
    parts = wiring()
    web = TestClient(create_app(Settings(keys="always"), parts))

    assert 401 == web.get("/v1/plans").status_code


def test_where_a_proxy_asks_for_something_else_its_headers_are_left_aside() -> None:
    parts = wiring()
    parts.keys.add("us", Role.PLAN, "dispatch")
    web = TestClient(create_app(Settings(keys="never"), parts))

    assert 200 == web.get("/v1/plans", headers=bearer("a token of the proxy")).status_code


@pytest.mark.parametrize("path", OPEN)
def test_what_is_the_same_for_everybody_needs_no_key(web: TestClient, keys: Keys, path: str) -> None:
    keys.add("us", Role.PLAN, "dispatch")

    assert 200 == web.get(path).status_code


class TestRoles:
    @pytest.fixture
    def plan(self, web: TestClient, keys: Keys) -> str:
        """The address of a plan of ours."""
        self.ours = keys.add("us", Role.PLAN, "dispatch").secret
        return web.post("/v1/plans", json=small_day(), headers=WAIT | bearer(self.ours)).headers["location"]

    def test_who_may_read_reads_and_checks(self, web: TestClient, keys: Keys, plan: str) -> None:
        may_read = bearer(keys.add("us", Role.READ, "wall display").secret)

        for path in (plan, f"{plan}/events", "/v1/plans"):
            assert 200 == web.get(path, headers=may_read).status_code
        assert 200 == web.post("/v1/validate", json=small_day(), headers=may_read).status_code

    def test_who_may_read_changes_nothing(self, web: TestClient, keys: Keys, plan: str) -> None:
        may_read = bearer(keys.add("us", Role.READ, "wall display").secret)
        answers = [
            web.post("/v1/plans", json=small_day(), headers=may_read),
            web.post(f"{plan}/stop", headers=may_read),
            web.delete(plan, headers=may_read),
        ]

        assert [(403, "role_too_small")] * 3 == [(each.status_code, code(each.json())) for each in answers]
        assert 200 == web.get(plan, headers=may_read).status_code

    def test_who_is_on_the_way_sees_no_plans_of_the_office(self, web: TestClient, keys: Keys, plan: str) -> None:
        field = bearer(keys.add("us", Role.FIELD, "Aino").secret)

        assert 403 == web.get(plan, headers=field).status_code

    @pytest.mark.parametrize("role", list(Role))
    def test_another_tenant_cannot_tell_our_plan_from_none(
        self, web: TestClient, keys: Keys, plan: str, role: Role
    ) -> None:
        theirs = bearer(keys.add("them", role, "somebody else").secret)
        nothing = "/v1/plans/nothing"

        def asked(path: str) -> list[tuple[int, object]]:
            answers = [
                web.get(path, headers=theirs),
                web.get(f"{path}/events", headers=theirs),
                web.post(f"{path}/stop", headers=theirs),
                web.delete(path, headers=theirs),
            ]
            return [(each.status_code, code(each.json())) for each in answers]

        assert asked(nothing) == asked(plan)
        assert 200 == web.get(plan, headers=bearer(self.ours)).status_code


@pytest.mark.parametrize("address", ["plans", "validate", "evaluate", "geocode", "erasures"])
def test_a_body_is_not_read_before_the_key_is_known(web: TestClient, keys: Keys, address: str) -> None:
    keys.add("us", Role.PLAN, "dispatch")

    assert 401 == web.post(f"/v1/{address}", content=b"x" * 30_000_000).status_code


def test_neither_the_database_nor_the_log_has_a_key(
    web: TestClient, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    secret = keys.add("us", Role.PLAN, "dispatch").secret
    with caplog.at_level("DEBUG"):
        web.post("/v1/plans", json=small_day(), headers=WAIT | bearer(secret))
        web.get("/v1/plans", headers=bearer(secret[:-1]))
    file = wiring_of(web).database.engine.url.database
    assert file is not None
    kept = b"".join(Path(file + end).read_bytes() for end in ("", "-wal"))

    assert secret.encode() not in kept
    assert secret[:-1] not in caplog.text
