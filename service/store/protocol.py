"""What keeping plans means, whoever keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from service.day.plan import Plan
from service.day.request import DayRequest
from service.plan_day import Progress

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


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One request for a plan and what has become of it.

    ``number`` counts arrivals from 1, ``revision`` counts changes of this record.
    """

    id: str
    number: int
    request: DayRequest
    created_at: datetime
    status: Status = Status.QUEUED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    progress: Progress | None = None
    plan: Plan | None = None
    failure: Failure | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What is known of a plan before it is kept."""

    id: str
    request: DayRequest
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """The caller's name for one submission, and what was submitted under it."""

    key: str
    fingerprint: str


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


class PlanStore(Protocol):
    """Plans by id. Every call is one transaction; any thread may make it."""

    def add(self, new: NewPlan, key: IdempotencyKey | None, most_queued: int) -> PlanRecord:
        """Keeps a new plan as queued, or returns the one that was kept under the same key within KEY_KEPT_FOR.

        Raises KeyReusedError if the key was used for something else, QueueFullError if ``most_queued`` plans wait.
        """
        ...

    def release_key(self, plan_id: str) -> None:
        """The idempotency key of a plan may be used again, for another try."""
        ...

    def get(self, plan_id: str) -> PlanRecord | None:
        """The plan as it stands."""
        ...

    def update(self, plan_id: str, change: Callable[[PlanRecord], PlanRecord]) -> PlanRecord | None:
        """Replaces the record by what ``change`` makes of it and returns that; ``None`` if the plan is gone.

        A change that returns its argument leaves the revision alone; any other raises it by one.
        """
        ...

    def page(self, before: int | None, limit: int) -> tuple[PlanRecord, ...]:
        """Newest first, at most ``limit``, only numbers below ``before`` if that is given."""
        ...

    def remove(self, plan_id: str) -> bool:
        """Erases the plan with its key and its cases; whether there was one."""
        ...

    def keep_case(self, case: Case) -> None:
        """Keeps what is needed to look into a failure, as long as its plan is kept."""
        ...

    def case(self, incident_id: str) -> Case | None:
        """The case kept under this id."""
        ...
