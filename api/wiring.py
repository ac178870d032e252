"""The one place that chooses adapters: shared by the HTTP app and the command line."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from api.road_wiring import RoadsAtHand, roads_of
from api.settings import Settings, processors
from service.geocoding.chain import Chain
from service.geocoding.index import AddressIndex, IndexUnreadableError
from service.geocoding.online import Manners, UnknownServiceError, online
from service.hours.packs import PackRefused, Packs
from service.jobs.nursery import Nursery
from service.jobs.plan_jobs import PlanJobs
from service.jobs.solver_process import SolverProcess
from service.jobs.turns import AsksAside, StepsAside, TakingTurns, TravelsAside, Turn
from service.places import Accepted
from service.plan_day import plan_day
from service.sources import Sources
from service.store.memory import MemoryPlanStore
from service.store.protocol import PlanStore
from service.travel.osrm.data import RoadsUnusableError
from service.travel.osrm.tools import ToolsMissingError
from service.zones import boundaries

WARM_UP_SECONDS: Final = 10.0
"""How long to wait for the nursery before serving; usually it takes one. Plans that come before it is there wait."""

UNUSABLE: Final = (PackRefused, IndexUnreadableError, UnknownServiceError, RoadsUnusableError, ToolsMissingError)
"""What is raised where a setting names something that cannot be used; the text says what."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the routes need."""

    store: PlanStore
    jobs: PlanJobs
    sources: Sources
    new_id: Callable[[], str]
    at_work: threading.Semaphore
    """To be held while an HTTP thread does long work: more than two at once would only hold up the event loop."""
    nursery: Nursery | None = None
    """Where solvers come from at once, between ``open`` and ``close``; without it each is started from scratch."""
    roads: RoadsAtHand | None = None
    """What to open and close for travel times."""

    @property
    def sources_at_work(self) -> Sources:
        """For whoever holds ``at_work``: while they wait for an answer from elsewhere, others may work."""
        return _aside(self.sources, self.at_work)

    def open(self) -> None:
        """Begin to load what a solver needs. Worth its while for a server; a single plan does without."""
        if self.roads is not None:
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
        return self.nursery.trouble if self.nursery is not None else None

    def close(self) -> None:
        """Keep the best so far of every plan that is being made, and leave no process behind."""
        self.jobs.close()
        if self.roads is not None:
            self.roads.held.close()
        if self.nursery is not None:
            self.nursery.close()


def wire(settings: Settings) -> Wiring:
    """The service as it runs in earnest: plans in memory, each solve in a process of its own.

    Raises one of UNUSABLE if a setting names something that cannot be used.
    """
    store = MemoryPlanStore(most_finished=settings.kept_plans)
    turn, nursery = threading.Lock(), Nursery(kernels=settings.kernels)
    roads = roads_of(settings)
    sources = sources_of(settings, roads)
    solver = StepsAside(SolverProcess(nursery, kernels=settings.kernels), turn)
    threads = min(settings.solver_threads, processors())
    jobs = PlanJobs(
        store,
        TakingTurns(partial(plan_day, sources=_aside(sources, turn), solver=solver, threads=threads), turn),
        slots=settings.solver_slots,
        most_queued=settings.queue_limit,
        clock=utc_now,
        new_id=new_id,
    )
    return Wiring(store, jobs, sources, new_id, threading.Semaphore(2), nursery, roads)


def sources_of(settings: Settings, roads: RoadsAtHand) -> Sources:
    """Where plans take from what requests do not say. Raises one of UNUSABLE."""
    return Sources(roads.roads, packs_of(settings), geocoder_of(settings), accepted_by(settings))


def accepted_by(settings: Settings) -> Accepted:
    """How well an address has to be found."""
    return Accepted(settings.address_quality, settings.address_slips)


def geocoder_of(settings: Settings) -> Chain:
    """The offline index first, then whoever a setting names; addresses leave this host for nobody else.

    Raises one of UNUSABLE.
    """
    index = [] if settings.addresses is None else [AddressIndex.open(settings.addresses)]
    manners = Manners(
        settings.geocoder_caller,
        settings.geocoder_per_second,
        timedelta(seconds=settings.geocoder_timeout_seconds),
    )
    return Chain((*index, *(online(said, manners) for said in settings.geocoders)))


def _aside(sources: Sources, turn: Turn) -> Sources:
    """Whoever waits for an answer from elsewhere lets others have the turn. Estimates are made here."""
    roads = sources.roads
    if roads.engine is not roads.estimate:
        roads = replace(roads, engine=TravelsAside(roads.engine, turn))
    return replace(sources, geocoder=AsksAside(sources.geocoder, turn), roads=roads)


def packs_of(settings: Settings) -> Packs:
    """Policy packs, the tenant's among them. Raises PackRefused."""
    return Packs.of(settings.policies, unverified=settings.unverified_policies)


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)  # noqa: TID251 - the clock that everything else is given


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)
