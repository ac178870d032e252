"""Rules of quantity within one itinerary."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from service.audit.reading import Day
from service.audit.rule import Rule, whole_seconds
from service.day.plan import Violated

NONE = timedelta()


def limits(day: Day) -> Iterator[Violated]:
    """Visits, driving, distance and length of the day stay within the shift's limits."""
    most = day.shift.limits
    if most.visits is not None and len(day.calls) > most.visits:
        yield Rule.MAX_VISITS.broken(len(day.calls) - most.visits, shift=day.shift.id)
    driving = sum((leg.driving for leg in day.legs), start=NONE)
    if most.driving is not None and driving > most.driving:
        yield Rule.MAX_DRIVING.broken(whole_seconds(driving - most.driving), shift=day.shift.id)
    metres = sum(leg.metres for leg in day.legs)
    if most.distance_m is not None and metres > most.distance_m:
        yield Rule.MAX_DISTANCE.broken(metres - most.distance_m, shift=day.shift.id)
    if most.duration is not None and day.length > most.duration:
        yield Rule.MAX_DURATION.broken(whole_seconds(day.length - most.duration), shift=day.shift.id)


def capacity(day: Day) -> Iterator[Violated]:
    """What is loaded stays within what the agent can take; what the agent gives no capacity for is not limited."""
    load: Counter[str] = Counter()
    for call in day.calls:
        load.update(call.visit.load)
    for name, most in day.agent.capacity.items():
        if load[name] > most:
            yield Rule.CAPACITY.broken(load[name] - most, shift=day.shift.id)
