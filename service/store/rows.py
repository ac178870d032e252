"""A row of the table of plans, as the state of a plan."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Row, Select, select

from service.store.documents import read_progress, read_score
from service.store.protocol import Failure, PlanState, Status
from service.store.schema import PLANS

STATE: Final = (
    PLANS.c.id,
    PLANS.c.number,
    PLANS.c.created_at,
    PLANS.c.name,
    PLANS.c.currency,
    PLANS.c.status,
    PLANS.c.started_at,
    PLANS.c.finished_at,
    PLANS.c.progress,
    PLANS.c.score,
    PLANS.c.failure_code,
    PLANS.c.failure_detail,
    PLANS.c.failure_incident,
    PLANS.c.failure_retry_seconds,
    PLANS.c.revision,
)
"""What ``state_of`` reads."""


def states() -> Select[*tuple[object, ...]]:
    """Rows to be read by ``state_of``."""
    return select(*STATE)


def state_of(row: Row[*tuple[object, ...]]) -> PlanState:
    """The state that a row of STATE tells."""
    return PlanState(
        id=row.id,
        number=row.number,
        created_at=row.created_at,
        name=row.name,
        currency=row.currency,
        status=Status(row.status),
        started_at=row.started_at,
        finished_at=row.finished_at,
        progress=None if row.progress is None else read_progress(row.progress),
        score=None if row.score is None else read_score(row.score),
        failure=None if row.failure_code is None else _failure_of(row),
        revision=row.revision,
    )


def _failure_of(row: Row[*tuple[object, ...]]) -> Failure:
    seconds = row.failure_retry_seconds
    return Failure(
        row.failure_code,
        row.failure_detail,
        row.failure_incident,
        None if seconds is None else timedelta(seconds=seconds),
    )
