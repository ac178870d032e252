"""What keeping plans means, whoever keeps them.

A plan belongs to a tenant and is seen by nobody else: what callers may do goes through ``TenantPlans``. Whoever makes
plans, for whatever tenant, uses ``PlanWork``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, Protocol

from service.callbacks.protocol import Callback
from service.day.plan import Plan, PlanScore
from service.day.request import DayRequest
from service.jobs.queue import Urgency
from service.outage import OutageError
from service.progress import Incumbent, Progress

KEY_KEPT_FOR: Final = timedelta(hours=24)
"""How long an idempotency key is remembered."""


class Status(StrEnum):
    """Where a plan stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    """Somebody asked for the best so far; it is there."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    """Stopped before there was anything to keep."""

    @property
    def final(self) -> bool:
        """Whether nothing more will change."""
        return self not in {Status.QUEUED, Status.RUNNING}

    @property
    def has_plan(self) -> bool:
        """Whether there are itineraries to be read."""
        return self in {Status.DONE, Status.STOPPED}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no plan.

    ``incident_id`` finds the case that was kept. There is none where somebody else gave no answer: the same request
    will do when they are back, perhaps after ``retry_after``.
    """

    code: str
    detail: str
    incident_id: str | None = None
    retry_after: timedelta | None = None


LATE: Final = Failure("deadline_passed", "The plan was needed before anybody could begin with it.")


@dataclass(frozen=True, slots=True)
class PlanState:
    """One request for a plan and what has become of it, without the request and the plan themselves.

    ``number`` counts the tenant's plans from 1, ``revision`` counts changes of this state. ``score`` is there once
    there is a plan, ``progress`` until then.
    """

    id: str
    number: int
    created_at: datetime
    name: str | None = None
    currency: str | None = None
    status: Status = Status.QUEUED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    progress: Progress | None = None
    score: PlanScore | None = None
    failure: Failure | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A plan and the request that it answers."""

    request: DayRequest
    plan: Plan


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What is known of a plan before it is kept. ``effort`` is how long making it may take."""

    id: str
    request: DayRequest
    created_at: datetime
    effort: timedelta
    urgency: Urgency = Urgency.BATCH


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """The caller's name for one submission, and what was submitted under it."""

    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """How many plans may wait: of everybody together, and of one tenant."""

    all: int
    tenant: int


@dataclass(frozen=True, slots=True)
class Room:
    """How many plans of a tenant may wait, and how many more than do."""

    limit: int
    left: int


@dataclass(frozen=True, slots=True)
class Erased:
    """In how many plans there was something of a person, and how many of these are being made.

    They lose it when they end.
    """

    plans: int
    running: int


@dataclass(frozen=True, slots=True)
class Case:
    """What is needed to find out why a plan failed. ``error`` has no personal data, ``request`` is full of it."""

    incident_id: str
    plan_id: str
    request: DayRequest
    error: str
    at: datetime


class KeyReusedError(Exception):
    """The idempotency key came with another body before."""


class QueueFullError(Exception):
    """As many plans wait as may."""


class TenantQueueFullError(Exception):
    """As many plans of this tenant wait as may."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(limit)


class RequestUnreadableError(Exception):
    """What was kept of a request is none, or none that this version understands."""

    def __init__(self, attempt: "Attempt", kind: str) -> None:
        """``attempt`` is that which found out."""
        self.attempt = attempt
        super().__init__(kind)


class StoreDownError(OutageError):
    """The database cannot be reached, or cannot write."""

    code: ClassVar[str] = "store_down"
    what: ClassVar[str] = "database"
    consequence: ClassVar[str] = "Nothing can be read or kept"


class TenantPlans(Protocol):
    """The plans of one tenant by id; nobody else's are there. Every call is one transaction; any thread may make it.

    Any call raises StoreDownError if the database gives no answer.
    """

    def add(self, new: NewPlan, key: IdempotencyKey | None, limits: QueueLimits) -> PlanState:
        """Keeps a new plan as queued, or returns the one that was kept under the same key within KEY_KEPT_FOR.

        Raises KeyReusedError if the key was used for something else, QueueFullError or TenantQueueFullError if too many
        plans wait.
        """
        ...

    def room(self, limits: QueueLimits) -> Room:
        """For how many more there is room."""
        ...

    def state(self, plan_id: str) -> PlanState | None:
        """Where the plan stands."""
        ...

    def made(self, plan_id: str) -> Made | None:
        """The plan and its request; ``None`` while there is no plan, and if there never will be."""
        ...

    def improvements(self, plan_id: str, after: int) -> Sequence[tuple[int, Progress]]:
        """Better plans that were found, each with the revision that it made, of revisions beyond ``after``."""
        ...

    def callback(self, plan_id: str) -> Callback | None:
        """How far its end has been told; ``None`` if nobody is to be."""
        ...

    def page(self, before: int | None, limit: int) -> Sequence[PlanState]:
        """Newest first, at most ``limit``, only numbers below ``before`` if that is given."""
        ...

    def stop(self, plan_id: str, at: datetime) -> PlanState | None:
        """Cancels a plan that waits; whoever makes one that runs hears of it. ``None`` if there is no such plan."""
        ...

    def remove(self, plan_id: str) -> bool:
        """Erases the plan with everything that was kept of it; whether there was one."""
        ...

    def erase(self, account: str, at: datetime) -> Erased:
        """Takes whatever was sent for that account before that instant out of plans.

        Many transactions: what was done before StoreDownError is, and it may be called again. A plan of which nobody
        can say any more whether it has something of the account is erased altogether.
        """
        ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a plan, by one worker: what it writes counts only while no other has begun after it."""

    plan_id: str
    number: int
    worker: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is needed to make a plan, or to go on with it.

    ``incumbent`` is the best that earlier attempts had found, its time all that they took. ``stopping``: somebody wants
    the best so far. ``losses``: how often a worker was lost that had it in hand.
    """

    attempt: Attempt
    request: DayRequest
    created_at: datetime
    urgency: Urgency
    incumbent: Incumbent | None = None
    stopping: bool = False
    losses: int = 0


@dataclass(frozen=True, slots=True)
class Improvement:
    """A better plan than all before."""

    attempt: Attempt
    incumbent: Incumbent


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: with a plan, or with a failure, whose ``error`` is kept if it has an incident."""

    status: Status
    at: datetime
    plan: Plan | None = None
    failure: Failure | None = None
    error: str | None = None


