"""Rules that hold for the plan as a whole: every visit accounted for, nothing twice, what comes after what."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from service.audit.reading import Call, Day, Reader
from service.audit.rule import Rule, whole_seconds
from service.day.plan import Plan, Violated
from service.day.request import DayRequest

NONE = timedelta()


def references(reader: Reader, plan: Plan) -> Iterator[Violated]:
    """Everything that the plan names is in the request."""
    for itinerary in plan.itineraries:
        strangers = reader.strangers(itinerary)
        if strangers:
            yield Rule.UNKNOWN.broken(strangers, shift=itinerary.shift_id)
    for left_out in plan.unassigned:
        if left_out.visit_id not in reader.visits:
            yield Rule.UNKNOWN.broken(visit=left_out.visit_id)


def located(reader: Reader, plan: Plan) -> Iterator[Violated]:
    """Planned visits are at places for which there are travel times."""
    for itinerary in plan.itineraries:
        for visit in reader.lost(itinerary):
            yield Rule.LOCATION_MISSING.broken(visit=visit, shift=itinerary.shift_id)


def once(plan: Plan) -> Iterator[Violated]:
    """A shift has at most one itinerary, with visits in it, and a visit at most one stop."""
    for shift, times in Counter(itinerary.shift_id for itinerary in plan.itineraries).items():
        if times > 1:
            yield Rule.SHIFT_TWICE.broken(times - 1, shift=shift)
    for itinerary in plan.itineraries:
        if not itinerary.visits:
            yield Rule.EMPTY_ROUTE.broken(shift=itinerary.shift_id)
    for visit, times in _planned(plan).items():
        if times > 1:
            yield Rule.SERVED_TWICE.broken(times - 1, visit=visit)


def accounted(request: DayRequest, plan: Plan) -> Iterator[Violated]:
    """Each visit is planned or unassigned, and each required one that is not planned counts as missed."""
    planned = _planned(plan)
    unassigned = Counter(left_out.visit_id for left_out in plan.unassigned)
    for visit in request.visits:
        if (visit.id in planned) + unassigned[visit.id] != 1:
            yield Rule.UNACCOUNTED.broken(visit=visit.id)
        if visit.do_not_visit and visit.id in planned:
            yield Rule.DO_NOT_VISIT.broken(visit=visit.id)
    missed = sum((visit.required or visit.lock is not None) and visit.id not in planned for visit in request.visits)
    if missed != plan.score.required_missed:
        yield Rule.REQUIRED_MISSED.broken(abs(missed - plan.score.required_missed))


def after(days: Sequence[Day]) -> Iterator[Violated]:
    """What comes after another visit is planned only with it, and starts no sooner than its gap after the finish."""
    planned = {call.visit.id: (day.shift.id, call) for day in days for call in day.calls}
    for shift, call in planned.values():
        yield from _after(planned, shift, call)


def _after(planned: Mapping[str, tuple[str, Call]], shift: str, call: Call) -> Iterator[Violated]:
    for link in call.visit.after:
        if link.visit not in planned:
            yield Rule.PREDECESSOR_UNASSIGNED.broken(visit=call.visit.id, shift=shift)
            continue
        _, first = planned[link.visit]
        lacking = first.presence.end + link.min_gap - call.presence.start
        if lacking > NONE:
            yield Rule.MIN_GAP.broken(whole_seconds(lacking), visit=call.visit.id, shift=shift)


def _planned(plan: Plan) -> Counter[str]:
    return Counter(stop.visit_id for itinerary in plan.itineraries for stop in itinerary.visits)
