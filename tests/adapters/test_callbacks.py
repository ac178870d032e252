"""What is to be told when plans end, in every database."""

from datetime import timedelta

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


def finish(work: SqlPlanWork, plan_id: str) -> None:
    claimed = work.claim(plan_id, "w", MONDAY)
    assert claimed is not None
    work.finish(claimed.attempt, Outcome(Status.DONE, MONDAY, plan=EMPTY_PLAN))


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


def test_the_longest_due_goes_first_and_no_more_than_asked_for(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    for plan_id in ("a", "b", "c"):
        submit(plans, plan_id)
        finish(work, plan_id)
    callbacks.failed("a", "it answered 500", MONDAY + 3 * SECOND)
    callbacks.failed("b", "it answered 500", MONDAY + 2 * SECOND)
    callbacks.failed("c", "it answered 500", MONDAY + 1 * SECOND)

    assert {"b", "c"} == {each.plan_id for each in callbacks.take(LATER, LATER + SECOND, 2)}
    assert {"a"} == {each.plan_id for each in callbacks.take(LATER, LATER + SECOND, 2)}


def test_what_became_of_it_is_known_to_whose_plan_it_is(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    callbacks.take(MONDAY, LATER, 10)
    callbacks.failed("a", "it answered 500", LATER)
    failed = plans.callback("a")
    callbacks.take(LATER, LATER, 10)
    callbacks.delivered("a")

    assert Callback(URL, Telling.WAITING, 1, LATER, "it answered 500") == failed
    assert Callback(URL, Telling.DELIVERED, 2) == plans.callback("a")
    assert SqlTenantPlans("them", callbacks.database, NoQueue()).callback("a") is None
    assert () == callbacks.take(LATER + timedelta(days=9), LATER, 10)


def test_what_is_given_up_is_not_tried_again(plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks) -> None:
    submit(plans, "a")
    finish(work, "a")
    callbacks.take(MONDAY, LATER, 10)
    callbacks.failed("a", "it answered 410", None)

    assert Callback(URL, Telling.GIVEN_UP, 1, None, "it answered 410") == plans.callback("a")
    assert () == callbacks.take(LATER + timedelta(days=9), LATER, 10)


def test_of_a_plan_that_is_erased_nothing_more_is_told(
    plans: SqlTenantPlans, work: SqlPlanWork, callbacks: SqlCallbacks
) -> None:
    submit(plans, "a")
    finish(work, "a")
    plans.remove("a")

    assert () == callbacks.take(LATER, LATER, 10)
