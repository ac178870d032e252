"""Rules of arithmetic: what is told of stops, itineraries and the plan adds up to what is in them."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from math import ceil
from typing import Final

from service.audit.contact import Chance
from service.audit.reading import Call, Day, Leg, utc
from service.audit.rule import SECOND, Rule, whole_seconds
from service.audit.span import Span
from service.audit.who import barriers
from service.day.agent import Agent
from service.day.plan import ContactTold, CostBreakdown, Plan, Violated
from service.day.request import DayRequest

NONE: Final = timedelta()
HOUR: Final = timedelta(hours=1)
KM: Final = 1000
ROUNDED: Final = 1e-6
"""Money and value are told to six decimals."""
HOURLY: Final = 1e-3
"""Rates per hour are counted to a thousandth."""
PER_KM: Final = 2e-4
"""Rates per kilometre likewise, to a 3,600th."""


def legs_told(day: Day) -> Iterator[Violated]:
    """Travel, distance, set-up and waiting told with each stop are those of the leg that leads to it."""
    for leg in day.legs:
        wrong = _stop_differs(day, leg) if leg.call else _way_back_differs(day, leg)
        if wrong:
            yield Rule.LEG_TOLD.broken(wrong, visit=leg.call.visit.id if leg.call else None, shift=day.shift.id)


def contact_told(day: Day) -> Iterator[Violated]:
    """The chance to meet somebody told with a visit is that of its time, and so is the value to be expected."""
    for call in day.calls:
        told, chance = call.stop.contact, call.chance
        right = told is None if call.chances is None else bool(told and chance and _as_told(told, chance, call))
        if not right:
            yield Rule.CONTACT.broken(visit=call.visit.id, shift=day.shift.id)


def _as_told(told: ContactTold, chance: Chance, call: Call) -> bool:
    span = None if told.window is None else Span(utc(told.window.start), utc(told.window.end))
    return (
        span == chance.span
        and abs(told.probability - chance.probability) <= ROUNDED
        and not _differ(told.expected_value, call.expected_value, ROUNDED)
    )


def itinerary_adds_up(request: DayRequest, day: Day) -> Iterator[Violated]:
    """The figures of an itinerary are those of its stops, breaks and legs."""
    told = day.itinerary.metrics
    setup = _setup(day)
    driving = sum((leg.driving for leg in day.legs), start=NONE)
    service = sum((call.presence.end - call.presence.start for call in day.calls), start=NONE)
    breaks = sum((rest.span.end - rest.span.start for rest in day.rests), start=NONE)
    pairs = [
        (told.working, day.length),
        (told.paid, _paid(day)),
        (told.driving, driving),
        (told.service, service),
        (told.setup, setup),
        (told.breaks, breaks),
        (told.overtime, _overtime(day)),
        (told.wait, day.length - driving - service - setup - breaks),
    ]
    wrong = [abs(said - found) // SECOND for said, found in pairs]
    wrong += [abs(told.visits - len(day.calls)), abs(told.distance_m - sum(leg.metres for leg in day.legs))]
    for amount in wrong:
        if amount:
            yield Rule.METRICS.broken(amount, shift=day.shift.id)
    if _differ(told.value, _value(request, [day]), _noise([day])):
        yield Rule.VALUE.broken(ceil(abs(told.value - _value(request, [day]))), shift=day.shift.id)
    if _contacts_differ(told.expected_contacts, [day]):
        yield Rule.METRICS.broken(shift=day.shift.id)


def plan_adds_up(days: Sequence[Day], plan: Plan) -> Iterator[Violated]:
    """The figures of the plan are those of its itineraries."""
    told, parts = plan.metrics, [itinerary.metrics for itinerary in plan.itineraries]
    pairs = [
        (told.working, sum((part.working for part in parts), start=NONE)),
        (told.driving, sum((part.driving for part in parts), start=NONE)),
        (told.service, sum((part.service for part in parts), start=NONE)),
        (told.wait, sum((part.wait for part in parts), start=NONE)),
        (told.overtime, sum((part.overtime for part in parts), start=NONE)),
    ]
    wrong = [abs(said - found) // SECOND for said, found in pairs]
    wrong += [
        abs(told.planned - sum(part.visits for part in parts)),
        abs(told.unassigned - len(plan.unassigned)),
        abs(told.shifts_used - len(parts)),
        abs(told.distance_m - sum(part.distance_m for part in parts)),
    ]
    wrong.append(int(_contacts_differ(told.expected_contacts, days)))
    for amount in wrong:
        if amount:
            yield Rule.METRICS.broken(amount)


def value(request: DayRequest, days: Sequence[Day], plan: Plan) -> Iterator[Violated]:
    """The plan's value is what its visits are worth, each by the way and at the time it is served."""
    found = _value(request, days)
    for told in (plan.score.value, plan.metrics.value):
        if _differ(told, found, _noise(days)):
            yield Rule.VALUE.broken(ceil(abs(told - found)))


