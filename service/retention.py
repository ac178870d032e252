"""How long plans are kept after they ended."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from service.jobs.queue import Queue
from service.store.protocol import PlanWork, Status

AT_A_TIME: Final = 100
"""Plans that are erased in one transaction, so that nobody has to wait for it."""
MADE: Final = (Status.DONE, Status.STOPPED)
FAILED: Final = (Status.FAILED, Status.CANCELLED)
EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long plans that were made are kept, and how long those that came to nothing; ``None`` = until deleted."""

    made: timedelta | None = None
    failed: timedelta | None = None


@dataclass(slots=True)
class Retention:
    """Erases what has been kept long enough, and what nobody asks for any more."""

    work: PlanWork
    queue: Queue
    keeping: Keeping
    clock: Callable[[], datetime]
    _next: datetime | None = field(default=None)

    def purge(self) -> int:
        """Now; how many plans that were. Raises StoreDownError."""
        now = self.clock()
        self.work.tidy(now)
        return self._purge(MADE, self.keeping.made, now) + self._purge(FAILED, self.keeping.failed, now)

    def purge_now_and_then(self) -> None:
        """Once in EVERY, however often it is called. Raises StoreDownError."""
        now = self.clock()
        if self._next is None or now >= self._next:
            self.purge()
            self._next = now + EVERY

    def _purge(self, statuses: Collection[Status], kept_for: timedelta | None, now: datetime) -> int:
        erased = 0
        while kept_for is not None and (ids := self.work.purge(statuses, now - kept_for, AT_A_TIME)):
            self.queue.forget(ids)
            erased += len(ids)
        return erased
