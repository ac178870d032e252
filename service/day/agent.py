"""Who goes out, when, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from service.day.place import Place, Point


@dataclass(frozen=True, slots=True)
class Break:
    """A rest; ``earliest`` and ``latest`` bound its start, the whole of it lies in the shift.

    One with ``only_if_shift_over`` is taken on days that last longer than that, and on no others.
    """

    id: str
    duration: timedelta
    earliest: datetime
    latest: datetime
    paid: bool = False
    only_if_shift_over: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one shift may hold; ``None`` = no limit. Driving and distance include the way out and back."""

    visits: int | None = None
    driving: timedelta | None = None
    distance_m: int | None = None
    duration: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One working period of one agent. ``end_place`` is ``None`` for an open end."""

    id: str
    start: datetime
    end: datetime
    start_place: Place
    end_place: Place | None
    overtime: timedelta = timedelta()
    limits: Limits = Limits()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Pay:
    """What an agent costs, in the plan's currency. An hour of overtime costs ``overtime_per_hour`` instead."""

    fixed: float = 0.0
    per_hour: float = 0.0
    per_km: float = 0.0
    overtime_per_hour: float | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, or a crew that goes together. ``territory`` is a closed polygon; ``worked`` came before this plan."""

    id: str
    shifts: tuple[Shift, ...]
    name: str | None = None
    skills: Mapping[str, int] = field(default_factory=dict[str, int])
    profile: str = "car"
    territory: tuple[Point, ...] | None = None
    party_size: int = 1
    capacity: Mapping[str, int] = field(default_factory=dict[str, int])
    worked: timedelta = timedelta()
    pay: Pay = Pay()
