"""Plans as they are put into a store by tests."""

from datetime import timedelta

from service.day.plan import Plan
from service.day.request import DayRequest
from service.progress import Incumbent, Progress
from service.store.protocol import (
    Attempt,
    IdempotencyKey,
    NewPlan,
    Outcome,
    QueueLimits,
    Status,
)
from service.store.work import SqlPlanWork
from tests.plans import EMPTY_PLAN, FOUND, MONDAY

MANY = QueueLimits(1000, 1000)
DAY = DayRequest(agents=(), visits=(), name="Monday", currency="EUR")
KEY = IdempotencyKey("monday", "body 1")
SECOND = timedelta(seconds=1)
BETTER = Incumbent(Progress(5.0, 1.0, 2, SECOND), FOUND)


def new(plan_id: str, later: timedelta = timedelta(), effort: timedelta = SECOND) -> NewPlan:
    return NewPlan(plan_id, DAY, MONDAY + later, effort)


def begun(work: SqlPlanWork, plan_id: str, worker: str = "worker") -> Attempt:
    claimed = work.claim(plan_id, worker, MONDAY)
    assert claimed is not None
    return claimed.attempt


def done(plan: Plan = EMPTY_PLAN) -> Outcome:
    return Outcome(Status.DONE, MONDAY, plan=plan)
