"""Which visits a plan could serve at all, in which ways, and why the others are out before the search begins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import NamedTuple

from service.codebook import Call, LeftOut, Way, is_required
from service.contact.slots import slots_within
from service.day.request import DayRequest, GivenItinerary
from service.day.visit import Visit
from service.horizon import Horizon, elapsed, seconds_up
from service.hours.doors import Doors
from service.locate import Located
from service.presence import start_windows
from service.scale import whole
from service.travel.of_a_day import DayTravel
from service.ways import as_asked, as_if_supplied, in_working_days, permitted_ways
from solver.problem import Option, StartWindow
from solver.units import Metres, PlaceIndex


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to serve a visit, for people and in whole numbers; who may do it is not decided yet."""

    way: Way
    option: Option


@dataclass(frozen=True, slots=True)
class Offered:
    """A visit and the ways in which it could be served."""

    visit: Visit
    offers: tuple[Offer, ...]

    @property
    def call(self) -> Call:
        """The visit as the codebook keeps it."""
        return Call(self.visit, tuple(offer.way for offer in self.offers))


def sort_out(
    request: DayRequest, travel: DayTravel, horizon: Horizon, doors: Doors, given: Iterable[GivenItinerary] = ()
) -> tuple[tuple[Offered, ...], tuple[LeftOut, ...]]:
    """Visits with a place and a permitted window that holds them, and the others with the reason.

    Whether anybody works then is not asked here: the search for reasons says of every shift how much it lacks. Visits
    of ``given`` itineraries are offered also when nobody can be met: somebody else decided to make them.
    """
    offered: dict[str, Offered] = {}
    left_out: dict[str, LeftOut] = {}
    come_what_may = _come_what_may(request, given)
    frame = _Frame(travel.located, travel.off_road, horizon, doors)
    for visit in request.visits:
        found = _offered(visit, frame, _Contact(request.objective.expected_value, visit.id in come_what_may))
        if isinstance(found, LeftOut):
            left_out[visit.id] = found
        else:
            offered[visit.id] = found
    _leave_out_successors(offered, left_out)
    return tuple(offered.values()), tuple(left_out[v.id] for v in request.visits if v.id in left_out)


def _leave_out_successors(offered: dict[str, Offered], left_out: dict[str, LeftOut]) -> None:
    """Whoever comes after a visit that is out is out too, and so on down the line."""
    visits = [candidate.visit for candidate in offered.values()]
    before = {visit.id: [after.visit for after in visit.after] for visit in visits}
    for visit_id in TopologicalSorter(before).static_order():
        missing = next((first for first in before.get(visit_id, ()) if first in left_out), None)
        if missing is not None:
            left_out[visit_id] = LeftOut(offered.pop(visit_id).visit, "predecessor_unassigned", other=missing)


def _come_what_may(request: DayRequest, given: Iterable[GivenItinerary]) -> set[str]:
    """Visits that may be made although nobody can be met: required, before another visit, or planned by others."""
    return {
        *(visit.id for visit in request.visits if is_required(visit)),
        *(after.visit for visit in request.visits for after in visit.after),
        *(visit for itinerary in (*request.baseline, *given) for visit in itinerary.visits),
    }


