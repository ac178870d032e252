"""Broken rules in people's words: what the checker found wrong with itineraries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Final, NamedTuple

from service.codebook import Codebook, Compiled, LeftOut
from service.day.plan import Violated
from service.day.window import TimeWindow
from service.horizon import seconds_up
from service.reason_words import OFF_ROAD, WORDS, ReasonCode, Unit, told
from service.ways import Bound, bounds_broken
from solver.checker import Code, Violation
from solver.solution import Route, Stop
from solver.units import Seconds, ShiftIndex, VisitIndex


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

OUTSIDE: Final[Mapping[Bound, tuple[ReasonCode, str]]] = {
    Bound.ASKED: (ReasonCode.TIME_WINDOW, "The service lies {amount} outside the visit's time windows."),
    Bound.PERMITTED: (ReasonCode.PERMITTED_HOURS, "The service lies {amount} outside the permitted hours."),
    Bound.LIGHT: (
        ReasonCode.PERMITTED_HOURS,
        "The service lies {amount} outside daylight, after which more people have to come.",
    ),
    Bound.MET: (ReasonCode.TIME_WINDOW, "The service lies {amount} outside the time at which somebody can be met."),
}


def violated(compiled: Compiled, routes: Iterable[Route], violations: Iterable[Violation]) -> tuple[Violated, ...]:
    """The checker's findings with ids and sentences; an agent who may not come is told with the rule that says so."""
    stops = {(route.shift, stop.visit): stop for route in routes for stop in route.stops}
    return tuple(told for violation in violations for told in _violated(compiled.codebook, violation, stops))


def left_out_violation(left: LeftOut, shift_id: str) -> Violated:
    """A visit that nobody could ever serve stands in somebody's itinerary."""
    if left.off_road is not None:
        detail = OFF_ROAD.detail.format(amount=told(left.off_road, "m"))
        return Violated(left.code, detail, left.visit.id, shift_id, left.off_road)
    words = WORDS[ReasonCode(left.code)]
    detail = words.detail.format(other=left.other) if left.other else words.bare or words.detail
    return Violated(left.code, detail, left.visit.id, shift_id, seconds_up(left.would_need) if left.would_need else 1)


def unusable_option(visit_id: str, shift_id: str) -> Violated:
    """The itinerary names an option that nobody could use at any time, so that another one had to be measured."""
    detail = "Nobody could serve the visit by the option that is named: it is measured by another one."
    return Violated("option_unusable", detail, visit_id, shift_id, 1)


def _violated(
    codebook: Codebook, violation: Violation, stops: Mapping[tuple[ShiftIndex, VisitIndex], Stop]
) -> Iterator[Violated]:
    detail, unit = BROKEN[violation.code]
    shift, visit = violation.shift, violation.visit
    stop = None if shift is None or visit is None else stops.get((shift, visit))
    told_as = [(str(violation.code), detail.format(amount=told(violation.amount, unit)), violation.amount)]
    if stop is not None and shift is not None and violation.code is Code.AGENT_NOT_ALLOWED:
        told_as = [(*barred, violation.amount) for barred in _barred(codebook, shift, stop)] or told_as
    if stop is not None and violation.code is Code.TIME_WINDOW:
        told_as = list(_outside_hours(codebook, stop)) or told_as
    for code, sentence, amount in told_as:
        yield Violated(
            code=code,
            detail=sentence,
            visit_id=None if visit is None else codebook.calls[visit].visit.id,
            shift_id=None if shift is None else codebook.duties[shift].shift.id,
            amount=amount,
        )


def _barred(codebook: Codebook, shift: ShiftIndex, stop: Stop) -> Iterator[tuple[str, str]]:
    call, agent = codebook.calls[stop.visit], codebook.duties[shift].agent
    way = call.ways[stop.option]
    bar = codebook.eligibility.bar(call.visit, way.place, agent, way.party_size)
    if bar is not None:
        words = WORDS[ReasonCode(bar.barrier)]
        lacking = told(bar.lacking or 0, words.unit) if words.unit else ""
        yield bar.barrier, words.detail.format(agent=agent.id, skill=bar.skill, amount=lacking)


def _outside_hours(codebook: Codebook, stop: Stop) -> Iterator[tuple[str, str, Seconds]]:
    """Each kind of hours that a stop breaks, told once: what policies do not permit is never hidden by a window."""
    start, finish = (codebook.horizon.instant(at, UTC) for at in (stop.start, stop.finish))
    way = codebook.calls[stop.visit].ways[stop.option]
    broken = dict(bounds_broken(way, TimeWindow(start, finish)))
    if broken.keys() & {Bound.ASKED, Bound.PERMITTED}:
        broken.pop(Bound.LIGHT, None)
    for bound, outside in broken.items():
        code, sentence = OUTSIDE[bound]
        yield code, sentence.format(amount=told(seconds_up(outside), "s")), seconds_up(outside)
