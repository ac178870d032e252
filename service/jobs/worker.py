"""A worker: makes plans from the queue, shows that it lives, and looks after those who no longer do."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from service.incidents import where
from service.jobs.maker import PlanMaker
from service.jobs.queue import Queue
from service.jobs.reaper import Reaper
from service.outage import OutageError
from service.store.protocol import PlanWork

LOG: Final = logging.getLogger(__name__)

ROUND_SECONDS: Final = 0.05
"""From one round to the next, in which better plans are kept and wishes to stop are heard."""
ROUNDS_A_BEAT: Final = 20
"""Rounds from one sign of life to the next."""


@dataclass(slots=True)
class Worker:
    """``slots`` plans at a time. ``trouble`` says why none can be made, if that is so."""

    name: str
    work: PlanWork
    queue: Queue
    maker: PlanMaker
    slots: int
    clock: Callable[[], datetime]
    trouble: Callable[[], str | None]
    _end: threading.Event = field(default_factory=threading.Event)
    _rounds: threading.Thread | None = None

    def start(self) -> None:
        """Begin. Raises StoreDownError."""
        self.work.beat(self.name, self.clock(), self.trouble())  # before it has anything that could be lost
        self.queue.listen(self._make, self.slots, self.name)
        self._rounds = threading.Thread(target=self._go_round, name="rounds", daemon=True)
        self._rounds.start()

    def drain(self) -> None:
        """End, soon: what is being made stops where it is, and is told to be anybody's."""
        self.maker.interrupt()
        self.queue.drain()
        self._end.set()
        if self._rounds is not None:
            self._rounds.join()
        self._try(lambda: self.work.retire(self.name))

    def _make(self, plan_id: str) -> None:
        """Make it, whatever happens: the queue does not hand it out again. The store knows when to give up."""
        while True:
            try:
                self.maker.make(plan_id)
            except InterruptedError:
                raise
            except Exception as error:  # noqa: BLE001 - a fault of ours, of which nothing may be told but where it is
                LOG.error("a plan is begun anew\n%s", where(error))  # noqa: TRY400
                self._end.wait(1.0)
            else:
                return

    def _go_round(self) -> None:
        reaper, rounds = Reaper(self.work, self.queue), 0
        while not self._end.wait(ROUND_SECONDS):
            self._try(self.maker.keep)
            self._try(self.maker.look)
            if rounds % ROUNDS_A_BEAT == 0:
                self._try(lambda: self.work.beat(self.name, self.clock(), self.trouble()))
                self._try(reaper.look)
            rounds += 1

    def _try(self, call: Callable[[], None]) -> None:
        """What fails in one round may do in the next."""
        try:
            call()
        except OutageError as error:
            LOG.warning("%s", error)
        except Exception as error:  # noqa: BLE001 - the next round has to come, whatever it is
            LOG.error("a round failed\n%s", where(error))  # noqa: TRY400 - no text of it
