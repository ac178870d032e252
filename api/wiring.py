"""The one place that chooses adapters: shared by the HTTP application, the workers and the command line.

web      takes requests and keeps them (Wiring)
worker   makes plans of what is kept (WorkerWiring); any number of them, in processes of their own
alone    both in one process, with a database that ends with it
"""

import secrets
import shutil
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from time import sleep
from typing import Final

from prometheus_client import CollectorRegistry

from api.clock import utc_now
from api.figures import AskedFigures, RequestFigures, WorkFigures
from api.road_wiring import RoadsAtHand, roads_of
from api.settings import Settings, processors
from api.source_wiring import SOURCES_UNUSABLE, aside, sources_of
from service.access import Keys
from service.asking import Heard, unheard
from service.callbacks.secrets import SecretUnusableError, Signer
from service.callbacks.teller import Teller, post_publicly
from service.jobs.dbos_queue import DbosQueue
from service.jobs.maker import PlanMaker
from service.jobs.nursery import Nursery
from service.jobs.plan_jobs import PlanJobs
from service.jobs.planner import Planner
from service.jobs.queue import Queue
from service.jobs.readiness import Readiness, readiness
from service.jobs.solver_process import SolverProcess
from service.jobs.thread_queue import ThreadQueue
from service.jobs.turns import StepsAside, TakingTurns
from service.jobs.watch import Watch
from service.jobs.worker import Worker
from service.observer import Observer
from service.plan_day import plan_day
from service.retention import Retention
from service.sources import Sources
from service.store.callbacks import SqlCallbacks
from service.store.database import Database, DatabaseUnusableError
from service.store.keys import SqlKeyStore
from service.store.plans import SqlTenantPlans
from service.store.protocol import PlanWork, QueueLimits
from service.store.work import SqlPlanWork
from service.zones import boundaries

WARM_UP_SECONDS: Final = 10.0
"""How long to wait for the nursery before serving; usually it takes one. Plans that come before it is there wait."""

UNUSABLE: Final = (*SOURCES_UNUSABLE, DatabaseUnusableError, SecretUnusableError)
"""What is raised where a setting names something that cannot be used; the text says what."""

BETWEEN_TRIES_SECONDS: Final = 1.0
"""From one try to reach the database to the next."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What makes plans: between ``open`` and ``close`` solvers come from a process that has everything loaded."""

    planner: Planner
    roads: RoadsAtHand
    nursery: Nursery | None = None

    def open(self) -> None:
        """Begin to load what a solver needs."""
        self.roads.open()
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
        return None if self.nursery is None else self.nursery.trouble

    def close(self) -> None:
        """Leave no process behind."""
        self.roads.held.close()
        if self.nursery is not None:
            self.nursery.close()


