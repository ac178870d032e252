"""What is left of a budget."""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Final, Self

from solver.budget import Budget, StoppedBecause

PATIENCE: Final = 0.9
"""Share of the time without improvement that one turn may last."""


class Allowance:
    """Counts time and solutions against a budget; whoever works on it asks ``spent`` now and then.

    ``part`` cuts a share for one phase of the work; what the phase uses counts for the whole as well.
    """

    def __init__(  # noqa: PLR0913 - one per bound
        self,
        *,
        seconds: float,
        stall: float,
        solutions: float,
        stop: Callable[[], bool],
        clock: Callable[[], float],
        whole: Self | None = None,
    ) -> None:
        self._begun = self._improved = clock()
        self._until = self._begun + seconds
        self._stall = stall
        self._solutions = solutions
        self._used = 0
        self._stop = stop
        self._clock = clock
        self._whole = whole

    @classmethod
    def of(cls, budget: Budget, stop: Callable[[], bool], clock: Callable[[], float] = monotonic) -> Self:
        """All of a budget. ``stop`` says whether somebody wants the best so far at once."""
        return cls(
            seconds=inf if budget.seconds is None else budget.seconds,
            stall=inf if budget.stall_seconds is None else budget.stall_seconds,
            solutions=inf if budget.solutions is None else budget.solutions,
            stop=stop,
            clock=clock,
        )

    def part(self, share: float) -> "Allowance":
        """An allowance of this share of what is left, and of the time it may go on without improvement."""
        return self._part(share * self.left, share * self._stall, share)

    def turn(self, share: float) -> "Allowance":
        """A part for work that pays off at its end: it never stalls by itself, and ends before the whole would."""
        return self._part(min(share * self.left, PATIENCE * self._stall), inf, share)

    def _part(self, seconds: float, stall: float, share: float) -> "Allowance":
        return Allowance(
            seconds=seconds,
            stall=stall,
            solutions=inf if self.solutions is None else max(1, int(share * self.solutions)),
            stop=self._stop,
            clock=self._clock,
            whole=self,
        )

    @property
    def left(self) -> float:
        """Seconds left, infinitely many if time is not bounded."""
        return self._until - self._clock()

    def look(self, solutions: int = 1) -> None:
        """So many more solutions were looked at."""
        self._used += solutions
        if self._whole is not None:
            self._whole.look(solutions)

    def improve(self) -> None:
        """The best solution was just bettered."""
        self._improved = self._clock()

    def spent(self) -> bool:
        """Whether it is time to end."""
        return self.reason() is not None or (self._whole is not None and self._whole.spent())

    @property
    def stopped(self) -> bool:
        """Whether somebody wants the best so far at once."""
        return self._stop()

    def out_of_time(self) -> bool:
        """Whether it is time to end even if solutions did not count."""
        return self.reason() not in {None, StoppedBecause.SOLUTION_LIMIT}

    def reason(self) -> StoppedBecause | None:
        """The bound that was met."""
        if self._stop():
            return StoppedBecause.STOPPED
        now = self._clock()
        if now >= self._until:
            return StoppedBecause.TIME_LIMIT
        if now - self._last_improvement() >= self._stall:
            return StoppedBecause.STALL_LIMIT
        if self._used >= self._solutions:
            return StoppedBecause.SOLUTION_LIMIT
        return None

    @property
    def solutions(self) -> int | None:
        """Solutions left, ``None`` if only time counts."""
        return None if self._solutions == inf else max(0, int(self._solutions) - self._used)

    @property
    def lasting(self) -> float:
        """Seconds from beginning to end, infinitely many if time is not bounded."""
        return self._until - self._begun

    @property
    def progress(self) -> float:
        """How much is used up, from 0 to 1, by the bound that is nearest to its end."""
        lasting = self.lasting
        by_time = 0.0 if lasting == inf else (self._clock() - self._begun) / max(lasting, 1e-9)
        return min(1.0, max(by_time, self._used / self._solutions))

    def _last_improvement(self) -> float:
        """A part does not stall before it had its time, whatever came before it."""
        return self._improved if self._whole is None else max(self._begun, self._whole._last_improvement())  # noqa: SLF001 - its own kind
