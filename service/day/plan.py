"""A planned day: who goes where when, what was left out and why, and how good that is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from service.day.place import Candidate, Place
from service.day.policy import Basis
from service.day.window import TimeWindow


@dataclass(frozen=True, slots=True)
class ContactTold:
    """How likely somebody is met at a stop, in which span of time that holds, and what may be expected of the visit.

    ``window`` is ``None`` at a time for which no contact is expected.
    """

    probability: float
    window: TimeWindow | None
    expected_value: float


@dataclass(frozen=True, slots=True)
class VisitStop:
    """One service. ``travel`` leads to it, ``wait`` is idle time before ``start``, ``latest_start`` keeps the rest.

    ``option`` is ``None`` when the visit is served by its own place and windows. ``window`` is the time window that
    holds the whole service, ``None`` where any time of the shift would do; ``basis`` are the rules that permit presence
    in it, none where no policy speaks of the visit. ``contact`` is ``None`` where the request says nothing of it.
    """

    visit_id: str
    option: str | None
    place: Place
    arrive: datetime
    wait: timedelta
    start: datetime
    finish: datetime
    travel: timedelta
    setup: timedelta
    distance_m: int
    latest_start: datetime
    window: TimeWindow | None = None
    basis: tuple[Basis, ...] = ()
    contact: ContactTold | None = None

    @property
    def depart(self) -> datetime:
        """When the agent is free to go on."""
        return self.finish


class BreakStop(NamedTuple):
    """One rest. A tuple, by which it is told from a visit where plans are kept (``service.store.documents``)."""

    break_id: str
    start: datetime
    finish: datetime


@dataclass(frozen=True, slots=True)
class ItineraryMetrics:
    """One shift in numbers. ``working`` is from start to finish, ``paid`` without unpaid breaks.

    ``expected_contacts`` adds up what is known of contacts, ``None`` if that is nothing.
    """

    visits: int
    value: float
    cost: float
    working: timedelta
    paid: timedelta
    driving: timedelta
    service: timedelta
    setup: timedelta
    wait: timedelta
    breaks: timedelta
    overtime: timedelta
    distance_m: int
    expected_contacts: float | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """The last leg, absent where a shift ends at its last stop."""

    place: Place
    travel: timedelta
    distance_m: int


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One shift's ordered stops and breaks.

    ``geometry`` has a polyline for each leg, the way back last, ``None`` for one that nobody can draw; it is ``None``
    unless asked for.
    """

    agent_id: str
    shift_id: str
    start: datetime
    finish: datetime
    stops: tuple[VisitStop | BreakStop, ...]
    metrics: ItineraryMetrics
    way_back: WayBack | None = None
    geometry: tuple[str | None, ...] | None = None

    @property
    def visits(self) -> tuple[VisitStop, ...]:
        """The stops at doors, in order."""
        return tuple(stop for stop in self.stops if isinstance(stop, VisitStop))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit is not in the plan, as far as one agent is concerned; without ``agent_id``, as far as all are.

    ``code`` is one of the slugs in ``service.explain``. ``would_need`` is time that lacks, ``lacking`` a count,
    a load or metres; at most one of the two is given.
    """

    code: str
    detail: str
    agent_id: str | None = None
    shift_id: str | None = None
    would_need: timedelta | None = None
    lacking: int | None = None


@dataclass(frozen=True, slots=True)
class BestInsertion:
    """The cheapest place a visit could still take, and what it would add to value and cost."""

    agent_id: str
    shift_id: str
    position: int
    start: datetime
    value: float
    cost: float


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A visit not in the plan, why, and what would get it in; ``candidates`` are places that its address may mean."""

    visit_id: str
    reasons: tuple[Reason, ...]
    remedy: str
    best_insertion: BestInsertion | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class CostBreakdown:
    """Cost by kind, in the plan's currency."""

    total: float
    fixed: float
    travel: float
    wages: float
    overtime: float
    preferences: float
    fairness: float


@dataclass(frozen=True, slots=True)
class PlanScore:
    """How good the plan is. ``value_bound`` is only given when proved."""

    value: float
    required_missed: int
    cost: CostBreakdown
    value_bound: float | None = None

    @property
    def gap_percent(self) -> float | None:
        """How far the value may be below the best possible."""
        if self.value_bound is None or self.value_bound <= 0:
            return None
        return round(100 * (self.value_bound - self.value) / self.value_bound, 2)


@dataclass(frozen=True, slots=True)
class PlanMetrics:
    """The whole day in numbers; ``expected_contacts`` is ``None`` if nothing is known of them."""

    planned: int
    unassigned: int
    value: float
    shifts_used: int
    working: timedelta
    driving: timedelta
    service: timedelta
    wait: timedelta
    overtime: timedelta
    distance_m: int
    expected_contacts: float | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the caller should know although the plan stands."""

    code: str
    detail: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class TravelSource:
    """Where the travel times came from; ``attribution`` is to be shown with a plan wherever it is published."""

    source: str
    engine: str
    data_date: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Violated:
    """A rule that given itineraries break; ``amount`` in seconds, metres, visits or load, as the code says."""

    code: str
    detail: str
    visit_id: str | None = None
    shift_id: str | None = None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class SolverNote:
    """How the plan was found."""

    seed: int
    elapsed: timedelta
    stopped_because: str
    engine: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The caller's own itineraries, measured like a plan."""

    score: PlanScore
    metrics: PlanMetrics
    violations: tuple[Violated, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All itineraries, what is unassigned, and where it came from."""

    score: PlanScore
    itineraries: tuple[Itinerary, ...]
    unassigned: tuple[Unassigned, ...]
    metrics: PlanMetrics
    travel: TravelSource
    solver: SolverNote
    warnings: tuple[Warned, ...] = ()
    violations: tuple[Violated, ...] = ()
    baseline: Baseline | None = field(default=None)
