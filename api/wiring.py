"""The one place that chooses adapters: shared by the HTTP app and the command line."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from api.settings import Settings
from service.jobs.plan_jobs import PlanJobs
from service.jobs.solving import SolverProcess
from service.jobs.turns import StepsAside, TakingTurns
from service.plan_day import plan_day
from service.store.memory import MemoryPlanStore
from service.store.protocol import PlanStore
from service.travel.estimate import Estimate
from service.travel.protocol import TravelTimes


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the routes need."""

    store: PlanStore
    jobs: PlanJobs
    travel: TravelTimes
    new_id: Callable[[], str]
    at_work: threading.Semaphore
    """To be held while an HTTP thread does long work: more than two at once would only hold up the event loop."""


def wire(settings: Settings) -> Wiring:
    """The service as it runs in earnest: plans in memory, each solve in a process of its own."""
    store = MemoryPlanStore(most_finished=settings.kept_plans)
    travel, turn = Estimate(), threading.Lock()
    jobs = PlanJobs(
        store,
        TakingTurns(partial(plan_day, travel=travel, solver=StepsAside(SolverProcess(), turn)), turn),
        slots=settings.solver_slots,
        most_queued=settings.queue_limit,
        clock=utc_now,
        new_id=new_id,
    )
    return Wiring(store, jobs, travel, new_id, threading.Semaphore(2))


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)  # noqa: TID251 - the clock that everything else is given


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)
