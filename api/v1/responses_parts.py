"""What plans are made of, key by key. Keys that have nothing to say are there and null."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from api.durations import DURATION_TEXT, iso_duration

IsoDuration: TypeAlias = Annotated[
    timedelta,
    PlainSerializer(iso_duration),
    WithJsonSchema({"type": "string", "pattern": DURATION_TEXT, "examples": ["PT8M"]}),
]
IsoInstant: TypeAlias = Annotated[
    datetime,
    PlainSerializer(datetime.isoformat),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T09:08:00+02:00"]}),
]


class Answer(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True, use_attribute_docstrings=True)


class StopLocation(Answer):
    """A point, a row of the request's travel matrix, or both."""

    lat: float | None = None
    lon: float | None = None
    index: int | None = None


class Basis(Answer):
    """A rule by which a time is permitted."""

    policy: str
    """A policy of `GET /v1/policies`; `request` = your own hours; `consent` = the customer's."""
    version: str | None
    """Of the policy; the day on which consent was given; null for your own hours."""
    rule: str


class Permitted(Answer):
    """When presence at the door is allowed."""

    window: tuple[IsoInstant, IsoInstant] | None
    """The time window that holds the whole service; null = any time of the shift."""
    basis: list[Basis]
    """Rules that say so; empty where only the request's own windows apply."""


class VisitStop(Answer):
    """One service."""

    type: Literal["visit"] = "visit"
    visit_id: str
    option: str | None
    """Which of the visit's options; null = its own place and windows."""
    location: StopLocation
    arrive: IsoInstant
    """When the travel to it is done."""
    wait: IsoDuration
    """Idle before the start."""
    start: IsoInstant
    finish: IsoInstant
    depart: IsoInstant
    """When the agent is free to go on."""
    travel: IsoDuration
    """Time on the road from the stop before, as it is at that hour, without breaks."""
    setup: IsoDuration
    """Spent on arrival, before the start."""
    distance_m: int
    """Metres from the stop before."""
    latest_start: IsoInstant
    """How late this stop can begin with the rest of the itinerary, and its own contact window, still kept."""
    permitted: Permitted
    contact_probability: float | None
    """How likely somebody is met; null where the request says nothing of contact with this visit."""
    contact_window: tuple[IsoInstant, IsoInstant] | None
    """The span of time with that probability; null where nobody is expected, or nothing is known."""
    expected_value: float | None
    """Value of the visit x that probability: what the stop adds to the score if `objective.expected_value` is on."""
    account: str | None
    """From the request, untouched."""
    data: Mapping[str, object]
    """From the request, untouched."""


class BreakStop(Answer):
    """One rest."""

    type: Literal["break"] = "break"
    break_id: str
    start: IsoInstant
    finish: IsoInstant


class WayBack(Answer):
    """The last leg; absent where the shift ends at its last stop."""

    location: StopLocation
    travel: IsoDuration
    distance_m: int


class ItineraryMetrics(Answer):
    """One shift in numbers."""

    visits: int
    value: float
    cost: float
    working: IsoDuration
    """From start to finish."""
    paid: IsoDuration
    """Working time without unpaid breaks."""
    driving: IsoDuration
    service: IsoDuration
    setup: IsoDuration
    wait: IsoDuration
    breaks: IsoDuration
    overtime: IsoDuration
    distance_m: int
    expected_contacts: float | None
    """How many people will be met on average, at stops of which that is known; null if there are none."""


class Itinerary(Answer):
    """One shift's ordered stops and breaks."""

    agent_id: str
    shift_id: str
    start: IsoInstant
    finish: IsoInstant
    stops: list[Annotated[VisitStop | BreakStop, Field(discriminator="type")]]
    way_back: WayBack | None
    metrics: ItineraryMetrics
    geometry: list[str | None] | None
    """With `options.geometry: polyline` the line of each leg in order, the way back last: an encoded polyline with 6
    digits, straight where travel is estimated; `null` for a leg of which no line is known."""


