"""Plans being made: by one worker, in the threads of a queue.

Whoever makes a plan may die at any moment, or be taken for dead, while another goes on with it. So the worker says
again and again that it lives, keeps what it has found so far, and writes only what the store still takes from it.
"""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from service.day.plan import Plan
from service.incidents import where
from service.jobs.planner import Planner
from service.jobs.solving import OutOfMemory, SolverDied
from service.observer import UNOBSERVED, Observer
from service.outage import OutageError
from service.plan_day import GateFailed, PlanRefused
from service.progress import Incumbent
from service.store.protocol import (
    LATE,
    Attempt,
    Claimed,
    Failure,
    Improvement,
    Outcome,
    PlanWork,
    RequestUnreadableError,
    Status,
    StoreDownError,
)
from solver.budget import StoppedBecause

T = TypeVar("T")

LOG: Final = logging.getLogger(__name__)

MOST_TRIES: Final = 3
"""How often a day may take its solver along before it is given up."""

MOST_LOSSES: Final = 10
"""How many workers a plan may be lost with, by its own fault or by that of another that they were at."""


@dataclass(slots=True)
class _Making:
    """A plan that this worker is at."""

    attempt: Attempt
    stop: threading.Event = field(default_factory=threading.Event)
    asked: bool = False
    """Whether it is for the best so far that it is stopped."""
    best: Incumbent | None = None
    kept: Incumbent | None = None
    """What the store has of it."""


