"""Every reason why a visit is not in a plan: the sentence that tells it, and what would get the visit in.

The codes are part of the JSON contract. Some belong to rules that a request may or may not bring (policies, contact
caps, frozen parts of a plan); their words are here all the same, so that nobody has to invent them elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from service.day.place import Quality
from service.geocoding.protocol import Geocoded
from solver.units import Seconds

MINUTE: Final[Seconds] = 60

Unit: TypeAlias = Literal["s", "m", "visits", "units", "levels", "people"]


class ReasonCode(StrEnum):
    """Why a visit is unassigned."""

    NO_AGENT = "no_agent"
    SKILL_MISSING = "skill_missing"
    SKILL_LEVEL = "skill_level"
    AGENT_NOT_ALLOWED = "agent_not_allowed"
    PARTY_SIZE = "party_size"
    TERRITORY = "territory"
    TIME_WINDOW = "time_window"
    PERMITTED_HOURS = "permitted_hours"
    VISITS_BARRED = "visits_barred"
    POLICY_NEEDED = "policy_needed"
    CONTACT_CAP = "contact_cap"
    DO_NOT_VISIT = "do_not_visit"
    SHIFT_TOO_SHORT = "shift_too_short"
    CAPACITY = "capacity"
    MAX_VISITS = "max_visits"
    MAX_DRIVING = "max_driving"
    MAX_DISTANCE = "max_distance"
    MAX_DURATION = "max_duration"
    PREDECESSOR_UNASSIGNED = "predecessor_unassigned"
    FROZEN_PLAN = "frozen_plan"
    BREAK_CONFLICT = "break_conflict"
    UNREACHABLE = "unreachable"
    LOCATION_MISSING = "location_missing"
    NOT_WORTH_COST = "not_worth_cost"
    LOST_TO_HIGHER_VALUE = "lost_to_higher_value"
    SEARCH_LIMIT = "search_limit"


@dataclass(frozen=True, slots=True)
class Words:
    """How a reason is told.

    ``detail`` and ``remedy`` may name the ``{agent}``, the ``{shift}``, the ``{amount}`` lacking, the ``{skill}`` and
    the ``{other}`` visit; ``bare`` and ``bare_remedy`` are told instead where one of these is not known. ``unit`` is
    that of the amount, ``None`` if the amount says nothing to people.
    """

    detail: str
    remedy: str
    bare: str | None = None
    bare_remedy: str | None = None
    unit: Unit | None = None


WORDS: Final[Mapping[ReasonCode, Words]] = {
    ReasonCode.NO_AGENT: Words(
        "No agent may serve this visit: each is kept away by one rule or another.",
        "Ease one of the rules told below, or add an agent who meets all of them.",
    ),
    ReasonCode.SKILL_MISSING: Words(
        "{agent} does not have the skill {skill}.",
        "Add an agent with the skills this visit asks for, or take {skill} off the visit.",
        bare_remedy="Add an agent with the skills this visit asks for, or take the skill off the visit.",
    ),
    ReasonCode.SKILL_LEVEL: Words(
        "{agent} has the skill {skill}, but {amount} too low.",
        "Add an agent whose {skill} is {amount} higher, or ask for as much less.",
        bare_remedy="Add an agent with a higher level of the skill, or ask for a lower one.",
        unit="levels",
    ),
    ReasonCode.AGENT_NOT_ALLOWED: Words(
        "{agent} may not serve this visit, by the visit's own rules or its lock.",
        "Change agents.only, agents.forbidden or lock.agent of the visit, or add an agent they allow.",
    ),
    ReasonCode.PARTY_SIZE: Words(
        "{agent} is {amount} too few for this visit.",
        "Add {amount} to the crew of {agent}, or lower party_size of the visit by as many.",
        bare_remedy="Add a larger crew, or lower party_size of the visit.",
        unit="people",
    ),
    ReasonCode.TERRITORY: Words(
        "The place is not known to lie in the territory of {agent}.",
        "Widen the territory of {agent}, or add an agent whose territory holds the place.",
        bare_remedy="Widen the territory, or add an agent whose territory holds the place.",
    ),
    ReasonCode.TIME_WINDOW: Words(
        "{agent} could be there, but {amount} outside the visit's time windows.",
        "Widen the time windows of the visit by {amount}, or move the shift {shift} towards them.",
        bare="No time window of the visit leaves room for the whole service while somebody works.",
        bare_remedy="Widen the time windows of the visit by the time lacking, or move a shift towards them.",
        unit="s",
    ),
    ReasonCode.PERMITTED_HOURS: Words(
        "{agent} could be there, but {amount} outside the permitted hours.",
        "Move the shift {shift} by {amount} towards the permitted hours, or add an agent who works in them.",
        bare="The permitted hours leave no room for the whole service while somebody works.",
        bare_remedy="Move a shift into the permitted hours.",
        unit="s",
    ),
    ReasonCode.VISITS_BARRED: Words(
        "By the policy {other} nobody may call at this door at all.",
        "Use another way of contact.",
        bare="By the policy in force nobody may call at this door at all.",
    ),
    ReasonCode.POLICY_NEEDED: Words(
        "Nobody has said when visits are permitted at this door: no hours are known of {other}.",
        "Give the permitted hours in policy.extra: they will be yours, and the plan says so.",
        bare="Nobody has said when visits are permitted at this door.",
    ),
    ReasonCode.CONTACT_CAP: Words(
        "There were as many visits or contacts as the policy allows.",
        "Plan the visit for a day after the period of the cap.",
    ),
    ReasonCode.DO_NOT_VISIT: Words(
        "The visit is flagged do_not_visit.",
        "Take the flag off if it no longer holds.",
    ),
    ReasonCode.SHIFT_TOO_SHORT: Words(
        "{agent} would need {amount} more working time in the shift {shift}.",
        "Lengthen the shift {shift} or its overtime by {amount}, or add an agent.",
        bare="The working time of the shift is too short for one more visit.",
        bare_remedy="Lengthen the shift or its overtime by the time lacking, or add an agent.",
        unit="s",
    ),
    ReasonCode.CAPACITY: Words(
        "{agent} would carry {amount} too many in the shift {shift}.",
        "Raise the capacity of {agent} by {amount}, or add an agent.",
        bare_remedy="Raise the capacity of an agent, or add one.",
        unit="units",
    ),
    ReasonCode.MAX_VISITS: Words(
        "{agent} would make {amount} more than the limit of the shift {shift}.",
        "Raise limits.visits of the shift {shift} by {amount}, or add an agent.",
        bare_remedy="Raise limits.visits of a shift, or add an agent.",
        unit="visits",
    ),
    ReasonCode.MAX_DRIVING: Words(
        "{agent} would drive {amount} longer than the limit of the shift {shift}.",
        "Raise limits.driving of the shift {shift} by {amount}, or add an agent who starts nearer.",
        bare_remedy="Raise limits.driving of a shift, or add an agent who starts nearer.",
        unit="s",
    ),
    ReasonCode.MAX_DISTANCE: Words(
        "{agent} would drive {amount} farther than the limit of the shift {shift}.",
        "Raise limits.distance_m of the shift {shift} by {amount}, or add an agent who starts nearer.",
        bare_remedy="Raise limits.distance_m of a shift, or add an agent who starts nearer.",
        unit="m",
    ),
    ReasonCode.MAX_DURATION: Words(
        "{agent} would be out {amount} longer than the limit of the shift {shift}.",
        "Raise limits.duration of the shift {shift} by {amount}, or add an agent.",
        bare_remedy="Raise limits.duration of a shift, or add an agent.",
        unit="s",
    ),
    ReasonCode.PREDECESSOR_UNASSIGNED: Words(
        "It may only come after {other}, which is not in the plan.",
        "Get {other} into the plan first, or take it out of after.",
        bare="It may only come after another visit, which is not in the plan.",
        bare_remedy="Get that visit into the plan first, or take it out of after.",
    ),
    ReasonCode.FROZEN_PLAN: Words(
        "The shift {shift} of {agent} begins or ends with a visit that is pinned there.",
        "Take the pin off that visit, or off this one.",
    ),
    ReasonCode.BREAK_CONFLICT: Words(
        "{agent} could not take a break on time in the shift {shift}.",
        "Let the breaks of the shift {shift} begin {amount} later: raise their latest, or add an agent.",
        bare_remedy="Give the break more time between earliest and latest.",
        unit="s",
    ),
    ReasonCode.UNREACHABLE: Words(
        "{agent} has no way there or from there.",
        "Check the place, or add an agent who can get there.",
    ),
    ReasonCode.LOCATION_MISSING: Words(
        "It is not known where this visit is.",
        "Give the visit a location with lat and lon.",
    ),
    ReasonCode.NOT_WORTH_COST: Words(
        "{agent} could serve it in the shift {shift}, but it would cost more than it is worth.",
        "Raise its value, mark it required, or plan by value first.",
    ),
    ReasonCode.LOST_TO_HIGHER_VALUE: Words(
        "Somebody could serve it, but not beside the visits that are in the plan.",
        "Raise its priority or value, or mark it required.",
    ),
    ReasonCode.SEARCH_LIMIT: Words(
        "{agent} could serve it in the shift {shift}, but the search ended before it was put there.",
        "Allow more time in options.time_limit.",
    ),
}

LATE_FOR_ANOTHER: Final = Words(
    "{agent} would then come {amount} too late to {other}.",
    "Widen the time windows of {other} by {amount}, or add an agent.",
    bare_remedy="Widen the time windows of the visits that would be too late, or add an agent.",
    unit="s",
)
"""How a time window is told that is not the visit's own."""

