"""The one place that chooses adapters: shared by the HTTP app and the command line."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from api.settings import Settings, processors
from service.hours.packs import Packs
from service.jobs.nursery import Nursery
from service.jobs.plan_jobs import PlanJobs
from service.jobs.solver_process import SolverProcess
from service.jobs.turns import StepsAside, TakingTurns
from service.plan_day import plan_day
from service.store.memory import MemoryPlanStore
from service.store.protocol import PlanStore
from service.travel.estimate import Estimate
from service.travel.protocol import TravelTimes
from service.zones import boundaries

WARM_UP_SECONDS: Final = 10.0
"""How long to wait for the nursery before serving; usually it takes one. Plans that come before it is there wait."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the routes need."""

    store: PlanStore
    jobs: PlanJobs
    travel: TravelTimes
    packs: Packs
    new_id: Callable[[], str]
    at_work: threading.Semaphore
    """To be held while an HTTP thread does long work: more than two at once would only hold up the event loop."""
    nursery: Nursery | None = None
    """Where solvers come from at once, between ``open`` and ``close``; without it each is started from scratch."""

    def open(self) -> None:
        """Begin to load what a solver needs. Worth its while for a server; a single plan does without."""
        if self.nursery is not None:
            self.nursery.open()

    def warm_up(self) -> None:
        """Wait for that, within reason, and load what this process needs meanwhile."""
        boundaries()
        if self.nursery is not None:
            self.nursery.wait(WARM_UP_SECONDS)

    @property
    def trouble(self) -> str | None:
        """Why no plan can be made at the moment, as far as is known."""
        return self.nursery.trouble if self.nursery is not None else None

    def close(self) -> None:
        """Keep the best so far of every plan that is being made, and leave no process behind."""
        self.jobs.close()
        if self.nursery is not None:
            self.nursery.close()


def wire(settings: Settings) -> Wiring:
    """The service as it runs in earnest: plans in memory, each solve in a process of its own.

    Raises PackRefused if a policy pack cannot be taken.
    """
    packs = packs_of(settings)
    store = MemoryPlanStore(most_finished=settings.kept_plans)
    travel, turn, nursery = Estimate(), threading.Lock(), Nursery(kernels=settings.kernels)
    solver = StepsAside(SolverProcess(nursery, kernels=settings.kernels), turn)
    threads = min(settings.solver_threads, processors())
    jobs = PlanJobs(
        store,
        TakingTurns(partial(plan_day, travel=travel, packs=packs, solver=solver, threads=threads), turn),
        slots=settings.solver_slots,
        most_queued=settings.queue_limit,
        clock=utc_now,
        new_id=new_id,
    )
    return Wiring(store, jobs, travel, packs, new_id, threading.Semaphore(2), nursery)


def packs_of(settings: Settings) -> Packs:
    """Policy packs, the tenant's among them. Raises PackRefused."""
    return Packs.of(settings.policies, unverified=settings.unverified_policies)


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)  # noqa: TID251 - the clock that everything else is given


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)
