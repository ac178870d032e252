"""What a request says of agents and of visits."""

from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from api.v1.fields import (
    Amount,
    ClockSpan,
    Day,
    Duration,
    Id,
    Instant,
    Levels,
    Loads,
    PartySize,
    Rate,
    SomeDuration,
    Strict,
    Text,
    Untouched,
    Word,
    Worth,
    refuse,
)

NO_TIME: Final = timedelta()


def _refuse_zero_zero(lat: float | None, lon: float | None) -> None:
    if lat == 0 and lon == 0:
        refuse("location_zero", "(0, 0) is the mark of a failed look-up, not a place.", "Leave unknown places out.")


class Point(Strict):
    """WGS 84, degrees."""

    lat: Annotated[float, Field(ge=-90, le=90, examples=[60.17])]
    """Degrees north."""
    lon: Annotated[float, Field(ge=-180, le=180, examples=[24.94])]
    """Degrees east."""

    @model_validator(mode="after")
    def _is_a_place(self) -> Self:
        _refuse_zero_zero(self.lat, self.lon)
        return self


class Location(Strict):
    """Where something is: a point, a row of the request's own travel matrix, or both (the point is then for maps)."""

    lat: Annotated[float | None, Field(ge=-90, le=90, examples=[60.17])] = None
    """Degrees north."""
    lon: Annotated[float | None, Field(ge=-180, le=180, examples=[24.94])] = None
    """Degrees east."""
    index: Annotated[int | None, Field(ge=0, le=100_000)] = None
    """Row and column in `travel.matrices`, from 0."""

    @model_validator(mode="after")
    def _is_a_place(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            refuse("location_incomplete", "This needs both lat and lon.", 'For instance {"lat": 60.17, "lon": 24.94}.')
        if self.lat is None and self.index is None:
            refuse("location_incomplete", "This names no place.", "Give lat and lon, or the index of a matrix row.")
        _refuse_zero_zero(self.lat, self.lon)
        return self


class TimeWindow(Strict):
    """Closed interval in which the whole service lies."""

    start: Instant
    """Presence is allowed from here on."""
    end: Instant
    """Not before `start`."""

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.end < self.start:
            refuse("window_order", "This ends before it starts.", "Swap start and end, or check their offsets.")
        return self


class History(Strict):
    """What came before this plan, for fairness."""

    worked: Duration = NO_TIME
    """Working time the agent brings along."""


class Cost(Strict):
    """What an agent costs, in the plan's currency."""

    fixed: Worth = 0.0
    """For every shift that is used."""
    per_hour: Rate = 0.0
    """For working time without unpaid breaks."""
    per_km: Rate = 0.0
    """For distance, way out and back included."""
    overtime_per_hour: Rate | None = None
    """For time after the end of the shift, instead of `per_hour`; absent = the same."""


class ShiftLimits(Strict):
    """The most one shift may hold; absent = no limit."""

    visits: Annotated[int | None, Field(ge=0, le=10_000)] = None
    """How many visits."""
    driving: Duration | None = None
    """Travel, way out and back included."""
    distance_m: Amount | None = None
    """Metres, way out and back included."""
    duration: Duration | None = None
    """From departure to finish."""


class Break(Strict):
    """A rest: on the road, at a door, at the start or at the end, never during service."""

    id: Id
    """Unique within the shift."""
    duration: SomeDuration
    """How long it lasts."""
    earliest: Instant
    """The break starts not before this."""
    latest: Instant
    """The break starts not after this; the whole of it lies in the shift."""
    paid: bool = False
    """Whether it counts as working time that is paid."""
    only_if_shift_over: Duration | None = None
    """The break is taken if the shift as planned lasts longer than this, and otherwise left out."""


class Shift(Strict):
    """One working period of one agent, at most 48 hours."""

    id: Id
    """Unique among all shifts of the request."""
    start: Instant
    """The agent leaves not before this."""
    end: Instant
    """The agent is back by this, plus `overtime`."""
    start_location: Location
    end_location: Location | None = None
    """Absent = back to the start; null = the shift ends at its last stop."""
    overtime: Duration = NO_TIME
    """How much longer the shift may last, at a price."""
    limits: ShiftLimits = ShiftLimits()
    breaks: list[Break] = Field(default_factory=list[Break], max_length=5)
    """Taken in the order of their `latest`."""


class OwnHours(Strict):
    """Hours that you supply for some days."""

    days: Annotated[
        list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]], Field(min_length=1, max_length=8)
    ]
    """`holiday`: public holidays, which are none of the others."""
    hours: list[ClockSpan] = Field(max_length=10)
    """By the clock at the door; empty = closed."""


class Policy(Strict):
    """When somebody may be at a door: the strictest of all that is said here.

    A visit is made only at hours that the policy of its jurisdiction, its parents and your own hours permit. Where no
    hours are known of a jurisdiction, nobody goes unless you supply some.
    """

    jurisdiction: Word | None = None
    """A policy of `GET /v1/policies`, for all visits that do not name their own."""
    activity: Word | None = None
    """What the visits are made for, like `debt_collection`; policies for something else are left aside. Absent = as the
    policy of the jurisdiction has it."""
    extra: list[OwnHours] = Field(default_factory=list[OwnHours], max_length=50)
    """Your own hours, within those of the jurisdiction. On days that none of them names nobody goes."""
    house_default: bool = False
    """Whether the hours that we recommend (`house-default`) hold as well."""


