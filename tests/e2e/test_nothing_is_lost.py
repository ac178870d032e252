"""An accepted plan survives the death of any process."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from api.demos import demo_document
from api.processes import purge
from api.settings import Settings
from service.retention import Keeping
from tests.e2e.killed import Service, is_final, serving
from tests.web import Json, small_day

ENDLESS = {"time_limit": "PT10M", "explain": False}


def long_day() -> Json:
    """A day with more to find than anybody waits for."""
    return demo_document("helsinki") | {"options": ENDLESS}


def value(plan: Json) -> float:
    return float(cast("float", cast("Json", plan["score"])["value"]))


def progress(plan: Json) -> float:
    return float(cast("float", cast("Json", plan["progress"])["value"]))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path / "data") as started:
        yield started


def test_a_plan_whose_worker_is_killed_is_gone_on_with(service: Service) -> None:
    plan_id = service.submit(long_day())
    before = service.once(plan_id, lambda plan: plan["progress"])
    service.kill("api worker")
    service.client.post(f"/v1/plans/{plan_id}/stop")
    plan = service.once(plan_id, is_final)

    assert "stopped" == plan["status"]
    assert value(plan) >= progress(before)


def test_a_plan_whose_solver_is_killed_is_gone_on_with(service: Service) -> None:
    plan_id = service.submit(long_day())
    before = service.once(plan_id, lambda plan: plan["progress"])
    service.kill("solver.nursery")
    after = service.once(plan_id, lambda plan: plan["progress"] != before["progress"])
    service.client.post(f"/v1/plans/{plan_id}/stop")
    plan = service.once(plan_id, is_final)

    assert "running" == after["status"]
    assert "stopped" == plan["status"]
    assert value(plan) >= progress(before)


def test_who_takes_requests_is_replaced_when_it_is_killed(service: Service) -> None:
    plan_id = service.submit(long_day(), **{"Idempotency-Key": "k"})
    service.once(plan_id, lambda plan: plan["progress"])
    service.kill("api web")
    after = service.once(plan_id, lambda plan: plan["progress"])
    again = service.submit(long_day(), **{"Idempotency-Key": "k"})
    service.client.post(f"/v1/plans/{plan_id}/stop")

    assert ("running", plan_id) == (after["status"], again)
    assert "stopped" == service.once(plan_id, is_final)["status"]


def test_a_worker_that_stood_still_leaves_its_plan_to_the_other(tmp_path: Path) -> None:
    with serving(tmp_path / "data", DAYROUTE_WORKERS="2") as service:
        plan_id = service.submit(long_day())
        before = service.once(plan_id, lambda plan: plan["progress"])
        with closing(sqlite3.connect(tmp_path / "data" / "dayroute.sqlite")) as database:
            ((name,),) = database.execute("SELECT worker FROM plans").fetchall()
        (busy,) = service.processes(str(name))
        os.kill(busy, signal.SIGSTOP)
        after = service.once(plan_id, lambda plan: plan["progress"] != before["progress"])
        service.client.post(f"/v1/plans/{plan_id}/stop")
        stopped = service.once(plan_id, is_final)
        os.kill(busy, signal.SIGCONT)
        done = service.once(service.submit(small_day()), is_final)
        still = service.plan(plan_id)

    assert "running" == after["status"]
    assert ("stopped", "done") == (stopped["status"], done["status"])
    assert stopped == still


def test_what_is_purged_is_gone_from_the_database_with_its_id(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as service:
        old = service.submit(small_day() | {"name": "old"})
        service.once(old, is_final)
        settings = Settings(data=tmp_path / "data")
        kept = purge(settings, Keeping(timedelta(days=1), timedelta(days=1)))
        erased = purge(settings, Keeping(timedelta(), timedelta()))
        answer = service.client.get(f"/v1/plans/{old}")
    file = tmp_path / "data" / "dayroute.sqlite"
    with closing(sqlite3.connect(file)) as database:
        ids = database.execute("SELECT workflow_uuid FROM workflow_status").fetchall()

    assert (0, 1, 404) == (kept, erased, answer.status_code)
    assert [] == ids


def test_a_service_that_is_killed_altogether_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as service:
        running = service.submit(long_day())
        waiting = [service.submit(small_day()) for _ in range(5)]
        before = service.once(running, lambda plan: plan["progress"])
        service.process.kill()
    with serving(tmp_path / "data") as service:
        service.client.post(f"/v1/plans/{running}/stop")
        after = service.once(running, is_final)
        plans = [service.once(plan_id, is_final) for plan_id in waiting]

    assert "stopped" == after["status"]
    assert value(after) >= progress(before)
    assert {"done"} == {plan["status"] for plan in plans}


def test_a_service_that_is_told_to_end_leaves_its_plans_for_the_next_time(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as service:
        plan_id = service.submit(long_day())
        before = service.once(plan_id, lambda plan: plan["progress"])
    with serving(tmp_path / "data") as service:
        there = service.plan(plan_id)
        service.client.post(f"/v1/plans/{plan_id}/stop")
        after = service.once(plan_id, is_final)

    assert "running" == there["status"]
    assert value(after) >= progress(before)
