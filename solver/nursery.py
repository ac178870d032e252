"""A process that has everything loaded, and forks another for every day it is brought: a solver within milliseconds.

From scratch a solver spends a second and more on loading numpy, OR-Tools, numba and the compiled search.

    server ══ control ══ nursery    "ready", once, or why it cannot be; back: two ends of sockets for every day
    server ══ leash ════ nursery    "started", at last the exit status; back: "stop", "kill"
    server ══ talk ═════ child      the task; back: news, see solver.wire

A task passes by the nursery, so that it can keep nothing of anybody's day. It has one thread, as whoever forks should,
and it ends with the server, its children with it: ``python -m solver.nursery PARENT CONTROL``, the latter a number of
a socket. Only it signals its children, and buries them: no id can be another process's by then.
"""

import gc
import importlib
import os
import pkgutil
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Final, NoReturn

import solver
from solver.child import keep_to_itself, work

READY: Final = b"ready"
"""Nursery to server: days may come."""
CANNOT: Final = b"cannot: "
"""Nursery to server instead of READY, with the reason: what it cannot load no other solver can."""
DAY: Final = b"day"
"""Server to nursery, with talk and leash."""
STARTED: Final = b"started"
"""Nursery to server, on the leash."""
STOP: Final = b"stop"
"""Server to nursery, on the leash: ask the child for its best so far."""
KILL: Final = b"kill"
"""Server to nursery, on the leash; the same as letting go of it, except that the exit status can still be told."""
LONGEST: Final = 16
"""Bytes of the longest word."""
LONGEST_REASON: Final = 1000
"""Bytes of a reason with its word; what is longer is cut off."""


def main() -> None:
    """Load everything, then fork a child for every day until the server is gone."""
    parent, control = map(int, sys.argv[1:])
    keep_to_itself(parent)
    # A stop that comes before a child is ready for it must not be its end: held back here, taken by solver.child.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    with socket.socket(fileno=control) as server:
        try:
            _load()
        except Exception as error:
            server.send((CANNOT + (str(error) or type(error).__name__).encode())[:LONGEST_REASON])
            raise
        _be_alone()
        nursery = _Nursery(server)
        gc.collect()
        gc.freeze()  # a child that looked through all this for garbage would copy every page of it
        server.send(READY)
        nursery.tend()


def _load() -> None:
    """Load the kernels, and import every module of the solver, those too that are usually imported when needed."""
    from solver.warm import warm  # noqa: PLC0415 - this module is imported by whoever starts it, and shall be small

    warm()
    for module in pkgutil.walk_packages(solver.__path__, "solver."):
        importlib.import_module(module.name)


def _be_alone() -> None:
    """A child has the thread that forked it and no other; locks that another one held would stay locked for ever."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        message = f"something that was loaded has started threads ({threads}): it cannot be forked."
        raise RuntimeError(message)


class _Nursery:
    """The children, each by its leash."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._leashes: dict[int, socket.socket] = {}
        self._ended, self._end = socket.socketpair()
        self._selector = DefaultSelector()
        self._selector.register(server, EVENT_READ)
        self._selector.register(self._ended, EVENT_READ)

    def tend(self) -> None:
        """Do what the server says until it is gone."""
        for each in (self._ended, self._end):
            each.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(self._end.fileno())
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._server and not self._bear():
                    return
                if key.fileobj is self._ended:
                    self._bury()
                elif key.data in self._leashes:  # not buried in the same round
                    self._obey(key.data)

    def _bear(self) -> bool:
        """Fork a child for the day that the server has brought; whether the server is there."""
        word, ends, _, _ = socket.recv_fds(self._server, LONGEST, 2)
        if not word:
            return False
        talk, leash = (socket.socket(fileno=end) for end in ends)
        leash.settimeout(0)
        nursery = os.getpid()  # a child could only ask who its parent is, which may be another by then
        with talk:
            try:
                child = os.fork()
            except OSError:  # the server notices that the leash has nobody at its end
                leash.close()
                return True
            if child == 0:
                self._live(nursery, talk, leash)
        self._leashes[child] = leash
        self._selector.register(leash, EVENT_READ, child)
        with suppress(OSError):
            leash.send(STARTED)
        return True

    def _live(self, nursery: int, talk: socket.socket, leash: socket.socket) -> NoReturn:
        """What the child does: nothing that is the nursery's, then its work."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._selector.close()
            for each in (self._server, self._ended, self._end, leash, *self._leashes.values()):
                each.close()
            os.dup2(0, 2)  # nothing: what an engine has to say there may be about the day
            keep_to_itself(nursery)
            with talk.makefile("rb") as task, talk.makefile("wb") as news:
                status = work(task, news)
        finally:
            os._exit(status)

    def _obey(self, child: int) -> None:
        """Stop the child or kill it, the latter also if the server has let go of the leash."""
        leash = self._leashes[child]
        try:
            word = leash.recv(LONGEST)
        except ConnectionError:  # let go of with something unread in it
            word = KILL
        if word == STOP:
            os.kill(child, signal.SIGTERM)
        else:
            self._selector.unregister(leash)
            os.kill(child, signal.SIGKILL)

    def _bury(self) -> None:
        """Tell the exit status of every child that has ended, as ``subprocess`` has it: negative = that signal."""
        self._ended.recv(4096)
        while self._leashes:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            leash = self._leashes.pop(child)
            if leash in self._selector.get_map():
                self._selector.unregister(leash)
            with leash, suppress(OSError):
                leash.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    main()
