"""Who may do what: API keys, of which only fingerprints are kept."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, Protocol

PREFIX: Final = "dr_"
"""By which whoever finds a key in the wrong place can tell what it is."""
SECRET_BYTES: Final = 32


class Role(StrEnum):
    """What a key is good for."""

    PLAN = "plan"
    """Everything with plans."""
    READ = "read"
    """Reading what others have planned, and checking what they would."""
    FIELD = "field"
    """What agents need on their way."""
    WATCH = "watch"
    """Figures of the whole service, which tell of all tenants together; no plans."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. ``tenant`` is whose plans it opens; ``name`` says who has it."""

    id: str
    tenant: str
    role: Role
    name: str
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key and its secret, which is nowhere else."""

    key: Key
    secret: str


class KeyStore(Protocol):
    """Keys by fingerprint. Any call raises StoreDownError if the database gives no answer."""

    def add(self, key: Key, fingerprint: str) -> None:
        """Keeps a key."""
        ...

    def valid(self, fingerprint: str) -> Key | None:
        """The key that was not revoked."""
        ...

    def any_valid(self) -> bool:
        """Whether there is a key at all that was not revoked."""
        ...

    def all(self) -> Sequence[Key]:
        """Every key, the newest last."""
        ...

    def revoke(self, key_id: str, at: datetime) -> bool:
        """From now on the key opens nothing; whether it did before."""
        ...


@dataclass(frozen=True, slots=True)
class Keys:
    """``clock`` gives aware instants, ``new_id`` ids for keys, which are no secret."""

    store: KeyStore
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def add(self, tenant: str, role: Role, name: str) -> NewKey:
        """A new key."""
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        key = Key(self.new_id(), tenant, role, name, self.clock())
        self.store.add(key, fingerprint_of(secret))
        return NewKey(key, secret)

    def opened_by(self, secret: str) -> Key | None:
        """The key with that secret, unless it was revoked."""
        return self.store.valid(fingerprint_of(secret))


def fingerprint_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that nobody can guess what has this fingerprint."""
    return sha256(secret.encode()).hexdigest()
