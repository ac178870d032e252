"""Processes of the service to be measured: each with a database of its own that is gone afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import httpx2

from api.processes import migrate
from api.settings import Settings

DATABASES: Final = ("sqlite", "postgresql")
START: Final = 60.0
"""Seconds that the service may take to answer for the first time."""
END: Final = 30.0
PROGRAM: Final = Path(sys.executable).with_name("dayroute")


@dataclass(frozen=True, slots=True)
class Served:
    """A database, and what was started on it."""

    folder: Path
    settings: Mapping[str, str]
    address: str
    held: ExitStack = field(default_factory=ExitStack)

    @property
    def known(self) -> Settings:
        """Settings, for whoever looks into its database."""
        data, url = self.settings["DAYROUTE_DATA"], self.settings.get("DAYROUTE_DATABASE_URL")
        return Settings(data=Path(data), database_url=url)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A process of ours, until the end."""
        log = self.held.enter_context((self.folder / "log.txt").open("ab"))
        process = subprocess.Popen([PROGRAM, *arguments], env=self._environment(), stdout=log, stderr=log)  # noqa: S603
        self.held.callback(process.wait, END)
        self.held.callback(process.terminate)
        return process

    def client(self) -> httpx2.Client:
        """Somebody who asks."""
        return httpx2.Client(base_url=self.address, timeout=120)

    def await_answer(self, process: "subprocess.Popen[bytes]") -> None:
        """Until requests are answered. Raises TimeoutError."""
        until = monotonic() + START
        with self.client() as client:
            while monotonic() < until and process.poll() is None:
                with suppress(httpx2.TransportError):
                    client.get("/healthz").raise_for_status()
                    return
                sleep(0.05)
        raise TimeoutError((self.folder / "log.txt").read_text(encoding="utf-8"))

    def _environment(self) -> dict[str, str]:
        return os.environ | self.settings


@contextmanager
def installed(database: str = "sqlite", **settings: str) -> Generator[Served]:
    """A database with tables, and nothing that runs on it yet."""
    with tempfile.TemporaryDirectory(prefix="dayroute-") as made, ExitStack() as held:
        folder = Path(made)
        told = {"DAYROUTE_DATA": str(folder / "data"), "DAYROUTE_LOG_LEVEL": "WARNING", **settings}
        if database == "postgresql":
            told["DAYROUTE_DATABASE_URL"] = _postgres(folder, held)
        served = Served(folder, told, f"http://127.0.0.1:{_free_port()}", held)
        migrate(served.known)
        yield served


@contextmanager
def serving(database: str = "sqlite", **settings: str) -> Generator[Served]:
    """A service as ``dayroute serve`` runs it."""
    with installed(database, **settings) as served:
        served.await_answer(served.start("serve", "--port", served.address.rpartition(":")[2]))
        yield served


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _postgres(folder: Path, held: ExitStack) -> str:
    """A server that ends with ``held``; where it runs as another user, that one has to get to its folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it keeps a lock
    from pgserver.postgres_server import get_server  # noqa: PLC0415 - only who asks for it needs it

    folder.chmod(0o755)
    server = get_server(folder / "postgres", cleanup_mode="delete")
    held.callback(server.cleanup)
    return server.get_uri()
