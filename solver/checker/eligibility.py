"""Rules of who: which shift may serve what, and where in its route."""

from collections.abc import Iterator

from solver.checker.reading import Reading
from solver.checker.violation import Code, Violation


def agent_not_allowed(reading: Reading) -> Iterator[Violation]:
    """A shift serves only options that name it, or that name nobody."""
    shift = reading.route.shift
    for call in reading.calls:
        shifts = call.option.shifts
        if shifts is not None and shift not in shifts:
            yield Violation(Code.AGENT_NOT_ALLOWED, shift, call.stop.visit, 1)


def position(reading: Reading) -> Iterator[Violation]:
    """A visit pinned to the beginning or the end of its route has no stop before or after it."""
    last = len(reading.calls) - 1
    for place, call in enumerate(reading.calls):
        pinned = call.visit.position
        away = place if pinned == "first" else last - place if pinned == "last" else 0
        if away:
            yield Violation(Code.POSITION, reading.route.shift, call.stop.visit, away)
