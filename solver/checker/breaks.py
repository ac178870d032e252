"""Rules of rest: which breaks are due, when, and never during a service."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from solver.checker.reading import Reading
from solver.checker.violation import Code, Violation
from solver.solution import BreakTaken
from solver.units import Seconds


def standing(breaks: Sequence[BreakTaken], since: Seconds, until: Seconds) -> Seconds:
    """Seconds of a span that are spent on breaks, when nothing else goes on."""
    return sum(max(0, min(rest.finish, until) - max(rest.start, since)) for rest in breaks)


def break_missing(reading: Reading) -> Iterator[Violation]:
    """Each break of a used shift is taken, unless it is for longer days than this one."""
    taken = {rest.index for rest in reading.route.breaks}
    for index, rest in enumerate(reading.shift.breaks):
        due = rest.only_if_over is None or reading.route.duration > rest.only_if_over
        if due and index not in taken:
            yield Violation(Code.BREAK_MISSING, reading.route.shift, None, rest.duration)


def break_not_due(reading: Reading) -> Iterator[Violation]:
    """A break for longer days than this one is left out."""
    for taken in reading.route.breaks:
        over = reading.shift.breaks[taken.index].only_if_over
        if over is not None and reading.route.duration <= over:
            yield Violation(Code.BREAK_NOT_DUE, reading.route.shift, None, over + 1 - reading.route.duration)


def break_order(reading: Reading) -> Iterator[Violation]:
    """Breaks are taken in the order of the shift, each once."""
    for earlier, later in pairwise(reading.route.breaks):
        if earlier.index >= later.index:
            yield Violation(Code.ORDER, reading.route.shift, None, 1)
        elif earlier.start > later.start:
            yield Violation(Code.ORDER, reading.route.shift, None, earlier.start - later.start)


def break_time(reading: Reading) -> Iterator[Violation]:
    """A break starts in its window, lasts as long as the shift says, and lies between departure and finish."""
    route = reading.route
    for taken in route.breaks:
        rest = reading.shift.breaks[taken.index]
        wrong = (
            max(rest.earliest - taken.start, taken.start - rest.latest),
            abs(taken.finish - taken.start - rest.duration),
            max(route.depart - taken.start, taken.finish - route.finish),
        )
        for amount in wrong:
            if amount > 0:
                yield Violation(Code.BREAK_TIME, route.shift, None, amount)


def break_overlap(reading: Reading) -> Iterator[Violation]:
    """Nobody is served, arrives or rests a second time while a break goes on.

    A service of no length is one that lies inside a break, an arrival likewise: a break begun on the road is over then.
    """
    route = reading.route
    for rest in route.breaks:
        for stop in route.stops:
            if rest.start < stop.finish and stop.start < rest.finish:
                shared = min(rest.finish, stop.finish) - max(rest.start, stop.start)
                yield Violation(Code.BREAK_OVERLAP, route.shift, stop.visit, max(1, shared))
            if rest.start < stop.arrive < rest.finish:
                yield Violation(Code.BREAK_OVERLAP, route.shift, stop.visit, rest.finish - stop.arrive)
    for earlier, later in pairwise(sorted(route.breaks, key=lambda rest: rest.start)):
        if later.start < earlier.finish:
            yield Violation(Code.BREAK_OVERLAP, route.shift, None, earlier.finish - later.start)
