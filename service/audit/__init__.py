"""The second gate: a finished plan against the raw request, in the planner's words.

    audit
    ├── whole     unknown, location_missing, then shift_twice, served_twice, unaccounted, after and min_gap …
    ├── timing    shift, order, ways, set-up, presence in the permitted times, locks, clocks
    │   └── road      how far somebody gets, slowdowns and breaks considered
    ├── hours     presence in the hours that policies permit, the rules told, people after dark
    │   └── permitted   what is in force at a door, bit by bit
    ├── breaks    due, in time, never during a visit
    ├── limits    visits, driving, distance, duration, load
    ├── who       agents, skills, party, territory, position, places
    └── sums      what is told of stops, itineraries, value and cost adds up
        └── contact   how likely somebody is met

The solver's checker has seen whole numbers; conversion, rounding, changes of clocks and the writing of itineraries lie
between it and this. So this reads datetimes and the request, and shares no code with what lies between.
``rule`` has every rule with its sentence, ``reading`` puts an itinerary next to what the request says about it.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from service.audit import breaks, hours, limits, sums, timing, who, whole
from service.audit.permitted import Lawyer, ZoneAt
from service.audit.reading import Day, Reader
from service.audit.rule import Rule
from service.day.place import Point
from service.day.plan import Plan, Violated
from service.day.request import DayRequest
from service.hours.pack import Pack
from service.travel.protocol import TravelTimes

__all__ = ["Rule", "audit"]

_RULES_OF_ONE_ITINERARY = (
    timing.shift_bounds,
    timing.order,
    timing.travel_time,
    timing.setup_time,
    timing.service_time,
    timing.time_window,
    hours.permitted,
    hours.basis_told,
    hours.after_dark,
    timing.window_told,
    timing.latest_start,
    timing.lock_start,
    breaks.break_missing,
    breaks.break_not_due,
    breaks.break_time,
    breaks.break_overlap,
    limits.limits,
    limits.capacity,
    who.eligible,
    who.position,
    who.place,
    sums.legs_told,
    sums.contact_told,
)


def _nowhere(_: Point) -> str | None:
    """Nobody knows what zone a place is in."""
    return None


def audit(
    request: DayRequest,
    plan: Plan,
    travel: TravelTimes,
    zone_at: ZoneAt = _nowhere,
    packs: Mapping[str, Pack] | None = None,
) -> tuple[Violated, ...]:
    """Every rule that a finished plan breaks; empty if none.

    ``travel`` are the travel times that the request is planned with; they are asked anew for each itinerary.
    ``zone_at`` tells the zone whose clock slowdowns and permitted hours go by, where the request names none; ``packs``
    are the policies by id.
    What the plan names and the request does not have, or has nowhere, makes the rest meaningless and is told alone.
    Raises ValueError if a time in the plan has no offset.
    """
    reader = Reader.of(request, travel, Lawyer(request, packs or {}, zone_at))
    strangers = tuple(whole.references(reader, plan)) or tuple(whole.located(reader, plan))
    if strangers:
        return strangers
    days = [reader.day(itinerary) for itinerary in plan.itineraries]
    return (
        *whole.once(plan),
        *whole.accounted(request, plan),
        *whole.after(days),
        *chain.from_iterable(_one(request, day) for day in days),
        *sums.plan_adds_up(days, plan),
        *sums.value(request, days, plan),
        *sums.costs(request, days, plan),
    )


def _one(request: DayRequest, day: Day) -> Iterator[Violated]:
    yield from timing.clocks(request, day)
    yield from sums.itinerary_adds_up(request, day)
    for rule in _RULES_OF_ONE_ITINERARY:
        yield from rule(day)
