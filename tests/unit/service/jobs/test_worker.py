"""A worker in the background: order, places, and its end."""

from dataclasses import replace

import pytest

from service.day.plan import Plan
from service.day.request import DayRequest
from service.jobs.queue import Urgency
from service.store.protocol import IdempotencyKey, QueueFullError, Status
from tests.background import Background
from tests.plans import Held, plans_nothing

DAY = DayRequest(agents=(), visits=())


def test_a_plan_is_queued_then_made() -> None:
    background = Background(plans_nothing)
    submitted = background.jobs().submit(DAY)

    assert Status.QUEUED is submitted.status
    assert Status.DONE is background.once(submitted.id).status


def test_no_more_plans_are_made_at_once_than_there_are_slots() -> None:
    held = Held()
    background = Background(held, slots=2)
    ids = [background.jobs().submit(DAY).id for _ in range(5)]
    held.began.acquire()
    held.began.acquire()
    held.go_on.set()
    for plan_id in ids:
        background.once(plan_id)

    assert 2 == held.most_at_once


def test_who_is_waited_for_goes_first() -> None:
    held = Held()
    background = Background(held)
    jobs = background.jobs()
    first = jobs.submit(replace(DAY, name="first"))
    held.began.acquire()
    batch = jobs.submit(replace(DAY, name="batch"))
    urgent = jobs.submit(replace(DAY, name="urgent"), urgency=Urgency.WAITED_FOR)
    held.go_on.set()
    for plan in (first, batch, urgent):
        background.once(plan.id)

    assert ["first", "urgent", "batch"] == held.order


def test_a_full_queue_takes_no_more() -> None:
    held = Held()
    background = Background(held, queue_limit=1)
    background.jobs().submit(DAY)
    held.began.acquire()
    background.jobs().submit(DAY)

    with pytest.raises(QueueFullError):
        background.jobs().submit(DAY)


def test_the_same_key_brings_back_the_same_plan_and_makes_it_once() -> None:
    held = Held()
    background = Background(held)
    key = IdempotencyKey("monday", "body")
    first, again = background.jobs().submit(DAY, key), background.jobs().submit(DAY, key)
    held.began.acquire()
    held.go_on.set()
    background.once(first.id)

    assert first.id == again.id
    assert not held.began.acquire(blocking=False)


def test_stopping_a_waiting_plan_cancels_it_and_it_is_never_made() -> None:
    held = Held()
    background = Background(held)
    first = background.jobs().submit(DAY).id
    held.began.acquire()
    second = background.jobs().submit(DAY).id
    background.jobs().stop(second)
    held.go_on.set()
    background.once(first)
    cancelled = background.once(second)

    assert (Status.CANCELLED, None) == (cancelled.status, cancelled.started_at)
    assert not held.began.acquire(blocking=False)


def test_a_failure_takes_nothing_along() -> None:
    failures = iter([True, False])

    def fails_once(request: DayRequest, **how: object) -> Plan:
        if next(failures):
            raise ArithmeticError
        return plans_nothing(request, **how)

    background = Background(fails_once)
    first, second = background.jobs().submit(DAY).id, background.jobs().submit(DAY).id

    assert Status.FAILED is background.once(first).status
    assert Status.DONE is background.once(second).status


def test_going_down_leaves_what_runs_and_what_waits_to_others() -> None:
    held = Held()
    background = Background(held)
    running, waiting = background.jobs().submit(DAY).id, background.jobs().submit(DAY).id
    held.began.acquire()
    background.worker.drain()
    left = {plan.id: plan.status for plan in background.jobs().plans.page(None, 10)}

    assert {running: Status.RUNNING, waiting: Status.QUEUED} == left
