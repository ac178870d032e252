"""Itineraries that somebody else decided, and that may speak of another request."""

from collections.abc import Iterator, Mapping, Sequence

from service.day.fault import Fault
from service.day.request import DayRequest, GivenItinerary
from service.day.visit import Visit
from service.faults.references import close_matches
from service.faults.shifts import Path


def itinerary_faults(
    request: DayRequest, itineraries: Sequence[GivenItinerary], path: Path = ("itineraries",)
) -> tuple[Fault, ...]:
    """Shifts and visits that do not exist, shifts given twice, starts of visits that are not in the itinerary."""
    return tuple(_faults(request, itineraries, path))


def _faults(request: DayRequest, itineraries: Sequence[GivenItinerary], path: Path) -> Iterator[Fault]:
    shifts = {shift.id for agent in request.agents for shift in agent.shifts}
    visits = {visit.id: visit for visit in request.visits}
    seen: set[str] = set()
    for i, given in enumerate(itineraries):
        here: Path = (*path, i)
        if given.shift_id not in shifts:
            hint = close_matches(given.shift_id, shifts)
            yield Fault("unknown_shift", (*here, "shift_id"), "No shift has this id.", hint=hint, value=given.shift_id)
        if given.shift_id in seen:
            hint = "Give each shift one itinerary."
            detail = "There is another itinerary of this shift."
            yield Fault("duplicate_id", (*here, "shift_id"), detail, hint=hint, value=given.shift_id)
        seen.add(given.shift_id)
        for v, visit in enumerate(given.visits):
            if visit not in visits:
                hint = close_matches(visit, visits)
                yield Fault("unknown_visit", (*here, "visits", v), "No visit has this id.", hint=hint, value=visit)
        for name, keyed in (("starts", given.starts), ("options", given.options)):
            for visit in sorted(set(keyed) - set(given.visits)):
                detail = "The itinerary does not have this visit."
                yield Fault("unknown_visit", (*here, name, visit), detail, hint="Add it to visits.", value=visit)
        yield from _options(visits, given, (*here, "options"))


def _options(visits: Mapping[str, Visit], given: GivenItinerary, path: Path) -> Iterator[Fault]:
    for visit_id, option in given.options.items():
        if visit_id in visits and option is not None:
            known = {known.id for known in visits[visit_id].options}
            if option not in known:
                hint = close_matches(option, known)
                detail = "The visit has no option of this id."
                yield Fault("unknown_option", (*path, visit_id), detail, hint=hint, value=option)
