"""How whoever is called back can tell that it was us: signatures as https://www.standardwebhooks.com has them.

Every tenant has a secret of its own, which follows from that of the service, so that none need be kept.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

PREFIX: Final = "whsec_"
FEWEST_BYTES: Final = 24
VERSION: Final = "v1"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SecretUnusableError(ValueError):
    """A setting names something that is no secret; the text says what one looks like."""


def new_secret() -> str:
    """One for the service, that nobody can guess."""
    return _written(secrets.token_bytes(32))


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with each of the service's secrets: while one takes the place of another both are good."""

    masters: tuple[bytes, ...]

    @classmethod
    def of(cls, said: str) -> Self:
        """Of secrets as a setting names them, separated by spaces. Raises SecretUnusableError."""
        masters = tuple(map(_read, said.split() or [said]))
        return cls(masters)

    def secrets_of(self, tenant: str) -> Sequence[str]:
        """What the tenant has to know."""
        return [_written(_derived(master, tenant)) for master in self.masters]

    def headers(self, tenant: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
        """What is sent with the body."""
        timestamp = str((at - EPOCH) // timedelta(seconds=1))
        signed = f"{message_id}.{timestamp}.".encode() + body
        signatures = [
            base64.b64encode(hmac.digest(_derived(master, tenant), signed, hashlib.sha256)).decode()
            for master in self.masters
        ]
        return {
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(f"{VERSION},{signature}" for signature in signatures),
        }


def _derived(master: bytes, tenant: str) -> bytes:
    return hmac.digest(master, b"dayroute callbacks\0" + tenant.encode(), hashlib.sha256)


def _written(secret: bytes) -> str:
    return PREFIX + base64.b64encode(secret).decode()


def _read(said: str) -> bytes:
    try:
        secret = base64.b64decode(said.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        secret = b""
    if not said.startswith(PREFIX) or len(secret) < FEWEST_BYTES:
        message = (
            f"A callback secret is {PREFIX} and at least {FEWEST_BYTES} random bytes in base 64: "
            "`dayroute callbacks new-secret` makes one."
        )
        raise SecretUnusableError(message)
    return secret
