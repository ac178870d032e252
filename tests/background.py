"""Plans made in the background of a test, by a planner of its choice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from service.jobs.maker import PlanMaker
from service.jobs.plan_jobs import PlanJobs
from service.jobs.planner import Planner
from service.jobs.thread_queue import ThreadQueue
from service.jobs.watch import Watch
from service.jobs.worker import Worker
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import PlanState, QueueLimits
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import MONDAY

PATIENCE = 30.0
"""Seconds after which a test that would hang fails; no test waits for them."""

_OPEN: list["Background"] = []


def close_all() -> None:
    """End what was begun since the last time."""
    while _OPEN:
        _OPEN.pop().close()


def counted() -> Callable[[], str]:
    """Ids that count."""
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


def once(jobs: PlanJobs, watch: Watch, plan_id: str, true: Callable[[PlanState], bool]) -> PlanState:
    """The plan as soon as that is true of it."""
    while True:
        state = jobs.plans.state(plan_id)
        assert state is not None
        if true(state):
            return state
        watch.changed(plan_id, state.revision).result(PATIENCE)


def is_final(state: PlanState) -> bool:
    return state.status.final


@dataclass
class Background:
    """A worker of ``slots`` in threads of this process, a clock that stands and ids that count."""

    planner: Planner
    slots: int = 1
    queue_limit: int = 100
    lasting: bool = False
    """Whether it is to go on after the test, since it was begun before it."""
    trouble: str | None = None
    """Why its worker can make no plan."""
    queue: ThreadQueue = field(default_factory=ThreadQueue)
    database: Database = field(default_factory=databases.fresh)
    new_id: Callable[[], str] = field(default_factory=counted)

    def __post_init__(self) -> None:
        self.work = SqlPlanWork(self.database)
        self.watch = Watch(self.work)
        maker = PlanMaker(
            self.work,
            self.planner,
            "worker",
            clock=lambda: MONDAY,
            new_id=self.new_id,
            between_tries=lambda: None,
        )
        self.worker = Worker(
            "worker",
            self.work,
            self.queue,
            maker,
            self.slots,
            clock=lambda: MONDAY,
            trouble=lambda: self.trouble,
        )
        self.worker.start()
        if not self.lasting:
            _OPEN.append(self)

    @property
    def limits(self) -> QueueLimits:
        return QueueLimits(self.queue_limit, self.queue_limit)

    def jobs(self, tenant: str = "default") -> PlanJobs:
        return PlanJobs(SqlTenantPlans(tenant, self.database, self.queue), self.limits, lambda: MONDAY, self.new_id)

    def once(self, plan_id: str, true: Callable[[PlanState], bool] = is_final) -> PlanState:
        """The plan as soon as that is true of it."""
        return once(self.jobs(), self.watch, plan_id, true)

    def close(self) -> None:
        self.watch.close()
        self.worker.drain()
        self.database.close()
