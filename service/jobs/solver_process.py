"""Days solved in processes of their own, each in one: it can be stopped for certain and may crash alone."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from socket import SHUT_WR
from time import monotonic
from typing import Final

from service.jobs.children import FROM_SCRATCH, Child, FromScratch, environment
from service.jobs.nursery import Nursery
from service.jobs.solving import Answer, OutOfMemory, SolverDied
from solver.budget import StoppedBecause
from solver.objective import score
from solver.solution import Solution
from solver.wire import Better, Failed, Finished, News, Solved, Task, decode_news, encode_task

LOG: Final = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.05
"""Seconds between two looks at ``stop``."""

LAST_WORDS: Final = 0.7
"""Seconds that a stopped process has to answer; what it told before is the answer after that."""

LONGEST: Final = 3600.0
"""Seconds after which a search that is bounded by solutions alone is given up all the same."""

PATIENCE: Final = 60.0
"""Seconds beyond the budget, for starting, finding reasons and a busy machine, after which a process is given up."""


@dataclass(frozen=True, slots=True)
class SolverProcess:
    """A DaySolver whose processes are forked by ``nursery``, or else started from scratch by ``command``.

    ``kernels`` is the folder of the compiled search, if it is not to be the usual one, ``memory_mb`` how much more
    memory than at its start each may take. Those that are forked have both from the nursery.
    """

    nursery: Nursery | None = None
    command: Sequence[str] = FROM_SCRATCH
    kernels: Path | None = None
    memory_mb: int | None = None

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """See DaySolver."""
        forked = self.nursery.fork(stop) if self.nursery else None
        if forked is None and stop.is_set():  # a process that is started now would be killed before it has begun
            return Answer.to(task, _without_search(task), 0.0)
        solving = _Solving(forked or FromScratch(self.command, environment(self.kernels, self.memory_mb)), task, stop)
        try:
            finished = solving.listen(on_better)
        finally:
            solving.end()
        return Answer.to(task, finished or _without_last_words(task, solving), solving.elapsed)


def _without_last_words(task: Task, solving: "_Solving") -> Finished:
    """What the process told before it ended: its answer but for the reasons, or its incumbent.

    If it was stopped before it had one, it is the plan that it was to start from; without one, nobody goes out.
    """
    finished = solving.answer
    if finished is None and solving.best is not None:
        finished = Finished(solving.best, StoppedBecause.STOPPED if solving.stopped else StoppedBecause.DIED)
    if solving.stopped:
        return finished or _without_search(task)
    if finished is None:
        raise (OutOfMemory if solving.is_out_of_memory else SolverDied)(solving.why)
    LOG.warning("a solver died after it had found a plan: %s", solving.why)
    return finished


def _without_search(task: Task) -> Finished:
    if not task.start:
        return Finished(Solution((), score(task.problem, ())), StoppedBecause.STOPPED)
    from solver.solve import without_search  # noqa: PLC0415 - half a second that hardly anybody has to wait for

    return Finished(without_search(task.problem, task.start), StoppedBecause.STOPPED)


class _Solving:
    """One task in the hands of one child, from its start to its end."""

    def __init__(self, child: Child, task: Task, stop: threading.Event) -> None:
        self._began = monotonic()
        self._child = child
        self._stop = stop
        self._kill_at = self._began + (task.budget.seconds or LONGEST) + PATIENCE
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._failure: Failed | None = None
        self._task = task
        self._threads: list[threading.Thread] = []
        self.best: Solution | None = None
        self.answer: Finished | None = None
        self.stopped = False

    @property
    def elapsed(self) -> float:
        """Seconds since the child was there."""
        return monotonic() - self._began

    @property
    def why(self) -> str:
        """How it ended, in words without any data of the day."""
        if self._failure is not None:
            return f"{self._failure.kind} at {self._failure.where}"
        return f"the solver's process ended with status {self._child.kill()}"

    @property
    def is_out_of_memory(self) -> bool:
        """Whether it ended for want of memory, as far as it could say so."""
        return self._failure is not None and self._failure.kind == MemoryError.__name__

    def listen(self, on_better: Callable[[Solution], None]) -> Finished | None:
        """Pass improvements on until the answer comes; ``None`` if the process ends without one."""
        task = encode_task(self._task)
        for talk in (self._read, partial(self._write, task)):
            thread = threading.Thread(target=talk, daemon=True)
            thread.start()
            self._threads.append(thread)
        while (line := self._next_line()) is not None:
            news = decode_news(line)
            if isinstance(news, Finished):
                return news
            self._note(news, on_better)
        return None

    def end(self) -> None:
        """See that nothing is left of it."""
        self._child.kill()
        for thread in self._threads:
            thread.join()
        self._child.talk.close()

    def _note(self, news: News, on_better: Callable[[Solution], None]) -> None:
        if isinstance(news, Better):
            self.best = news.solution
            on_better(news.solution)
        elif isinstance(news, Solved):
            self.answer = news.answer
        elif isinstance(news, Failed):
            self._failure = news

    def _next_line(self) -> bytes | None:
        while True:
            self._look_around()
            try:
                return self._lines.get(timeout=LOOK_EVERY)
            except Empty:
                continue

    def _look_around(self) -> None:
        """Ask it to stop, once, if somebody wants that; end it when its time is over."""
        if self._stop.is_set() and not self.stopped:
            self.stopped = True
            self._kill_at = monotonic() + LAST_WORDS
            self._child.stop()
        if monotonic() > self._kill_at:
            self._child.kill()

    def _read(self) -> None:
        with suppress(ConnectionError), self._child.talk.makefile("rb") as lines:  # it may end with the task unread
            for line in lines:
                if line.endswith(b"\n"):  # a process that is killed may leave half a line
                    self._lines.put(line)
        self._lines.put(None)

    def _write(self, task: bytes) -> None:
        with suppress(OSError):  # it ended before it had read everything; the reader notices
            self._child.talk.sendall(task)
            self._child.talk.shutdown(SHUT_WR)
