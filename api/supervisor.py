"""``dayroute serve``: one process that takes requests, others that make plans, and this one that keeps them alive.

It holds the socket, so that a process that takes requests can die and be replaced without a connection being refused.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

LOG: Final = logging.getLogger(__name__)

COMMAND: Final = (sys.executable, "-P", "-m", "api")
LOOK_SECONDS: Final = 0.1
LASTING: Final = 60.0
"""Seconds after which a process that dies counts as one that has lasted."""
DELAYS: Final = (0.0, 0.5, 1.0, 2.0, 5.0)
"""Seconds before one is started again: after the first, second, … death since one that came late."""
PATIENCE: Final = 15.0
"""Seconds that processes have to end when they are told to."""


@dataclass(slots=True)
class Kept:
    """A process that is started again whenever it dies. ``command`` is asked for each time."""

    command: Callable[[], Sequence[str]]
    on_death: Callable[[], None]
    told: Mapping[str, str]
    """Settings, beside those of this process."""
    pass_fds: tuple[int, ...] = ()
    _process: "subprocess.Popen[bytes] | None" = None
    _began: float = 0.0
    _early_deaths: int = 0
    _start_at: float = 0.0

    def look(self) -> None:
        """Start it if it does not run, unless it has to wait."""
        if self._process is not None and self._process.poll() is not None:
            LOG.warning("a process died (status %d)", self._process.returncode)
            self._process = None
            self._note_death()
        if self._process is None and monotonic() >= self._start_at:
            self._began = monotonic()
            try:
                self._process = subprocess.Popen(  # noqa: S603 - ours
                    [*COMMAND, *self.command()], env=os.environ | self.told, pass_fds=self.pass_fds
                )
            except OSError as error:  # there may be room for it later
                LOG.warning("no process could be started: %s", error.strerror)
                self._note_death()

    def end(self) -> None:
        """Tell it to end."""
        if self._process is not None:
            self._process.terminate()

    def join(self, until: float) -> None:
        """Wait for its end, and see to it at last."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, until - monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _note_death(self) -> None:
        if monotonic() - self._began > LASTING:
            self._early_deaths = 0
        self._start_at = monotonic() + DELAYS[min(self._early_deaths, len(DELAYS) - 1)]
        self._early_deaths += 1
        # It may have to wait for a database, which nobody else here should.
        threading.Thread(target=self.on_death, daemon=True).start()


@dataclass(slots=True)
class Supervisor:
    """Keeps processes until it is told to end."""

    kept: Sequence[Kept]
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Returns when all have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._ended.set())
        while not self._ended.wait(LOOK_SECONDS):
            for process in self.kept:
                process.look()
        for process in self.kept:
            process.end()
        until = monotonic() + PATIENCE
        for process in self.kept:
            process.join(until)
