"""Tenants: how many of their plans may wait."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update

from service.store.database import Database
from service.store.schema import TENANTS
from service.store.shares import Shares


@dataclass(frozen=True, slots=True)
class SqlTenants:
    """Any call raises StoreDownError if the database gives no answer."""

    database: Database

    def limit(self, tenant: str, plans: int | None) -> None:
        """So many of its plans may wait from now on; ``None``: as many as of any other."""
        with self.database.write() as connection:
            Shares.lock(connection, tenant)  # which makes it known if it is not yet
            connection.execute(update(TENANTS).where(TENANTS.c.id == tenant).values(queue_limit=plans))

    def limits(self) -> Mapping[str, int | None]:
        """All tenants that have sent a plan or have a limit of their own."""
        with self.database.read() as connection:
            rows = connection.execute(select(TENANTS.c.id, TENANTS.c.queue_limit).order_by(TENANTS.c.id))
            return {row.id: row.queue_limit for row in rows}
