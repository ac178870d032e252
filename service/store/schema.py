"""The tables, in any database: SQLite and PostgreSQL are told apart here and in ``database`` only.

plans               one row a plan: whose it is, where it stands, who makes it
├── requests        what was asked
├── results         what came out
├── incumbents      the best so far of a plan that is being made
├── improvements    when it became how good
├── cases           why it failed
├── callbacks       who wants to hear of its end, and has or has not
└── idempotency_keys
tenants             how many plans each has sent, may have waiting, and its share of the queue so far
workers             signs of life, and what each has counted
erasures            whose data was taken out, when; fingerprints only
geocoded            what geocoders have said
api_keys            who may do what; fingerprints only

Whoever changes a table writes a migration into ``migrations/versions``; a test compares the two.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

LONGEST_ID: Final = 128

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite has no type for it that knows of time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of it."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _plan_id(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    plan = ForeignKey("plans.id", ondelete="CASCADE")
    return Column("plan_id", String(LONGEST_ID), plan, primary_key=primary_key, nullable=False, index=index or None)


def _documents(name: str) -> Table:
    return Table(name, METADATA, _plan_id(primary_key=True), Column("document", LargeBinary, nullable=False))


PLANS: Final = Table(
    "plans",
    METADATA,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("tenant", String(LONGEST_ID), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text),
    Column("currency", String(16)),
    Column("status", String(16), nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("tag", BigInteger, nullable=False),
    Column("stopping", SmallInteger, nullable=False, default=0),
    Column("attempt", Integer, nullable=False, default=0),
    Column("worker", String(LONGEST_ID)),
    Column("claimed_at", Instant),
    Column("spent_seconds", Float, nullable=False, default=0.0),
    Column("losses", Integer, nullable=False, default=0),
    Column("revision", Integer, nullable=False, default=1),
    Column("created_at", Instant, nullable=False),
    Column("deadline", Instant),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("progress", Text),
    Column("score", Text),
    Column("failure_code", String(64)),
    Column("failure_detail", Text),
    Column("failure_incident", String(LONGEST_ID)),
    Column("failure_retry_seconds", Float),
    UniqueConstraint("tenant", "number"),
    Index("ix_plans_status_urgency_tag", "status", "urgency", "tag"),
    Index("ix_plans_status_deadline", "status", "deadline"),
)

REQUESTS: Final = _documents("requests")
RESULTS: Final = _documents("results")
INCUMBENTS: Final = _documents("incumbents")

IMPROVEMENTS: Final = Table(
    "improvements",
    METADATA,
    _plan_id(primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("progress", Text, nullable=False),
)

CASES: Final = Table(
    "cases",
    METADATA,
    Column("incident_id", String(LONGEST_ID), primary_key=True),
    _plan_id(index=True),
    Column("error", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

CALLBACKS: Final = Table(
    "callbacks",
    METADATA,
    _plan_id(primary_key=True),
    Column("url", Text, nullable=False),
    Column("telling", String(16), nullable=False),
    Column("due_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text),
    Index("ix_callbacks_telling_due_at", "telling", "due_at"),
)

IDEMPOTENCY_KEYS: Final = Table(
    "idempotency_keys",
    METADATA,
    Column("tenant", String(LONGEST_ID), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    _plan_id(index=True),
    Column("at", Instant, nullable=False),
)

TENANTS: Final = Table(
    "tenants",
    METADATA,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("plans", Integer, nullable=False),
    Column("urgent_tag", BigInteger, nullable=False),
    Column("batch_tag", BigInteger, nullable=False),
    Column("queue_limit", Integer),
)

GEOCODED: Final = Table(
    "geocoded",
    METADATA,
    Column("asked", String(64), primary_key=True),
    Column("document", LargeBinary, nullable=False),
    Column("until", Instant, nullable=False, index=True),
)

API_KEYS: Final = Table(
    "api_keys",
    METADATA,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("tenant", String(LONGEST_ID), nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

ERASURES: Final = Table(
    "erasures",
    METADATA,
    Column("tenant", String(LONGEST_ID), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)

WORKERS: Final = Table(
    "workers",
    METADATA,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("beats", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("trouble", Text),
    Column("figures", Text),
)
