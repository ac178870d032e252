"""Rules of quantity: what a shift may hold at most."""

from collections.abc import Iterator

from solver.checker.reading import Reading
from solver.checker.violation import Code, Violation
from solver.units import UNREACHABLE


def max_visits(reading: Reading) -> Iterator[Violation]:
    """A route has at most so many stops."""
    yield from _over(reading, Code.MAX_VISITS, len(reading.calls), reading.shift.limits.visits)


def max_driving(reading: Reading) -> Iterator[Violation]:
    """All legs together, way out and back included, take at most so many seconds; where there is no way none count.

    Those count that are really spent at the wheel, which are more during slowdowns.
    """
    if reading.shift.limits.driving is not None:
        driving = sum(reading.drive(leg).driving for leg in reading.legs if leg.travel < UNREACHABLE)
        yield from _over(reading, Code.MAX_DRIVING, driving, reading.shift.limits.driving)


def max_distance(reading: Reading) -> Iterator[Violation]:
    """All legs together, way out and back included, are at most so many metres long."""
    if reading.shift.limits.distance is not None:
        yield from _over(reading, Code.MAX_DISTANCE, reading.metres(), reading.shift.limits.distance)


def max_duration(reading: Reading) -> Iterator[Violation]:
    """From departure to finish at most so many seconds pass."""
    yield from _over(reading, Code.MAX_DURATION, reading.route.duration, reading.shift.limits.duration)


def capacity(reading: Reading) -> Iterator[Violation]:
    """What the visits load stays, dimension by dimension, within the shift's capacity."""
    for dimension, most in enumerate(reading.shift.capacity):
        load = sum(call.visit.load[dimension] for call in reading.calls)
        yield from _over(reading, Code.CAPACITY, load, most)


def _over(reading: Reading, code: Code, amount: int, most: int | None) -> Iterator[Violation]:
    if most is not None and amount > most:
        yield Violation(code, reading.route.shift, None, amount - most)
