"""What is to be told when plans end, in a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from service.callbacks.protocol import Due, Telling
from service.store.database import Database
from service.store.schema import CALLBACKS, PLANS

MOST: Final = 200
"""At a time, of all tenants."""


@dataclass(frozen=True, slots=True)
class SqlCallbacks:
    """See Callbacks."""

    database: Database

    def take(self, now: datetime, again_at: datetime, most: int) -> Sequence[Due]:
        """See Callbacks."""
        due = (CALLBACKS.c.telling == Telling.WAITING.value) & (CALLBACKS.c.due_at <= now)
        with self.database.read() as connection:  # mostly there is nothing, and nobody else need wait for that
            if connection.execute(select(CALLBACKS.c.plan_id).where(due).limit(1)).first() is None:
                return ()
        turn = func.row_number().over(partition_by=PLANS.c.tenant, order_by=(CALLBACKS.c.tries, CALLBACKS.c.due_at))
        turns = select(CALLBACKS.c.plan_id, turn.label("turn")).join_from(CALLBACKS, PLANS).where(due).subquery()
        chosen = select(turns.c.plan_id).where(turns.c.turn <= most)
        first = select(CALLBACKS.c.plan_id).where(CALLBACKS.c.plan_id.in_(chosen), due).limit(MOST)
        with self.database.write() as connection:
            ids = connection.scalars(first.with_for_update(skip_locked=True)).all()
            taken = update(CALLBACKS).where(CALLBACKS.c.plan_id.in_(ids))
            connection.execute(taken.values(due_at=again_at, tries=CALLBACKS.c.tries + 1))
            told = (PLANS.c.id, PLANS.c.tenant, CALLBACKS.c.url, CALLBACKS.c.tries, PLANS.c.status, PLANS.c.finished_at)
            rows = connection.execute(select(*told).join_from(CALLBACKS, PLANS).where(CALLBACKS.c.plan_id.in_(ids)))
            return [Due(*row) for row in rows]

    def delivered(self, due: Due) -> None:
        """See Callbacks."""
        self._set(due, telling=Telling.DELIVERED.value, due_at=None, trouble=None)

    def failed(self, due: Due, trouble: str, again_at: datetime | None) -> None:
        """See Callbacks."""
        telling = Telling.GIVEN_UP if again_at is None else Telling.WAITING
        self._set(due, telling=telling.value, due_at=again_at, trouble=trouble)

    def _set(self, due: Due, **columns: object) -> None:
        this = (CALLBACKS.c.plan_id == due.plan_id) & (CALLBACKS.c.tries == due.tries)
        with self.database.write() as connection:
            connection.execute(update(CALLBACKS).where(this).values(**columns))


def to_be_told(connection: Connection, plan_id: str, url: str) -> None:
    """Once the plan has ended, this is to be told."""
    connection.execute(insert(CALLBACKS).values(plan_id=plan_id, url=url, telling=Telling.WAITING.value, tries=0))


def has_ended(connection: Connection, plans: ColumnElement[bool], at: datetime) -> None:
    """These plans have ended: whoever wanted to be told is to be."""
    ids = select(PLANS.c.id).where(plans)
    connection.execute(update(CALLBACKS).where(CALLBACKS.c.plan_id.in_(ids)).values(due_at=at))
