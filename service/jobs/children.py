"""A process that solves one day, and how it is started from scratch; ``service.jobs.nursery`` has the quick way."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import solver
from solver.child import MOST_MEMORY

PYTHON: Final = (sys.executable, "-s", "-P", "-m")
FROM_SCRATCH: Final = (*PYTHON, "solver.child")


def environment(kernels: Path | None = None, memory_mb: int | None = None) -> dict[str, str]:
    """What a solver is told: where our own package and its compiled kernels are, and how much memory it may take.

    No other settings, and no secrets.
    """
    ours = {
        "PYTHONPATH": str(Path(solver.__file__).parents[1]),
        "OPENBLAS_NUM_THREADS": "1",  # numpy would start threads for linear algebra, of which there is none
    }
    if kernels is not None:
        ours["DAYROUTE_KERNELS"] = str(kernels.absolute())
    if memory_mb is not None:
        ours[MOST_MEMORY] = str(memory_mb)
    return ours


class Child(Protocol):
    """A process that has been started; the task goes into ``talk``, news come out of it (``solver.wire``)."""

    talk: socket.socket

    def stop(self) -> None:
        """Ask it for the best so far."""
        ...

    def kill(self) -> int:
        """See that it has ended; its exit status, negative = that signal. What it said before can still be read."""
        ...


class FromScratch:
    """A process started for one day: ``command``, with the id of this process as its last argument.

    ``told`` is its environment.
    As it is in a session of its own, Ctrl-C in a terminal does not reach it: whoever started it decides about its day.
    """

    def __init__(self, command: Sequence[str], told: Mapping[str, str]) -> None:
        self.talk, there = socket.socketpair()
        with there:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - a fixed command, nothing of it from outside
                    [*command, str(os.getpid())],
                    env=told,
                    stdin=there.fileno(),
                    stdout=there.fileno(),
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError:
                self.talk.close()
                raise

    def stop(self) -> None:
        """See Child."""
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> int:
        """See Child."""
        self._process.kill()
        return self._process.wait()
