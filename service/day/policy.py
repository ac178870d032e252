"""Whose rules say when somebody may be at a door."""

from dataclasses import dataclass
from enum import StrEnum

from service.day.daytime import Hours


class DayName(StrEnum):
    """Days as a tenant names them, a public holiday being none of the others; in the order of ``date.weekday``."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """Why a time is permitted: a rule of a policy in one of its versions."""

    policy: str
    version: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Hours that the tenant supplies for some days; on days that no rule of theirs names nobody goes out."""

    days: frozenset[DayName]
    hours: Hours


@dataclass(frozen=True, slots=True)
class Policy:
    """The jurisdiction whose pack holds, unless a visit names its own, and what the tenant adds.

    ``activity`` is what the visits are made for; ``None`` = whatever the pack is about. With ``house_default`` what we
    recommend holds too.
    """

    jurisdiction: str | None = None
    activity: str | None = None
    extra: tuple[OwnHours, ...] = ()
    house_default: bool = False
