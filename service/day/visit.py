"""What someone wants done at which door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from service.day.place import Place
from service.day.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Option:
    """Another way to serve a visit; what is ``None`` is taken from the visit itself."""

    id: str
    place: Place | None = None
    time_windows: tuple[TimeWindow, ...] | None = None
    value_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Contact:
    """How likely somebody is met at the door in a span of time."""

    window: TimeWindow
    probability: float


@dataclass(frozen=True, slots=True)
class Consent:
    """The customer agreed, on a day, to be called upon in a span of time beside the permitted hours.

    ``reference`` says where that is recorded, in the caller's words.
    """

    window: TimeWindow
    given_on: date
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class After:
    """Served only if ``visit`` is, at least ``min_gap`` after it was finished."""

    visit: str
    min_gap: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Lock:
    """What a planner has pinned; a locked visit is required."""

    agent: str | None = None
    start: datetime | None = None
    position: Literal["first", "last"] | None = None


@dataclass(frozen=True, slots=True)
class AgentRules:
    """Who may come. ``only`` empty = everybody; ``preferred`` says what it is worth to be served by that agent."""

    only: frozenset[str] = frozenset()
    preferred: Mapping[str, float] = field(default_factory=dict[str, float])
    forbidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """One call at one door.

    ``time_windows`` is ``None`` when any time of a shift will do. ``options`` are added to the visit's own place and
    windows, which remain the first way to serve it. ``contact`` says when somebody can be met, of all its ways; empty
    = nothing is known of that. ``jurisdiction`` is that of the door where it is not the plan's. ``account`` and
    ``data`` are the caller's and returned untouched.
    """

    id: str
    place: Place
    duration: timedelta
    setup: timedelta = timedelta()
    priority: int = 50
    value: float | None = None
    required: bool = False
    time_windows: tuple[TimeWindow, ...] | None = None
    options: tuple[Option, ...] = ()
    contact: tuple[Contact, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict[str, int])
    party_size: int = 1
    load: Mapping[str, int] = field(default_factory=dict[str, int])
    agents: AgentRules = AgentRules()
    after: tuple[After, ...] = ()
    lock: Lock | None = None
    timezone: str | None = None
    jurisdiction: str | None = None
    consent: tuple[Consent, ...] = ()
    account: str | None = None
    flags: frozenset[str] = frozenset()
    data: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def worth(self) -> float:
        """``value``, or the simple way to say it: ``priority``."""
        return float(self.priority) if self.value is None else self.value

    @property
    def do_not_visit(self) -> bool:
        """Nobody may call there, whatever it is worth."""
        return "do_not_visit" in self.flags
