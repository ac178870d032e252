"""Whether plans are taken and made, and if not, for want of what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.store.protocol import PlanWork, StoreDownError

ALIVE_FOR: Final = timedelta(seconds=30)
"""How long a sign of life counts. Workers give one a second, but clocks of different machines differ."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """``trouble`` says what is missing, ``None`` = nothing; ``workers`` is how many can make plans."""

    workers: int
    trouble: str | None = None


def readiness(work: PlanWork, now: datetime) -> Readiness:
    """How things stand."""
    try:
        seen = work.workers()
    except StoreDownError as error:
        return Readiness(0, error.detail)
    alive = [worker for worker in seen if worker.beats > 0 and abs(now - worker.at) < ALIVE_FOR]
    able = [worker for worker in alive if worker.trouble is None]
    if able:
        return Readiness(len(able))
    if alive:
        return Readiness(0, alive[0].trouble)
    return Readiness(0, "No worker makes plans: those that come in are kept, and wait for one.")
