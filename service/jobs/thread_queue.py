"""A queue and who works on it in one process: what waits is forgotten with it."""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import count
from queue import PriorityQueue
from typing import Final

from sqlalchemy import Connection

from service.jobs.queue import Urgency

_NO_MORE: Final = (-1, 0, 0, "")
"""Goes before every plan."""


class ThreadQueue:
    """A Queue of threads.

    They may begin before the transaction that enqueued a plan has ended. On SQLite, which lets one write at a time,
    claiming the plan waits for that; if the transaction came to nothing, there is no plan to be claimed.
    """

    def __init__(self) -> None:
        self._waiting: PriorityQueue[tuple[int, int, int, str]] = PriorityQueue()
        self._arrivals = count()
        self._threads: list[threading.Thread] = []

    def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None:
        """See Queue."""
        del connection
        self._waiting.put((urgency, tag, next(self._arrivals), plan_id))

    def listen(self, make: Callable[[str], None], slots: int, worker: str) -> None:
        """See Queue."""

        def work() -> None:
            with suppress(InterruptedError):
                while (first := self._waiting.get()) != _NO_MORE:
                    make(first[-1])

        self._threads = [threading.Thread(target=work, name=f"{worker}-{slot}", daemon=True) for slot in range(slots)]
        for thread in self._threads:
            thread.start()

    def in_hand(self) -> Collection[str]:
        """See Queue. Nobody else works on it, so there is nobody to be lost."""
        return ()

    def recover(self, workers: Collection[str]) -> None:
        """See Queue."""

    def forget(self, plan_ids: Sequence[str]) -> None:
        """See Queue. It knows those only that wait."""

    def drain(self) -> None:
        """See Queue; returns when all that was begun has ended."""
        for _ in self._threads:
            self._waiting.put(_NO_MORE)
        for thread in self._threads:
            thread.join()
