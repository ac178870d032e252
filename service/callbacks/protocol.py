"""What is to be told, and how far that has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Telling(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    """The plan has not ended, or nobody has taken it yet; it is tried again."""
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Callback:
    """Where the end of a plan is told. ``trouble`` is why it could not be at the last of ``tries``.

    ``due_at`` is when it is tried next, ``None`` while the plan has not ended.
    """

    url: str
    telling: Telling
    tries: int
    due_at: datetime | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be told now, for the ``tries``-th time."""

    plan_id: str
    tenant: str
    url: str
    tries: int
    status: str
    finished_at: datetime


class Callbacks(Protocol):
    """What is to be told, for whatever tenant. Raises StoreDownError if the database gives no answer."""

    def take(self, now: datetime, again_at: datetime, most: int) -> Sequence[Due]:
        """What is due, at most so much of each tenant; to nobody else until ``again_at``, even if nothing comes of it.

        What has been tried least goes first, then the longest due: who does not answer keeps nobody else waiting.
        """
        ...

    def delivered(self, due: Due) -> None:
        """It was taken; unless another has tried it since, which counts more."""
        ...

    def failed(self, due: Due, trouble: str, again_at: datetime | None) -> None:
        """It was not; ``None`` = it is given up. Unless another has tried it since."""
        ...
