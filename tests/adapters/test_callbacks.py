"""What is to be told when plans end, in every database."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from service.callbacks.protocol import Callback, Telling
from service.day.request import DayRequest
from service.store.callbacks import SqlCallbacks
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import NewPlan, Outcome, QueueLimits, Status
from service.store.work import SqlPlanWork
from tests.plans import EMPTY_PLAN, MONDAY, NoQueue

URL = "https://dispatch.example.org/"
DAY = DayRequest((), (), callback=URL)
SECOND = timedelta(seconds=1)
LATER = MONDAY + timedelta(minutes=1)


@pytest.fixture
def callbacks(database: Database) -> SqlCallbacks:
    return SqlCallbacks(database)


def submit(plans: SqlTenantPlans, plan_id: str, request: DayRequest = DAY) -> None:
    plans.add(NewPlan(plan_id, request, MONDAY, SECOND), None, QueueLimits(100, 100))


def finish(work: SqlPlanWork, plan_id: str, at: datetime = MONDAY) -> None:
    claimed = work.claim(plan_id, "w", MONDAY)
    assert claimed is not None
    work.finish(claimed.attempt, Outcome(Status.DONE, at, plan=EMPTY_PLAN))


def test_nothing_is_told_before_a_plan_has_ended(plans: SqlTenantPlans, callbacks: SqlCallbacks) -> None:
    submit(plans, "a")

    assert () == callbacks.take(LATER, LATER, 10)
    assert Callback(URL, Telling.WAITING, 0) == plans.callback("a")


def test_the_end_of_a_plan_is_to_be_told_with_how_it_ended(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    for plan_id in ("a", "b"):
        submit(plans, plan_id)
    submit(plans, "nobody asked", DayRequest((), ()))
    finish(work, "a")
    finish(work, "nobody asked")
    plans.stop("b", MONDAY + SECOND)
    due = callbacks.take(LATER, LATER + SECOND, 10)

    assert {("a", "us", URL, 1, "done", MONDAY), ("b", "us", URL, 1, "cancelled", MONDAY + SECOND)} == {
        (each.plan_id, each.tenant, each.url, each.tries, each.status, each.finished_at) for each in due
    }
    assert plans.callback("nobody asked") is None


def test_what_somebody_is_at_is_nobody_elses_until_he_should_have_done(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    first = callbacks.take(MONDAY, LATER, 10)
    at_once = callbacks.take(LATER - SECOND, LATER, 10)
    again = callbacks.take(LATER, LATER + SECOND, 10)

    assert ([1], [], [2]) == tuple([each.tries for each in taken] for taken in (first, at_once, again))


def test_the_longest_due_of_each_tenant_goes_first_and_no_more_than_asked_for(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    theirs = replace(plans, tenant="them")
    for number, plan_id in enumerate("abc"):
        submit(plans, plan_id)
        finish(work, plan_id, MONDAY + (3 - number) * SECOND)
    submit(theirs, "theirs")
    finish(work, "theirs", MONDAY + 9 * SECOND)

    assert {"b", "c", "theirs"} == {each.plan_id for each in callbacks.take(LATER, LATER + SECOND, 2)}
    assert {"a"} == {each.plan_id for each in callbacks.take(LATER, LATER + SECOND, 2)}


def test_what_was_tried_before_waits_for_what_was_not(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "old")
    finish(work, "old")
    (due,) = callbacks.take(MONDAY, LATER, 9)
    callbacks.failed(due, "it answered 500", MONDAY)
    submit(plans, "new")
    finish(work, "new", MONDAY + SECOND)

    assert ["new"] == [each.plan_id for each in callbacks.take(LATER, LATER + SECOND, 1)]


def test_who_comes_too_late_with_what_came_of_it_is_not_heard(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    (first,) = callbacks.take(MONDAY, MONDAY, 9)
    (second,) = callbacks.take(MONDAY, LATER, 9)
    callbacks.delivered(second)
    callbacks.failed(first, "it took too long", LATER)

    assert Callback(URL, Telling.DELIVERED, 2) == plans.callback("a")


def test_a_plan_whose_end_has_still_to_be_told_is_not_purged(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    (due,) = callbacks.take(MONDAY, LATER, 9)
    before = work.purge([Status.DONE], LATER, 9)
    callbacks.delivered(due)

    assert ([], ["a"]) == (before, work.purge([Status.DONE], LATER, 9))


def test_what_became_of_it_is_known_to_whose_plan_it_is(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    (first,) = callbacks.take(MONDAY, LATER, 10)
    callbacks.failed(first, "it answered 500", LATER)
    failed = plans.callback("a")
    (second,) = callbacks.take(LATER, LATER, 10)
    callbacks.delivered(second)

    assert Callback(URL, Telling.WAITING, 1, LATER, "it answered 500") == failed
    assert Callback(URL, Telling.DELIVERED, 2) == plans.callback("a")
    assert SqlTenantPlans("them", callbacks.database, NoQueue()).callback("a") is None
    assert () == callbacks.take(LATER + timedelta(days=9), LATER, 10)


def test_what_is_given_up_is_not_tried_again(plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks) -> None:
    submit(plans, "a")
    finish(work, "a")
    (due,) = callbacks.take(MONDAY, LATER, 10)
    callbacks.failed(due, "it answered 410", None)

    assert Callback(URL, Telling.GIVEN_UP, 1, None, "it answered 410") == plans.callback("a")
    assert () == callbacks.take(LATER + timedelta(days=9), LATER, 10)


def test_of_a_plan_that_is_erased_nothing_more_is_told(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    plans.remove("a")

    assert () == callbacks.take(LATER, LATER, 10)
