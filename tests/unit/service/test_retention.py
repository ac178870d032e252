"""How long plans are kept after they ended."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from service.day.request import DayRequest
from service.retention import EVERY, Keeping, Retention
from service.store.plans import SqlTenantPlans
from service.store.protocol import Failure, NewPlan, Outcome, QueueLimits, Status
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import EMPTY_PLAN, MONDAY, NoQueue

DAY = timedelta(days=1)
FAILURE = Failure("plan_failed", "No.", "incident")


class Forgets(NoQueue):
    def __init__(self) -> None:
        self.forgotten: list[str] = []

    def forget(self, plan_ids: Sequence[str]) -> None:
        self.forgotten += plan_ids


@pytest.fixture
def work() -> Iterator[SqlPlanWork]:
    """One plan that was made, one that failed and one that was cancelled, all on Monday; one that waits."""
    database = databases.fresh()
    work, plans = SqlPlanWork(database), SqlTenantPlans("us", database, NoQueue())
    for plan_id in ("made", "failed", "cancelled", "waits"):
        plans.add(NewPlan(plan_id, DayRequest((), ()), MONDAY, DAY), None, QueueLimits(9, 9))
    for plan_id, outcome in (
        ("made", Outcome(Status.DONE, MONDAY, plan=EMPTY_PLAN)),
        ("failed", Outcome(Status.FAILED, MONDAY, failure=FAILURE, error="E")),
    ):
        claimed = work.claim(plan_id, "w", MONDAY)
        assert claimed is not None
        work.finish(claimed.attempt, outcome)
    plans.stop("cancelled", MONDAY)
    yield work
    database.close()


def left(work: SqlPlanWork) -> set[str]:
    return {state.id for state in SqlTenantPlans("us", work.database, NoQueue()).page(None, 10)}


def test_each_kind_is_kept_for_its_own_time(work: SqlPlanWork) -> None:
    queue, now = Forgets(), [MONDAY]
    retention = Retention(work, queue, Keeping(made=3 * DAY, failed=DAY), lambda: now[0])
    counts: list[int] = []
    for days in (0.5, 2.0, 4.0):
        now[0] = MONDAY + days * DAY
        counts.append(retention.purge())

    assert [0, 2, 1] == counts
    assert ["cancelled", "failed", "made"] == [*sorted(queue.forgotten[:2]), *queue.forgotten[2:]]
    assert {"waits"} == left(work)


def test_what_nobody_has_said_is_kept_until_it_is_deleted(work: SqlPlanWork) -> None:
    assert 0 == Retention(work, NoQueue(), Keeping(), lambda: MONDAY + 9999 * DAY).purge()


def test_nobody_looks_for_it_more_often_than_every_hour(work: SqlPlanWork) -> None:
    now = [MONDAY + timedelta(minutes=1)]
    retention = Retention(work, NoQueue(), Keeping(failed=2 * timedelta(minutes=1)), lambda: now[0])
    retention.purge_now_and_then()
    now[0] += EVERY - timedelta(seconds=1)
    retention.purge_now_and_then()
    before = left(work)
    now[0] += timedelta(seconds=1)
    retention.purge_now_and_then()

    assert {"made", "failed", "cancelled", "waits"} == before
    assert {"made", "waits"} == left(work)
