"""The process that has everything loaded and forks solvers, as the server sees it; from within: ``solver.nursery``.

A thread of its own starts it, and starts it again when it dies. While it is coming, whoever wants a child waits; where
it cannot be, days are solved by processes started from scratch.
"""

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from signal import SIGKILL
from time import monotonic
from typing import Final

from service.jobs.children import PYTHON, environment
from solver.nursery import DAY, KILL, LONGEST, READY, STARTED, STOP

LOG: Final = logging.getLogger(__name__)

COMMAND: Final = (*PYTHON, "solver.nursery")

LOOK_EVERY: Final = 0.05
"""Seconds between two looks at ``stop``."""

PATIENCE: Final = 5.0
"""Seconds for what takes milliseconds, after which it is not waited for any longer."""


class _State(Enum):
    ABSENT = auto()
    COMING = auto()
    READY = auto()
    CLOSED = auto()


class Nursery:
    """Forks solvers between ``open`` and ``close``; several threads may ask at once.

    ``command`` starts it; this process's id and the number of a socket are added as its last two arguments.
    """

    def __init__(self, command: Sequence[str] = COMMAND, kernels: Path | None = None) -> None:
        self._command = command
        self._kernels = kernels
        self._changed = threading.Condition()
        self._state = _State.ABSENT
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="nursery", daemon=True)

    def open(self) -> None:
        """Start it, in the background; only where a process can be made to end with the one that started it."""
        if sys.platform == "linux":
            self._state = _State.COMING
            self._keeper.start()

    def wait(self, seconds: float) -> bool:
        """Until it is ready, or cannot be, or the time is over; whether it is ready."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not _State.COMING, seconds)
            return self._state is _State.READY

    def close(self) -> None:
        """End it, and with it whatever it has forked."""
        with self._changed:
            self._state = _State.CLOSED
            self._changed.notify_all()
            if self._process is not None:
                self._process.kill()
        if self._keeper.is_alive():
            self._keeper.join()

    @property
    def pid(self) -> int | None:
        """Id of the process while it is ready, for whoever watches it."""
        with self._changed:
            return self._process.pid if self._process and self._state is _State.READY else None

    def fork(self, stop: threading.Event) -> "Forked | None":
        """A solver, or ``None`` if it has to be started from scratch. Once ``stop`` is set nobody is waited for."""
        while not self.wait(LOOK_EVERY):
            if self._state is not _State.COMING or stop.is_set():
                return None
        talk, talk_there = socket.socketpair()
        leash, leash_there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        forked = Forked(talk, leash)
        try:
            with talk_there, leash_there:
                self._hand_over(talk_there, leash_there)
            forked.await_start()
        except OSError:
            LOG.warning("the nursery forked nothing: a solver is started from scratch")
            forked.let_go()
            return None
        return forked

    def _hand_over(self, talk: socket.socket, leash: socket.socket) -> None:
        with self._changed:
            if self._control is None:
                raise ConnectionError
            socket.send_fds(self._control, [DAY], [talk.fileno(), leash.fileno()])

    def _keep(self) -> None:
        while self._live():
            LOG.warning("the nursery died and is started again")

    def _live(self) -> bool:
        """One life of the process; whether it should have another."""
        began = monotonic()
        control, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with control:
            with there, self._changed:
                if self._state is _State.CLOSED:
                    return False
                self._process = process = self._start(there)
            was_ready = _says_ready(control)
            if was_ready:
                LOG.info("the nursery was ready after %.1f s", monotonic() - began)
                control.settimeout(PATIENCE)
                self._turn(_State.READY, control)
            else:
                process.kill()  # it may have threads that go on
            status = process.wait()
            self._turn(_State.COMING if was_ready else _State.ABSENT)
        if self._state is _State.ABSENT:
            LOG.warning("there is no nursery (status %d): every solver is started from scratch", status)
        return self._state is _State.COMING

    def _start(self, there: socket.socket) -> subprocess.Popen[bytes]:
        # What it has to say about itself, of days it knows nothing, goes where this process's errors go.
        return subprocess.Popen(  # noqa: S603 - a fixed command, nothing of it from outside
            [*self._command, str(os.getpid()), str(there.fileno())],
            env=environment(self._kernels),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[there.fileno()],
            start_new_session=True,
        )

    def _turn(self, state: _State, control: socket.socket | None = None) -> None:
        with self._changed:
            self._control = control
            if self._state is not _State.CLOSED:
                self._state = state
            self._changed.notify_all()


class Forked:
    """A Child of the nursery, held by its leash."""

    def __init__(self, talk: socket.socket, leash: socket.socket) -> None:
        self.talk = talk
        self._leash = leash
        self._leash.settimeout(PATIENCE)
        self._status: int | None = None

    def await_start(self) -> None:
        """Raises OSError if it was not forked."""
        if self._leash.recv(LONGEST) != STARTED:
            raise ConnectionError

    def let_go(self) -> None:
        """Have nothing to do with it any more, forked or not: the nursery kills it."""
        self.talk.close()
        self._leash.close()

    def stop(self) -> None:
        """See Child."""
        with suppress(OSError):
            self._leash.send(STOP)

    def kill(self) -> int:
        """See Child. If the nursery is gone, so are its children."""
        if self._status is None:
            with suppress(OSError):
                self._leash.send(KILL)
            with self._leash:
                self._status = self._last_word()
            with suppress(OSError):
                self.talk.shutdown(socket.SHUT_RDWR)  # nobody need wait for the end of what it says
        return self._status

    def _last_word(self) -> int:
        with suppress(OSError, ValueError):
            try:
                return int(self._leash.recv(LONGEST))
            except ConnectionResetError:  # the nursery left our word unread; what it said itself comes after this error
                return int(self._leash.recv(LONGEST))
        return -SIGKILL


def _says_ready(control: socket.socket) -> bool:
    with suppress(ConnectionError):
        return control.recv(LONGEST) == READY
    return False