def costs(request: DayRequest, days: Sequence[Day], plan: Plan) -> Iterator[Violated]:
    """Each kind of cost follows from the request's rates, and the kinds, like the itineraries, add up to the total."""
    told, found = plan.score.cost, _costs(request, days)
    noise = _noise(days)
    pairs = [(getattr(told, kind.name), getattr(found, kind.name)) for kind in fields(CostBreakdown)]
    pairs.append((told.total - told.fairness, sum(day.itinerary.metrics.cost for day in days)))
    for said, expected in pairs:
        if _differ(said, expected, noise):
            yield Rule.COST.broken(ceil(abs(said - expected)))


def _stop_differs(day: Day, leg: Leg) -> int:
    if leg.call is None:
        return 0
    stop = leg.call.stop
    owed = leg.call.visit.setup if leg.moved else NONE
    idle = (
        leg.call.presence.start - leg.call.arrive - stop.setup - day.resting(leg.call.arrive, leg.call.presence.start)
    )
    return (
        whole_seconds(abs(stop.travel - leg.driving))
        or abs(stop.distance_m - leg.metres)
        or (0 if NONE <= stop.setup - owed < SECOND else whole_seconds(abs(stop.setup - owed)))
        or whole_seconds(abs(stop.wait - idle))
    )


def _way_back_differs(day: Day, leg: Leg) -> int:
    told = day.itinerary.way_back
    if told is None:
        return 0
    return whole_seconds(abs(told.travel - leg.driving)) or abs(told.distance_m - leg.metres)


def _setup(day: Day) -> timedelta:
    return sum((leg.call.stop.setup for leg in day.legs if leg.call and leg.moved), start=NONE)


def _paid(day: Day) -> timedelta:
    unpaid = (rest.span.end - rest.span.start for rest in day.rests if not rest.asked.paid)
    return day.length - sum(unpaid, start=NONE)


def _overtime(day: Day) -> timedelta:
    """Whole seconds after the last whole second of the shift."""
    return max(NONE, day.span.end - utc(day.shift.end).replace(microsecond=0))


def _value(request: DayRequest, days: Sequence[Day]) -> float:
    calls = [call for day in days for call in day.calls]
    return sum(call.expected_value if request.objective.expected_value else call.value for call in calls)


def _contacts_differ(told: float | None, days: Sequence[Day]) -> bool:
    """Whether something else is told than the chances of all stops of which one is known."""
    known = [call.chance.probability for day in days for call in day.calls if call.chance is not None]
    return told is not None if not known else told is None or _differ(told, sum(known), ROUNDED * (1 + len(known)))


def _costs(request: DayRequest, days: Sequence[Day]) -> CostBreakdown:
    fixed = sum(day.agent.pay.fixed for day in days)
    travel = sum(day.agent.pay.per_km * sum(leg.metres for leg in day.legs) / KM for day in days)
    wages = sum(day.agent.pay.per_hour * (_paid(day) / HOUR) for day in days)
    overtime = sum(_surcharge(day.agent) * (_overtime(day) / HOUR) for day in days)
    preferences = sum(_preferences(request, day) for day in days)
    fairness = _fairness(request, days)
    total = fixed + travel + wages + overtime + preferences + fairness
    return CostBreakdown(total, fixed, travel, wages, overtime, preferences, fairness)


def _surcharge(agent: Agent) -> float:
    """What an hour of overtime costs more than any other, never less."""
    hour = agent.pay.overtime_per_hour
    return 0.0 if hour is None else max(0.0, hour - agent.pay.per_hour)


def _preferences(request: DayRequest, day: Day) -> float:
    """What is lost by not sending the agent preferred most among those who may come."""
    lost = 0.0
    for call in day.calls:
        preferred = call.visit.agents.preferred
        if preferred:
            may = [agent.id for agent in request.agents if not any(barriers(agent, call.visit, call.place))]
            lost += max((preferred.get(agent, 0.0) for agent in may), default=0.0) - preferred.get(day.agent.id, 0.0)
    return lost


def _fairness(request: DayRequest, days: Sequence[Day]) -> float:
    """Price x sum of the agents' squared distances from their mean, in hours."""
    worked = {agent.id: (agent.worked // SECOND) * SECOND for agent in request.agents}
    for day in days:
        worked[day.agent.id] += day.length
    hours = [time / HOUR for time in worked.values()]
    mean = sum(hours) / len(hours)
    return request.objective.fairness * sum((one - mean) ** 2 for one in hours)


def _noise(days: Sequence[Day]) -> float:
    """How far sums may be apart because rates and amounts were rounded on the way."""
    hours = sum((day.length for day in days), start=NONE) / HOUR
    km = sum(leg.metres for day in days for leg in day.legs) / KM
    stops = sum(len(day.calls) for day in days)
    return HOURLY * abs(hours) + PER_KM * km + ROUNDED * (10 + 10 * len(days) + stops)


def _differ(told: float, found: float, noise: float) -> bool:
    return not abs(told - found) <= noise + 1e-9 * abs(found)
