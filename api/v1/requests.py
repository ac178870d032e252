"""What a request may say, key by key.

Nothing is converted and nothing is ignored: unknown keys are refused, and so is what this version cannot do yet but
what would change a plan. What only the whole request can show (ids that repeat, visits that do not exist) is judged by
``service.faults``; how many visits and shifts there may be is a setting, and judged in ``api.v1.reading``.
"""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from api.v1.fields import (
    MOST_PLACES,
    ClockEnd,
    ClockTime,
    Id,
    Instant,
    MatrixRow,
    Rate,
    Strict,
    Text,
    TimeLimit,
    Word,
    refuse,
)
from api.v1.requests_parts import Agent, Policy, Visit

MOST_SHIFTS: Final = 1000


class GivenMatrix(Strict):
    """Travel for one profile as the caller knows it; row = from, column = to, null = no way."""

    profile: Word = "car"
    """The agents who travel like this."""
    seconds: list[MatrixRow] = Field(max_length=MOST_PLACES)
    """Square."""
    metres: list[MatrixRow] | None = Field(default=None, max_length=MOST_PLACES)
    """Of the shape of `seconds`; absent = distances are not known and count as none."""


class Slowdown(Strict):
    """Hours of every day at which ways take longer, for all profiles but `foot` and `bicycle`."""

    from_: Annotated[ClockTime, Field(alias="from")]
    """When it begins, by the clock of the plan's `timezone`; absent that, where the first shift starts."""
    to: ClockEnd
    """When it is over; on the next day if that is not after `from`."""
    factor: Annotated[float, Field(ge=1, le=10)]
    """Ways take so many times as long, counted second by second; `travel.speed_factor` is for what holds all day."""


class Travel(Strict):
    """Where travel times come from; every answer says so."""

    source: Literal["auto", "estimate", "matrix"] = "auto"
    """`estimate`: from distances as the crow flies; `matrix`: given here; `auto`: the best there is."""
    matrices: list[GivenMatrix] | None = Field(default=None, max_length=20)
    """One per profile, with source `matrix`; places are then `{"index": 3}`."""
    speed_factor: Annotated[float, Field(ge=0.1, le=10)] = 1.0
    """Everybody travels this many times as fast."""
    slowdowns: list[Slowdown] | None = Field(default=None, max_length=24)
    """Rush hours. They must not overlap."""

    @model_validator(mode="after")
    def _has_one_matrix_a_profile(self) -> Self:
        profiles = [matrix.profile for matrix in self.matrices or []]
        if len(set(profiles)) < len(profiles):
            refuse("duplicate_profile", "There are two matrices for the same profile.", "Name each profile once.")
        return self


class GivenItinerary(Strict):
    """Visits of one shift in order, decided by somebody else."""

    shift_id: Id
    """A shift of the request."""
    visits: list[Id] = Field(max_length=1000)
    """Visits in the order in which they are made."""
    starts: dict[Id, Instant] = Field(default_factory=dict[str, datetime], max_length=1000)
    """When service starts, by visit, where that is decided too."""
    options: dict[Id, Id | None] = Field(default_factory=dict[str, str | None], max_length=1000)
    """Which option serves a visit, null = its own place and windows; one that is not named is served in the way that
    suits the itinerary best."""


class Baseline(Strict):
    """Itineraries to compare the plan with."""

    itineraries: list[GivenItinerary] = Field(max_length=MOST_SHIFTS)


class Objective(Strict):
    """What a better plan is."""

    mode: Literal["value_first", "profit"] = "value_first"
    """`value_first`: required visits, then value, then cost. `profit`: a visit must pay for its detour."""
    fairness: Rate = 0.0
    """Price of unequal work: per squared hour of every agent's distance from the mean working time."""
    expected_value: bool = True
    """A visit is worth its value x the probability to meet somebody, as far as its `contact` tells; false: contact is
    told with the plan and changes nothing."""


class Options(Strict):
    """How to go about it."""

    time_limit: TimeLimit | None = None
    """At most one hour; absent = chosen by the size of the day."""
    deadline: Instant | None = None
    """When the plan is needed: the search ends in time for that, and if it could not begin before the plan fails with
    `deadline_passed`."""
    stall_limit: TimeLimit | None = None
    """End early when nothing has improved for so long."""
    solution_limit: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    """Look at no more than this many plans: unlike a time, this gives the same plan on every machine."""
    seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 1
    """Same seed and same `solution_limit`, same plan."""
    engine: Literal["auto", "routing"] = "auto"
    """`auto`: a search of our own, whose routes OR-Tools recombines and polishes; `routing`: OR-Tools' routing model
    alone."""
    geometry: Literal["none", "polyline"] = "none"
    """`polyline`: itineraries come with the line of every leg."""
    explain: bool = True
    """Whether unassigned visits come with all their reasons."""


class Callback(Strict):
    """An address that is sent a POST when the plan has ended, signed as Standard Webhooks has it.

    The body is `{"type": "plan.done", "timestamp": …, "data": {"id": …, "status": …}}`: read the plan with your key.
    Any answer of 2xx means that you have it; else it is sent again, more and more seldom, for more than a day.
    """

    url: Annotated[str, Field(max_length=2000, examples=["https://dispatch.example.org/planned"])]
    """`https://…`; within private networks only where a setting says so."""


class PlanRequest(Strict):
    """A day that someone wants planned: agents, visits, and what counts."""

    agents: list[Agent] = Field(min_length=1)
    """Who goes out; the number of their shifts is limited by a setting."""
    visits: list[Visit] = Field(min_length=1)
    """What is wanted; their number is limited by a setting."""
    name: Text | None = None
    """For people to read."""
    timezone: Word | None = None
    """IANA name; absent = looked up from the places."""
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    """System of all coordinates, in the request and in the plan; `gcj02` and `bd09` are those of maps of China."""
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$", examples=["EUR"])] = None
    """ISO 4217, of every cost and of values in mode `profit`."""
    policy: Policy | None = None
    """When somebody may be at a door. Absent = only the request's own windows apply, and `warnings` says so."""
    travel: Travel = Travel()
    baseline: Baseline | None = None
    objective: Objective = Objective()
    options: Options = Options()
    callback: Callback | None = None
    """Whom to tell that the plan has ended."""


class AskedAddress(Strict):
    """An address to look up."""

    id: Id
    """Yours, returned with the answer."""
    address: Text
    """As people write it: street, house number, town."""
    country: Annotated[str | None, Field(pattern="^[A-Z]{2}$", examples=["FI"])] = None
    """ISO 3166-1, two letters."""


class GeocodeRequest(Strict):
    """Addresses to look up."""

    addresses: list[AskedAddress] = Field(min_length=1, max_length=1000)
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    """System of the coordinates in the answer."""


class EraseRequest(Strict):
    """Whose data is to be taken out of plans."""

    account: Id
    """As the visits have it."""


class EvaluateRequest(Strict):
    """Itineraries to be measured against a request."""

    request: PlanRequest
    itineraries: list[GivenItinerary] = Field(max_length=MOST_SHIFTS)
