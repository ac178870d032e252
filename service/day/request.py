"""A day that someone wants planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from service.day.agent import Agent
from service.day.policy import Policy
from service.day.visit import Visit

DAY: Final = timedelta(days=1)

Mode: TypeAlias = Literal["value_first", "profit"]
Engine: TypeAlias = Literal["auto", "routing"]
Crs: TypeAlias = Literal["wgs84", "gcj02", "bd09"]
Geometry: TypeAlias = Literal["none", "polyline"]


@dataclass(frozen=True, slots=True)
class GivenMatrix:
    """Travel as the caller knows it: row = from, column = to, ``None`` = no way. Metres may be missing."""

    seconds: Sequence[Sequence[int | None]]
    metres: Sequence[Sequence[int | None]] | None = None


@dataclass(frozen=True, slots=True)
class Slowdown:
    """Hours of every day at which ways take ``factor`` times as long, by the clock on the wall.

    From ``start`` until before ``end``, both counted from midnight by that clock, over the next midnight if ``end`` is
    not later. People on foot and on bicycles are not slowed down.
    """

    start: timedelta
    end: timedelta
    factor: float

    @property
    def lasts(self) -> timedelta:
        """As long as no clocks are changed meanwhile."""
        return self.end - self.start if self.end > self.start else self.end - self.start + DAY


@dataclass(frozen=True, slots=True)
class Travel:
    """Where travel times come from; ``matrices`` by profile when ``source`` is "matrix"."""

    source: Literal["auto", "estimate", "matrix"] = "auto"
    matrices: Mapping[str, GivenMatrix] = field(default_factory=dict[str, GivenMatrix])
    speed_factor: float = 1.0
    slowdowns: tuple[Slowdown, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """``fairness`` is a price per squared hour of every agent's distance from the mean working time.

    With ``expected_value`` a visit is worth its value x the probability to meet somebody, where that is known.
    """

    mode: Mode = "value_first"
    fairness: float = 0.0
    expected_value: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """How to go about it. ``solution_limit`` bounds the work independently of the machine's speed.

    A plan after ``deadline`` is of no use any more.
    """

    time_limit: timedelta | None = None
    stall_limit: timedelta | None = None
    solution_limit: int | None = None
    seed: int = 1
    engine: Engine = "auto"
    explain: bool = True
    geometry: Geometry = "none"
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenItinerary:
    """Visits of one shift in order, decided by somebody else; starts by visit id where they are decided too.

    ``options`` by visit id says which option serves a visit; one that is not in it is served in the way that suits the
    itinerary best.
    """

    shift_id: str
    visits: tuple[str, ...]
    starts: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    options: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


@dataclass(frozen=True, slots=True)
class DayRequest:
    """Agents, visits, and what counts.

    ``policy`` says when visits are permitted; without one, and where a visit names no jurisdiction of its own, nothing
    but the windows of the request does. Places are in WGS 84; ``crs`` is the system in which they came, and the plan is
    told in it. ``callback`` is the address at which whoever asked wants to hear that the plan has ended.
    """

    agents: tuple[Agent, ...]
    visits: tuple[Visit, ...]
    name: str | None = None
    timezone: str | None = None
    crs: Crs = "wgs84"
    currency: str | None = None
    policy: Policy | None = None
    travel: Travel = Travel()
    baseline: tuple[GivenItinerary, ...] = ()
    objective: Objective = Objective()
    options: Options = Options()
    callback: str | None = None
