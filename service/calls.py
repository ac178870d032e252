"""Which visits a plan could serve at all, in which ways, and why the others are out before the search begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from graphlib import TopologicalSorter

from service.codebook import Call, LeftOut, Way
from service.day.request import DayRequest
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
    request: DayRequest, located: Located, horizon: Horizon
) -> tuple[tuple[Offered, ...], tuple[LeftOut, ...]]:
    """Visits with a place and a window that holds them, and the others with the reason.

    Whether anybody works then is not asked here: the search for reasons says of every shift how much it lacks.
    """
    offered: dict[str, Offered] = {}
    left_out: dict[str, LeftOut] = {}
    for visit in request.visits:
        found = _offered(visit, located, horizon)
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


def _offered(visit: Visit, located: Located, horizon: Horizon) -> Offered | LeftOut:
    if visit.do_not_visit:
        return LeftOut(visit, "do_not_visit")
    ways = [way for way in _ways(visit) if located.row(way.place) is not None]
    if not ways:
        return LeftOut(visit, "location_missing")
    offers = tuple(Offer(way, option) for way in ways if (option := _option(visit, way, located, horizon)) is not None)
    return Offered(visit, offers) if offers else _no_time(visit, ways)


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
    windows = start_windows(way.windows, service, horizon)
    if visit.lock is not None and visit.lock.start is not None:
        start = horizon.opens(visit.lock.start)
        windows = (StartWindow(start, start),) if any(w.opens <= start <= w.closes for w in windows) else ()
    if place is None or not windows:
        return None
    return Option(place, service, windows, whole(visit.worth * way.share), setup=seconds_up(visit.setup))


def _no_time(visit: Visit, ways: Sequence[Way]) -> LeftOut:
    spans = [elapsed(w.start, w.end) for way in ways for w in way.windows or ()]
    lacking = visit.duration - max(spans, default=timedelta())
    return LeftOut(visit, "time_window", would_need=lacking if spans and lacking > timedelta() else None)
