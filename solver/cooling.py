"""One search cooling down once, in its own thread."""

from time import monotonic
from typing import Final

from solver.allowance import Allowance
from solver.draft import Draft, Timetable
from solver.pool import Pool
from solver.search.run import Search

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
"""In a chunk where rounds are counted, so that they give the same plan on any machine."""
TIME_EVERY: Final = 0.2
"""Seconds between two better plans timed exactly: of thousands of visits that takes as long as a chunk."""


class Cooling:
    """Runs a search from hot to cold within ``turn`` and at most ``most`` rounds.

    ``draft`` is the best plan so far by the exact timetable, at first the one that it was given. Where that refuses a
    plan which the search takes for legal, the search goes on from ``draft``: everything it finds is compared to its
    best, and better than one that cannot be kept is nothing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all of it is needed
        self,
        search: Search,
        draft: Draft,
        timetable: Timetable,
        turn: Allowance,
        most: float,
        pool: Pool,
        *,
        counted: bool,
    ) -> None:
        self._search = search
        self._timetable = timetable
        self._turn = turn
        self._most = most
        self._pool = pool
        self._counted = counted
        self._failure: Exception | None = None
        self._halted = False
        self._timed = search.improvements
        self.draft = draft
        self.rounds = 0

    def run(self) -> None:
        """Until it is cold; for a thread, hence a failure is kept for ``raise_failure``."""
        try:
            self._cool()
        except Exception as failure:  # noqa: BLE001 - a thread has nobody to raise to
            self._failure = failure

    def halt(self) -> None:
        """End after this chunk."""
        self._halted = True

    def raise_failure(self) -> None:
        """Raise what went wrong, if something did."""
        if self._failure is not None:
            raise self._failure

    def _cool(self) -> None:
        search, size, pooled = self._search, ROUNDS if self._counted else 1, -1
        timed_at = monotonic()
        while self.rounds < self._most and not self._turn.spent() and not self._halted:
            progress = self._progress
            began = monotonic()
            rounds = int(min(size, self._most - self.rounds))
            search.run(rounds, temperature(progress), temperature(self._progress_after(rounds, progress)))
            self.rounds += rounds
            self._pool.add(search.routes(best_too=search.improvements != pooled))
            pooled = search.improvements
            if self._counted or began - timed_at >= TIME_EVERY:
                timed_at = began
                self._time()
            if not self._counted:
                size = self._next_size(rounds / max(1e-6, monotonic() - began), size)
        self._time()

    def _time(self) -> None:
        """Time the best plan if it is a new one."""
        search = self._search
        if search.improvements == self._timed:
            return
        draft = self._timetable.draft(search.best)
        if draft is None:
            search.start_from(self.draft.sequences)
        elif draft.key > self.draft.key:
            self.draft = draft
        self._timed = search.improvements

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