AFTER_DARK: Final = Words(
    "{agent} could be there, but {amount} after dark, when more people have to come.",
    "Send a larger crew, or move the shift {shift} by {amount} into daylight.",
    bare="In daylight there is no room for the whole service, and after dark more people have to come.",
    bare_remedy="Send a larger crew, or move a shift into daylight.",
    unit="s",
)
"""How permitted hours are told where it is the night that leaves no room for fewer people."""

NOBODY_MET: Final = Words(
    "{agent} could be there, but {amount} outside the times at which somebody can be met.",
    "Widen the contact times of the visit by {amount}, or move the shift {shift} towards them.",
    bare="At no time when it could be made is anybody expected to be met for as long as the service takes.",
    bare_remedy="Give contact times within the time windows, or mark the visit required.",
    unit="s",
)
"""How a time window is told where it is the visit's contact that leaves no room."""

OFF_ROAD: Final = Words(
    "The nearest road that somebody could come by is {amount} away.",
    "Check the location, or give that of the nearest place on a road.",
    unit="m",
)
"""Why nobody at all can reach a place."""

NO_SUCH_ADDRESS: Final = Words(
    "Nobody who was asked knows this address.",
    "Correct the address, or give the visit a location with lat and lon.",
)
HOUSE_UNKNOWN: Final = Words(
    "The address is known but for the house.",
    "Correct the house number, or give the visit a location with lat and lon.",
)
"""Of an address of which only the street or the town was found."""
SEVERAL_PLACES: Final = Words(
    "The address may mean several places.",
    "Add the town or the postcode to the address, or give the visit the location of one of the candidates.",
)
RESPELT: Final = Words(
    "The address is written otherwise where it was found, or says more.",
    "Write the address as the candidate has it, if that is the right house.",
)


