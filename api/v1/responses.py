"""What answers say, key by key. Keys that have nothing to say are there and null."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.v1.responses_parts import (
    Answer,
    BaselineScore,
    Candidate,
    Checks,
    Failure,
    IsoInstant,
    Itinerary,
    Links,
    PlanMetrics,
    Progress,
    Score,
    SolverNote,
    StopLocation,
    TravelSource,
    Unassigned,
    Violation,
    Warned,
)
from service.callbacks.protocol import Telling
from service.hours.pack import Confidence, Counts, HoursBasis
from service.store.protocol import Status


class PlanState(Answer):
    """Where a plan stands."""

    id: str
    status: Status
    parent_id: None = None
    """Not in this version."""
    name: str | None
    currency: str | None
    created_at: IsoInstant
    started_at: IsoInstant | None
    finished_at: IsoInstant | None
    progress: Progress | None
    """While it is running and a first plan is there."""
    failure: Failure | None
    links: Links


class Callback(Answer):
    """How far the end of a plan has been told to whoever wants to hear of it."""

    url: str
    status: Telling
    tries: int
    next_at: IsoInstant | None
    """When it is tried next; null before the plan has ended, and when nothing more is tried."""
    trouble: str | None
    """Why it was not taken at the last try."""


class PlanContent(Answer):
    """What is planned; null and empty until there is something."""

    score: Score | None = None
    itineraries: list[Itinerary] = Field(default_factory=list[Itinerary])
    unassigned: list[Unassigned] = Field(default_factory=list[Unassigned])
    metrics: PlanMetrics | None = None
    changes: None = None
    """Not in this version."""
    baseline: BaselineScore | None = None
    warnings: list[Warned] = Field(default_factory=list[Warned])
    travel: TravelSource | None = None
    checks: Checks | None = None
    solver: SolverNote | None = None


class Plan(PlanContent, PlanState):
    """A plan and where it stands."""


class Evaluation(PlanContent):
    """Given itineraries, measured; not kept."""

    id: None = None
    parent_id: None = None
    status: Literal["done"] = "done"
    name: str | None
    currency: str | None
    violations: list[Violation]


class Accepted(Answer):
    """A plan that is being made."""

    id: str
    status: Status
    links: Links


class Erased(Answer):
    """What became of one person's data."""

    plans: int
    """In how many plans there was something."""
    running: int
    """How many of these are being made: they lose it when they end."""


class PlanSummary(Answer):
    """A plan in a list."""

    id: str
    status: Status
    name: str | None
    created_at: IsoInstant
    score: Score | None
    links: Links


class PlanPage(Answer):
    """Some plans, newest first."""

    plans: list[PlanSummary]
    next_cursor: str | None
    """For `?cursor=`; null on the last page."""


class Error(Answer):
    """One thing that is wrong."""

    code: str
    """One of `GET /v1/issue-types`."""
    pointer: str | None
    """RFC 6901, into the body; null if it is not about a place in the body."""
    detail: str
    value: bool | int | float | str | None
    """What stood there, if it is short."""
    hint: str | None
    parameter: str | None = None
    """The query parameter or header at fault."""


class Problem(Answer):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[Error] = Field(max_length=100)
    errors_total: int
    """How many there are; the first hundred are listed."""
    incident_id: str | None = None
    """To be told to whoever looks into it; only with status 500."""


class Validation(Answer):
    """What planning a request would run into."""

    valid: bool
    errors: list[Error]
    errors_total: int
    warnings: list[Warned]


class IssueType(Answer):
    """A code, and what to do about it."""

    code: str
    status: int
    """Of the answer the code comes in."""
    title: str
    cause: str
    action: str


class PolicyHours(Answer):
    """Hours like `09:00-19:00` by kind of day; `[]` = no visit, null = no number was found, which permits nothing."""

    weekday: list[str] | None
    saturday: list[str] | None
    sunday: list[str] | None
    public_holiday: list[str] | None


class PolicyCap(Answer):
    """How often somebody may be called upon."""

    max: int
    days: int
    """In any so many days."""
    counts: Counts
    """Every knock at the door, or only if somebody was reached."""
    unit: str
    """Of what: debt, debtor, creditor, address."""
    confidence: Confidence | None
    note: str


class PolicySpacing(Answer):
    """How long to wait between two visits."""

    days: int
    counts: Counts
    """Since the last knock at the door, or since somebody was reached."""
    working_days: bool
    """Whether weekends and public holidays do not count."""


class PolicySource(Answer):
    """Where a rule was read."""

    title: str
    citation: str | None
    url: str | None
    kind: str | None


class PolicySummary(Answer):
    """A policy in a list."""

    id: str
    """What `policy.jurisdiction` may name."""
    version: str
    name: str
    parent: str | None
    """The policy that it narrows, within one activity."""
    activity: str | None
    """What visits are made for; null = anything."""
    visits_allowed: bool | None
    """False = nobody may call at doors; null = no source says that anybody may, so you have to."""
    confidence: Confidence | None
    review_by: date | None


class PolicyPage(Answer):
    """All policies."""

    policies: list[PolicySummary]


class Policy(PolicySummary):
    """A policy: when somebody may be at a door."""

    status: str
    """What it is: a template is not legal advice."""
    scope: str
    hours: PolicyHours
    """By the clock at the address; all of a visit lies within."""
    hours_basis: HoursBasis | None
    """What the source speaks of."""
    hours_confidence: Confidence | None
    consent_widens: bool | None
    """Whether the customer's consent opens other hours; null = not known, so it does not."""
    caps: list[PolicyCap]
    spacing: PolicySpacing | None
    after_dark_party_size: int | None
    """How many people have to come after dark."""
    for_people: list[str]
    """Rules that no program can keep for you."""
    sources: list[PolicySource]
    verified_on: date | None


class GeocodeResult(Answer):
    """What is known of an address."""

    id: str
    location: StopLocation | None
    """The best candidate; null if there is none."""
    quality: Literal["rooftop", "street", "locality", "unmatched"]
    """`rooftop`: the house; `street`: the house is not known there; `locality`: a town or a part of one."""
    source: str
    """Who knew it."""
    ambiguous: bool
    """Whether it may mean another place as well."""
    candidates: list[Candidate]
    """The best first."""


class GeocodePage(Answer):
    """Answers in the order of the addresses."""

    results: list[GeocodeResult]


class Demo(Answer):
    """An example day."""

    name: str
    title: str
    agents: int
    visits: int
    href: str


class Health(Answer):
    """A sign of life."""

    status: Literal["ok", "ready"]