@dataclass(frozen=True, slots=True)
class WorkerWiring:
    """A worker and what it works with."""

    workshop: Workshop
    worker: Worker

    def open(self) -> None:
        """Raises StoreDownError."""
        self.workshop.open()
        self.worker.start()

    def close(self) -> None:
        """What is being made is left for others to go on with."""
        self.worker.drain()
        self.workshop.close()


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the routes need."""

    database: Database
    queue: Queue
    limits: QueueLimits
    sources: Sources
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    watch: Watch
    requests: RequestFigures
    """How they were answered."""
    at_work: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))
    """To be held while an HTTP thread does long work: more than two at once would only hold up the event loop."""
    roads: RoadsAtHand | None = None
    """What to open and close for travel times, unless ``helper`` does."""
    helper: WorkerWiring | None = None
    """A worker in this process, where there is no other."""
    lasting: AbstractContextManager[None] = field(default_factory=nullcontext)
    """What is to be there from ``open`` to ``close``."""
    held: ExitStack = field(default_factory=ExitStack)

    def jobs(self, tenant: str) -> PlanJobs:
        """The plans of one tenant."""
        plans = SqlTenantPlans(tenant, self.database, self.queue)
        return PlanJobs(plans, self.limits, self.clock, self.new_id)

    @property
    def keys(self) -> Keys:
        """Who may do what."""
        return Keys(SqlKeyStore(self.database), self.clock, self.new_id)

    @property
    def work(self) -> PlanWork:
        """The plans of all tenants, for whoever looks after them."""
        return SqlPlanWork(self.database)

    @property
    def sources_at_work(self) -> Sources:
        """For whoever holds ``at_work``: while they wait for an answer from elsewhere, others may work."""
        return aside(self.sources, self.at_work)

    def open(self) -> None:
        """Begin to load roads, and to make plans if nobody else does. Raises StoreDownError."""
        self.held.enter_context(self.lasting)
        if self.helper is not None:
            self.helper.open()
        elif self.roads is not None:
            self.roads.open()

    def warm_up(self) -> None:
        """Load what the first request would have to wait for."""
        boundaries()
        if self.helper is not None:
            self.helper.workshop.warm_up()

    @property
    def readiness(self) -> Readiness:
        """Which part is not there, if that is so."""
        return readiness(self.work, self.clock())

    def close(self) -> None:
        """Leave nothing open."""
        self.watch.close()
        if self.helper is not None:
            self.helper.close()
        elif self.roads is not None:
            self.roads.held.close()
        self.database.close()
        self.held.close()


def wire(settings: Settings) -> Wiring:
    """The service as it takes requests; workers make the plans.

    Raises one of UNUSABLE if a setting names something that cannot be used, StoreDownError.
    """
    database = Database.open(settings.database)
    database.require_schema()
    signer_of(settings)  # whether it can be used is to be known before anybody asks to be called back
    requests = RequestFigures()
    heard = AskedFigures(requests.registry).heard
    roads = roads_of(settings, heard)
    sources = sources_of(settings, roads, database, heard)
    return _wiring(settings, database, DbosQueue(database.engine), sources, requests, roads=roads)


def wire_worker(settings: Settings, name: str) -> WorkerWiring:
    """A worker. Raises one of UNUSABLE if a setting names something that cannot be used, StoreDownError."""
    database = Database.open(settings.database)
    database.require_schema()
    registry = CollectorRegistry()
    workshop, _ = workshop_of(settings, database, heard=AskedFigures(registry).heard)
    return _worker(settings, name, workshop, database, DbosQueue(database.engine), registry)


def wire_alone(settings: Settings, *, at_hand: bool = True) -> Wiring:
    """Everything in this process; what it keeps is gone when it ends.

    ``at_hand``: solvers come from a process that has everything loaded, which is worth its while for many plans.
    Raises one of UNUSABLE if a setting names something that cannot be used.
    """
    folder = Path(gettempdir()) / f"dayroute-{new_id()}"
    database = Database.open(f"sqlite:///{folder / 'plans.sqlite'}")
    registry = CollectorRegistry()
    workshop, sources = workshop_of(settings, at_hand=at_hand, heard=AskedFigures(registry).heard)
    queue = ThreadQueue()
    helper = _worker(settings, "alone", workshop, database, queue, registry)
    lasting = _passing(folder, database)
    return _wiring(settings, database, queue, sources, RequestFigures(), helper=helper, lasting=lasting)


def workshop_of(
    settings: Settings, database: Database | None = None, *, at_hand: bool = True, heard: Heard = unheard
) -> tuple[Workshop, Sources]:
    """What makes plans, and from what. Raises one of UNUSABLE."""
    turn, kernels, memory = threading.Lock(), settings.kernels, settings.solver_memory_mb
    nursery = Nursery(kernels=kernels, memory_mb=memory) if at_hand else None
    roads = roads_of(settings, heard)
    sources = sources_of(settings, roads, database, heard)
    solver = StepsAside(SolverProcess(nursery, kernels=kernels, memory_mb=memory), turn)
    threads = min(settings.solver_threads, processors())
    planner = partial(plan_day, sources=aside(sources, turn), solver=solver, threads=threads, clock=utc_now)
    return Workshop(TakingTurns(planner, turn), roads, nursery), sources


def _wiring(  # noqa: PLR0913 - every one is a part chosen above
    settings: Settings,
    database: Database,
    queue: Queue,
    sources: Sources,
    requests: RequestFigures,
    *,
    roads: RoadsAtHand | None = None,
    helper: WorkerWiring | None = None,
    lasting: AbstractContextManager[None] | None = None,
) -> Wiring:
    return Wiring(
        database,
        queue,
        QueueLimits(settings.queue_limit, settings.tenant_queue_limit),
        sources,
        utc_now,
        new_id,
        Watch(SqlPlanWork(database)),
        requests,
        roads=roads,
        helper=helper,
        lasting=lasting or nullcontext(),
    )


def _worker(  # noqa: PLR0913, PLR0917 - every one is a part chosen above
    settings: Settings, name: str, workshop: Workshop, database: Database, queue: Queue, registry: CollectorRegistry
) -> WorkerWiring:
    work, figures = SqlPlanWork(database), WorkFigures(registry)
    maker = PlanMaker(
        work,
        workshop.planner,
        name,
        clock=utc_now,
        new_id=new_id,
        between_tries=lambda: sleep(BETWEEN_TRIES_SECONDS),
        observer=figures,
    )
    worker = Worker(
        name,
        work,
        queue,
        maker,
        settings.solver_slots,
        clock=utc_now,
        trouble=lambda: workshop.trouble,
        observer=figures,
        figures=figures.told,
        chores=_chores(settings, database, queue, figures),
    )
    return WorkerWiring(workshop, worker)


def _chores(
    settings: Settings, database: Database, queue: Queue, observer: Observer
) -> Mapping[str, Callable[[], object]]:
    work = SqlPlanWork(database)
    chores: dict[str, Callable[[], object]] = {
        "deadlines": lambda: observer.expired(work.expire(utc_now())),
        "retention": Retention(work, queue, settings.keeping, utc_now).purge_now_and_then,
    }
    if (signer := signer_of(settings)) is not None:
        post = partial(post_publicly, private=settings.callback_private)
        chores["callbacks"] = Teller(SqlCallbacks(database), signer, post, utc_now, observer).tell
    return chores


def signer_of(settings: Settings) -> Signer | None:
    """Who signs what callers are told. Raises SecretUnusableError."""
    said = settings.callback_secret
    return None if said is None else Signer.of(said)


@contextmanager
def _passing(folder: Path, database: Database) -> Generator[None]:
    """A database that is gone afterwards, with its folder."""
    folder.mkdir(mode=0o700)
    try:
        database.create()
        yield
    finally:
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)
