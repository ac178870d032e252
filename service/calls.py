"""Which visits a plan could serve at all, in which ways, and why the others are out before the search begins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import NamedTuple

from service.codebook import Call, LeftOut, Way, is_required
from service.contact.slots import slots_within
from service.day.request import DayRequest, GivenItinerary
from service.day.visit import Visit
from service.horizon import Horizon, elapsed, seconds_up
from service.locate import Located
from service.presence import merged, start_windows
from service.scale import whole
from solver.problem import Option, StartWindow


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
    request: DayRequest, located: Located, horizon: Horizon, given: Iterable[GivenItinerary] = ()
) -> tuple[tuple[Offered, ...], tuple[LeftOut, ...]]:
    """Visits with a place and a window that holds them, and the others with the reason.

    Whether anybody works then is not asked here: the search for reasons says of every shift how much it lacks. Visits
    of ``given`` itineraries are offered also when nobody can be met: somebody else decided to make them.
    """
    offered: dict[str, Offered] = {}
    left_out: dict[str, LeftOut] = {}
    come_what_may = _come_what_may(request, given)
    for visit in request.visits:
        found = _offered(visit, located, horizon, _Contact(request.objective.expected_value, visit.id in come_what_may))
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


def _offered(visit: Visit, located: Located, horizon: Horizon, contact: _Contact) -> Offered | LeftOut:
    if visit.do_not_visit:
        return LeftOut(visit, "do_not_visit")
    ways = [way for way in _ways(visit) if located.row(way.place) is not None]
    if not ways:
        return LeftOut(visit, "location_missing")
    cut = [part for way in ways for part in contact.ways(visit, way)]
    offers = tuple(_offers(visit, cut, located, horizon))
    if offers:
        return Offered(visit, offers)
    return replace(_no_time(visit, cut), nobody_met=any(_offers(visit, ways, located, horizon)))


def _offers(visit: Visit, ways: Sequence[Way], located: Located, horizon: Horizon) -> Iterator[Offer]:
    for way in ways:
        option = _option(visit, way, located, horizon)
        if option is not None:
            yield Offer(way, option)


def _ways(visit: Visit) -> Iterator[Way]:
    """Own place and windows first, then the options."""
    yield Way(None, visit.place, None if visit.time_windows is None else merged(visit.time_windows))
    for option in visit.options:
        windows = visit.time_windows if option.time_windows is None else option.time_windows
        own_or_other = visit.place if option.place is None else option.place
        yield Way(option.id, own_or_other, None if windows is None else merged(windows), option.value_factor)


def _option(visit: Visit, way: Way, located: Located, horizon: Horizon) -> Option | None:
    place = located.row(way.place)
    service = seconds_up(visit.duration)
    windows = start_windows(way.served_within, service, horizon)
    if visit.lock is not None and visit.lock.start is not None:
        start = horizon.opens(visit.lock.start)
        windows = (StartWindow(start, start),) if any(w.opens <= start <= w.closes for w in windows) else ()
    if place is None or not windows:
        return None
    return Option(place, service, windows, whole(visit.worth * way.share), setup=seconds_up(visit.setup))


def _no_time(visit: Visit, ways: Sequence[Way]) -> LeftOut:
    spans = [elapsed(w.start, w.end) for way in ways for w in way.served_within or ()]
    lacking = visit.duration - max(spans, default=timedelta())
    return LeftOut(visit, "time_window", would_need=lacking if spans and lacking > timedelta() else None)
