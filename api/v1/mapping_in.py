"""From a request that has the right shape to the day it speaks of."""

from api.v1 import requests as wire
from api.v1 import requests_parts as part
from service.coordinates import request_in_wgs84
from service.day.agent import Agent, Break, Limits, Pay, Shift
from service.day.daytime import joined
from service.day.place import Place, Point
from service.day.policy import DayName, OwnHours, Policy
from service.day.request import DayRequest, GivenItinerary, GivenMatrix, Objective, Options, Slowdown, Travel
from service.day.visit import After, AgentRules, Consent, Contact, Lock, Option, Visit
from service.day.window import TimeWindow


def day_request(request: wire.PlanRequest) -> DayRequest:
    """The day, with the meaning of what was left out filled in."""
    day = DayRequest(
        agents=tuple(map(_agent, request.agents)),
        visits=tuple(map(_visit, request.visits)),
        name=request.name,
        timezone=request.timezone,
        crs=request.crs,
        currency=request.currency,
        policy=None if request.policy is None else _policy(request.policy),
        travel=_travel(request.travel),
        baseline=tuple(map(given_itinerary, request.baseline.itineraries)) if request.baseline else (),
        objective=Objective(request.objective.mode, request.objective.fairness, request.objective.expected_value),
        options=_options(request.options),
        callback=None if request.callback is None else request.callback.url,
    )
    return request_in_wgs84(day)


def given_itinerary(given: wire.GivenItinerary) -> GivenItinerary:
    """Visits of one shift in order."""
    return GivenItinerary(given.shift_id, tuple(given.visits), given.starts, given.options)


def _policy(policy: part.Policy) -> Policy:
    return Policy(
        jurisdiction=policy.jurisdiction,
        activity=policy.activity,
        extra=tuple(OwnHours(frozenset(map(DayName, own.days)), joined(own.hours)) for own in policy.extra),
        house_default=policy.house_default,
    )


def _agent(agent: part.Agent) -> Agent:
    return Agent(
        id=agent.id,
        shifts=tuple(map(_shift, agent.shifts)),
        name=agent.name,
        skills=agent.skills,
        profile=agent.profile,
        territory=None
        if agent.territory is None
        else tuple(Point(corner.lat, corner.lon) for corner in agent.territory),
        party_size=agent.party_size,
        capacity=agent.capacity,
        worked=agent.history.worked,
        pay=Pay(
            fixed=agent.cost.fixed,
            per_hour=agent.cost.per_hour,
            per_km=agent.cost.per_km,
            overtime_per_hour=agent.cost.overtime_per_hour,
        ),
    )


def _shift(shift: part.Shift) -> Shift:
    start = _place(shift.start_location)
    back_to_start = "end_location" not in shift.model_fields_set
    end = None if shift.end_location is None else _place(shift.end_location)
    limits = shift.limits
    return Shift(
        id=shift.id,
        start=shift.start,
        end=shift.end,
        start_place=start,
        end_place=start if back_to_start else end,
        overtime=shift.overtime,
        limits=Limits(limits.visits, limits.driving, limits.distance_m, limits.duration),
        breaks=tuple(map(_break, shift.breaks)),
    )


def _break(rest: part.Break) -> Break:
    return Break(
        id=rest.id,
        duration=rest.duration,
        earliest=rest.earliest,
        latest=rest.latest,
        paid=rest.paid,
        only_if_shift_over=rest.only_if_shift_over,
    )


def _visit(visit: part.Visit) -> Visit:
    return Visit(
        id=visit.id,
        place=_place(visit.location, visit.address),
        duration=visit.duration,
        setup=visit.setup,
        priority=visit.priority,
        value=visit.value,
        required=visit.required,
        time_windows=_windows(visit.time_windows),
        options=tuple(map(_option, visit.options)),
        contact=tuple(Contact(TimeWindow(span.start, span.end), span.probability) for span in visit.contact or ()),
        skills=visit.skills,
        party_size=visit.party_size,
        load=visit.load,
        agents=AgentRules(
            only=frozenset(visit.agents.only),
            preferred=visit.agents.preferred,
            forbidden=frozenset(visit.agents.forbidden),
        ),
        after=tuple(After(after.visit, after.min_gap) for after in visit.after),
        lock=None if visit.lock is None else Lock(visit.lock.agent, visit.lock.start, visit.lock.position),
        timezone=visit.timezone,
        jurisdiction=visit.jurisdiction,
        consent=tuple(
            Consent(TimeWindow(agreed.start, agreed.end), agreed.given_on, agreed.reference) for agreed in visit.consent
        ),
        account=visit.account,
        flags=frozenset(visit.flags),
        data=visit.data,
    )


def _option(option: part.Option) -> Option:
    return Option(
        id=option.id,
        place=None if option.location is None else _place(option.location),
        time_windows=_windows(option.time_windows),
        value_factor=option.value_factor,
    )


def _windows(windows: list[part.TimeWindow] | None) -> tuple[TimeWindow, ...] | None:
    return None if windows is None else tuple(TimeWindow(window.start, window.end) for window in windows)


def _place(location: part.Location | None, address: str | None = None) -> Place:
    if location is None:
        return Place(address=address)
    point = None if location.lat is None or location.lon is None else Point(location.lat, location.lon)
    return Place(point=point, index=location.index, address=address)


def _travel(travel: wire.Travel) -> Travel:
    return Travel(
        source=travel.source,
        matrices={given.profile: GivenMatrix(given.seconds, given.metres) for given in travel.matrices or ()},
        speed_factor=travel.speed_factor,
        slowdowns=tuple(Slowdown(slow.from_, slow.to, slow.factor) for slow in travel.slowdowns or ()),
    )


def _options(options: wire.Options) -> Options:
    return Options(
        time_limit=options.time_limit,
        deadline=options.deadline,
        stall_limit=options.stall_limit,
        solution_limit=options.solution_limit,
        seed=options.seed,
        engine=options.engine,
        explain=options.explain,
        geometry=options.geometry,
    )
