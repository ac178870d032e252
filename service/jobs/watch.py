"""Waiting for plans to change, whoever changes them."""

import logging
import threading
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final

from service.incidents import where
from service.store.protocol import PlanChanges, StoreDownError

LOG: Final = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.025
"""From one look at the database to the next, while anybody waits."""


@dataclass(slots=True)
class Watch:
    """Looks for all who wait at once, in a thread of its own, until ``close``."""

    changes: PlanChanges
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _waiting: dict[tuple[str, int], list[Future[None]]] = field(
        default_factory=lambda: defaultdict[tuple[str, int], list[Future[None]]](list)
    )
    _somebody: threading.Event = field(default_factory=threading.Event)
    _closed: bool = False
    _thread: threading.Thread | None = None

    def close(self) -> None:
        """Nobody need wait any longer."""
        with self._lock:
            self._closed = True
        self._somebody.set()
        if self._thread is not None:
            self._thread.join()
        self._tell(list(self._waiting))

    def changed(self, plan_id: str, revision: int) -> Future[None]:
        """Done when the plan is no longer at that revision, or gone, or nobody looks any more.

        Whoever does not want to know it any longer cancels it.
        """
        future: Future[None] = Future()
        with self._lock:
            if self._closed:
                future.set_result(None)
                return future
            self._waiting[plan_id, revision].append(future)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look_on, name="watch", daemon=True)
                self._thread.start()
        self._somebody.set()
        return future

    def look(self) -> None:
        """Tell all for whom something has changed. Raises StoreDownError."""
        with self._lock:
            for asked, futures in list(self._waiting.items()):
                self._waiting[asked] = [future for future in futures if not future.cancelled()]
                if not self._waiting[asked]:
                    del self._waiting[asked]
            waiting = list(self._waiting)
        if waiting:
            now = self.changes.revisions({plan_id for plan_id, _ in waiting})
            self._tell([(plan_id, revision) for plan_id, revision in waiting if now.get(plan_id) != revision])

    def _tell(self, asked: list[tuple[str, int]]) -> None:
        with self._lock:
            futures = [future for each in asked for future in self._waiting.pop(each, ())]
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(None)

    def _look_on(self) -> None:
        moment = threading.Event()
        while not self._closed:
            self._somebody.wait()
            moment.wait(LOOK_SECONDS)
            with self._lock:
                if not self._waiting:
                    self._somebody.clear()
            try:
                self.look()
            except StoreDownError:
                continue  # whoever is asked next says so
            except Exception as error:  # noqa: BLE001 - all who wait depend on the next look
                LOG.error("a look failed\n%s", where(error))  # noqa: TRY400 - no text of it
