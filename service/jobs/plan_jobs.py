"""Plans that are made in the background: handed in, watched, stopped, erased."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from service.day.plan import Plan
from service.day.request import DayRequest
from service.incidents import where
from service.jobs.solving import SolverDied
from service.outage import OutageError
from service.plan_day import GateFailed, PlanRefused, Progress
from service.store.protocol import Case, Failure, IdempotencyKey, NewPlan, PlanRecord, PlanStore, Status

LOG: Final = logging.getLogger(__name__)


class Planner(Protocol):
    """``service.plan_day`` with its adapters already chosen."""

    def __call__(self, request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        """The plan for a day; the best so far soon after ``stop`` is set."""
        ...


class ClosedError(Exception):
    """No more plans are taken: the service is going down."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is needed besides the record while a plan is being made."""

    stop: threading.Event = field(default_factory=threading.Event)
    finished: Future[None] = field(default_factory=Future[None])


class PlanJobs:
    """Makes up to ``slots`` plans at a time in threads of its own; up to ``most_queued`` more wait their turn.

    The store has the truth about every plan, this has only what runs. ``clock`` gives aware instants, ``new_id``
    unguessable ids for plans and incidents.
    """

    def __init__(  # noqa: PLR0913 - every one is a part chosen by whoever puts the service together
        self,
        store: PlanStore,
        planner: Planner,
        *,
        slots: int,
        most_queued: int,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._planner = planner
        self._most_queued = most_queued
        self._clock = clock
        self._new_id = new_id
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self._slots = ThreadPoolExecutor(max_workers=slots, thread_name_prefix="plan")
        self._closed = False

    def submit(self, request: DayRequest, key: IdempotencyKey | None = None) -> PlanRecord:
        """Keeps the request and plans it as soon as a slot is free; the same key brings back the same plan.

        Raises KeyReusedError, QueueFullError, ClosedError.
        """
        with self._lock:
            if self._closed:
                raise ClosedError
            new = NewPlan(self._new_id(), request, self._clock())
            record = self._store.add(new, key, self._most_queued)
            if record.id == new.id:
                job = self._jobs[record.id] = _Job()
                job.finished.set_running_or_notify_cancel()  # a waiter who gives up must not cancel it for the others
                self._slots.submit(self._make, record.id, job)
            return record

    def finished(self, plan_id: str) -> Future[None]:
        """Done once nothing about this plan will change any more; cancelling it changes nothing."""
        with self._lock:
            job = self._jobs.get(plan_id)
        if job is not None:
            return job.finished
        already: Future[None] = Future()
        already.set_result(None)
        return already

    def stop(self, plan_id: str) -> PlanRecord | None:
        """Asks a running plan for its best so far, cancels a waiting one; ``None`` if there is no such plan."""
        record = self._store.update(plan_id, self._cancel_if_queued)
        with self._lock:
            job = self._jobs.get(plan_id)
        if job is not None:
            job.stop.set()
        return record

    def delete(self, plan_id: str) -> bool:
        """Stops the plan and erases every trace of it; whether there was one."""
        with self._lock:
            job = self._jobs.get(plan_id)
        known = self._store.remove(plan_id)
        if job is not None:
            job.stop.set()
        return known

    @property
    def open(self) -> bool:
        """Whether plans are taken."""
        return not self._closed

    def close(self) -> None:
        """Takes no more plans, cancels what waits, keeps the best so far of what runs, and returns when it is kept."""
        with self._lock:
            self._closed = True
            running = list(self._jobs)
        for plan_id in running:
            self.stop(plan_id)
        self._slots.shutdown(wait=True)

    def _make(self, plan_id: str, job: _Job) -> None:
        try:
            record = self._store.update(plan_id, self._start_if_queued)
            if record is not None and record.status is Status.RUNNING:
                self._store.update(plan_id, self._outcome(record, job))
        finally:
            with self._lock:
                del self._jobs[plan_id]
            job.finished.set_result(None)

    def _outcome(self, record: PlanRecord, job: _Job) -> Callable[[PlanRecord], PlanRecord]:
        def report(progress: Progress) -> None:
            self._store.update(record.id, lambda before: replace(before, progress=progress))

        try:
            plan = self._planner(record.request, on_progress=report, stop=job.stop)
        except Exception as error:  # noqa: BLE001 - one plan's failure, whatever it is, must not take the others along
            failure = self._outage(record, error) if isinstance(error, OutageError) else self._keep_case(record, error)
            return lambda before: replace(
                before, status=Status.FAILED, failure=failure, finished_at=self._clock(), progress=None
            )
        status = Status.STOPPED if job.stop.is_set() else Status.DONE
        return lambda before: replace(before, status=status, plan=plan, finished_at=self._clock(), progress=None)

    def _keep_case(self, record: PlanRecord, error: Exception) -> Failure:
        incident = self._new_id()
        told = f"{type(error).__name__}: {error}" if isinstance(error, _SAFE_TO_TELL) else type(error).__name__
        self._store.keep_case(Case(incident, record.id, record.request, told, self._clock()))
        LOG.error("incident %s: no plan, %s\n%s", incident, told, where(error))
        return Failure("plan_failed", _SENTENCES.get(type(error), "The plan could not be made."), incident)

    def _outage(self, record: PlanRecord, error: OutageError) -> Failure:
        """Nothing that anybody here has to look into; the same request, sent again, is a new try."""
        LOG.warning("no plan: %s", error)
        self._store.release_key(record.id)
        return Failure(error.code, error.detail, retry_after=error.retry_after)

    def _start_if_queued(self, record: PlanRecord) -> PlanRecord:
        if record.status is not Status.QUEUED:
            return record
        return replace(record, status=Status.RUNNING, started_at=self._clock())

    def _cancel_if_queued(self, record: PlanRecord) -> PlanRecord:
        if record.status is not Status.QUEUED:
            return record
        return replace(record, status=Status.CANCELLED, finished_at=self._clock())


_SAFE_TO_TELL: Final = (GateFailed, PlanRefused, SolverDied)
"""Errors whose text names nobody."""

_SENTENCES: Final[dict[type[Exception], str]] = {
    GateFailed: "A finished plan broke a rule when it was checked, so it was withheld.",
    SolverDied: "The solver died before it had found a plan.",
    PlanRefused: "The request turned out not to be plannable.",
}
