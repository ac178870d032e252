"""Agents, their working hours, breaks and places."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf
from typing import Final, TypeAlias

from service.day.agent import Break, Shift
from service.day.fault import Fault
from service.day.place import Place
from service.day.request import DayRequest
from service.eligibility import is_area
from service.horizon import elapsed
from service.travel.choice import brings_matrices

LONGEST_SHIFT: Final = timedelta(hours=48)
LONGEST_REQUEST: Final = timedelta(days=366)

Path: TypeAlias = tuple[str | int, ...]


def missing_people(request: DayRequest) -> Iterator[Fault]:
    """Nobody to send, or an agent who does not work."""
    if not request.agents:
        yield Fault("agents_empty", ("agents",), "There is nobody to send.", hint="Name at least one agent.", value=[])
    for a, agent in enumerate(request.agents):
        if not agent.shifts:
            path = ("agents", a, "shifts")
            yield Fault("shifts_empty", path, "The agent has no shift.", hint="Leave the agent out.", value=[])


def working_hours(request: DayRequest) -> Iterator[Fault]:
    """Shifts end after they start, last at most 48 h, and lie within a year of each other."""
    shifts = [shift for _, shift in _shifts(request)]
    for path, shift in _shifts(request):
        length = elapsed(shift.start, shift.end)
        if length < timedelta(seconds=1):
            detail = "The shift ends before it starts, or at once."
            yield Fault("shift_end_before_start", (*path, "end"), detail, hint="Put end after start.", value=shift.end)
        if length > LONGEST_SHIFT:
            detail = "The shift lasts longer than 48 hours."
            yield Fault("shift_too_long", (*path, "end"), detail, hint="Make it several shifts.", value=shift.end)
        if not timedelta() <= shift.overtime <= LONGEST_SHIFT:
            yield Fault(
                "out_of_range", (*path, "overtime"), "Overtime must be between 0 and 48 hours.", value=shift.overtime
            )
    if shifts and elapsed(min(map(_start, shifts)), max(map(_end, shifts))) > LONGEST_REQUEST:
        yield Fault(
            "request_too_long",
            ("agents",),
            "The shifts lie more than a year apart.",
            hint="Plan nearer days together, and the others in a request of their own.",
        )


def overlapping(request: DayRequest) -> Iterator[Fault]:
    """Nobody works two shifts at once; overtime counts, since a plan may use it."""
    for a, agent in enumerate(request.agents):
        for (_, first), (s, second) in pairwise(sorted(enumerate(agent.shifts), key=lambda entry: _start(entry[1]))):
            if _start(second) < _end(first):
                yield Fault(
                    "overlapping_shifts",
                    ("agents", a, "shifts", s, "start"),
                    "The shift starts before an earlier shift of the same agent is over, overtime included.",
                    hint="Move it, or shorten the earlier one or its overtime.",
                    value=second.start,
                )


def breaks(request: DayRequest) -> Iterator[Fault]:
    """Breaks last some time and lie in their shift, from the earliest start to the end of the latest one."""
    for path, shift in _shifts(request):
        for b, rest in enumerate(shift.breaks):
            yield from _break((*path, "breaks", b), rest, shift)


def _break(path: Path, rest: Break, shift: Shift) -> Iterator[Fault]:
    if not timedelta() < rest.duration <= LONGEST_SHIFT:
        detail = "A break must last some time, and at most 48 hours."
        yield Fault("out_of_range", (*path, "duration"), detail, value=rest.duration)
    if _utc(rest.latest).replace(microsecond=0) < _utc(rest.earliest):
        detail = "The latest start of the break lies before the earliest, or there is no whole second between them."
        yield Fault(
            "break_window_empty", (*path, "latest"), detail, hint="Put latest after earliest.", value=rest.latest
        )
    if _utc(rest.earliest) < _start(shift):
        yield Fault(
            "break_outside_shift",
            (*path, "earliest"),
            "The break may start before its shift does.",
            hint=f"The shift starts at {shift.start.isoformat()}.",
            value=rest.earliest,
        )
    last = _utc(shift.end) - min(rest.duration, LONGEST_SHIFT)
    if _utc(rest.latest) > last:
        yield Fault(
            "break_outside_shift",
            (*path, "latest"),
            "The break may last beyond the end of its shift.",
            hint=f"Its latest start can be {last.astimezone(shift.end.tzinfo).isoformat()}.",
            value=rest.latest,
        )


def places(request: DayRequest) -> Iterator[Fault]:
    """Shifts start and end somewhere that travel times can be found for."""
    by_index = brings_matrices(request.travel)
    for path, shift in _shifts(request):
        yield from place_faults((*path, "start_location"), shift.start_place, by_index=by_index, needed=True)
        if shift.end_place is not None and shift.end_place != shift.start_place:
            yield from place_faults((*path, "end_location"), shift.end_place, by_index=by_index, needed=True)


def place_faults(path: Path, place: Place, *, by_index: bool, needed: bool) -> Iterator[Fault]:
    """A place says where it is in the way that the request's travel times ask for: by index or by coordinates."""
    if by_index and place.index is None and (needed or place.known):
        detail = "Travel times are taken from the request's matrices, and this place has no index into them."
        yield Fault("place_without_index", path, detail, hint='Give {"index": row}, counted from 0.')
    if not by_index and place.point is None and place.index is not None:
        detail = "An index is only of use with travel matrices in the request, and there are none."
        yield Fault(
            "place_without_point", path, detail, hint="Give lat and lon, or travel.matrices.", value=place.index
        )
    elif not by_index and place.point is None and needed:
        detail = "It is not known where this is, and a shift cannot be planned without."
        yield Fault("place_unknown", path, detail, hint="Give lat and lon.")


