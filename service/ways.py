"""Every way to serve a visit: where, at which times somebody may be there, and how many have to come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto

from service.codebook import Way
from service.day.visit import Visit
from service.day.window import TimeWindow
from service.hours.doors import Doors, Permission
from service.presence import common, merged


def as_asked(visit: Visit) -> Iterator[Way]:
    """Own place and windows first, then the options; no policy is asked yet."""
    own = None if visit.time_windows is None else merged(visit.time_windows)
    yield Way(None, visit.place, own, party_size=visit.party_size, asked=own)
    for option in visit.options:
        windows = own if option.time_windows is None else merged(option.time_windows)
        place = visit.place if option.place is None else option.place
        yield Way(option.id, place, windows, option.value_factor, party_size=visit.party_size, asked=windows)


def permitted_ways(visit: Visit, way: Way, doors: Doors) -> Iterator[Way]:
    """A way within the permitted hours.

    Where more people have to come after dark it becomes two: one by daylight, and one at any hour for so many.
    """
    permission = doors.permission(visit, way.place)
    if permission is None:
        yield way
        return
    permitted = replace(_within(way, permission), permission=permission)
    crew = permission.rules.crew_after_dark
    if crew is None or crew[0] <= way.party_size:
        yield permitted
        return
    windows = permitted.windows or ()
    light = common(windows, doors.light(way.place))
    if light:
        yield replace(permitted, windows=light)
    if light != windows:
        yield replace(permitted, party_size=crew[0], crew_by=crew[1])


def as_if_supplied(visit: Visit, way: Way, doors: Doors) -> Way:
    """A way within the hours that would be permitted if the tenant gave some where nobody else does."""
    permission = doors.permission(visit, way.place, as_if_supplied=True)
    return way if permission is None else _within(way, permission)


def in_working_days(way: Way, doors: Doors) -> Way:
    """A way as far as it lies between the first shift and the last."""
    return replace(way, windows=(doors.span,) if way.windows is None else common(way.windows, (doors.span,)))


class Bound(Enum):
    """What keeps a visit from being later: the first of these that does."""

    ASKED = auto()
    """The windows of the visit itself."""
    PERMITTED = auto()
    """The hours that policies permit."""
    LIGHT = auto()
    """The night, in which more people have to come."""
    MET = auto()
    """The times at which somebody can be met."""


def bound_of(visit: Visit, way: Way, shift: TimeWindow) -> Bound:
    """What closes a way for a shift: the end of the last span that it reaches, or what it lets nobody reach.

    A visit that is locked to a start is bound by what was asked, whatever else closes.
    """
    if visit.lock is not None and visit.lock.start is not None:
        return Bound.ASKED
    reached = _reached(way.served_within, shift)
    if not reached:
        return _bound_missed(way, shift)
    ends = ((bound, {window.end for window in windows or ()}) for windows, bound in _narrower(way))
    return next((bound for bound, closing in ends if reached[-1].end in closing), Bound.ASKED)


def bounds_broken(way: Way, presence: TimeWindow) -> Iterator[tuple[Bound, timedelta]]:
    """Every kind of hours that a presence lies outside of, and how far from the nearest."""
    for windows, bound in _narrower(way):
        outside = timedelta() if windows is None else _outside(presence, windows)
        if outside:
            yield bound, outside


def _bound_missed(way: Way, shift: TimeWindow) -> Bound:
    open_to_all: Sequence[TimeWindow] = (shift,)
    for windows, bound in _narrower(way):
        open_to_all = open_to_all if windows is None else common(open_to_all, windows)
        if not open_to_all:
            return bound
    return Bound.ASKED


def _narrower(way: Way) -> tuple[tuple[Sequence[TimeWindow] | None, Bound], ...]:
    """The hours of a way, each within those before it; ``None`` = at any time."""
    permitted = None if way.permission is None else way.permission.open
    met = None if way.slot is None else (way.slot.window,)
    light = None if way.permission is None else way.windows
    return (way.asked, Bound.ASKED), (permitted, Bound.PERMITTED), (light, Bound.LIGHT), (met, Bound.MET)


def _reached(windows: Sequence[TimeWindow] | None, shift: TimeWindow) -> Sequence[TimeWindow]:
    return () if windows is None else [one for one in windows if one.start <= shift.end and shift.start <= one.end]


def _outside(presence: TimeWindow, windows: Sequence[TimeWindow]) -> timedelta:
    """How far a presence reaches out of the window that holds most of it; all of it, where there is none."""
    none = timedelta()
    apart = (max(window.start - presence.start, none) + max(presence.end - window.end, none) for window in windows)
    return min(apart, default=max(presence.end - presence.start, timedelta(seconds=1)))


def _within(way: Way, permission: Permission) -> Way:
    windows = permission.open if way.windows is None else common(way.windows, permission.open)
    return replace(way, windows=windows)
