"""A database that can be read and not written: nothing is accepted that could not be kept, nothing kept is lost."""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.day.request import DayRequest
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import NewPlan, Outcome, QueueLimits, Status, StoreDownError
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import EMPTY_PLAN, MONDAY, NoQueue
from tests.web import at, small_day, wiring

LIMITS = QueueLimits(9, 9)


def new(plan_id: str) -> NewPlan:
    return NewPlan(plan_id, DayRequest((), (), callback="https://a.example.org"), MONDAY, timedelta(seconds=1))


@contextmanager
def read_only_file(database: Database) -> Generator[Database]:
    """As whoever mounts the folder so that nothing can be written there."""
    opened = Database.open(f"sqlite:///file:{database.engine.url.database}?mode=ro&uri=true")
    yield opened
    opened.close()


@contextmanager
def full_file(database: Database) -> Generator[Database]:
    """No page more than there are."""
    with database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    opened = Database.open(str(database.engine.url))

    @event.listens_for(opened.engine, "connect")
    def bound(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    yield opened
    opened.close()


@contextmanager
def read_only_server(database: Database) -> Generator[Database]:
    """As a replica, or a server whose disk is full."""
    name = database.engine.url.database
    with database.engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        connection.commit()
    opened = Database.open(database.engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


CASES = {
    "read-only file": (databases.fresh, read_only_file),
    "full file": (databases.fresh, full_file),
    "read-only server": (databases.postgres, read_only_server),
}


@pytest.fixture(params=CASES)
def closed(request: pytest.FixtureRequest) -> Iterator[Database]:
    """One plan that is done and one that waits, and no room for anything more."""
    make, close = CASES[request.param]
    database = make()
    plans, work = SqlTenantPlans("us", database, NoQueue()), SqlPlanWork(database)
    for plan_id in ("done", "waits"):
        plans.add(new(plan_id), None, LIMITS)
    claimed = work.claim("done", "w", MONDAY)
    assert claimed is not None
    work.finish(claimed.attempt, Outcome(Status.DONE, MONDAY, plan=EMPTY_PLAN))
    with close(database) as opened:
        yield opened
    database.close()


def test_what_was_kept_can_be_read(closed: Database) -> None:
    plans = SqlTenantPlans("us", closed, NoQueue())
    made = plans.made("done")

    assert made is not None
    assert EMPTY_PLAN == made.plan
    assert ["queued", "done"] == [state.status for state in plans.page(None, 10)]


def test_nothing_is_taken_that_could_not_be_kept(closed: Database) -> None:
    plans = SqlTenantPlans("us", closed, NoQueue())
    large = replace(new("more"), request=DayRequest((), (), name="x" * 1_000_000))
    with pytest.raises(StoreDownError):
        plans.add(large, None, LIMITS)

    assert plans.state("more") is None


def test_a_caller_is_told_to_come_back_and_reads_on() -> None:
    parts = wiring()
    web = TestClient(create_app(Settings(), parts))
    kept = web.post("/v1/plans", json=small_day(), headers={"Prefer": "wait=30"}).json()["id"]
    with read_only_file(parts.database) as closed:
        web = TestClient(create_app(Settings(), replace(parts, database=closed)))
        refused, read = web.post("/v1/plans", json=small_day()), web.get(f"/v1/plans/{kept}")

    assert (503, "store_down", "5") == (
        refused.status_code,
        at(refused.json(), "errors", 0)["code"],
        refused.headers["Retry-After"],
    )
    assert (200, "done") == (read.status_code, read.json()["status"])
