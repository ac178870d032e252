"""A worker: makes plans from the queue, shows that it lives, and looks after those who no longer do."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final

from service.incidents import where
from service.jobs.maker import PlanMaker
from service.jobs.queue import Queue
from service.jobs.reaper import Reaper
from service.observer import UNOBSERVED, Observer
from service.outage import OutageError
from service.store.protocol import PlanWork

LOG: Final = logging.getLogger(__name__)

ROUND_SECONDS: Final = 0.05
"""From one round to the next, in which better plans are kept and wishes to stop are heard."""
ROUNDS_A_BEAT: Final = 20
"""Rounds from one sign of life to the next."""
ROUNDS_A_TELLING: Final = 200
"""Rounds from one telling of figures to the next: as often as anybody asks for them, more or less."""
AGAIN_SECONDS: Final = 5.0
"""Before a plan is begun anew that failed in a way that nobody expected."""
PATIENCE_SECONDS: Final = 3.0
"""How long to wait for rounds to end that may hang at the database."""


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
    observer: Observer = UNOBSERVED
    figures: Callable[[], str | None] = lambda: None
    """What was counted so far, for whoever asks."""
    chores: Mapping[str, Callable[[], object]] = field(default_factory=dict[str, Callable[[], object]])
    """What else is to be done, by whichever worker comes to it: called again and again, each in a thread of its own."""
    _end: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def start(self) -> None:
        """Begin. Raises StoreDownError."""
        self._beat()  # before it has anything that could be lost
        self._begin(self._go_round, "rounds")
        self.queue.listen(self._make, self.slots, self.name)
        self._begin(self._look_after_others, "reaper")
        for name, chore in self.chores.items():
            self._begin(partial(self._again_and_again, chore), name)

    def drain(self) -> None:
        """End, soon: what is being made stops where it is, and is told to be anybody's."""
        self._end.set()
        self.maker.interrupt()
        self.queue.drain()
        until = monotonic() + PATIENCE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        self._try(lambda: self.work.retire(self.name, lost=False))

    def _begin(self, rounds: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=rounds, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _make(self, plan_id: str) -> None:
        """Make it, whatever happens: the queue does not hand it out again. The store knows when to give up."""
        while True:
            try:
                self.maker.make(plan_id)
            except InterruptedError:
                raise
            except Exception as error:  # noqa: BLE001 - a fault of ours, of which nothing may be told but where it is
                LOG.error("a plan is begun anew\n%s", where(error))  # noqa: TRY400
                if self._end.wait(AGAIN_SECONDS):
                    raise InterruptedError from None
            else:
                return

    def _go_round(self) -> None:
        rounds = 0
        while not self._end.wait(ROUND_SECONDS):
            self._try(self.maker.keep)
            self._try(self.maker.look)
            if rounds % ROUNDS_A_BEAT == 0:
                self._try(self._beat)
            if rounds % ROUNDS_A_TELLING == ROUNDS_A_BEAT:
                self._try(self._tell_figures)
            rounds += 1

    def _beat(self) -> None:
        self.work.beat(self.name, self.clock(), self.trouble())

    def _tell_figures(self) -> None:
        """Seldom, and in a call of its own: a sign of life is small, and depends on nothing else."""
        if (figures := self.figures()) is not None:
            self.work.tell_figures(self.name, figures)

    def _look_after_others(self) -> None:
        """In a thread of its own: recovering waits for the database, and signs of life must not wait for that."""
        reaper = Reaper(self.work, self.queue, self.name, self.observer)
        while not self._end.wait(ROUND_SECONDS * ROUNDS_A_BEAT):
            if not self._try(reaper.look):
                reaper.begin_anew()

    def _again_and_again(self, chore: Callable[[], object]) -> None:
        while not self._end.wait(ROUND_SECONDS * ROUNDS_A_BEAT):
            self._try(chore)

    def _try(self, call: Callable[[], object]) -> bool:
        """Whether it worked; what fails in one round may do in the next."""
        try:
            call()
        except OutageError as error:
            LOG.warning("%s", error)
        except Exception as error:  # noqa: BLE001 - the next round has to come, whatever it is
            LOG.error("a round failed\n%s", where(error))  # noqa: TRY400 - no text of it
        else:
            return True
        return False