def words_of(found: Geocoded) -> Words:
    """Why an address that was looked up is not well enough known."""
    if not found.candidates:
        return NO_SUCH_ADDRESS
    if found.quality is not Quality.ROOFTOP:
        return HOUSE_UNKNOWN
    return SEVERAL_PLACES if found.ambiguous else RESPELT


NOT_ASKED: Final = "Ask for the reasons with options.explain."
"""Remedy of a visit whose reasons nobody wanted to know."""
NOT_LOOKED_AT: Final = "The plan was stopped before the reasons were found: let it go on longer."
"""Remedy of a visit that was left without them."""


def told(amount: int, unit: Unit) -> str:
    """An amount as people say it: 1 h 05 min, 800 m, 2 levels."""
    if unit == "s":
        return span_told(amount)
    if unit == "people":
        return "1 person" if amount == 1 else f"{amount} people"
    return f"{amount} {unit.removesuffix('s') if amount == 1 else unit}"


def told_to_suffice(amount: int, unit: Unit) -> str:
    """An amount that is easy to say and no less than ``amount``: time in whole minutes."""
    return told(amount if unit != "s" else -(-amount // MINUTE) * MINUTE, unit)


def span_told(seconds: Seconds) -> str:
    """1 h 05 min, 22 min, 1 min 30 s."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min" + (f" {rest:02} s" if rest else "")
    if minutes:
        return f"{minutes} min" + (f" {rest:02} s" if rest else "")
    return f"{rest} s"


def as_lacking(amount: int | None, unit: Unit | None) -> tuple[timedelta | None, int | None]:
    """An amount as ``would_need`` (time) and ``lacking`` (anything else); at most one of the two."""
    if amount is None or unit is None:
        return None, None
    return (timedelta(seconds=amount), None) if unit == "s" else (None, amount)
