"""The plans of one tenant, in a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, delete, false, func, insert, select, update

from service.callbacks.protocol import Callback, Telling
from service.jobs.queue import Queue
from service.progress import Progress
from service.store.callbacks import has_ended, to_be_told
from service.store.database import Database
from service.store.documents import read_plan, read_progress, read_request, write_request
from service.store.erasures import erase_account, erased_since, put_tombstones
from service.store.protocol import (
    KEY_KEPT_FOR,
    Erased,
    IdempotencyKey,
    KeyReusedError,
    Made,
    NewPlan,
    PlanState,
    QueueFullError,
    QueueLimits,
    Room,
    Status,
    TenantQueueFullError,
)
from service.store.rows import state_of, states
from service.store.schema import CALLBACKS, IDEMPOTENCY_KEYS, IMPROVEMENTS, PLANS, REQUESTS, RESULTS, TENANTS
from service.store.shares import Shares

FIRST: Final = 1
"""Revision of a plan that has just come in."""


@dataclass(frozen=True, slots=True)
class SqlTenantPlans:
    """See TenantPlans; what is added is handed to ``queue`` in the same transaction."""

    tenant: str
    database: Database
    queue: Queue

    def add(self, new: NewPlan, key: IdempotencyKey | None, limits: QueueLimits) -> PlanState:
        """See TenantPlans."""
        document = write_request(new.request)  # which takes a while, and nobody else need wait for it
        with self.database.write() as connection:
            shares = Shares.lock(connection, self.tenant)  # whoever else submits for this tenant waits here
            known = None if key is None else self._under(key, connection, new.created_at)
            if known is not None:
                return known
            self._require_room(connection, limits, shares.queue_limit)
            number, tag = shares.take(connection, new.urgency, new.effort)
            connection.execute(
                insert(PLANS).values(
                    id=new.id,
                    tenant=self.tenant,
                    number=number,
                    name=new.request.name,
                    currency=new.request.currency,
                    status=Status.QUEUED.value,
                    urgency=new.urgency.value,
                    tag=tag,
                    created_at=new.created_at,
                    deadline=new.request.options.deadline,
                    revision=FIRST,
                )
            )
            connection.execute(insert(REQUESTS).values(plan_id=new.id, document=document))
            if new.request.callback is not None:
                to_be_told(connection, new.id, new.request.callback)
            if key is not None:
                connection.execute(
                    insert(IDEMPOTENCY_KEYS).values(
                        tenant=self.tenant,
                        key=key.key,
                        fingerprint=key.fingerprint,
                        plan_id=new.id,
                        at=new.created_at,
                    )
                )
            self.queue.enqueue(connection, new.id, new.urgency, tag)
            return PlanState(new.id, number, new.created_at, new.request.name, new.request.currency)

    def room(self, limits: QueueLimits) -> Room:
        """See TenantPlans."""
        own = select(TENANTS.c.queue_limit).where(TENANTS.c.id == self.tenant)
        with self.database.read() as connection:
            limit = _limit_of(limits, connection.scalar(own))
            return Room(limit, max(0, limit - connection.execute(self._waiting()).scalar_one()))

    def state(self, plan_id: str) -> PlanState | None:
        """See TenantPlans."""
        with self.database.read() as connection:
            return self._state(connection, plan_id)

    def made(self, plan_id: str) -> Made | None:
        """See TenantPlans."""
        both = (
            select(REQUESTS.c.document, RESULTS.c.document)
            .join_from(PLANS, REQUESTS)
            .join(RESULTS, RESULTS.c.plan_id == PLANS.c.id)
            .where(self._mine(plan_id))
        )
        with self.database.read() as connection:
            row = connection.execute(both).one_or_none()
        return None if row is None else Made(read_request(row[0]), read_plan(row[1]))

    def improvements(self, plan_id: str, after: int) -> Sequence[tuple[int, Progress]]:
        """See TenantPlans."""
        later = (
            select(IMPROVEMENTS.c.revision, IMPROVEMENTS.c.progress)
            .join_from(PLANS, IMPROVEMENTS)
            .where(self._mine(plan_id), IMPROVEMENTS.c.revision > after)
            .order_by(IMPROVEMENTS.c.revision)
        )
        with self.database.read() as connection:
            return tuple((revision, read_progress(told)) for revision, told in connection.execute(later))

    def callback(self, plan_id: str) -> Callback | None:
        """See TenantPlans."""
        found = select(
            CALLBACKS.c.url, CALLBACKS.c.telling, CALLBACKS.c.tries, CALLBACKS.c.due_at, CALLBACKS.c.trouble
        ).join_from(PLANS, CALLBACKS)
        with self.database.read() as connection:
            row = connection.execute(found.where(self._mine(plan_id))).one_or_none()
        return None if row is None else Callback(row.url, Telling(row.telling), row.tries, row.due_at, row.trouble)

    def page(self, before: int | None, limit: int) -> Sequence[PlanState]:
        """See TenantPlans."""
        page = states().where(PLANS.c.tenant == self.tenant).order_by(PLANS.c.number.desc()).limit(limit)
        if before is not None:
            page = page.where(PLANS.c.number < before)
        with self.database.read() as connection:
            return tuple(map(state_of, connection.execute(page)))

    def stop(self, plan_id: str, at: datetime) -> PlanState | None:
        """See TenantPlans."""
        waits = PLANS.c.status == Status.QUEUED.value
        with self.database.write() as connection:
            cancelled = connection.execute(
                update(PLANS)
                .where(self._mine(plan_id), waits)
                .values(status=Status.CANCELLED.value, finished_at=at, revision=PLANS.c.revision + 1)
            )
            if cancelled.rowcount:
                has_ended(connection, self._mine(plan_id), at)
                self._put_tombstones(connection, plan_id)
            else:
                connection.execute(
                    update(PLANS).where(self._mine(plan_id), PLANS.c.status == Status.RUNNING.value).values(stopping=1)
                )
            return self._state(connection, plan_id)

    def remove(self, plan_id: str) -> bool:
        """See TenantPlans."""
        with self.database.write() as connection:
            return connection.execute(delete(PLANS).where(self._mine(plan_id))).rowcount > 0

    def erase(self, account: str, at: datetime) -> Erased:
        """See TenantPlans."""
        return erase_account(self.database, self.tenant, account, at)

    def _put_tombstones(self, connection: Connection, plan_id: str) -> None:
        created_at = connection.scalar(select(PLANS.c.created_at).where(self._mine(plan_id)))
        if created_at is not None:
            put_tombstones(connection, plan_id, erased_since(connection, self.tenant, created_at))

    def _mine(self, plan_id: str) -> ColumnElement[bool]:
        known = PLANS.c.id == plan_id if "\0" not in plan_id else false()  # PostgreSQL refuses that it is in a text
        return known & (PLANS.c.tenant == self.tenant)

    def _state(self, connection: Connection, plan_id: str) -> PlanState | None:
        row = connection.execute(states().where(self._mine(plan_id))).one_or_none()
        return None if row is None else state_of(row)

    def _under(self, key: IdempotencyKey, connection: Connection, now: datetime) -> PlanState | None:
        mine = IDEMPOTENCY_KEYS.c.tenant == self.tenant
        connection.execute(delete(IDEMPOTENCY_KEYS).where(mine, IDEMPOTENCY_KEYS.c.at <= now - KEY_KEPT_FOR))
        found = connection.execute(
            select(IDEMPOTENCY_KEYS.c.fingerprint, IDEMPOTENCY_KEYS.c.plan_id).where(
                mine, IDEMPOTENCY_KEYS.c.key == key.key
            )
        ).one_or_none()
        if found is None:
            return None
        if found.fingerprint != key.fingerprint:
            raise KeyReusedError
        return self._state(connection, found.plan_id)

    def _require_room(self, connection: Connection, limits: QueueLimits, own_limit: int | None) -> None:
        if connection.execute(_WAITING).scalar_one() >= limits.all:
            raise QueueFullError
        limit = _limit_of(limits, own_limit)
        if connection.execute(self._waiting()).scalar_one() >= limit:
            raise TenantQueueFullError(limit)

    def _waiting(self) -> Select[int]:
        return _WAITING.where(PLANS.c.tenant == self.tenant)


_WAITING: Final = select(func.count()).select_from(PLANS).where(PLANS.c.status == Status.QUEUED.value)


def _limit_of(limits: QueueLimits, own_limit: int | None) -> int:
    return limits.tenant if own_limit is None else own_limit
