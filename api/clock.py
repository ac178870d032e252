"""The clock that everything else is given."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now."""
    return datetime.now(UTC)  # noqa: TID251 - see above
