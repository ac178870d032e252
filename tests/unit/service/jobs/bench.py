"""A database with plans in it, and planners that do as they are told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from service.day.plan import Plan
from service.day.request import DayRequest
from service.jobs.maker import PlanMaker
from service.jobs.planner import Planner
from service.jobs.queue import Urgency
from service.observer import UNOBSERVED, Observer, Unobserved
from service.progress import Incumbent, Progress
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    IdempotencyKey,
    NewPlan,
    PlanState,
    QueueLimits,
)
from service.store.work import SqlPlanWork
from tests import databases
from tests.background import counted
from tests.plans import EMPTY_PLAN, FOUND, MONDAY, NoQueue

DAY = DayRequest(agents=(), visits=())
BETTER = Incumbent(Progress(5.0, 1.0, 2, timedelta(seconds=1)), FOUND)
LIMITS = QueueLimits(100, 100)
PATIENCE = 30.0
AWAY = ("sqlite", "OperationalError")


class Bench:
    """A database and the plans in it."""

    def __init__(self) -> None:
        self.database = databases.fresh()
        self.work = SqlPlanWork(self.database)
        self.plans = SqlTenantPlans("us", self.database, NoQueue())
        self.new_id = counted()

    def maker(
        self,
        planner: Planner,
        worker: str = "worker",
        between_tries: Callable[[], None] = lambda: None,
        observer: Observer = UNOBSERVED,
    ) -> PlanMaker:
        return PlanMaker(
            self.work,
            planner,
            worker,
            clock=lambda: MONDAY,
            new_id=self.new_id,
            between_tries=between_tries,
            observer=observer,
        )

    def submitted(self, key: IdempotencyKey | None = None) -> str:
        return self.plans.add(NewPlan(self.new_id(), DAY, MONDAY, timedelta(seconds=1)), key, LIMITS).id

    def state(self, plan_id: str) -> PlanState:
        state = self.plans.state(plan_id)
        assert state is not None
        return state

    def made_by(self, planner: Planner, key: IdempotencyKey | None = None) -> PlanState:
        plan_id = self.submitted(key)
        self.maker(planner).make(plan_id)
        return self.state(plan_id)


class Scripted:
    """A planner that does one thing after the other: finds something, dies, returns."""

    def __init__(self, *steps: Incumbent | Exception | Plan) -> None:
        self._steps = iter(steps)
        self.went_on_from: list[Incumbent | None] = []

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        del request, stop
        self.went_on_from.append(go_on_from)
        for step in self._steps:
            if isinstance(step, Plan):
                return step
            if isinstance(step, Exception):
                raise step
            on_better(step)
        raise AssertionError


def ended(because: str) -> Plan:
    return replace(EMPTY_PLAN, solver=replace(EMPTY_PLAN.solver, stopped_because=because))


class working:  # noqa: N801 - reads as what it is
    """A plan made in a thread while the block goes on; what ended it, unless that was its own end."""

    def __init__(self, maker: PlanMaker, plan_id: str) -> None:
        self._maker = maker
        self._plan_id = plan_id
        self._ended: list[type[BaseException]] = []
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        try:
            self._maker.make(self._plan_id)
        except InterruptedError as error:
            self._ended.append(type(error))

    def __enter__(self) -> list[type[BaseException]]:
        self._thread.start()
        return self._ended

    def __exit__(self, *_: object) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


class Notes(Unobserved):
    """An Observer that notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def began(self, urgency: Urgency, waited: timedelta, *, again: bool) -> None:
        self.heard.append(("began", urgency, waited, again))

    def found(self, after: timedelta) -> None:
        self.heard.append(("found", after))

    def solver_died(self) -> None:
        self.heard.append("solver died")

    def ended(self, status: str, code: str, took: timedelta, plan: Plan | None) -> None:
        self.heard.append(("ended", status, code, took, plan))
