"""Broken rules in people's words: what the checker found wrong with itineraries."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from service.codebook import Codebook, Compiled, LeftOut
from service.day.plan import Violated
from service.horizon import seconds_up
from service.reason_words import WORDS, ReasonCode, Unit, told
from solver.checker import Code, Violation
from solver.solution import Route
from solver.units import OptionIndex, ShiftIndex, VisitIndex


class Told(NamedTuple):
    """A sentence that may name the ``{amount}``, and the unit of that amount."""

    detail: str
    unit: Unit = "units"


BROKEN: Final[Mapping[Code, Told]] = {
    Code.UNKNOWN: Told("The plan speaks of something that the request does not have."),
    Code.EMPTY_ROUTE: Told("The itinerary has no visits."),
    Code.ORDER: Told("Something is reported before what comes earlier."),
    Code.SHIFT_TWICE: Told("The shift has several itineraries."),
    Code.SERVED_TWICE: Told("The visit is made more than once."),
    Code.SHIFT_START: Told("The agent leaves {amount} before the shift starts.", "s"),
    Code.SHIFT_TOO_SHORT: Told("The shift ends {amount} after its end and all overtime.", "s"),
    Code.UNREACHABLE: Told("There is no way to or from this place."),
    Code.TRAVEL_TIME: Told("The way there takes {amount} more than there is.", "s"),
    Code.SETUP_TIME: Told("The set-up takes {amount} more than there is before the start.", "s"),
    Code.SERVICE_TIME: Told("The service differs by {amount} from the visit's duration.", "s"),
    Code.TIME_WINDOW: Told("The service lies {amount} outside the visit's time windows.", "s"),
    Code.LATEST_START: Told("The latest start is {amount} off.", "s"),
    Code.BREAK_MISSING: Told("A break of {amount} is due and not taken.", "s"),
    Code.BREAK_NOT_DUE: Told("A break is taken, and the shift is {amount} too short for it to be due.", "s"),
    Code.BREAK_TIME: Told("A break lies {amount} outside its time.", "s"),
    Code.BREAK_OVERLAP: Told("A break overlaps work by {amount}.", "s"),
    Code.MAX_VISITS: Told("The shift has {amount} more than its limit.", "visits"),
    Code.MAX_DRIVING: Told("The shift drives {amount} longer than its limit.", "s"),
    Code.MAX_DISTANCE: Told("The shift drives {amount} farther than its limit.", "m"),
    Code.MAX_DURATION: Told("The shift lasts {amount} longer than its limit.", "s"),
    Code.CAPACITY: Told("The agent carries {amount} more than the capacity."),
    Code.AGENT_NOT_ALLOWED: Told("The agent may not serve this visit."),
    Code.POSITION: Told(
        "The visit is pinned to the beginning or the end of its shift, and is {amount} away.", "visits"
    ),
    Code.BEGUN: Told("The itinerary does not begin with what its shift has begun with."),
    Code.PREDECESSOR_UNASSIGNED: Told("The visit has to come after one that is not in the plan."),
    Code.MIN_GAP: Told("The visit starts {amount} too early after the one it has to follow.", "s"),
    Code.SCORE: Told("The score is not what the itineraries add up to."),
}


def violated(compiled: Compiled, routes: Iterable[Route], violations: Iterable[Violation]) -> tuple[Violated, ...]:
    """The checker's findings with ids and sentences; an agent who may not come is told with the rule that says so."""
    options = {(route.shift, stop.visit): stop.option for route in routes for stop in route.stops}
    return tuple(_violated(compiled.codebook, violation, options) for violation in violations)


def left_out_violation(left: LeftOut, shift_id: str) -> Violated:
    """A visit that nobody could ever serve stands in somebody's itinerary."""
    words = WORDS[ReasonCode(left.code)]
    detail = words.detail.format(other=left.other) if left.other else words.bare or words.detail
    return Violated(left.code, detail, left.visit.id, shift_id, seconds_up(left.would_need) if left.would_need else 1)


def _violated(
    codebook: Codebook, violation: Violation, options: Mapping[tuple[ShiftIndex, VisitIndex], OptionIndex]
) -> Violated:
    detail, unit = BROKEN[violation.code]
    code, detail = str(violation.code), detail.format(amount=told(violation.amount, unit))
    if violation.code is Code.AGENT_NOT_ALLOWED and violation.shift is not None and violation.visit is not None:
        option = options.get((violation.shift, violation.visit), 0)
        code, detail = _barred(codebook, violation.shift, violation.visit, option) or (code, detail)
    return Violated(
        code=code,
        detail=detail,
        visit_id=None if violation.visit is None else codebook.calls[violation.visit].visit.id,
        shift_id=None if violation.shift is None else codebook.duties[violation.shift].shift.id,
        amount=violation.amount,
    )


def _barred(codebook: Codebook, shift: ShiftIndex, visit: VisitIndex, option: OptionIndex) -> tuple[str, str] | None:
    call, agent = codebook.calls[visit], codebook.duties[shift].agent
    bar = codebook.eligibility.bar(call.visit, call.ways[option].place, agent)
    if bar is None:
        return None
    words = WORDS[ReasonCode(bar.barrier)]
    lacking = told(bar.lacking or 0, words.unit) if words.unit else ""
    return bar.barrier, words.detail.format(agent=agent.id, skill=bar.skill, amount=lacking)
