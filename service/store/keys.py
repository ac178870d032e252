"""Keys in a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select, update

from service.access import Key, Role
from service.store.database import Database
from service.store.schema import API_KEYS


@dataclass(frozen=True, slots=True)
class SqlKeyStore:
    """See KeyStore."""

    database: Database

    def add(self, key: Key, fingerprint: str) -> None:
        """See KeyStore."""
        with self.database.write() as connection:
            connection.execute(
                insert(API_KEYS).values(
                    id=key.id,
                    fingerprint=fingerprint,
                    tenant=key.tenant,
                    role=key.role.value,
                    name=key.name,
                    created_at=key.created_at,
                )
            )

    def valid(self, fingerprint: str) -> Key | None:
        """See KeyStore."""
        found = select(API_KEYS).where(API_KEYS.c.fingerprint == fingerprint, API_KEYS.c.revoked_at.is_(None))
        with self.database.read() as connection:
            row = connection.execute(found).one_or_none()
        return None if row is None else _key_of(row)

    def any_valid(self) -> bool:
        """See KeyStore."""
        found = select(API_KEYS.c.id).where(API_KEYS.c.revoked_at.is_(None)).limit(1)
        with self.database.read() as connection:
            return connection.execute(found).first() is not None

    def all(self) -> Sequence[Key]:
        """See KeyStore."""
        with self.database.read() as connection:
            return tuple(map(_key_of, connection.execute(select(API_KEYS).order_by(API_KEYS.c.created_at))))

    def revoke(self, key_id: str, at: datetime) -> bool:
        """See KeyStore."""
        valid = update(API_KEYS).where(API_KEYS.c.id == key_id, API_KEYS.c.revoked_at.is_(None))
        with self.database.write() as connection:
            return connection.execute(valid.values(revoked_at=at)).rowcount > 0


def _key_of(row: Row[*tuple[object, ...]]) -> Key:
    return Key(row.id, row.tenant, Role(row.role), row.name, row.created_at, row.revoked_at)
