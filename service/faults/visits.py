"""Visits: durations, values, windows, contact and places."""

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from functools import cache
from itertools import accumulate
from math import isfinite
from typing import Final
from zoneinfo import available_timezones

from service.day.fault import Fault
from service.day.request import DayRequest
from service.day.visit import Visit
from service.day.window import TimeWindow
from service.faults.references import close_matches
from service.faults.shifts import LONGEST_REQUEST, LONGEST_SHIFT, Path, not_negative, place_faults
from service.travel.choice import brings_matrices

HIGHEST_PRIORITY: Final = 100


def missing_visits(request: DayRequest) -> Iterator[Fault]:
    """Nothing to do."""
    if not request.visits:
        yield Fault("visits_empty", ("visits",), "There is nobody to visit.", hint="Name at least one visit.", value=[])


def figures(request: DayRequest) -> Iterator[Fault]:
    """Durations fit into a shift, values and loads are numbers >= 0."""
    for v, visit in enumerate(request.visits):
        path: Path = ("visits", v)
        yield from _spans(path, visit)
        yield from _worth(path, visit)
        yield from not_negative((*path, "load"), visit.load)
        yield from not_negative((*path, "skills"), visit.skills)
        if visit.party_size < 1:
            yield Fault(
                "out_of_range", (*path, "party_size"), "At least one person has to come.", value=visit.party_size
            )


def _spans(path: Path, visit: Visit) -> Iterator[Fault]:
    for name, span in (("duration", visit.duration), ("setup", visit.setup)):
        if not timedelta() <= span <= LONGEST_SHIFT:
            yield Fault("out_of_range", (*path, name), "This must be between 0 and 48 hours.", value=span)
    for a, after in enumerate(visit.after):
        if not timedelta() <= after.min_gap <= LONGEST_REQUEST:
            detail = "A gap must be between 0 and 366 days."
            yield Fault("out_of_range", (*path, "after", a, "min_gap"), detail, value=after.min_gap)


def _worth(path: Path, visit: Visit) -> Iterator[Fault]:
    if not 1 <= visit.priority <= HIGHEST_PRIORITY:
        yield Fault("out_of_range", (*path, "priority"), "A priority is between 1 and 100.", value=visit.priority)
    if visit.value is not None:
        yield from not_negative(path, {"value": visit.value})
    for o, option in enumerate(visit.options):
        yield from not_negative((*path, "options", o), {"value_factor": option.value_factor})
    for agent, worth in visit.agents.preferred.items():
        if not isfinite(worth):
            detail = "What an agent is worth must be a number."
            yield Fault("out_of_range", (*path, "agents", "preferred", agent), detail, value=worth)


def windows(request: DayRequest) -> Iterator[Fault]:
    """A list of windows that allows no time at all is a slip: absent means any time."""
    for v, visit in enumerate(request.visits):
        yield from _not_empty(("visits", v, "time_windows"), visit.time_windows)
        for o, option in enumerate(visit.options):
            yield from _not_empty(("visits", v, "options", o, "time_windows"), option.time_windows)


def _not_empty(path: Path, given: Sequence[TimeWindow] | None) -> Iterator[Fault]:
    if given is not None and not given:
        hint = "Leave time_windows away if any time will do."
        yield Fault("time_windows_empty", path, "The list of time windows is empty.", hint=hint, value=[])


def contact(request: DayRequest) -> Iterator[Fault]:
    """Somebody is met in spans that do not overlap, with probabilities between 0 and 1."""
    for v, visit in enumerate(request.visits):
        path: Path = ("visits", v, "contact")
        for c, span in enumerate(visit.contact):
            if not 0 <= span.probability <= 1:
                detail = "A probability is between 0 and 1."
                yield Fault("out_of_range", (*path, c, "probability"), detail, value=span.probability)
        spans = [span.window for span in visit.contact]
        in_order = sorted((span.start.astimezone(UTC), span.end.astimezone(UTC), c) for c, span in enumerate(spans))
        ends = accumulate((end for _, end, _ in in_order), max)
        for before, (start, _, c) in zip(ends, in_order[1:], strict=False):
            if start < before:
                detail = "This begins before another span of contact is over."
                yield Fault("contact_overlap", (*path, c), detail, hint="Cut them so that each moment has one.")


def places(request: DayRequest) -> Iterator[Fault]:
    """A visit has a place or an address, and says where it is as the travel times ask for."""
    by_index = brings_matrices(request.travel)
    for v, visit in enumerate(request.visits):
        yield from place_faults(("visits", v, "location"), visit.place, by_index=by_index, needed=False)
        for o, option in enumerate(visit.options):
            if option.place is not None:
                path = ("visits", v, "options", o, "location")
                yield from place_faults(path, option.place, by_index=by_index, needed=False)
        if not visit.place.known and visit.place.address is None:
            detail = "The visit has neither a location nor an address."
            yield Fault("place_missing", ("visits", v), detail, hint="Give lat and lon in location.")


@cache
def zone_names() -> frozenset[str]:
    """Of the IANA data base; finding them walks the disk."""
    return frozenset(available_timezones())


def timezones(request: DayRequest) -> Iterator[Fault]:
    """Zones have names of the IANA data base."""
    given: list[tuple[Path, str | None]] = [(("timezone",), request.timezone)]
    given += [(("visits", v, "timezone"), visit.timezone) for v, visit in enumerate(request.visits)]
    if all(name is None for _, name in given):
        return
    known = zone_names()
    for path, name in given:
        if name is not None and name not in known:
            yield Fault(
                "unknown_timezone", path, "No time zone has this name.", hint=close_matches(name, known), value=name
            )