class Agent(Strict):
    """A person, or a crew that goes together."""

    id: Id
    """Unique among all agents of the request."""
    shifts: Annotated[list[Shift], Field(min_length=1, max_length=100)]
    name: Text | None = None
    """For people to read."""
    skills: Levels = Field(default_factory=dict[str, int])
    """Level by skill; a visit asks for at least its own."""
    profile: Word = "car"
    """How the agent travels."""
    territory: Annotated[list[Point] | None, Field(min_length=3, max_length=1000)] = None
    """Corners of the only area the agent serves; null = everywhere."""
    party_size: PartySize = 1
    """How many people come."""
    capacity: Loads = Field(default_factory=dict[str, int])
    """How much of each load fits; a load that no agent names is not limited."""
    history: History = History()
    cost: Cost = Cost()


class Option(Strict):
    """Another way to serve a visit; what is absent is taken from the visit itself."""

    id: Id
    """Unique among the options of the visit."""
    location: Location | None = None
    """Where; absent = where the visit itself is."""
    time_windows: Annotated[list[TimeWindow] | None, Field(min_length=1, max_length=50)] = None
    """When; absent = when the visit itself can be served."""
    value_factor: Annotated[float, Field(ge=0, le=1000)] = 1.0
    """The visit is worth this many times its value when served this way."""


class Contact(TimeWindow):
    """How likely somebody is met in a span of time."""

    start: Instant
    """From when on."""
    end: Instant
    """Not before `start`."""
    probability: Annotated[float, Field(ge=0, le=1, examples=[0.55])]
    """Of meeting somebody, if the whole service lies in the span."""


class Consent(TimeWindow):
    """The customer has agreed to be called upon in a span of time beside the permitted hours.

    Counts only where all policies in force let it; where one does not, a warning says so.
    """

    start: Instant
    """From when on."""
    end: Instant
    """Not before `start`."""
    given_on: Day
    """The day on which it was given, not after the span begins."""
    reference: Text | None = None
    """Where it is recorded, in your words."""


class AgentRules(Strict):
    """Who may come."""

    only: list[Id] = Field(default_factory=list[str], max_length=1000)
    """Nobody but these agents; empty = everybody."""
    preferred: dict[Id, Worth] = Field(default_factory=dict[str, float], max_length=1000)
    """What it is worth to be served by that agent, in the plan's currency."""
    forbidden: list[Id] = Field(default_factory=list[str], max_length=1000)
    """None of these agents."""


class After(Strict):
    """Served only if the named visit is, and after it."""

    visit: Id
    """The visit that comes before."""
    min_gap: Duration = NO_TIME
    """From the end of its service to the start of this one."""


class Lock(Strict):
    """What a planner has pinned; a locked visit is required."""

    agent: Id | None = None
    """Nobody but this agent."""
    start: Instant | None = None
    """Service starts exactly then."""
    position: Literal["first", "last"] | None = None
    """First or last stop of its itinerary."""


class Visit(Strict):
    """One call that someone wants made at one door."""

    id: Id
    """Unique among all visits of the request."""
    address: Text | None = None
    """Kept and shown; a visit that has only an address comes back unassigned (`location_missing`)."""
    location: Location | None = None
    """Where the door is."""
    priority: Annotated[int, Field(ge=1, le=100)] = 50
    """The simple way to say what the visit is worth."""
    value: Worth | None = None
    """What the visit is worth; absent = its priority."""
    required: bool = False
    """Comes before all value; if it cannot be served, `score.required_missed` counts it and the reasons are given."""
    duration: Duration
    """Time of the service."""
    setup: Duration = NO_TIME
    """Spent on arrival, and not again for the next visit at the same place."""
    time_windows: Annotated[list[TimeWindow] | None, Field(min_length=1, max_length=50)] = None
    """The whole service lies in one of them; absent = any time of the shift."""
    options: list[Option] = Field(default_factory=list[Option], max_length=20)
    """More ways to serve the visit, besides its own place and windows."""
    contact: Annotated[list[Contact] | None, Field(max_length=100)] = None
    """When somebody can be met; they must not overlap. With `objective.expected_value` nobody is sent at other times,
    unless the visit is required or another comes after it; absent or empty = nothing is known."""
    segment: Text | None = None
    """Group of people who are at home at like hours. This version learns nothing from outcomes: no effect yet."""
    skills: Levels = Field(default_factory=dict[str, int])
    """Least level by skill."""
    party_size: PartySize = 1
    """How many people must come."""
    load: Loads = Field(default_factory=dict[str, int])
    """What the visit takes of the agent's capacity."""
    agents: AgentRules = AgentRules()
    after: list[After] = Field(default_factory=list[After], max_length=50)
    """Visits that come before this one."""
    lock: Lock | None = None
    """What a planner has pinned; a locked visit is required."""
    timezone: Word | None = None
    """IANA name, instead of the plan's."""
    jurisdiction: Word | None = None
    """That of the door, instead of the plan's: a policy of `GET /v1/policies`. It holds without a `policy` too."""
    consent: list[Consent] = Field(default_factory=list[Consent], max_length=50)
    """When the customer has agreed to be called upon beside the permitted hours."""
    account: Id | None = None
    """The caller's reference, returned untouched."""
    flags: list[Literal["do_not_visit"]] = Field(default_factory=list[Literal["do_not_visit"]], max_length=10)
    """`do_not_visit`: nobody calls there, whatever it is worth."""
    data: Untouched = Field(default_factory=dict[str, object])
    """Any JSON object up to 16 levels deep, returned untouched."""
