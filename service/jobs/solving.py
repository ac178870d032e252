"""Who solves a day, wherever that happens.

DaySolver
├── InProcess       in the thread that asks
└── SolverProcess   in a process of its own, see solver.child
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import IO, Final, Protocol

import solver
from solver.budget import Budget, StoppedBecause
from solver.objective import score
from solver.problem import Problem
from solver.reasons import Unserved, unserved
from solver.solution import Solution
from solver.solve import solve
from solver.wire import Better, Failed, Finished, News, Task, decode_news, encode_task

ENGINE: Final = "ortools-routing"

LOOK_EVERY: Final = 0.05
"""Seconds between two looks at ``stop``."""

LAST_WORDS: Final = 0.7
"""Seconds that a stopped process has to answer; what it told before is the answer after that."""

LONGEST: Final = 3600.0
"""Seconds after which a search that is bounded by solutions alone is given up all the same."""

PATIENCE: Final = 60.0
"""Seconds beyond the budget, for starting, finding reasons and a busy machine, after which a process is given up."""


class SolverDied(Exception):  # noqa: N818 - the name says what happened
    """The process ended without a plan; the text has no data of the day in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The best solution, why no better one was looked for, and who is not in it; ``elapsed`` in seconds.

    ``unserved`` is empty if nobody asked, and if the process had to be ended before it could tell.
    """

    solution: Solution
    stopped_because: StoppedBecause
    elapsed: float
    engine: str
    unserved: tuple[Unserved, ...]


class DaySolver(Protocol):
    """Solves one day at a time; several threads may ask at once."""

    def solve(
        self,
        problem: Problem,
        budget: Budget,
        *,
        explain: bool,
        on_better: Callable[[Solution], None],
        stop: threading.Event,
    ) -> Answer:
        """The best solution within ``budget``, or soon after ``stop`` is set; with ``explain`` also who is left out.

        ``on_better`` hears of improvements in the calling thread. Raises SolverDied if there is no plan to return.
        """
        ...


class InProcess:
    """Solves in the thread that asks: for tests and the command line. The engine holds the interpreter meanwhile."""

    def solve(
        self,
        problem: Problem,
        budget: Budget,
        *,
        explain: bool,
        on_better: Callable[[Solution], None],
        stop: threading.Event,
    ) -> Answer:
        """See DaySolver."""
        began = monotonic()
        solved = solve(problem, budget, on_better, stop.is_set)
        left_out = unserved(problem, solved.solution) if explain else ()
        return Answer(solved.solution, solved.stopped_because, monotonic() - began, ENGINE, left_out)


@dataclass(frozen=True, slots=True)
class SolverProcess:
    """Solves in a process that is started for the purpose: it can be stopped for certain and may crash alone.

    ``command`` starts it; this process's id is added as the last argument.
    """

    command: tuple[str, ...] = (sys.executable, "-s", "-P", "-m", "solver.child")

    def solve(
        self,
        problem: Problem,
        budget: Budget,
        *,
        explain: bool,
        on_better: Callable[[Solution], None],
        stop: threading.Event,
    ) -> Answer:
        """See DaySolver."""
        child = _Child(self.command, Task(problem, budget, explain), stop)
        try:
            finished = child.listen(on_better)
        finally:
            child.end()
        if finished is None:
            finished = _without_last_words(problem, child)
        return Answer(finished.solution, finished.stopped_because, child.elapsed, ENGINE, finished.unserved)


def _without_last_words(problem: Problem, child: "_Child") -> Finished:
    """The best the process told before it ended: its incumbent, or nobody going out if it was stopped too early."""
    best = child.best
    if child.stopped:
        return Finished(best or Solution((), score(problem, ())), StoppedBecause.STOPPED, ())
    if best is None:
        raise SolverDied(child.why)
    return Finished(best, StoppedBecause.DIED, ())


class _Child:
    """One solver process, from its start to its end."""

    def __init__(self, command: Sequence[str], task: Task, stop: threading.Event) -> None:
        self._began = monotonic()
        self._stop = stop
        self._kill_at = self._began + (task.budget.seconds or LONGEST) + PATIENCE
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._failure: Failed | None = None
        self._process = _start(command)
        self.best: Solution | None = None
        self.stopped = False
        self._threads = (
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._write, args=(self._process.stdin, encode_task(task)), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def elapsed(self) -> float:
        """Seconds since it was started."""
        return monotonic() - self._began

    @property
    def why(self) -> str:
        """How it ended, in words without any data of the day."""
        if self._failure is not None:
            return f"{self._failure.kind} at {self._failure.where}"
        return f"the solver's process ended with status {self._process.returncode}"

    def listen(self, on_better: Callable[[Solution], None]) -> Finished | None:
        """Pass improvements on until the answer comes; ``None`` if the process ends without one."""
        while (line := self._next_line()) is not None:
            news = decode_news(line)
            if isinstance(news, Finished):
                return news
            self._note(news, on_better)
        return None

    def end(self) -> None:
        """See that nothing is left of it."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()

    def _note(self, news: News, on_better: Callable[[Solution], None]) -> None:
        if isinstance(news, Better):
            self.best = news.solution
            on_better(news.solution)
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
            self._process.terminate()
        if monotonic() > self._kill_at:
            self._process.kill()

    def _read(self, out: IO[bytes]) -> None:
        with out:
            for line in out:
                if line.endswith(b"\n"):  # a process that is killed may leave half a line
                    self._lines.put(line)
        self._lines.put(None)

    @staticmethod
    def _write(into: IO[bytes], data: bytes) -> None:
        try:
            with into:
                into.write(data)
        except BrokenPipeError:
            """It ended before it had read everything; the reader notices."""


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # Our own package and nothing else from the environment, neither settings nor secrets.
    root = str(Path(solver.__file__).parents[1])
    return subprocess.Popen(  # noqa: S603 - a fixed command, nothing of it from outside
        [*command, str(os.getpid())],
        env={"PYTHONPATH": root},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
