"""One day solved in a process of its own: the task comes in, news goes out.

A process each, because the engine holds Python's lock as long as it searches (an event loop in the same process stood
still for two seconds), because two engines in one process have crashed (google/or-tools#5076), and because only a
process can be stopped for certain. ``SIGTERM`` asks for the best plan so far.

``python -m solver.child PARENT`` starts one from scratch, with the task on standard input and news on standard output;
``solver.nursery`` forks one that has everything loaded.
"""

import ctypes
import os
import resource
import signal
import sys
import traceback
from typing import BinaryIO, Final

from solver.wire import Better, Failed, News, Solved, Task, decode_task, encode_news

PR_SET_PDEATHSIG: Final = 1
MOST_MEMORY: Final = "DAYROUTE_SOLVER_MEMORY_MB"
"""How much more memory than at its start a solve may take, where whoever starts it says so."""
MEGABYTE: Final = 1 << 20


def main() -> None:
    """Carry out the task on standard input. The one argument is the parent's id."""
    keep_to_itself(int(sys.argv[1]))
    sys.exit(work(sys.stdin.buffer, sys.stdout.buffer))


def keep_to_itself(parent: int) -> None:
    """Leave nothing behind: neither this process when the thread that started it ends, nor a dump of its memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold somebody's day
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be said
            sys.exit(1)


def bound_memory() -> None:
    """What asks for more gets an error, and one day is lost rather than whatever else is on this machine."""
    most = os.environ.get(MOST_MEMORY)
    if most is not None and sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123 - nothing else here asks for paths
            pages = int(figures.read().split()[0])
        limit = pages * resource.getpagesize() + int(most) * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def work(task: BinaryIO, news: BinaryIO) -> int:
    """Read the task, solve it, tell of better plans and at last the answer; returns the exit status."""
    stop = _StopSign()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # a nursery holds it back until here
    bound_memory()
    try:
        _answer(decode_task(task.read()), stop, news)
    except Exception as error:  # noqa: BLE001 - whatever it was, the parent must hear of it, and without the day's data
        _tell(news, Failed(type(error).__name__, _where(error)))
        return 1
    return 0


class _StopSign:
    """Whether somebody asked for the best so far. A plain flag: an Event takes a lock, which a signal may interrupt."""

    def __init__(self) -> None:
        self._up = False

    def set(self) -> None:
        self._up = True

    def is_set(self) -> bool:
        return self._up


def _answer(task: Task, stop: _StopSign, news: BinaryIO) -> None:
    from solver.carry_out import carry_out  # noqa: PLC0415 - after the signal handler is in place

    finished = carry_out(
        task,
        on_better=lambda better: _tell(news, Better(better)),
        stop=stop.is_set,
        on_solved=lambda answer: _tell(news, Solved(answer)),
    )
    _tell(news, finished)


def _tell(out: BinaryIO, news: News) -> None:
    out.write(encode_news(news))
    out.flush()


def _where(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"


if __name__ == "__main__":
    main()
