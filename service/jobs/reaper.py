"""Workers that are no more."""

from dataclasses import dataclass, field
from typing import Final

from service.jobs.queue import Queue
from service.store.protocol import RETIRED, PlanWork, WorkerSeen

LOOKS: Final = 5
"""So many looks in a row at which a worker gave no new sign of life make it one that is lost. They are counted rather
than timed: a machine that was asleep has not missed any."""


@dataclass(slots=True)
class Reaper:
    """Gives the plans of lost workers to others; to be asked to ``look`` as often as workers give signs of life."""

    work: PlanWork
    queue: Queue
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """Signs of life of each worker at the last look, and at how many looks in a row it was these."""

    def look(self) -> None:
        """Raises StoreDownError."""
        workers = self.work.workers()
        self._seen = {worker.id: (worker.beats, self._looks(worker)) for worker in workers}
        lost = [worker.id for worker in workers if worker.beats == RETIRED or self._seen[worker.id][1] > LOOKS]
        if lost:
            self.work.count_spent(lost)
            self.work.forget(self.queue.recover(lost))

    def _looks(self, worker: WorkerSeen) -> int:
        beats, looks = self._seen.get(worker.id, (worker.beats, 0))
        return looks + 1 if beats == worker.beats else 1