def territories(request: DayRequest) -> Iterator[Fault]:
    """A territory is a polygon whose border does not cross itself."""
    for a, agent in enumerate(request.agents):
        if agent.territory is not None and not is_area(agent.territory):
            detail = "A territory needs at least three corners, and a border that does not cross itself."
            yield Fault("territory_invalid", ("agents", a, "territory"), detail, hint="List the corners in order.")


def figures(request: DayRequest) -> Iterator[Fault]:
    """Amounts of agents and shifts are finite and not negative."""
    for a, agent in enumerate(request.agents):
        path: Path = ("agents", a)
        pay = agent.pay
        rates = {"fixed": pay.fixed, "per_hour": pay.per_hour, "per_km": pay.per_km}
        rates["overtime_per_hour"] = pay.overtime_per_hour or 0.0
        yield from not_negative((*path, "cost"), rates)
        yield from not_negative((*path, "capacity"), agent.capacity)
        yield from not_negative((*path, "skills"), agent.skills)
        yield from not_negative((*path, "history"), {"worked": agent.worked.total_seconds()})
        if agent.party_size < 1:
            yield Fault(
                "out_of_range", (*path, "party_size"), "A crew has at least one person.", value=agent.party_size
            )
    for path, shift in _shifts(request):
        limits = shift.limits
        spans = {"driving": limits.driving, "duration": limits.duration}
        given = {name: span.total_seconds() for name, span in spans.items() if span is not None}
        counts = {"visits": limits.visits, "distance_m": limits.distance_m}
        given |= {name: count for name, count in counts.items() if count is not None}
        yield from not_negative((*path, "limits"), given)


def not_negative(path: Path, figures: Mapping[str, float]) -> Iterator[Fault]:
    """One fault per figure that is negative or no number."""
    for name, figure in figures.items():
        if not 0 <= figure < inf:
            yield Fault("out_of_range", (*path, name), "This must be a number >= 0.", value=figure)


def _shifts(request: DayRequest) -> Iterator[tuple[Path, Shift]]:
    for a, agent in enumerate(request.agents):
        for s, shift in enumerate(agent.shifts):
            yield ("agents", a, "shifts", s), shift


def _start(shift: Shift) -> datetime:
    return _utc(shift.start)


def _end(shift: Shift) -> datetime:
    return _utc(shift.end) + min(shift.overtime, LONGEST_SHIFT)


def _utc(instant: datetime) -> datetime:
    """Two instants in one zone are compared by their clock faces otherwise, which is wrong when clocks change."""
    return instant.astimezone(UTC)
