"""Who makes plans, and when.

Queue
├── ThreadQueue   threads of this process; what waits is lost with it, though the plans themselves are not
└── DbosQueue     any number of workers on any number of machines, service.jobs.dbos_queue

A queue knows ids only. It hands each to somebody at least once, the lowest (urgency, tag) first; whether there is
anything left to do is for the store to say, so that nothing need ever be taken out of a queue.
"""

from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from typing import Protocol

from sqlalchemy import Connection


class Urgency(IntEnum):
    """Who goes first: whoever is waited for, before all who are not."""

    WAITED_FOR = 0
    BATCH = 1


class Queue(Protocol):
    """Ids of plans that are to be made."""

    def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None:
        """The plan is to be made, if the transaction is committed."""
        ...

    def listen(self, make: Callable[[str], None], slots: int, worker: str) -> None:
        """From now on ``make`` is called with ids, in up to ``slots`` threads at a time.

        It raises InterruptedError if that is not the end of it: somebody else has to be called.
        """
        ...

    def in_hand(self) -> Collection[str]:
        """Workers that something was handed to which has not ended."""
        ...

    def recover(self, workers: Collection[str]) -> None:
        """What these workers have in hand is given to others."""
        ...

    def forget(self, plan_ids: Sequence[str]) -> None:
        """These plans are no more: nobody need know their ids any longer."""
        ...

    def drain(self) -> None:
        """Begin with nothing more."""
        ...
