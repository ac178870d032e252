"""Plans that are needed by a certain time, in every database."""

from datetime import timedelta

from service.callbacks.protocol import Telling
from service.day.request import DayRequest, Options
from service.store.plans import SqlTenantPlans
from service.store.protocol import LATE, IdempotencyKey, NewPlan, QueueLimits, Status
from service.store.work import SqlPlanWork
from tests.plans import MONDAY

MINUTE = timedelta(minutes=1)
KEY = IdempotencyKey("monday", "body")


def submit(plans: SqlTenantPlans, plan_id: str, deadline: timedelta | None, key: IdempotencyKey | None = None) -> str:
    options = Options(deadline=None if deadline is None else MONDAY + deadline)
    request = DayRequest((), (), options=options, callback="https://dispatch.example.org/")
    return plans.add(NewPlan(plan_id, request, MONDAY, MINUTE), key, QueueLimits(9, 9)).id


def test_what_still_waits_when_it_was_needed_fails(plans: SqlTenantPlans, work: SqlPlanWork) -> None:
    for plan_id, deadline in (("late", MINUTE), ("later", 2 * MINUTE), ("whenever", None), ("begun", MINUTE)):
        submit(plans, plan_id, deadline)
    work.claim("begun", "w", MONDAY)
    expired = work.expire(MONDAY + MINUTE)
    states = {state.id: state for state in plans.page(None, 10)}

    assert (1, 0) == (expired, work.expire(MONDAY + MINUTE))
    assert {"late": "failed", "later": "queued", "whenever": "queued", "begun": "running"} == {
        plan_id: state.status for plan_id, state in states.items()
    }
    assert (LATE, MONDAY + MINUTE) == (states["late"].failure, states["late"].finished_at)


def test_it_is_told_and_may_be_sent_again(plans: SqlTenantPlans, work: SqlPlanWork) -> None:
    submit(plans, "late", MINUTE, KEY)
    work.expire(MONDAY + MINUTE)
    callback = plans.callback("late")

    assert callback is not None
    assert (Telling.WAITING, MONDAY + MINUTE) == (callback.telling, callback.due_at)
    assert "again" == submit(plans, "again", None, KEY)
    assert work.claim("late", "w", MONDAY) is None
    state = plans.state("late")
    assert state is not None
    assert Status.FAILED == state.status
