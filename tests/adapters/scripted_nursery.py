"""A nursery whose children do as a test says instead of solving; it is there at once, since it loads nothing.

Its server may be another process than the test's: ``python -m tests.adapters.scripted_nursery LOAD`` opens one, has it
solve a day for ever, and prints the ids of the nursery and of its child; of the nursery alone while that is loading.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from service.jobs.nursery import Nursery
from service.jobs.solver_process import SolverProcess
from solver.solution import Solution
from tests.adapters.crowded_street import FOREVER, ask
from tests.adapters.processes import PATIENCE, children, comes_true

TELL: Final = "tell(news, 7)"
"""Of a plan with a prize of 7."""
SLEEP: Final = "time.sleep(600)"

SCRIPT: Final = """
import os, signal, sys, threading, time
from solver import nursery
from solver.solution import Costs, Score, Solution
from solver.wire import Better, encode_news

def tell(news, prize):
    news.write(encode_news(Better(Solution((), Score(0, prize, Costs())))))
    news.flush()

def load():
    {load}

def work(task, news):
    {work}

nursery._load, nursery.work = load, work
nursery.main()
"""


def scripted(*work: str, load: str = "pass") -> Nursery:
    """One that does ``load``, and whose children do ``work``, a line each."""
    script = SCRIPT.format(load=load, work="\n    ".join(work or ["pass"]))
    return Nursery((sys.executable, "-c", script))


@contextmanager
def opened(nursery: Nursery) -> Generator[Nursery]:
    """Ready to be used, or known to be of no use."""
    nursery.open()
    nursery.wait(PATIENCE)
    try:
        yield nursery
    finally:
        nursery.close()


def pid_of(nursery: Nursery) -> int:
    """Id of the process, which is there."""
    pid = nursery.pid
    assert pid is not None
    return pid


def main() -> None:
    def tell_family(_: Solution | None = None) -> None:
        [nursery] = children(os.getpid())
        print(nursery, *children(nursery), flush=True)  # noqa: T201 - the test reads it

    [_, load] = sys.argv
    nursery = scripted(TELL, SLEEP, load=load)
    nursery.open()
    if load == SLEEP:
        comes_true(lambda: children(os.getpid()) != [])
        tell_family()
    ask(SolverProcess(nursery), FOREVER, on_better=tell_family)


if __name__ == "__main__":
    main()