class Reason(Answer):
    """Why a visit is not in the plan, as far as one agent is concerned; without `agent_id`, as far as all are."""

    code: str
    """One of `GET /v1/issue-types`."""
    agent_id: str | None
    shift_id: str | None
    detail: str
    would_need: IsoDuration | None
    """How much time lacks."""
    lacking: int | None
    """How many visits, metres or units of load lack."""


class Candidate(Answer):
    """A place that an address may mean."""

    location: StopLocation
    quality: Literal["rooftop", "street", "locality", "unmatched"]
    """`rooftop`: the house; `street`: the house is not known there; `locality`: a town or a part of one."""
    label: str
    """As it is written where it was found."""
    exact: bool
    """False: something is spelt otherwise than asked for."""


class BestInsertion(Answer):
    """The cheapest place the visit could still take."""

    agent_id: str
    shift_id: str
    position: int
    """How many stops come before it."""
    start: IsoInstant
    value: float
    """What it would add to the plan's value."""
    cost: float
    """What it would add to the plan's cost."""


class Unassigned(Answer):
    """A visit not in the plan, why, and what would get it in."""

    visit_id: str
    reasons: list[Reason]
    remedy: str
    best_insertion: BestInsertion | None
    candidates: list[Candidate]
    """Places that its address may mean, where it is not well enough known; the best first."""
    account: str | None
    data: Mapping[str, object]


class CostBreakdown(Answer):
    """Cost by kind, in the plan's currency."""

    total: float
    fixed: float
    travel: float
    wages: float
    overtime: float
    preferences: float
    fairness: float


class Score(Answer):
    """How good the plan is."""

    value: float
    """What is collected: expected value where `contact` is given and `objective.expected_value` is on."""
    value_bound: float | None
    """No plan can collect more; null if that is not proved."""
    gap_percent: float | None
    """How far the value may be below the best possible."""
    required_missed: int
    cost: CostBreakdown


class PlanMetrics(Answer):
    """The whole day in numbers."""

    planned: int
    unassigned: int
    value: float
    shifts_used: int
    working: IsoDuration
    driving: IsoDuration
    service: IsoDuration
    wait: IsoDuration
    overtime: IsoDuration
    distance_m: int
    expected_contacts: float | None
    """How many people will be met on average, at stops of which that is known; null if there are none."""


class Warned(Answer):
    """Something to know although the plan stands."""

    code: str
    detail: str
    pointer: str | None
    """RFC 6901, into the request."""


class Violation(Answer):
    """A rule that given itineraries break."""

    code: str
    visit_id: str | None
    shift_id: str | None
    detail: str
    amount: int
    """How much is lacking: seconds, metres, visits or units of load, as the code says."""


class BaselineScore(Answer):
    """The request's own itineraries, measured like a plan."""

    score: Score
    metrics: PlanMetrics
    violations: list[Violation]


class TravelSource(Answer):
    """Where the travel times came from."""

    source: str
    """`estimate`, `matrix`, `osrm` or `valhalla`; `mixed` if it is not the same for all profiles."""
    engine: str
    data_date: str | None
    """Of the map, if it is known; as the road service tells it."""
    attribution: str | None
    """To be shown with the plan wherever it is published."""


class Checks(Answer):
    """What the checks of the finished plan found; a plan with violations is only ever an evaluated one."""

    violations: int


class SolverNote(Answer):
    """How the plan was found."""

    seed: int
    elapsed: IsoDuration
    stopped_because: str
    engine: str


class Progress(Answer):
    """The best plan so far."""

    value: float
    cost: float
    planned: int
    elapsed: IsoDuration


class Failure(Answer):
    """Why there is no plan."""

    code: str
    """`plan_failed`, or what was down: then the same request will do later."""
    detail: str
    incident_id: str | None
    """To be told to whoever runs the service; `null` where there is nothing to look into."""


class Links(Answer):
    """Where to go from here."""

    self: str
    stop: str
