"""Who solves a day, wherever that happens.

DaySolver
├── InProcess       in the thread that asks
└── SolverProcess   in a process of its own, see solver_process
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import MappingProxyType
from typing import Final, Protocol, Self

from solver.budget import Engine, StoppedBecause
from solver.reasons import Unserved
from solver.solution import Solution
from solver.units import Prize
from solver.wire import Finished, Task

ENGINES: Final = MappingProxyType({Engine.AUTO: "search+ortools", Engine.ROUTING: "ortools-routing"})
"""What an answer calls them."""


class SolverDied(Exception):  # noqa: N818 - the name says what happened
    """The process ended without a plan; the text has no data of the day in it."""


class OutOfMemory(SolverDied):
    """It asked for more memory than it may take, as it would again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The best solution, why no better one was looked for, and who is not in it; ``elapsed`` in seconds.

    ``unserved`` is empty if nobody asked, and if the process had to be ended before it could tell. No plan has a prize
    above ``prize_bound``; ``None`` if nothing was proved.
    """

    solution: Solution
    stopped_because: StoppedBecause
    elapsed: float
    engine: str
    unserved: tuple[Unserved, ...]
    prize_bound: Prize | None = None

    @classmethod
    def to(cls, task: Task, finished: Finished, elapsed: float) -> Self:
        """What became of ``task``."""
        engine = ENGINES[task.budget.engine]
        return cls(
            finished.solution, finished.stopped_because, elapsed, engine, finished.unserved, finished.prize_bound
        )


class DaySolver(Protocol):
    """Solves one day at a time; several threads may ask at once."""

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """The best solution within the task's budget, or soon after ``stop`` is set.

        ``on_better`` hears of improvements in the calling thread. Raises SolverDied if there is no plan to return.
        """
        ...


class InProcess:
    """Solves in the thread that asks: for tests. OR-Tools holds the interpreter meanwhile."""

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """See DaySolver."""
        from solver.carry_out import carry_out  # noqa: PLC0415 - a server solves nothing itself: 150 MB less

        began = monotonic()
        finished = carry_out(task, on_better, stop.is_set)
        return Answer.to(task, finished, monotonic() - began)
