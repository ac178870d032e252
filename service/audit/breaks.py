"""Rules of rest within one itinerary."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from service.audit.reading import Day, utc
from service.audit.rule import SECOND, Rule, whole_seconds
from service.day.plan import Violated

NONE = timedelta()


def break_missing(day: Day) -> Iterator[Violated]:
    """Each break is taken once, unless it is for longer days than this one."""
    taken = Counter(rest.asked.id for rest in day.rests)
    for asked in day.shift.breaks:
        due = asked.only_if_shift_over is None or day.length > asked.only_if_shift_over
        if taken[asked.id] > 1 or (due and not taken[asked.id]):
            yield Rule.BREAK_MISSING.broken(whole_seconds(asked.duration), shift=day.shift.id)


def break_not_due(day: Day) -> Iterator[Violated]:
    """A break for longer days than this one is left out."""
    for rest in day.rests:
        over = rest.asked.only_if_shift_over
        if over is not None and day.length <= over:
            yield Rule.BREAK_NOT_DUE.broken(whole_seconds(over - day.length) + 1, shift=day.shift.id)


def break_time(day: Day) -> Iterator[Violated]:
    """A break starts in its window, is as long as asked for, and lies between leaving and being done."""
    for rest in day.rests:
        start, end = rest.span
        longer = (end - start) - rest.asked.duration
        wrong = (
            utc(rest.asked.earliest) - start,
            start - utc(rest.asked.latest),
            NONE if NONE <= longer < SECOND else abs(longer),
            day.span.start - start,
            end - day.span.end,
        )
        for amount in wrong:
            if amount > NONE:
                yield Rule.BREAK_TIME.broken(whole_seconds(amount), shift=day.shift.id)


def break_overlap(day: Day) -> Iterator[Violated]:
    """Nobody visits, arrives or rests a second time during a break."""
    for rest in day.rests:
        for call in day.calls:
            meanwhile = rest.span.start < call.presence.end and call.presence.start < rest.span.end
            on_arrival = rest.span.start < call.arrive < rest.span.end
            if meanwhile or on_arrival:
                shared = rest.span.shared(call.presence) if meanwhile else rest.span.end - call.arrive
                yield Rule.BREAK_OVERLAP.broken(max(1, whole_seconds(shared)), visit=call.visit.id, shift=day.shift.id)
    for earlier, later in pairwise(sorted(rest.span for rest in day.rests)):
        if later.start < earlier.end:
            yield Rule.BREAK_OVERLAP.broken(whole_seconds(earlier.end - later.start), shift=day.shift.id)
