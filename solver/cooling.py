"""One search cooling down once, in its own thread."""

from collections import deque
from time import monotonic
from typing import Final

from solver.allowance import Allowance
from solver.pool import Pool
from solver.search.run import Search
from solver.solution import Sequences

HOT: Final = 10.0
COLD: Final = 0.1
"""Temperatures at the beginning and the end, in mean costs of a short leg."""

CHUNK: Final = 0.005
"""Seconds between two looks at the clock and the routes, for each hundred visits: of 22 recombinations those that saw
routes every 5 ms gained 18 points, every 50 ms 13."""
LONGEST_CHUNK: Final = 0.05
CHUNKS: Final = 50
"""At least so many, for the temperature to fall evenly."""
ROUNDS: Final = 100
"""In the first chunk; and in every one where rounds are counted, so that they give the same plan on any machine."""


class Cooling:
    """Runs a search from hot to cold within ``turn`` and at most ``most`` rounds.

    ``news`` holds the latest better plan; whoever takes it out, in another thread, has a whole plan.
    """

    def __init__(self, search: Search, turn: Allowance, most: float, pool: Pool, *, counted: bool) -> None:
        self._search = search
        self._turn = turn
        self._most = most
        self._pool = pool
        self._counted = counted
        self._failure: Exception | None = None
        self.rounds = 0
        self.news = deque[Sequences](maxlen=1)

    def run(self) -> None:
        """Until it is cold; for a thread, hence a failure is kept for ``raise_failure``."""
        try:
            self._cool()
        except Exception as failure:  # noqa: BLE001 - a thread has nobody to raise to
            self._failure = failure

    def raise_failure(self) -> None:
        """Raise what went wrong, if something did."""
        if self._failure is not None:
            raise self._failure

    def _cool(self) -> None:
        size, improvements = ROUNDS, -1
        while self.rounds < self._most and not self._turn.spent():
            progress = self._progress
            began = monotonic()
            rounds = int(min(size, self._most - self.rounds))
            self._search.run(rounds, temperature(progress), temperature(self._progress_after(rounds, progress)))
            self.rounds += rounds
            if self._search.improvements != improvements:
                improvements = self._search.improvements
                self.news.append(self._search.best)
            self._pool.add(self._search.routes())
            if not self._counted:
                size = self._next_size(rounds / max(1e-6, monotonic() - began), size)

    @property
    def _progress(self) -> float:
        """From 0, hot, to 1, cold."""
        by_time = 0.0 if self._counted else self._turn.progress
        return min(1.0, max(by_time, self.rounds / self._most))

    def _progress_after(self, rounds: int, before: float) -> float:
        """Where a chunk will end; by the clock that is not known, and it stays as warm as it began."""
        return max(before, min(1.0, (self.rounds + rounds) / self._most))

    def _next_size(self, speed: float, size: int) -> int:
        """Rounds in a chunk of fitting length, by how fast the last one was; not too far from its size at once."""
        seconds = min(CHUNK * (1 + self._search.visits / 100), LONGEST_CHUNK, self._turn.lasting / CHUNKS)
        return max(1, int(min(speed * seconds, 4 * size)))


def temperature(progress: float) -> float:
    """Geometric from HOT to COLD."""
    return HOT * (COLD / HOT) ** progress