RETIRED: Final = -1
"""Signs of life of a worker that has said that it is no more."""
LOST: Final = -2
"""Signs of life of a worker that somebody saw die."""


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker, how many signs of life it has given, and the last of them."""

    id: str
    beats: int
    at: datetime
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many plans of an urgency wait, and since when the first of them does."""

    plans: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """Plans that wait, by their urgency where there are any, and how many are being made."""

    waiting: Mapping[Urgency, Waiting]
    running: int


class PlanWork(Protocol):
    """Plans for whoever makes them. Every call is one transaction; any thread may make it.

    Any call raises StoreDownError if the database gives no answer.
    """

    def claim(self, plan_id: str, worker: str, at: datetime) -> Claimed | None:
        """Takes the plan over from whoever had it; ``None`` if there is nothing to be made of it any more.

        Raises RequestUnreadableError.
        """
        ...

    def improve(self, improvements: Sequence[Improvement]) -> None:
        """Keeps better plans, as far as the attempts still count."""
        ...

    def finish(self, attempt: Attempt, outcome: Outcome) -> bool:
        """Keeps how it ended; whether the attempt still counted.

        A failure without an incident gives back the idempotency key, for another try.
        """
        ...

    def to_be_left(self, attempts: Collection[Attempt]) -> Mapping[Attempt, bool]:
        """Attempts that are to end: ``True`` if somebody wants the best so far, ``False`` if they no longer count."""
        ...

    def beat(self, worker: str, at: datetime, trouble: str | None) -> None:
        """A sign of life; ``trouble`` is why it cannot make plans, if it cannot."""
        ...

    def tell_figures(self, worker: str, figures: str) -> None:
        """What a worker that gives signs of life has counted."""
        ...

    def retire(self, worker: str, *, lost: bool) -> None:
        """The worker has given its last sign of life: RETIRED if it let go of what it had, LOST if it was seen dead."""
        ...

    def workers(self) -> Sequence[WorkerSeen]:
        """All that have not been forgotten."""
        ...

    def count_spent(self, workers: Collection[str]) -> int:
        """What these workers have in hand has taken the time up to their last sign of life, and has lost a worker.

        The latter not by one that has retired. Returns how many plans that were.
        """
        ...

    def forget(self, workers: Collection[str]) -> None:
        """These workers are no more."""
        ...

    def expire(self, now: datetime) -> int:
        """Plans that still wait although they were to be there by now fail with LATE; how many."""
        ...

    def purge(self, statuses: Collection[Status], before: datetime, most: int) -> Sequence[str]:
        """Erases plans that ended so before that instant, of every tenant, ``most`` at a time; those that it erased.

        Those whose end has still to be told to somebody are left.
        """
        ...

    def tidy(self, now: datetime) -> None:
        """Forgets what was to be known until now only: answers of geocoders, keys of idempotency, erased accounts."""
        ...

    def figures(self) -> Mapping[str, str]:
        """What each worker has told of what it has counted."""
        ...

    def backlog(self) -> Backlog:
        """What is still to be done, for whatever tenant."""
        ...

    def case(self, incident_id: str) -> Case | None:
        """The case kept under this id, as long as its plan is."""
        ...


class PlanChanges(Protocol):
    """Plans for whoever waits for them, of whatever tenant."""

    def revisions(self, plan_ids: Collection[str]) -> Mapping[str, int]:
        """Revisions of those plans that there are."""
        ...
