"""What the commands ``serve``, ``web`` and ``worker`` run."""

import ctypes
import os
import secrets
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Final

import uvicorn

from api import logs
from api.app import create_app
from api.clock import utc_now
from api.demo import listen
from api.settings import PREFIX, Settings
from api.source_wiring import require_usable
from api.supervisor import Kept, Supervisor
from api.terminal import ERR, OUT
from api.wiring import signer_of, wire, wire_worker
from service.access import Keys
from service.incidents import where
from service.jobs.dbos_queue import DbosQueue
from service.retention import Keeping, Retention
from service.store.database import Database, DatabaseUnusableError
from service.store.erasures import erase_account
from service.store.keys import SqlKeyStore
from service.store.protocol import Erased, StoreDownError
from service.store.work import SqlPlanWork

PR_SET_PDEATHSIG: Final = 1
ONLY_US: Final = 0o700
NOBODY_ELSE: Final = 0o077
"""Plans are full of people's addresses: nobody else on this machine may read what is written here."""
GRACE_SECONDS: Final = 5
"""How long requests may still be answered when the process is told to end."""


def migrate(settings: Settings) -> None:
    """Bring the database to this version. Raises DatabaseUnusableError, StoreDownError."""
    if settings.database_url is None:
        try:
            settings.data.mkdir(mode=ONLY_US, parents=True, exist_ok=True)
        except OSError as error:
            message = f"{settings.data} cannot be the folder of the database: {error.strerror}."
            raise DatabaseUnusableError(message) from None
    database = Database.open(settings.database)
    try:
        database.migrate()
        DbosQueue.migrate(database.engine.url.render_as_string(hide_password=False))
    finally:
        database.close()


def migrate_own(settings: Settings) -> None:
    """The same for a file of our own; a database that somebody else looks after is migrated when they say so."""
    os.umask(NOBODY_ELSE)
    if settings.database_url is None:
        migrate(settings)


def serve(settings: Settings) -> None:
    """Take requests and make plans, in processes that are kept alive, until told to end.

    Raises one of UNUSABLE, CannotListenError, StoreDownError.
    """
    logs.begin(settings.log_format, settings.log_level, "supervisor")
    database = database_of(settings)
    require_usable(settings)
    signer_of(settings)
    with listen(settings) as listener:
        descriptor = listener.fileno()
        told = {f"{PREFIX}KEYS": settings.keys}
        web = Kept(lambda: ("web", "--fd", str(descriptor), *_child_of_us()), lambda: None, told, (descriptor,))
        workers = [_kept_worker(SqlPlanWork(database)) for _ in range(settings.workers)]
        _say_where(listener)
        Supervisor([*workers, web]).run()
    database.close()


def web(settings: Settings, descriptor: int | None) -> None:
    """Take requests until told to end, on a socket that is open already or on one of our own.

    Raises one of UNUSABLE, CannotListenError, StoreDownError.
    """
    logs.begin(settings.log_format, settings.log_level, "web")
    migrate_own(settings)
    app = create_app(settings, wire(settings))
    listener = listen(settings) if descriptor is None else socket.socket(fileno=descriptor)
    if descriptor is None:
        _say_where(listener)
    config = uvicorn.Config(app, timeout_graceful_shutdown=GRACE_SECONDS, log_config=None, access_log=False)
    uvicorn.Server(config).run([listener])


def worker(settings: Settings, name: str | None) -> None:
    """Make plans until told to end; those that are not finished by then are left to others.

    Raises one of UNUSABLE, StoreDownError.
    """
    name = name or new_worker()
    logs.begin(settings.log_format, settings.log_level, name)
    migrate_own(settings)
    wired = wire_worker(settings, name)
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    status = 1
    try:
        wired.open()
        told.wait()
        wired.close()
        status = 0
    except StoreDownError as error:
        ERR.print(error.detail)
    except Exception as error:  # noqa: BLE001 - whatever it is, the process has to end, and to say so
        ERR.print(f"The worker cannot begin or end:\n{where(error)}", markup=False)
    finally:
        # What was left to others is still in hand to DBOS, in threads that have no end.
        os._exit(status)


def purge(settings: Settings, keeping: Keeping) -> int:
    """Erase plans that ended longer ago; how many there were. Raises DatabaseUnusableError, StoreDownError."""
    database = database_of(settings)
    erased = Retention(SqlPlanWork(database), DbosQueue(database.engine), keeping, utc_now).purge()
    database.close()
    return erased


def erase(settings: Settings, tenant: str, account: str) -> Erased:
    """Take one person's data out of plans. Raises DatabaseUnusableError, StoreDownError."""
    database = database_of(settings)
    erased = erase_account(database, tenant, account, utc_now())
    database.close()
    return erased


def has_keys(settings: Settings) -> bool:
    """Whether anybody has a key. Raises DatabaseUnusableError, StoreDownError."""
    migrate_own(settings)
    return keys_of(settings).store.any_valid()


def keys_of(settings: Settings) -> Keys:
    """Who may do what. Raises DatabaseUnusableError, StoreDownError."""
    return Keys(SqlKeyStore(database_of(settings)), utc_now, lambda: secrets.token_hex(4))


def database_of(settings: Settings) -> Database:
    """The database, with the tables of this version. Raises DatabaseUnusableError, StoreDownError."""
    migrate_own(settings)
    database = Database.open(settings.database)
    database.require_schema()
    return database


def new_worker() -> str:
    """A name for a worker that no other had: what it leaves behind is told from what its successor has in hand."""
    return f"{socket.gethostname()[:64]}-{secrets.token_hex(4)}"


def end_with(parent: int) -> None:
    """End when the process that started this one does, however that comes about."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before it could be said
        sys.exit(1)


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    OUT.print(f"Serving on http://{host}:{port} (documentation at /docs); Ctrl-C stops.", soft_wrap=True)


def _kept_worker(work: SqlPlanWork) -> Kept:
    names: list[str] = []

    def command() -> tuple[str, ...]:
        names.append(new_worker())
        return ("worker", "--name", names[-1], *_child_of_us())

    def retire() -> None:
        dead = names[-1]
        with suppress(StoreDownError):
            work.retire(dead, lost=True)  # nobody need wait until it is missed

    return Kept(command, retire, {})


def _child_of_us() -> tuple[str, str]:
    return "--child-of", str(os.getpid())
