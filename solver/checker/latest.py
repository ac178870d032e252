"""How late each stop could begin, walked forward from there, and compared with what the plan claims.

Kept apart from the other rules: it asks about days that are not planned, and takes longer.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from solver.checker.reading import Call, Reading
from solver.checker.road import arrival, way
from solver.checker.violation import Code, Violation
from solver.problem import LONGEST_DAY, NORMAL_PACE, Break, Problem, Slowdown
from solver.units import Seconds, VisitIndex


class _Span(NamedTuple):
    """Starts that are allowed, both ends included."""

    opens: Seconds
    closes: Seconds


_ALWAYS: Final = _Span(0, LONGEST_DAY)


class _Move(NamedTuple):
    """What lies between two services: a way, in ten-thousandths of a second, then set-up."""

    way: int
    setup: Seconds


@dataclass(frozen=True, slots=True)
class _Rest:
    """What still has to be kept once a stop has begun.

    ``moves`` lead to each of ``calls``, and home. ``breaks`` are all due, in order.
    """

    slowdowns: tuple[Slowdown, ...]
    moves: tuple[_Move, ...]
    calls: tuple[Call, ...]
    spans: tuple[tuple[_Span, ...], ...]
    breaks: tuple[Break, ...]
    finish_by: Seconds


def latest_starts(problem: Problem, readings: Sequence[Reading]) -> Iterator[Violation]:
    """A stop may begin at its latest start with the rest of the route still kept, and at no later moment.

    For routes that keep every other rule. Breaks before the stop stay where they are, those after it are free, and one
    on a leg is taken as soon as it may; visits linked to others keep their distance from the planned times of those.
    """
    kept_apart = _kept_apart(problem, readings)
    for reading in readings:
        spans = [_allowed(call, kept_apart.get(call.stop.visit, _ALWAYS)) for call in reading.calls]
        for place, call in enumerate(reading.calls):
            ways = _ways(reading, spans, place)
            if not _is_latest(call, spans[place], ways):
                wrong = abs(call.stop.latest_start - _latest(call, spans[place], ways))
                yield Violation(Code.LATEST_START, reading.route.shift, call.stop.visit, wrong)


def _is_latest(call: Call, spans: Sequence[_Span], ways: Sequence[_Rest]) -> bool:
    claimed = call.stop.latest_start
    allowed = any(opens <= claimed <= closes for opens, closes in spans)
    later = min((max(opens, claimed + 1) for opens, closes in spans if claimed < closes), default=None)
    return allowed and _kept(call, claimed, ways) and (later is None or not _kept(call, later, ways))


def _latest(call: Call, spans: Sequence[_Span], ways: Sequence[_Rest]) -> Seconds:
    """The latest allowed start with the rest kept: once it cannot be kept, it cannot be kept later either."""
    for opens, closes in reversed(spans):
        if _kept(call, opens, ways):
            later = range(opens + 1, closes + 1)
            return opens + bisect_left(later, 1, key=lambda start: 0 if _kept(call, start, ways) else 1)
    return call.stop.start


def _kept_apart(problem: Problem, readings: Sequence[Reading]) -> dict[VisitIndex, _Span]:
    """Starts of linked visits that the planned times of their partners permit."""
    planned = {call.stop.visit: call.stop for reading in readings for call in reading.calls}
    kept: dict[VisitIndex, _Span] = {}
    for link in problem.links:
        if link.then in planned:
            first, then = planned[link.first], planned[link.then]
            service = first.finish - first.start
            since, until = kept.get(link.then, _ALWAYS)
            kept[link.then] = _Span(max(since, first.finish + link.gap), until)
            since, until = kept.get(link.first, _ALWAYS)
            kept[link.first] = _Span(since, min(until, then.start - link.gap - service))
    return kept


def _allowed(call: Call, apart: _Span) -> tuple[_Span, ...]:
    """The option's windows, as far as linked visits permit."""
    spans = (_Span(max(apart.opens, one.opens), min(apart.closes, one.closes)) for one in call.option.windows)
    return tuple(span for span in spans if span.opens <= span.closes)


