"""The process that has everything loaded and forks solvers, as the server sees it; from within: ``solver.nursery``.

A thread of its own starts it, and starts it again when it dies, with growing delays if it does not last. While it is
coming, whoever wants a child waits; as long as it cannot be, days are solved by processes started from scratch.
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
from solver.nursery import CANNOT, DAY, KILL, LONGEST, LONGEST_REASON, READY, STARTED, STOP

LOG: Final = logging.getLogger(__name__)

COMMAND: Final = (*PYTHON, "solver.nursery")

LOOK_EVERY: Final = 0.05
"""Seconds between two looks at ``stop``."""

PATIENCE: Final = 5.0
"""Seconds for what takes milliseconds, after which it is not waited for any longer."""

LOADING: Final = 300.0
"""Seconds to load everything, which takes one, or about a minute if it has to be compiled first on an idle machine."""

LASTING: Final = 60.0
"""Seconds that it has to be of use to count as one that lasts."""

DELAYS: Final = (0.0, 0.0, 1.0, 5.0, 30.0, 120.0)
"""Seconds before it is started again: after one that lasted, and after the first, second, … in a row that did not."""


class _State(Enum):
    ABSENT = auto()
    COMING = auto()
    READY = auto()
    CLOSED = auto()


class Nursery:
    """Forks solvers between ``open`` and ``close``; several threads may ask at once.

    ``command`` starts it; this process's id and the number of a socket are added as its last two arguments.
    """

    def __init__(
        self, command: Sequence[str] = COMMAND, kernels: Path | None = None, memory_mb: int | None = None
    ) -> None:
        self._command = command
        self._told = environment(kernels, memory_mb)
        self._changed = threading.Condition()
        self._state = _State.ABSENT
        self._trouble: str | None = None
        self._short_lives = 0
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

    @property
    def trouble(self) -> str | None:
        """Why no solver can be, from here or from scratch, as far as is known."""
        return self._trouble

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
        while self._state is not _State.CLOSED:
            delay = self._live()
            with self._changed:
                self._changed.wait_for(lambda: self._state is _State.CLOSED, delay)

    def _live(self) -> float:
        """One life of the process; how many seconds to wait before the next."""
        try:
            control, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with control:
                with there, self._changed:
                    if self._state is _State.CLOSED:
                        return 0.0
                    self._process = process = self._start(there)
                return self._watch(process, control)
        except OSError as error:
            return self._give_up(f"{error.strerror}")

    def _watch(self, process: "subprocess.Popen[bytes]", control: socket.socket) -> float:
        """See the process to its end; how many seconds to wait before the next."""
        began = monotonic()
        word = _first_word(control)
        self._trouble = word.removeprefix(CANNOT).decode(errors="replace") if word.startswith(CANNOT) else None
        if word != READY:
            self._turn(_State.ABSENT)  # nobody need wait for its end
            return self._give_up(f"status {_end(process)}")
        ready = monotonic()
        LOG.info("the nursery was ready after %.1f s", ready - began)
        control.settimeout(PATIENCE)
        self._turn(_State.READY, control)
        status = process.wait()
        delay = self._delay(lasted=monotonic() - ready)
        self._turn(_State.ABSENT if delay else _State.COMING)
        if self._state is not _State.CLOSED:
            LOG.warning("the nursery died (status %d) and is started again in %.0f s", status, delay)
        return delay

    def _give_up(self, why: str) -> float:
        """For now: there is none; how many seconds to wait before the next."""
        self._turn(_State.ABSENT)
        if self._state is not _State.CLOSED:
            LOG.warning("there is no nursery (%s): every solver is started from scratch", self._trouble or why)
        return self._delay(lasted=0.0)

    def _delay(self, lasted: float) -> float:
        self._short_lives = 0 if lasted > LASTING else self._short_lives + 1
        return DELAYS[min(self._short_lives, len(DELAYS) - 1)]

    def _start(self, there: socket.socket) -> subprocess.Popen[bytes]:
        # What it has to say about itself, of days it knows nothing, goes where this process's errors go.
        return subprocess.Popen(  # noqa: S603 - a fixed command, nothing of it from outside
            [*self._command, str(os.getpid()), str(there.fileno())],
            env=self._told,
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


def _first_word(control: socket.socket) -> bytes:
    """READY, or why it is not; empty if it ended or took too long."""
    control.settimeout(LOADING)
    with suppress(OSError):
        return control.recv(LONGEST_REASON)
    return b""


def _end(process: "subprocess.Popen[bytes]") -> int:
    """Its exit status; it has a moment to end by itself and to say why, but it may have threads that go on."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(PATIENCE)
    process.kill()
    return process.wait()
