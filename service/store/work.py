"""Plans for whoever makes them, and for whoever waits for them, in a database."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from service.callbacks.protocol import Telling
from service.jobs.queue import Urgency
from service.progress import Incumbent
from service.store.callbacks import has_ended
from service.store.database import Database
from service.store.documents import (
    read_itineraries,
    read_progress,
    read_request,
    write_itineraries,
    write_plan,
    write_progress,
    write_score,
)
from service.store.erasures import erased_since, forget_erasures, is_concerned, put_tombstones, take_out
from service.store.protocol import (
    KEY_KEPT_FOR,
    LATE,
    LOST,
    RETIRED,
    Attempt,
    Backlog,
    Case,
    Claimed,
    Failure,
    Improvement,
    Outcome,
    RequestUnreadableError,
    Status,
    Waiting,
    WorkerSeen,
)
from service.store.schema import (
    CALLBACKS,
    CASES,
    GEOCODED,
    IDEMPOTENCY_KEYS,
    IMPROVEMENTS,
    INCUMBENTS,
    PLANS,
    REQUESTS,
    RESULTS,
    WORKERS,
)

AT_A_TIME: Final = 100
UNFINISHED: Final = (Status.QUEUED.value, Status.RUNNING.value)


@dataclass(frozen=True, slots=True)
class SqlPlanWork:
    """See PlanWork and PlanChanges."""

    database: Database

    def claim(self, plan_id: str, worker: str, at: datetime) -> Claimed | None:
        """See PlanWork."""
        with self.database.write() as connection:
            taken = connection.execute(
                update(PLANS)
                .where(PLANS.c.id == plan_id, PLANS.c.status.in_(UNFINISHED))
                .values(
                    status=Status.RUNNING.value,
                    worker=worker,
                    claimed_at=at,
                    attempt=PLANS.c.attempt + 1,
                    started_at=func.coalesce(PLANS.c.started_at, bindparam("now", at, PLANS.c.started_at.type)),
                    revision=PLANS.c.revision + 1,
                )
                .returning(
                    PLANS.c.attempt,
                    PLANS.c.progress,
                    PLANS.c.stopping,
                    PLANS.c.spent_seconds,
                    PLANS.c.losses,
                    PLANS.c.created_at,
                    PLANS.c.urgency,
                    PLANS.c.tenant,
                )
            ).one_or_none()
            if taken is None:
                return None
            incumbent = connection.scalar(select(INCUMBENTS.c.document).where(INCUMBENTS.c.plan_id == plan_id))
            erased = erased_since(connection, taken.tenant, taken.created_at)
            if erased and is_concerned(connection, plan_id, erased):
                connection.execute(delete(INCUMBENTS).where(INCUMBENTS.c.plan_id == plan_id))
                incumbent = None
                if take_out(connection, plan_id, erased, at) is None:
                    return None
            document = connection.scalar(select(REQUESTS.c.document).where(REQUESTS.c.plan_id == plan_id))
        attempt = Attempt(plan_id, taken.attempt, worker)
        found = None if incumbent is None else _incumbent(incumbent, taken.progress, taken.spent_seconds)
        try:
            request = read_request(cast("bytes", document))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it is so at every try
            raise RequestUnreadableError(attempt, type(error).__name__) from None
        urgency = Urgency(taken.urgency)
        stopping, losses = bool(taken.stopping), taken.losses
        return Claimed(attempt, request, taken.created_at, urgency, found, stopping=stopping, losses=losses)

    def improve(self, improvements: Sequence[Improvement]) -> None:
        """See PlanWork."""
        documents = [write_itineraries(each.incumbent.itineraries) for each in improvements]
        with self.database.write() as connection:
            for each, document in zip(improvements, documents, strict=True):
                told = write_progress(each.incumbent.progress)
                changed = connection.execute(
                    update(PLANS)
                    .where(_counts(each.attempt))
                    .values(progress=told, revision=PLANS.c.revision + 1)
                    .returning(PLANS.c.revision)
                ).one_or_none()
                if changed is not None:
                    plan_id = each.attempt.plan_id
                    connection.execute(delete(INCUMBENTS).where(INCUMBENTS.c.plan_id == plan_id))
                    connection.execute(insert(INCUMBENTS).values(plan_id=plan_id, document=document))
                    connection.execute(
                        insert(IMPROVEMENTS).values(plan_id=plan_id, revision=changed.revision, progress=told)
                    )

    def finish(self, attempt: Attempt, outcome: Outcome) -> bool:
        """See PlanWork."""
        document = None if outcome.plan is None else write_plan(outcome.plan)
        with self.database.write() as connection:
            counted = connection.execute(
                update(PLANS)
                .where(_counts(attempt))
                .values(
                    status=outcome.status.value,
                    finished_at=outcome.at,
                    progress=None,
                    score=None if outcome.plan is None else write_score(outcome.plan.score),
                    revision=PLANS.c.revision + 1,
                    **_columns(outcome.failure),
                )
                .returning(PLANS.c.tenant, PLANS.c.created_at)
            ).one_or_none()
            if counted is None:
                return False
            connection.execute(delete(INCUMBENTS).where(INCUMBENTS.c.plan_id == attempt.plan_id))
            if document is not None:
                connection.execute(insert(RESULTS).values(plan_id=attempt.plan_id, document=document))
            this = PLANS.c.id == attempt.plan_id
            if erased := erased_since(connection, counted.tenant, counted.created_at):
                put_tombstones(connection, attempt.plan_id, erased)
                if connection.scalar(select(PLANS.c.id).where(this)) is None:
                    return True
            has_ended(connection, this, outcome.at)
            if outcome.failure is not None:
                _note_failure(connection, attempt.plan_id, outcome.failure, outcome)
            return True

    def to_be_left(self, attempts: Collection[Attempt]) -> Mapping[Attempt, bool]:
        """See PlanWork."""
        if not attempts:
            return {}
        running = select(PLANS.c.id, PLANS.c.attempt, PLANS.c.worker, PLANS.c.stopping).where(
            PLANS.c.id.in_([each.plan_id for each in attempts]), PLANS.c.status == Status.RUNNING.value
        )
        with self.database.read() as connection:
            found = {
                Attempt(row.id, row.attempt, row.worker): bool(row.stopping) for row in connection.execute(running)
            }
        return {each: each in found for each in attempts if found.get(each, True)}

    def beat(self, worker: str, at: datetime, trouble: str | None) -> None:
        """See PlanWork."""
        with self.database.write() as connection:
            again = update(WORKERS).where(WORKERS.c.id == worker)
            if not connection.execute(again.values(beats=WORKERS.c.beats + 1, at=at, trouble=trouble)).rowcount:
                connection.execute(insert(WORKERS).values(id=worker, beats=1, at=at, trouble=trouble))

    def tell_figures(self, worker: str, figures: str) -> None:
        """See PlanWork."""
        with self.database.write() as connection:
            connection.execute(update(WORKERS).where(WORKERS.c.id == worker).values(figures=figures))

    def retire(self, worker: str, *, lost: bool) -> None:
        """See PlanWork."""
        last = {"beats": LOST if lost else RETIRED}
        with self.database.write() as connection:
            connection.execute(update(WORKERS).where(WORKERS.c.id == worker).values(last))

    def workers(self) -> Sequence[WorkerSeen]:
        """See PlanWork."""
        with self.database.read() as connection:
            rows = connection.execute(select(WORKERS).order_by(WORKERS.c.id))
            return tuple(WorkerSeen(row.id, row.beats, row.at, row.trouble) for row in rows)

    def count_spent(self, workers: Collection[str]) -> int:
        """See PlanWork."""
        cut_short = (
            select(PLANS.c.id, PLANS.c.attempt, PLANS.c.claimed_at, WORKERS.c.at.label("until"), WORKERS.c.beats)
            .join_from(PLANS, WORKERS, WORKERS.c.id == PLANS.c.worker, isouter=True)
            .where(PLANS.c.worker.in_(workers), PLANS.c.status == Status.RUNNING.value)
            .where(PLANS.c.claimed_at.is_not(None))
            .order_by(PLANS.c.id)
        )
        with self.database.write() as connection:
            counted = 0
            for row in connection.execute(cut_short).all():
                seconds = 0.0 if row.until is None else max(0.0, (row.until - row.claimed_at).total_seconds())
                as_it_was = (PLANS.c.id == row.id) & (PLANS.c.attempt == row.attempt)
                counted += connection.execute(
                    update(PLANS)
                    .where(as_it_was, PLANS.c.claimed_at == row.claimed_at)  # others look after it too
                    .values(
                        spent_seconds=PLANS.c.spent_seconds + seconds,
                        losses=PLANS.c.losses + (0 if row.beats == RETIRED else 1),
                        claimed_at=None,
                    )
                ).rowcount
        return counted

    def forget(self, workers: Collection[str]) -> None:
        """See PlanWork."""
        with self.database.write() as connection:
            connection.execute(delete(WORKERS).where(WORKERS.c.id.in_(workers)))

    def expire(self, now: datetime) -> int:
        """See PlanWork."""
        late = (PLANS.c.status == Status.QUEUED.value) & (PLANS.c.deadline <= now)
        with self.database.read() as connection:  # mostly there is none, and nobody need wait for that
            ids = connection.scalars(select(PLANS.c.id).where(late).limit(AT_A_TIME)).all()
        expired = 0
        for plan_id in ids:
            this = PLANS.c.id == plan_id
            with self.database.write() as connection:
                failed = (
                    update(PLANS)
                    .where(this, late)
                    .values(
                        status=Status.FAILED.value, finished_at=now, revision=PLANS.c.revision + 1, **_columns(LATE)
                    )
                )
                if connection.execute(failed).rowcount:
                    has_ended(connection, this, now)
                    _note_failure(connection, plan_id, LATE, Outcome(Status.FAILED, now))
                    tenant, created_at = connection.execute(
                        select(PLANS.c.tenant, PLANS.c.created_at).where(this)
                    ).one()
                    put_tombstones(connection, plan_id, erased_since(connection, tenant, created_at))
                    expired += 1
        return expired

    def purge(self, statuses: Collection[Status], before: datetime, most: int) -> Sequence[str]:
        """See PlanWork."""
        to_tell = select(CALLBACKS.c.plan_id).where(CALLBACKS.c.telling == Telling.WAITING.value)
        ended = (
            select(PLANS.c.id)
            .where(PLANS.c.status.in_([status.value for status in statuses]), PLANS.c.finished_at < before)
            .where(PLANS.c.id.not_in(to_tell))
            .order_by(PLANS.c.finished_at)
            .limit(most)
        )
        with self.database.write() as connection:
            ids = connection.scalars(ended).all()
            connection.execute(delete(PLANS).where(PLANS.c.id.in_(ids)))
        return ids

    def tidy(self, now: datetime) -> None:
        """See PlanWork."""
        with self.database.write() as connection:
            connection.execute(delete(GEOCODED).where(GEOCODED.c.until < now))
            connection.execute(delete(IDEMPOTENCY_KEYS).where(IDEMPOTENCY_KEYS.c.at <= now - KEY_KEPT_FOR))
            forget_erasures(connection, now)

    def figures(self) -> Mapping[str, str]:
        """See PlanWork."""
        told = select(WORKERS.c.id, WORKERS.c.figures).where(WORKERS.c.figures.is_not(None))
        with self.database.read() as connection:
            return {row.id: row.figures for row in connection.execute(told)}

    def backlog(self) -> Backlog:
        """See PlanWork."""
        waiting = (
            select(PLANS.c.urgency, func.count().label("plans"), func.min(PLANS.c.created_at).label("since"))
            .where(PLANS.c.status == Status.QUEUED.value)
            .group_by(PLANS.c.urgency)
        )
        running = select(func.count()).where(PLANS.c.status == Status.RUNNING.value)
        with self.database.read() as connection:
            found = {Urgency(row.urgency): Waiting(row.plans, row.since) for row in connection.execute(waiting)}
            return Backlog(found, connection.scalar(running) or 0)

    def case(self, incident_id: str) -> Case | None:
        """See PlanWork."""
        kept = select(CASES, REQUESTS.c.document).join(REQUESTS, REQUESTS.c.plan_id == CASES.c.plan_id)
        with self.database.read() as connection:
            row = connection.execute(kept.where(CASES.c.incident_id == incident_id)).one_or_none()
        return None if row is None else Case(incident_id, row.plan_id, read_request(row.document), row.error, row.at)

    def revisions(self, plan_ids: Collection[str]) -> Mapping[str, int]:
        """See PlanChanges."""
        with self.database.read() as connection:
            rows = connection.execute(select(PLANS.c.id, PLANS.c.revision).where(PLANS.c.id.in_(plan_ids)))
            return {row.id: row.revision for row in rows}


def _counts(attempt: Attempt) -> ColumnElement[bool]:
    """Whether it is this attempt that the plan is made by."""
    return (
        (PLANS.c.id == attempt.plan_id)
        & (PLANS.c.status == Status.RUNNING.value)
        & (PLANS.c.attempt == attempt.number)
        & (PLANS.c.worker == attempt.worker)
    )


def _incumbent(document: bytes, progress: str, spent_seconds: float) -> Incumbent | None:
    """What was found, if it can still be read: without it a plan is begun from nothing."""
    try:
        told, itineraries = read_progress(progress), read_itineraries(document)
    except (ValueError, zlib.error):
        return None
    return Incumbent(replace(told, elapsed=max(told.elapsed, timedelta(seconds=spent_seconds))), itineraries)


def _columns(failure: Failure | None) -> dict[str, object]:
    if failure is None:
        return {}
    retry_after = failure.retry_after
    return {
        "failure_code": failure.code,
        "failure_detail": failure.detail,
        "failure_incident": failure.incident_id,
        "failure_retry_seconds": None if retry_after is None else retry_after.total_seconds(),
    }


def _note_failure(connection: Connection, plan_id: str, failure: Failure, outcome: Outcome) -> None:
    if failure.incident_id is None:  # somebody else's outage: the same request may be sent again
        connection.execute(delete(IDEMPOTENCY_KEYS).where(IDEMPOTENCY_KEYS.c.plan_id == plan_id))
    else:
        connection.execute(
            insert(CASES).values(
                incident_id=failure.incident_id, plan_id=plan_id, error=outcome.error or "", at=outcome.at
            )
        )
