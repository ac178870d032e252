"""One day solved in a process of its own: the task on standard input, news on standard output.

A process each, because the engine holds Python's lock as long as it searches (an event loop in the same process stood
still for two seconds), because two engines in one process have crashed (google/or-tools#5076), and because only a
process can be stopped for certain. ``SIGTERM`` asks for the best plan so far.
"""

import ctypes
import os
import resource
import signal
import sys
import traceback
from typing import BinaryIO, Final

from solver.wire import Better, Failed, Finished, News, Task, decode_task, encode_news

PR_SET_PDEATHSIG: Final = 1


def main() -> None:
    """Read the task, solve it, tell of better plans and at last the answer. The one argument is the parent's id."""
    _die_with(int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold somebody's day
    stop = _StopSign()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    news = sys.stdout.buffer
    try:
        _answer(decode_task(sys.stdin.buffer.read()), stop, news)
    except Exception as error:  # noqa: BLE001 - whatever it was, the parent must hear of it, and without the day's data
        _tell(news, Failed(type(error).__name__, _where(error)))
        sys.exit(1)


class _StopSign:
    """Whether somebody asked for the best so far. A plain flag: an Event takes a lock, which a signal may interrupt."""

    def __init__(self) -> None:
        self._up = False

    def set(self) -> None:
        self._up = True

    def is_set(self) -> bool:
        return self._up


def _answer(task: Task, stop: _StopSign, news: BinaryIO) -> None:
    from solver.solve import solve  # noqa: PLC0415 - after the signal handler is in place

    solved = solve(task.problem, task.budget, lambda better: _tell(news, Better(better)), stop.is_set)
    if task.explain:
        from solver.reasons import unserved  # noqa: PLC0415 - not needed for the first plan

        reasons = unserved(task.problem, solved.solution)
    else:
        reasons = ()
    _tell(news, Finished(solved.solution, solved.stopped_because, reasons))


def _tell(out: BinaryIO, news: News) -> None:
    out.write(encode_news(news))
    out.flush()


def _die_with(parent: int) -> None:
    """Leave nobody behind: the kernel kills this process when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be said
            sys.exit(1)


def _where(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"


if __name__ == "__main__":
    main()
