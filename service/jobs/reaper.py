"""Workers that are no more."""

from dataclasses import dataclass, field
from typing import Final

from service.jobs.queue import Queue
from service.observer import UNOBSERVED, Observer
from service.store.protocol import LOST, RETIRED, PlanWork

LOOKS: Final = 5
"""So many looks in a row at which a worker gave no new sign of life make it one that is lost. They are counted rather
than timed: a machine that was asleep has not missed any."""


@dataclass(slots=True)
class Reaper:
    """Gives what lost workers have in hand to others; to be asked to ``look`` as often as workers give signs of life.

    It looks at all who are known and at all who have something in hand: a worker that was taken for lost and forgotten
    may have gone on. ``me`` is the worker that it looks for.
    """

    work: PlanWork
    queue: Queue
    me: str
    observer: Observer = UNOBSERVED
    _looks: dict[str, tuple[int | None, int]] = field(default_factory=dict[str, tuple[int | None, int]])
    """Signs of life of each worker, none of one that is not known, and at how many looks in a row it was these."""

    def look(self) -> None:
        """Raises StoreDownError."""
        known: dict[str, int | None] = {worker.id: worker.beats for worker in self.work.workers()}
        beats = {worker: known.get(worker) for worker in {*known, *self.queue.in_hand()} - {self.me}}
        self._looks = {worker: (beat, self._in_a_row(worker, beat)) for worker, beat in beats.items()}
        lost = [worker for worker, (beat, looks) in self._looks.items() if beat in {RETIRED, LOST} or looks > LOOKS]
        if lost:
            self.observer.recovered(self.work.count_spent(lost))
            self.queue.recover(lost)
            self.work.forget(lost)

    def begin_anew(self) -> None:
        """Whoever could not be seen to live may have lived all the same."""
        self._looks = {}

    def _in_a_row(self, worker: str, beats: int | None) -> int:
        before, looks = self._looks.get(worker, (beats, 0))
        return looks + 1 if before == beats else 1
