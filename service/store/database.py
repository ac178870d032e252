"""The database: SQLite in one file by default, PostgreSQL when it grows."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Final, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.store.protocol import StoreDownError
from service.store.schema import METADATA

HEAD: Final = "0001"
"""The newest migration."""
KNOWN: Final = frozenset({HEAD})
VERSION_TABLE: Final = "dayroute_version"
MIGRATIONS: Final = Path(__file__).parent / "migrations"

CONNECT_SECONDS: Final = 5
"""How long to wait for PostgreSQL to answer, and for one of our connections to become free."""
LOCK_SECONDS: Final = 10
"""How long to wait for another process to finish writing into the file of SQLite."""
ITS_PATIENCE: Final = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=10s -c statement_timeout=30s"
"""How long PostgreSQL waits: who stands still in the midst of a transaction must not keep all others from theirs."""
OUR_PATIENCE: Final = "keepalives_idle=10&keepalives_interval=5&keepalives_count=3&tcp_user_timeout=15000"
"""How long we wait for PostgreSQL: seconds, and milliseconds for what was sent to be received."""
DOWN: Final = ("08", "53", "57", "58", "40", "55P03", "25006", "25P03")
"""Beginnings of what PostgreSQL calls outages: no connection, no room, shut down, its disk, given up for the sake of
another transaction, locked, read only, waited too long."""
CONNECTIONS: Final = 40
"""As many as there may be threads that serve requests; they are opened when needed."""

OURS: Final = ("SQLITE_ERROR", "SQLITE_CONSTRAINT", "SQLITE_MISUSE", "SQLITE_MISMATCH", "SQLITE_RANGE", "SQLITE_TOOBIG")
"""What SQLite calls faults of whoever asks; all others are of disks, locks and files."""

_READS: Final = "dayroute_reads"
"""Marks what only reads: on SQLite it need not wait for whoever writes."""


class DatabaseUnusableError(Exception):
    """It is not one that this version can work with; the text says why and what to do."""


class Database:
    """An open database. ``url`` is what SQLAlchemy takes: ``sqlite:///FILE`` or ``postgresql://…``."""

    def __init__(self, engine: Engine) -> None:
        """See ``open``."""
        self._engine = engine
        self._reading = engine.execution_options(**{_READS: True})

    @classmethod
    def open(cls, url: str) -> Self:
        """Connects on first use. Raises DatabaseUnusableError if the URL makes no sense."""
        parsed = _understood(url)
        if parsed.get_backend_name() == "sqlite":
            return cls(_sqlite(parsed))
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg").update_query_string(OUR_PATIENCE),
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": ITS_PATIENCE},
        )
        return cls(engine)

    @property
    def engine(self) -> Engine:
        """For whoever keeps tables of its own beside ours, in the same transactions."""
        return self._engine

    @property
    def embedded(self) -> bool:
        """Whether it is a file of our own, and nobody else looks after it."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One transaction that may write. Raises StoreDownError."""
        with _outages(self._engine), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One transaction that only reads; on SQLite all of it as of one moment. Raises StoreDownError."""
        with _outages(self._engine), self._reading.begin() as connection:
            yield connection

    def require_schema(self) -> None:
        """Raises DatabaseUnusableError unless the tables are those of this version; StoreDownError."""
        found = self._version()
        if found == HEAD:
            return
        if found is None or found in KNOWN:
            message = "The database does not have the tables of this version yet: run `dayroute migrate`."
        else:
            message = f"The database was migrated to {found} by a newer version of dayroute, which this one is not."
        raise DatabaseUnusableError(message)

    def migrate(self) -> None:
        """Bring the tables to this version, in one transaction; nothing if they are there.

        Raises DatabaseUnusableError if they are of a newer version, StoreDownError.
        """
        from alembic import command  # noqa: PLC0415 - a quarter of a second that nobody else need wait
        from alembic.config import Config  # noqa: PLC0415

        found = self._version()
        if found is not None and found not in KNOWN:
            self.require_schema()
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.write() as connection:
            config.attributes["connection"] = connection
            config.attributes["version_table"] = VERSION_TABLE
            command.upgrade(config, "head")

    def create(self) -> None:
        """The tables of this version in an empty database, without a trace of migrations: quick, for tests."""
        with self.write() as connection:
            METADATA.create_all(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _version(self) -> str | None:
        try:
            return self._read_version()
        except StoreDownError as error:
            if error.kind not in {"SQLITE_NOTADB", "SQLITE_CANTOPEN"}:
                raise
        except DBAPIError as error:  # the URL has options that nobody knows
            message = f"The database cannot be used: {type(error.orig).__name__}."
            raise DatabaseUnusableError(message) from None
        message = f"{self._engine.url.database} is no database of SQLite that can be opened."
        raise DatabaseUnusableError(message)

    def _read_version(self) -> str | None:
        with self.read() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            return connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
        known = parsed.get_backend_name() in {"sqlite", "postgresql"}
    except (ArgumentError, NoSuchModuleError, ValueError):
        known = False
    else:
        if known:
            return parsed
    message = "The database is named by sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
    raise DatabaseUnusableError(message)


def _sqlite(url: URL) -> Engine:
    if url.database is None or url.database in {"", ":memory:"}:
        message = "The database of SQLite must be a file: sqlite:///FILE."
        raise DatabaseUnusableError(message)
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        hide_parameters=True,  # they would stand in the texts of errors
        connect_args={"timeout": LOCK_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: SqliteConnection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not before the first change
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who will write takes the lock at once: one that has read first would have to give up instead of waiting.
        reads = connection.get_execution_options().get(_READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def _outages(engine: Engine) -> Generator[None]:
    """A database that does not answer, or cannot write, as StoreDownError; errors of ours as they are."""
    try:
        yield
    except PoolTimeout:
        raise StoreDownError(engine.dialect.name, "no free connection") from None
    except DBAPIError as error:
        kind = _outage_in(engine, error)
        if kind is None:
            raise
        raise StoreDownError(engine.dialect.name, kind) from None


def _outage_in(engine: Engine, error: DBAPIError) -> str | None:
    """Its name, if it is not our statement that is wrong."""
    told = error.orig
    if isinstance(told, SqliteError):
        name = getattr(told, "sqlite_errorname", "SQLITE_ERROR")  # without one it is Python that refuses
        return None if name.startswith(OURS) else name
    state: str | None = getattr(told, "sqlstate", None)
    driver = engine.dialect.loaded_dbapi
    if state is None:
        return type(told).__name__ if isinstance(told, driver.OperationalError | driver.InterfaceError) else None
    return type(told).__name__ if state.startswith(DOWN) else None
