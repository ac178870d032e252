"""Plans in the background: order, stop, erase, failure."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import wait
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest

from service.day.plan import Plan, Violated
from service.day.request import DayRequest
from service.jobs.plan_jobs import ClosedError, PlanJobs, Planner
from service.plan_day import Gate, GateFailed, Progress
from service.store.memory import MemoryPlanStore
from service.store.protocol import IdempotencyKey, KeyReusedError, PlanRecord, QueueFullError, Status
from tests.plans import EMPTY_PLAN, MONDAY, Held, plans_nothing

DAY = DayRequest(agents=(), visits=())
PATIENCE = 30.0
"""Seconds after which a test that would hang fails; no test waits for them."""


@contextmanager
def background(planner: Planner, *, slots: int = 1, queue: int = 100) -> Generator[tuple[PlanJobs, MemoryPlanStore]]:
    store = MemoryPlanStore(most_finished=100)
    numbers = count(1)
    jobs = PlanJobs(
        store, planner, slots=slots, most_queued=queue, clock=lambda: MONDAY, new_id=lambda: f"id-{next(numbers)}"
    )
    try:
        yield jobs, store
    finally:
        jobs.close()


def finished(jobs: PlanJobs, store: MemoryPlanStore, plan_id: str) -> PlanRecord:
    """The plan once it is final."""
    jobs.finished(plan_id).result(PATIENCE)
    record = store.get(plan_id)
    assert record is not None
    return record


def test_a_plan_is_queued_then_made() -> None:
    with background(plans_nothing) as (jobs, store):
        submitted = jobs.submit(DAY)
        record = finished(jobs, store, submitted.id)

    assert Status.QUEUED is submitted.status
    assert (Status.DONE, EMPTY_PLAN, MONDAY, MONDAY) == (
        record.status,
        record.plan,
        record.started_at,
        record.finished_at,
    )


def test_a_running_plan_shows_its_progress_until_it_is_finished() -> None:
    held = Held()
    with background(held) as (jobs, store):
        plan_id = jobs.submit(DAY).id
        held.began.acquire()
        running = store.get(plan_id)
        held.go_on.set()
        record = finished(jobs, store, plan_id)

    assert running is not None
    assert (Status.RUNNING, Progress(5.0, 1.0, 2, timedelta(seconds=1))) == (running.status, running.progress)
    assert (Status.DONE, None) == (record.status, record.progress)


def test_no_more_plans_are_made_at_once_than_there_are_slots() -> None:
    held = Held()
    with background(held, slots=2) as (jobs, _):
        waiting = [jobs.finished(jobs.submit(DAY).id) for _ in range(5)]
        held.began.acquire()
        held.began.acquire()
        held.go_on.set()
        wait(waiting, PATIENCE)

    assert 2 == held.most_at_once


def test_a_full_queue_takes_no_more() -> None:
    held = Held()
    with background(held, queue=1) as (jobs, _):
        jobs.submit(DAY)
        held.began.acquire()
        jobs.submit(DAY)

        with pytest.raises(QueueFullError):
            jobs.submit(DAY)


def test_the_same_key_brings_back_the_same_plan_and_makes_it_once() -> None:
    held = Held()
    with background(held) as (jobs, _):
        key = IdempotencyKey("monday", "body")
        first, again = jobs.submit(DAY, key), jobs.submit(DAY, key)
        held.began.acquire()
        held.go_on.set()
        jobs.finished(first.id).result(PATIENCE)

        assert first.id == again.id
        assert not held.began.acquire(blocking=False)


def test_the_same_key_for_another_body_is_refused() -> None:
    with background(plans_nothing) as (jobs, _):
        jobs.submit(DAY, IdempotencyKey("monday", "body"))

        with pytest.raises(KeyReusedError):
            jobs.submit(DAY, IdempotencyKey("monday", "other body"))


def test_stopping_a_running_plan_keeps_its_best_so_far() -> None:
    held = Held()
    with background(held) as (jobs, store):
        plan_id = jobs.submit(DAY).id
        held.began.acquire()
        jobs.stop(plan_id)
        record = finished(jobs, store, plan_id)

    assert (Status.STOPPED, EMPTY_PLAN) == (record.status, record.plan)


def test_stopping_a_waiting_plan_cancels_it_and_it_is_never_made() -> None:
    held = Held()
    with background(held) as (jobs, store):
        first = jobs.submit(DAY).id
        held.began.acquire()
        second = jobs.submit(DAY).id
        jobs.stop(second)
        held.go_on.set()
        jobs.finished(first).result(PATIENCE)
        record = finished(jobs, store, second)

    assert (Status.CANCELLED, None, None) == (record.status, record.plan, record.started_at)
    assert not held.began.acquire(blocking=False)


def test_stopping_a_finished_plan_leaves_it_as_it_is() -> None:
    with background(plans_nothing) as (jobs, store):
        record = finished(jobs, store, jobs.submit(DAY).id)

        assert record == jobs.stop(record.id)


def test_stopping_what_is_not_there_says_so() -> None:
    with background(plans_nothing) as (jobs, _):
        assert jobs.stop("nothing") is None


def test_erasing_a_running_plan_stops_it_and_leaves_no_trace() -> None:
    held = Held()
    with background(held) as (jobs, store):
        plan_id = jobs.submit(DAY).id
        held.began.acquire()
        end = jobs.finished(plan_id)

        assert jobs.delete(plan_id)
        end.result(PATIENCE)
        assert store.get(plan_id) is None
        assert not jobs.delete(plan_id)


def test_a_plan_that_a_gate_withholds_is_failed_and_its_case_kept() -> None:
    def broken(request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        del request, on_progress, stop
        raise GateFailed(Gate.CHECKER, (Violated("capacity", "Aino carries too much."),))

    with background(broken) as (jobs, store):
        record = finished(jobs, store, jobs.submit(DAY).id)

    assert Status.FAILED is record.status
    assert record.failure is not None
    case = store.case(record.failure.incident_id or "none")
    assert case is not None
    assert (record.id, DAY, "GateFailed: checker: capacity") == (case.plan_id, case.request, case.error)


def test_what_a_crash_says_is_not_told_since_it_may_speak_of_people() -> None:
    def crashes(request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        del request, on_progress, stop
        message = "Aino, Mannerheimintie 1"
        raise LookupError(message)

    with background(crashes) as (jobs, store):
        record = finished(jobs, store, jobs.submit(DAY).id)

    assert record.failure is not None
    case = store.case(record.failure.incident_id or "none")
    assert case is not None
    assert "LookupError" == case.error
    assert "Aino" not in record.failure.detail


def test_a_failure_takes_nothing_along() -> None:
    failures = iter([True, False])

    def fails_once(request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        if next(failures):
            raise ArithmeticError
        return plans_nothing(request, on_progress=on_progress, stop=stop)

    with background(fails_once) as (jobs, store):
        first, second = jobs.submit(DAY).id, jobs.submit(DAY).id

        assert Status.FAILED is finished(jobs, store, first).status
        assert Status.DONE is finished(jobs, store, second).status


def test_going_down_keeps_the_best_so_far_cancels_what_waits_and_takes_no_more() -> None:
    held = Held()
    with background(held) as (jobs, store):
        running, waiting = jobs.submit(DAY).id, jobs.submit(DAY).id
        held.began.acquire()
        jobs.close()

        assert not jobs.open
        assert Status.STOPPED is finished(jobs, store, running).status
        assert Status.CANCELLED is finished(jobs, store, waiting).status
        with pytest.raises(ClosedError):
            jobs.submit(DAY)
