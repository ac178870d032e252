"""A server of OSRM of our own, on this machine only: started when it is first needed, and again when it has died."""

import logging
import socket
import subprocess
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from service.jobs.children import PYTHON, environment
from service.travel.osrm.data import RoadData
from service.travel.osrm.tools import Tools
from service.travel.protocol import RoadsDownError

LOG: Final = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
KEEPER: Final = (*PYTHON, "service.travel.osrm.keeper")
MOST_AT_A_TIME: Final = 100_000
"""Places of a table: what is asked is ours to limit."""
LOADING: Final = 900.0
"""Seconds to load everything; a country takes a few, a continent minutes."""
LOOK_EVERY: Final = 0.02
SOURCE: Final = "osrm"
NO_START: Final = "it does not start: the road data may be of another version of OSRM, build them anew"


class RoutedProcess:
    """``osrm-routed`` with some road data; several threads may ask for it at once."""

    def __init__(self, data: RoadData, tools: Tools, threads: int, keeper: tuple[str, ...] = KEEPER) -> None:
        self._data = data
        self._routed = tools.programs["osrm-routed"]
        self._threads = threads
        self._keeper = keeper
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    def url(self) -> str:
        """Where it listens. Starts it if it is not running. Raises RoadsDownError if it does not start or is closed."""
        with self._lock:
            if self.pid is None:
                self._end()
                self._start()
            return f"http://{HOST}:{self._port}"

    def begin(self) -> None:
        """Start it in the background. If it does not start, whoever needs it is told."""

        def start() -> None:
            try:
                self.url()
            except RoadsDownError as error:
                LOG.warning("%s", error)

        threading.Thread(target=start, name="osrm", daemon=True).start()

    @property
    def pid(self) -> int | None:
        """Of the keeper, if it is running."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def close(self) -> None:
        """End it, for good."""
        self._closed.set()
        with self._lock:
            self._end()

    def _start(self) -> None:
        try:
            with _reserved_port() as self._port:
                self._process = self._started()
                if self._listens(self._process):
                    LOG.info("osrm-routed has started")
                    return
        except OSError:
            pass  # the data are gone, or a program is
        self._end()
        raise RoadsDownError(SOURCE, NO_START)

    def _started(self) -> "subprocess.Popen[bytes]":
        options = [
            f"--algorithm={self._data.algorithm}",
            f"--ip={HOST}",
            f"--port={self._port}",
            f"--threads={self._threads}",
            f"--max-table-size={MOST_AT_A_TIME}",
            f"--max-viaroute-size={MOST_AT_A_TIME}",
            "--verbosity=NONE",  # it would tell places
        ]
        return subprocess.Popen(  # noqa: S603 - programs and options of our own
            [*self._keeper, self._routed, self._data.base.name, *options],
            cwd=self._data.base.parent,  # it takes the name of a folder for an ending
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _listens(self, process: "subprocess.Popen[bytes]") -> bool:
        until = time.monotonic() + LOADING
        while time.monotonic() < until and process.poll() is None and not self._closed.is_set():
            with suppress(OSError), socket.create_connection((HOST, self._port), timeout=1):
                return process.poll() is None
            self._closed.wait(LOOK_EVERY)
        return False

    def _end(self) -> None:
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait()
            self._process = None


@contextmanager
def _reserved_port() -> Generator[int]:
    """A port that nobody else is given: OSRM does not tell which one it takes, and takes one that is shared.

    Two servers that listen on one port, which OSRM allows, would be asked in turn: cars on the roads of walkers.
    """
    with ExitStack() as held:
        while True:
            with socket.socket() as free:
                free.bind((HOST, 0))
                port = int(free.getsockname()[1])
            reserved = held.enter_context(socket.socket())
            if not hasattr(socket, "SO_REUSEPORT"):
                break
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            with suppress(OSError):  # somebody else was quicker
                reserved.bind((HOST, port))
                break
        yield port
