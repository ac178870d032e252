"""Where addresses are, as geocoders have said: kept for whoever asks again, over restarts and for all processes."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select

from service.geocoding.chain import key_of, lasts
from service.geocoding.protocol import Address, Geocoded
from service.store.database import Database
from service.store.documents import read_geocoded, write_geocoded
from service.store.protocol import StoreDownError
from service.store.schema import GEOCODED


@dataclass(frozen=True, slots=True)
class SqlMemory:
    """A Memory. ``who`` names those who are asked: what others have said does not count.

    A database that is away remembers nothing for the time being.
    """

    database: Database
    who: str
    clock: Callable[[], datetime]

    def recall(self, address: Address) -> Geocoded | None:
        """See Memory."""
        known = select(GEOCODED.c.document).where(
            GEOCODED.c.asked == self._asked(address), GEOCODED.c.until > self.clock()
        )
        with suppress(StoreDownError), self.database.read() as connection:
            document = connection.scalar(known)
            return None if document is None else read_geocoded(document)
        return None

    def keep(self, address: Address, answer: Geocoded) -> None:
        """See Memory."""
        asked, document = self._asked(address), write_geocoded(answer)
        with suppress(StoreDownError), self.database.write() as connection:
            connection.execute(delete(GEOCODED).where(GEOCODED.c.asked == asked))
            connection.execute(
                insert(GEOCODED).values(asked=asked, document=document, until=self.clock() + lasts(answer))
            )

    def _asked(self, address: Address) -> str:
        """What tells this question from others, without saying it."""
        return sha256("\0".join((self.who, *map(str, key_of(address)))).encode()).hexdigest()