def _ways(reading: Reading, spans: Sequence[tuple[_Span, ...]], place: int) -> list[_Rest]:
    """The rest of a route after one stop, once for each choice of breaks that a short day may leave out.

    Leaving out a break that is for days over h hours binds the day to h hours; then so may all for days over more.
    """
    shift = reading.shift
    longest, ahead = _breaks_ahead(reading, reading.calls[place].stop.start)
    days = {longest, *(rest.only_if_over for rest in ahead if rest.only_if_over is not None)}
    calls = reading.calls[place + 1 :]
    travels = [leg.travel for leg in reading.legs[place + 1 :]]
    if shift.end is None:
        travels.append(0)
    setups = [*(call.setup for call in calls), 0]
    return [
        _Rest(
            slowdowns=reading.slowdowns,
            moves=tuple(_Move(travel * NORMAL_PACE, setup) for travel, setup in zip(travels, setups, strict=True)),
            calls=calls,
            spans=tuple(spans[place + 1 :]),
            breaks=tuple(rest for rest in ahead if rest.only_if_over is None or rest.only_if_over < day),
            finish_by=min(shift.last_finish, reading.route.depart + day),
        )
        for day in sorted(days)
        if day <= longest
    ]


def _breaks_ahead(reading: Reading, start: Seconds) -> tuple[Seconds, list[Break]]:
    """The longest day that the breaks passed by ``start`` allow, and the breaks that are still to come."""
    shift = reading.shift
    taken = {rest.index for rest in reading.route.breaks if rest.finish <= start}
    passed = max(taken, default=-1)
    left_out = [rest.only_if_over for index, rest in enumerate(shift.breaks[: passed + 1]) if index not in taken]
    most = [limit for limit in (shift.limits.duration, *left_out) if limit is not None]
    return min(most, default=LONGEST_DAY), list(shift.breaks[passed + 1 :])


def _kept(call: Call, start: Seconds, ways: Sequence[_Rest]) -> bool:
    return any(_reaches_the_end(rest, start + call.option.service) for rest in ways)


def _reaches_the_end(rest: _Rest, finished: Seconds) -> bool:
    """Walk on as early as possible, remembering the earliest moment for each number of breaks taken."""
    free = {0: finished}
    for move, call, spans in zip(rest.moves, rest.calls, rest.spans, strict=False):
        served: dict[int, Seconds] = {}
        for taken, ready in _arrivals(rest, free, move):
            start = min((max(ready, opens) for opens, closes in spans if ready <= closes), default=None)
            if start is not None:
                moment = start + call.option.service
                served[taken] = min(served.get(taken, moment), moment)
        free = served
    home = (ready for taken, ready in _arrivals(rest, free, rest.moves[-1]) if taken == len(rest.breaks))
    return min(home, default=LONGEST_DAY + 1) <= rest.finish_by


def _arrivals(rest: _Rest, free: Mapping[int, Seconds], move: _Move) -> Iterator[tuple[int, Seconds]]:
    """When a move can be done, with no break on it, with the next one, with the next two, and so on.

    A break as soon as it may begin: what is left of the move follows it.
    """
    for taken, moment in free.items():
        yield taken, _done(rest.slowdowns, move, moment)
        left, now = move, moment
        for count, ahead in enumerate(rest.breaks[taken:], start=taken + 1):
            begins = max(now, ahead.earliest)
            if begins > ahead.latest:
                break
            left = _left(rest.slowdowns, left, now, begins)
            now = begins + ahead.duration
            yield count, _done(rest.slowdowns, left, now)


def _done(slowdowns: Sequence[Slowdown], move: _Move, now: Seconds) -> Seconds:
    """When a move is done that goes on from ``now`` without breaks."""
    return arrival(slowdowns, now, move.way) + move.setup


def _left(slowdowns: Sequence[Slowdown], move: _Move, since: Seconds, until: Seconds) -> _Move:
    """What is left of a move that went on from one moment until another."""
    there = arrival(slowdowns, since, move.way)
    if there > until:
        return _Move(move.way - way(slowdowns, since, until), move.setup)
    return _Move(0, max(0, move.setup - (until - there)))