class PlanMaker:
    """Makes plans by id, several at a time in threads of others.

    ``clock`` gives aware instants, ``new_id`` unguessable ids for incidents; ``between_tries`` is called before the
    database is tried again.
    """

    def __init__(  # noqa: PLR0913 - every one is a part chosen by whoever puts the worker together
        self,
        work: PlanWork,
        planner: Planner,
        worker: str,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        between_tries: Callable[[], None],
        observer: Observer = UNOBSERVED,
    ) -> None:
        self._work = work
        self._planner = planner
        self._worker = worker
        self._clock = clock
        self._new_id = new_id
        self._between_tries = between_tries
        self._observer = observer
        self._lock = threading.Lock()
        self._making: dict[Attempt, _Making] = {}
        self._interrupted = False

    def make(self, plan_id: str) -> None:
        """Makes the plan, if there is still something to be made; returns when its outcome is kept.

        Raises InterruptedError if the worker goes down before that: another will go on with it.
        """
        try:
            claimed = self._insist(lambda: self._work.claim(plan_id, self._worker, self._clock()))
        except RequestUnreadableError as error:
            attempt, unreadable = error.attempt, self._failed(error)
            self._insist(lambda: self._work.finish(attempt, unreadable))
            return
        if claimed is None:
            return
        began = self._clock()
        self._observer.began(claimed.urgency, began - claimed.created_at, again=claimed.attempt.number > 1)
        LOG.info("a plan is begun", extra={"plan_id": plan_id, "attempt": claimed.attempt.number})
        with self._at_it(claimed) as making:
            outcome = self._outcome(claimed, making)
            if self._insist(lambda: self._work.finish(claimed.attempt, outcome)):
                code = "" if outcome.failure is None else outcome.failure.code
                took = outcome.at - began
                self._observer.ended(outcome.status, code, took, outcome.plan)
                told = {"plan_id": plan_id, "status": outcome.status.value, "seconds": took.total_seconds()}
                LOG.info("a plan has ended", extra=told)

    def keep(self) -> None:
        """Keeps what was found since the last time. Raises StoreDownError."""
        with self._lock:
            better = [
                (making, making.best)
                for making in self._making.values()
                if making.best is not None and making.best is not making.kept
            ]
        if better:
            self._work.improve([Improvement(making.attempt, best) for making, best in better])
            for making, best in better:
                making.kept = best

    def look(self) -> None:
        """Ends what nobody wants any more, or of which the best so far is wanted. Raises StoreDownError."""
        with self._lock:
            making = dict(self._making)
        for attempt, asked in self._work.to_be_left(making.keys()).items():
            making[attempt].asked = asked
            making[attempt].stop.set()

    def interrupt(self) -> None:
        """The worker goes down: everything stops where it is, for another to go on with."""
        with self._lock:
            self._interrupted = True
            for making in self._making.values():
                making.stop.set()

    @contextmanager
    def _at_it(self, claimed: Claimed) -> Generator[_Making]:
        making = _Making(claimed.attempt, asked=claimed.stopping)
        with self._lock:
            if self._interrupted:
                raise InterruptedError
            self._making[claimed.attempt] = making
        if making.asked:
            making.stop.set()
        try:
            yield making
        finally:
            with self._lock:
                del self._making[claimed.attempt]

    def _outcome(self, claimed: Claimed, making: _Making) -> Outcome:
        """How it ended. Raises InterruptedError if that was not its own end."""
        if claimed.losses >= MOST_LOSSES:
            return self._failed(WorkerLost())
        if _is_late(claimed, self._clock()):
            return Outcome(Status.FAILED, self._clock(), failure=LATE)
        try:
            plan = self._planned(claimed, making)
        except Exception as error:  # noqa: BLE001 - one plan's failure, whatever it is, must not take the others along
            self._require_own_end(making)
            return self._out(error) if isinstance(error, OutageError) else self._failed(error)
        self._require_own_end(making)
        return Outcome(Status.STOPPED if making.asked else Status.DONE, self._clock(), plan=plan)

    def _planned(self, claimed: Claimed, making: _Making) -> Plan:
        """The plan, of as many tries as it takes: what a solver had found when it died is gone on from."""
        making.best = making.kept = claimed.incumbent

        def note(better: Incumbent) -> None:
            if making.best is None:
                self._observer.found(self._clock() - claimed.created_at)
            making.best = better

        for tries_left in reversed(range(MOST_TRIES)):
            try:
                plan = self._planner(claimed.request, on_better=note, stop=making.stop, go_on_from=making.best)
            except SolverDied as died:
                self._observer.solver_died()
                if not tries_left or making.stop.is_set() or isinstance(died, OutOfMemory):
                    raise
                LOG.warning("a solver died and its plan is tried again: %s", died)
                continue
            if plan.solver.stopped_because != StoppedBecause.DIED:
                return plan
            self._observer.solver_died()
            if not tries_left or making.stop.is_set():
                return plan
        raise AssertionError  # the last try returns or raises

    def _require_own_end(self, making: _Making) -> None:
        if self._interrupted and making.stop.is_set() and not making.asked:
            with suppress(StoreDownError):
                self.keep()
            raise InterruptedError

    def _failed(self, error: Exception) -> Outcome:
        incident = self._new_id()
        told = f"{type(error).__name__}: {error}" if isinstance(error, _SAFE_TO_TELL) else type(error).__name__
        LOG.error("incident %s: no plan, %s\n%s", incident, told, where(error))
        sentence = _SENTENCES.get(type(error), "The plan could not be made.")
        failure = Failure("plan_failed", sentence, incident)
        return Outcome(Status.FAILED, self._clock(), failure=failure, error=told)

    def _out(self, error: OutageError) -> Outcome:
        """Nothing that anybody here has to look into; the same request, sent again, is a new try."""
        LOG.warning("no plan: %s", error)
        failure = Failure(error.code, error.detail, retry_after=error.retry_after)
        return Outcome(Status.FAILED, self._clock(), failure=failure)

    def _insist(self, call: Callable[[], T]) -> T:
        """The answer of the database, however long it is away. Raises InterruptedError."""
        while True:
            try:
                return call()
            except StoreDownError as error:
                LOG.warning("%s", error)
            if self._interrupted:
                raise InterruptedError
            self._between_tries()


def _is_late(claimed: Claimed, now: datetime) -> bool:
    """Whether the plan was needed by now, and there is none: what was found before is better than nothing."""
    deadline = claimed.request.options.deadline
    is_past = deadline is not None and deadline.astimezone(UTC) <= now.astimezone(UTC)
    return is_past and claimed.incumbent is None


class WorkerLost(Exception):  # noqa: N818 - named after what happened
    """Whoever made the plan was gone before it was finished, again and again."""

    def __init__(self) -> None:
        super().__init__(f"{MOST_LOSSES} times")


_SAFE_TO_TELL: Final = (GateFailed, PlanRefused, RequestUnreadableError, SolverDied, WorkerLost)
"""Errors whose text names nobody."""

_SENTENCES: Final[dict[type[Exception], str]] = {
    GateFailed: "A finished plan broke a rule when it was checked, so it was withheld.",
    OutOfMemory: "The solver needed more memory than it may take.",
    SolverDied: f"The solver died before it had found a plan, {MOST_TRIES} times.",
    RequestUnreadableError: "What was kept of the request cannot be read by this version.",
    PlanRefused: "The request turned out not to be plannable.",
    WorkerLost: "Whoever made the plan was lost before it was finished, again and again.",
}
