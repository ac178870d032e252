"""One person's data taken out of a tenant's plans, in a database."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.day.request import DayRequest
from service.erasure import concerns, fingerprint_of, with_tombstones, without
from service.store.callbacks import has_ended
from service.store.database import Database
from service.store.documents import read_plan, read_request, write_plan, write_request
from service.store.protocol import Erased, Status
from service.store.schema import ERASURES, PLANS, REQUESTS, RESULTS

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""By so much, at most, between whoever takes requests and whoever erases."""

ON_THEIR_WAY: Final = timedelta(hours=1)
"""Longer than it takes from when a plan is dated to when it is kept."""


def erase_account(database: Database, tenant: str, account: str, at: datetime) -> Erased:
    """See TenantPlans."""
    fingerprint = fingerprint_of(account)
    with database.write() as connection:  # before all else: what is being made looks for it when it ends
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        wish = dialect.insert(ERASURES).values(tenant=tenant, account=fingerprint, at=at)
        later = case((wish.excluded.at > ERASURES.c.at, wish.excluded.at), else_=ERASURES.c.at)
        connection.execute(wish.on_conflict_do_update(index_elements=["tenant", "account"], set_={"at": later}))
    with database.read() as connection:
        ids = connection.scalars(select(PLANS.c.id).where(PLANS.c.tenant == tenant)).all()
    found = [status for plan_id in ids if (status := _erase_from(database, plan_id, frozenset({fingerprint}), at))]
    return Erased(len(found), found.count(Status.RUNNING))


def _erase_from(database: Database, plan_id: str, fingerprints: frozenset[str], at: datetime) -> Status | None:
    """How the plan stood, if there was something in it."""
    with database.read() as connection:
        if not is_concerned(connection, plan_id, fingerprints):
            return None
    with database.write() as connection:
        standing = select(PLANS.c.status).where(PLANS.c.id == plan_id).with_for_update()
        said = connection.scalar(standing)
        if said is None:
            return None
        status = Status(said)
        if status is Status.QUEUED:
            take_out(connection, plan_id, fingerprints, at)
        elif status.final:
            put_tombstones(connection, plan_id, fingerprints)
        return status


def forget_erasures(connection: Connection, now: datetime) -> None:
    """Those that no plan can need any more: all that was sent before them has ended, and lost the person then."""
    unfinished = select(PLANS.c.tenant, func.min(PLANS.c.created_at).label("since")).where(
        PLANS.c.status.in_([status.value for status in Status if not status.final])
    )
    first = {row.tenant: row.since for row in connection.execute(unfinished.group_by(PLANS.c.tenant))}
    for row in connection.execute(select(ERASURES).where(ERASURES.c.at < now - ON_THEIR_WAY)).all():
        if row.tenant not in first or row.at + CLOCKS_DIFFER < first[row.tenant]:
            # One that was asked for again meanwhile has another instant, and stays.
            this = (ERASURES.c.tenant == row.tenant) & (ERASURES.c.account == row.account)
            connection.execute(delete(ERASURES).where(this, ERASURES.c.at == row.at))


def erased_since(connection: Connection, tenant: str, since: datetime) -> frozenset[str]:
    """Accounts whose data was to be erased from whatever was sent by then."""
    found = select(ERASURES.c.account).where(ERASURES.c.tenant == tenant, ERASURES.c.at >= since - CLOCKS_DIFFER)
    return frozenset(connection.scalars(found))


def take_out(connection: Connection, plan_id: str, fingerprints: frozenset[str], at: datetime) -> DayRequest | None:
    """Of a plan that has not ended: what is left to be planned. ``None`` = nothing, and it is cancelled or gone."""
    whole = _request_of(connection, plan_id)
    if whole is None:
        connection.execute(delete(PLANS).where(PLANS.c.id == plan_id))
        return None
    left = without(whole, fingerprints)
    if left.visits:
        _keep(connection, plan_id, left)
        return left
    put_tombstones(connection, plan_id, fingerprints)
    this = PLANS.c.id == plan_id
    connection.execute(update(PLANS).where(this).values(status=Status.CANCELLED.value, finished_at=at, progress=None))
    has_ended(connection, this, at)
    return None


def put_tombstones(connection: Connection, plan_id: str, fingerprints: frozenset[str]) -> None:
    """In a plan that has ended; it goes altogether if nobody can say any more what is in it."""
    request = _request_of(connection, plan_id)
    if request is None:
        connection.execute(delete(PLANS).where(PLANS.c.id == plan_id))
        return
    if not concerns(request, fingerprints):
        return
    connection.execute(update(PLANS).where(PLANS.c.id == plan_id).values(revision=PLANS.c.revision + 1))
    document = connection.scalar(select(RESULTS.c.document).where(RESULTS.c.plan_id == plan_id))
    request, plan = with_tombstones(request, None if document is None else read_plan(document), fingerprints)
    _keep(connection, plan_id, request)
    if plan is not None:
        connection.execute(update(RESULTS).where(RESULTS.c.plan_id == plan_id).values(document=write_plan(plan)))


def is_concerned(connection: Connection, plan_id: str, fingerprints: frozenset[str]) -> bool:
    """Whether the plan has something of them, as far as can be said."""
    request = _request_of(connection, plan_id)
    return request is None or concerns(request, fingerprints)


def _request_of(connection: Connection, plan_id: str) -> DayRequest | None:
    """``None`` if there is none that can be read."""
    document = connection.scalar(select(REQUESTS.c.document).where(REQUESTS.c.plan_id == plan_id))
    try:
        return None if document is None else read_request(document)
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return None


def _keep(connection: Connection, plan_id: str, request: DayRequest) -> None:
    connection.execute(update(REQUESTS).where(REQUESTS.c.plan_id == plan_id).values(document=write_request(request)))
