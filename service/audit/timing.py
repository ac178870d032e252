"""Rules of time within one itinerary."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from service.audit.reading import Call, Day, united, utc
from service.audit.rule import SECOND, Rule, whole_seconds
from service.audit.span import Span
from service.day.plan import Violated, VisitStop
from service.day.request import DayRequest

NONE = timedelta()


def shift_bounds(day: Day) -> Iterator[Violated]:
    """The agent leaves when the shift has begun, and is done by its end and overtime."""
    early = utc(day.shift.start) - day.span.start
    if early > NONE:
        yield Rule.SHIFT_START.broken(whole_seconds(early), shift=day.shift.id)
    late = day.span.end - (utc(day.shift.end) + day.shift.overtime)
    if late > NONE:
        yield Rule.SHIFT_TOO_SHORT.broken(whole_seconds(late), shift=day.shift.id)


def order(day: Day) -> Iterator[Violated]:
    """Time runs forward, through each visit and from each stop, visit or break, to the next."""
    before = day.span.start
    for stop in day.itinerary.stops:
        start, finish = utc(stop.start), utc(stop.finish)
        visit = stop.visit_id if isinstance(stop, VisitStop) else None
        back = max(before - start, start - finish, utc(stop.arrive) - start if isinstance(stop, VisitStop) else NONE)
        if back > NONE:
            yield Rule.ORDER.broken(whole_seconds(back), visit=visit, shift=day.shift.id)
        before = finish
    if before > day.span.end:
        yield Rule.ORDER.broken(whole_seconds(before - day.span.end), shift=day.shift.id)


def travel_time(day: Day) -> Iterator[Violated]:
    """Nobody arrives before the way is done: it takes longer during slowdowns, and does not go on during breaks."""
    for leg in day.legs:
        visit = leg.call.visit.id if leg.call else None
        if leg.drive is None:
            yield Rule.UNREACHABLE.broken(visit=visit, shift=day.shift.id)
            continue
        lacking = leg.drive.done - leg.arrived
        if lacking > NONE:
            yield Rule.TRAVEL_TIME.broken(whole_seconds(lacking), visit=visit, shift=day.shift.id)


def setup_time(day: Day) -> Iterator[Violated]:
    """At a new place, set-up lies between arrival and start, without breaks."""
    for leg in day.legs:
        if leg.call and leg.moved:
            arrive, start = leg.call.arrive, leg.call.presence.start
            lacking = leg.call.visit.setup - (start - arrive) + day.resting(arrive, start)
            if lacking > NONE:
                yield Rule.SETUP_TIME.broken(whole_seconds(lacking), visit=leg.call.visit.id, shift=day.shift.id)


def service_time(day: Day) -> Iterator[Violated]:
    """A visit takes as long as asked for, rounded up to a whole second."""
    for call in day.calls:
        more = (call.presence.end - call.presence.start) - call.visit.duration
        if not NONE <= more < SECOND:
            yield Rule.SERVICE_TIME.broken(whole_seconds(abs(more)), visit=call.visit.id, shift=day.shift.id)


def time_window(day: Day) -> Iterator[Violated]:
    """From start to finish, somebody may be there."""
    for call in day.calls:
        outside = _outside(call, call.presence)
        if outside > NONE:
            yield Rule.TIME_WINDOW.broken(whole_seconds(outside), visit=call.visit.id, shift=day.shift.id)


def window_told(day: Day) -> Iterator[Violated]:
    """The window told with a visit holds it and lies in the permitted time; none is told where any time will do."""
    for call in day.calls:
        told = () if call.stop.window is None else united([call.stop.window])
        right = (
            call.asked is None and call.law is None
            if not told
            else _holds(told[0], call.presence)
            and (call.asked is None or any(_holds(span, told[0]) for span in call.asked))
            and (call.asked or call.law) is not None
            and (call.law is None or not call.law.outside(told[0]))
        )
        if not right:
            yield Rule.WINDOW_TOLD.broken(visit=call.visit.id, shift=day.shift.id)


def latest_start(day: Day) -> Iterator[Violated]:
    """A latest start is no earlier than the start, and a visit begun then is permitted and over before the shift is."""
    over = utc(day.shift.end) + day.shift.overtime
    for call in day.calls:
        latest = utc(call.stop.latest_start)
        delayed = Span(latest, latest + (call.presence.end - call.presence.start))
        forbidden = NONE if call.law is None else call.law.outside(delayed)
        wrong = max(call.presence.start - latest, _outside(call, delayed), forbidden, delayed.end - over)
        if wrong > NONE:
            yield Rule.LATEST_START.broken(whole_seconds(wrong), visit=call.visit.id, shift=day.shift.id)


def lock_start(day: Day) -> Iterator[Violated]:
    """A visit pinned to an instant starts then, or within the second after it."""
    for call in day.calls:
        if call.visit.lock and call.visit.lock.start:
            late = call.presence.start - utc(call.visit.lock.start)
            if not NONE <= late < SECOND:
                yield Rule.LOCK_START.broken(whole_seconds(abs(late)), visit=call.visit.id, shift=day.shift.id)


def clocks(request: DayRequest, day: Day) -> Iterator[Violated]:
    """Where the request names a zone, the visit's or its own, times are told by the clock of that zone."""
    for call in day.calls:
        zone = call.visit.timezone or request.timezone
        told = (call.stop.arrive, call.stop.start, call.stop.finish, call.stop.latest_start)
        if zone and not all(_by_clock(instant, ZoneInfo(zone)) for instant in told):
            yield Rule.WRONG_CLOCK.broken(visit=call.visit.id, shift=day.shift.id)
    told = (day.itinerary.start, day.itinerary.finish)
    if request.timezone and not all(_by_clock(instant, ZoneInfo(request.timezone)) for instant in told):
        yield Rule.WRONG_CLOCK.broken(shift=day.shift.id)


def _by_clock(instant: datetime, zone: ZoneInfo) -> bool:
    return instant.utcoffset() == utc(instant).astimezone(zone).utcoffset()


def _outside(call: Call, presence: Span) -> timedelta:
    """How much of a presence lies outside its best span."""
    if call.asked is None:
        return NONE
    outside = (max(span.start - presence.start, NONE) + max(presence.end - span.end, NONE) for span in call.asked)
    return min(outside, default=presence.end - presence.start + SECOND)


def _holds(span: Span, inner: Span) -> bool:
    return span.start <= inner.start and inner.end <= span.end