class _Contact(NamedTuple):
    """Whether the chance to meet somebody counts, and whether the visit may be made without any."""

    counts: bool
    come_what_may: bool

    def ways(self, visit: Visit, way: Way) -> Iterator[Way]:
        """A way as it is, or cut into the slots in which somebody can be met."""
        if not self.counts or not visit.contact:
            yield way
            return
        for slot in slots_within(way.windows, visit.contact):
            yield replace(way, share=way.share * slot.probability, slot=slot)
        if self.come_what_may:
            yield replace(way, share=0.0, any_time=True)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every visit is measured against."""

    located: Located
    off_road: Mapping[PlaceIndex, Metres]
    horizon: Horizon
    doors: Doors

    def near_roads(self, ways: Iterable[Way]) -> tuple[Way, ...]:
        """Those at places to which somebody could get."""
        return tuple(way for way in ways if self._row(way) not in self.off_road)

    def known(self, ways: Iterable[Way]) -> tuple[Way, ...]:
        """Those at places that are known."""
        return tuple(way for way in ways if self._row(way) is not None)

    def from_road(self, ways: Iterable[Way]) -> Metres:
        """How far the nearest of them is from a road, none of which is near one."""
        rows = [row for way in ways if (row := self._row(way)) is not None]
        return min(self.off_road[row] for row in rows)

    def offers(self, visit: Visit, ways: Iterable[Way]) -> Iterator[Offer]:
        """The ways at places that are known, in windows that hold the visit."""
        for way in ways:
            option = self._option(visit, way)
            if option is not None:
                yield Offer(way, option)

    def holds(self, visit: Visit, ways: Iterable[Way]) -> bool:
        """Whether the visit could be served in one of the ways."""
        return any(self.offers(visit, ways))

    def _option(self, visit: Visit, way: Way) -> Option | None:
        place = self._row(way)
        service = seconds_up(visit.duration)
        windows = start_windows(way.served_within, service, self.horizon)
        if visit.lock is not None and visit.lock.start is not None:
            start = self.horizon.opens(visit.lock.start)
            windows = (StartWindow(start, start),) if any(w.opens <= start <= w.closes for w in windows) else ()
        if place is None or not windows:
            return None
        return Option(place, service, windows, whole(visit.worth * way.share), setup=seconds_up(visit.setup))

    def _row(self, way: Way) -> PlaceIndex | None:
        return self.located.row(way.place)


def _offered(visit: Visit, frame: _Frame, contact: _Contact) -> Offered | LeftOut:
    barred_by = frame.doors.barred_by(visit)
    if visit.do_not_visit:
        return LeftOut(visit, "do_not_visit")
    if barred_by is not None:
        return LeftOut(visit, "visits_barred", other=barred_by)
    known = frame.known(as_asked(visit))
    if not known:
        return LeftOut(visit, "location_missing")
    asked = frame.near_roads(known)
    if not asked:
        return LeftOut(visit, "unreachable", off_road=frame.from_road(known))
    ways = [way for one in asked for way in permitted_ways(visit, one, frame.doors)]
    cut = [part for way in ways for part in contact.ways(visit, way)]
    offers = tuple(frame.offers(visit, cut))
    return Offered(visit, offers) if offers else _no_time(visit, frame, (asked, ways, cut))


def _no_time(visit: Visit, frame: _Frame, narrower: tuple[Sequence[Way], Sequence[Way], Sequence[Way]]) -> LeftOut:
    """Whose hours leave no room: the visit's own, those of policies, or the times at which somebody can be met."""
    asked, ways, cut = narrower
    if not frame.holds(visit, asked):
        return LeftOut(visit, "time_window", _lacking(visit, asked))
    if frame.holds(visit, ways):
        return LeftOut(visit, "time_window", _lacking(visit, cut), nobody_met=True)
    supplied = [as_if_supplied(visit, way, frame.doors) for way in asked]
    if frame.holds(visit, supplied):
        return LeftOut(visit, "policy_needed", other=", ".join(frame.doors.silent(visit, asked[0].place)))
    if not frame.holds(visit, (in_working_days(way, frame.doors) for way in asked)):
        return LeftOut(visit, "time_window")
    return LeftOut(visit, "permitted_hours", _lacking(visit, ways))


def _lacking(visit: Visit, ways: Iterable[Way]) -> timedelta | None:
    """How much longer the longest span would have to be; ``None`` if there is none, or that is not what lacks."""
    spans = [elapsed(window.start, window.end) for way in ways for window in way.served_within or ()]
    lacking = visit.duration - max(spans, default=visit.duration)
    return lacking if lacking > timedelta() else None
