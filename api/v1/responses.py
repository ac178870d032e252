"""What answers say, key by key. Keys that have nothing to say are there and null."""

from typing import Literal

from pydantic import Field

from api.v1.responses_parts import (
    Answer,
    BaselineScore,
    Checks,
    Failure,
    IsoInstant,
    Itinerary,
    Links,
    PlanMetrics,
    Progress,
    Score,
    SolverNote,
    TravelSource,
    Unassigned,
    Violation,
    Warned,
)
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


class Demo(Answer):
    """An example day."""

    name: str
    title: str
    agents: int
    visits: int
    href: str


class Health(Answer):
    """A sign of life."""

    status: Literal["ok", "ready", "closing"]
