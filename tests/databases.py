"""Databases that are there at once and gone with the tests that use them."""

import atexit
import os
import shutil
import signal
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from service.store.database import Database

if TYPE_CHECKING:
    from pgserver.postgres_server import PostgresServer

_NUMBERS = count(1)


def fresh() -> Database:
    """An empty database of its own, in a file."""
    file = _folder() / f"{next(_NUMBERS)}.sqlite"
    shutil.copyfile(_template(), file)
    return Database.open(f"sqlite:///{file}")


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dayroute-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _template() -> Path:
    """Copied, since making tables takes ten times as long."""
    file = _folder() / "template.sqlite"
    database = Database.open(f"sqlite:///{file}")
    database.create()
    database.close()
    return file


def postgres() -> Database:
    """An empty database of its own, in a server that ends with the tests."""
    name = f"tests_{next(_NUMBERS)}"
    _server().psql(f"CREATE DATABASE {name} TEMPLATE {_postgres_template()};")
    return Database.open(_server().get_uri(name))


def empty_postgres() -> str:
    """URL of a database without tables."""
    name = f"tests_{next(_NUMBERS)}"
    _server().psql(f"CREATE DATABASE {name};")
    return _server().get_uri(name)


def socket_folder(url: str) -> str:
    """Where the server of that database can be found."""
    return unquote(url.partition("?host=")[2])


@cache
def _postgres_template() -> str:
    name = "template_of_ours"
    _server().psql(f"CREATE DATABASE {name};")
    database = Database.open(_server().get_uri(name))
    database.create()
    database.close()
    return name


@cache
def _server() -> "PostgresServer":
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_folder()))  # where it keeps a lock; it warns where there is none
    from pgserver.postgres_server import get_server  # noqa: PLC0415 - most tests need none

    # The server may run as another user, who has to get there.
    _folder().chmod(0o755)
    return get_server(_folder() / "postgres", cleanup_mode="delete")


def restart_postgres() -> None:
    """End the server as if it had crashed, and start it again."""
    server = _server()
    process = server.get_postmaster_info().process
    assert process is not None
    process.send_signal(signal.SIGQUIT)  # it ends at once, and leaves its log to be worked off
    process.wait(30)
    server.ensure_postgres_running()
