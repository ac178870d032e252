"""What a caller should know although the day can be planned."""

from collections.abc import Iterator, Mapping
from datetime import UTC
from itertools import chain, islice
from math import cos, radians
from typing import Final

from service.day.place import Point
from service.day.plan import TravelSource, Warned
from service.day.request import DayRequest
from service.eligibility import Eligibility, is_area
from service.faults.policy_warnings import policy_warnings
from service.faults.references import close_matches
from service.hours.packs import Packs
from service.presence import merged
from service.travel.choice import brings_matrices
from service.travel.profiles import FITTED
from service.travel.slowdowns import is_slowed

MOST: Final = 100
"""Warnings that are told at once."""
FAR_DEGREES: Final = 4.0
"""Some 440 km: half a shift on the road, one way."""


def find_warnings(request: DayRequest, packs: Packs, travel: Mapping[str, TravelSource]) -> tuple[Warned, ...]:
    """Warnings in order of rules. They speak of a request without faults, but one that has some does no harm.

    ``packs`` are the policies that it may name, ``travel`` says where travel times are from, by profile.
    """
    warned = chain(
        policy_warnings(request, packs), _estimated(travel), chain.from_iterable(rule(request) for rule in _RULES)
    )
    found = tuple(islice(warned, MOST + 1))
    if len(found) <= MOST:
        return found
    return (*found[:MOST], Warned("more_warnings", f"There are more warnings; these are the first {MOST}."))


def _estimated(travel: Mapping[str, TravelSource]) -> Iterator[Warned]:
    estimated = sorted(profile for profile, source in travel.items() if source.source == "estimate")
    if not estimated:
        return
    unfitted = [profile for profile in estimated if profile not in FITTED]
    error = "expect 16-18 % of error"
    if unfitted:
        error += f" by car; how wrong they are for {' and '.join(unfitted)} has not been measured"
    whose = "" if len(estimated) == len(travel) else f" for {' and '.join(estimated)}"
    detail = f"Travel times are estimated{whose} from coordinates, roads and traffic are not known; {error}."
    yield Warned("travel_estimated", detail, ("travel",))


def _slowdowns_idle(request: DayRequest) -> Iterator[Warned]:
    if request.travel.slowdowns and not any(is_slowed(agent.profile) for agent in request.agents):
        detail = "Everybody is on foot or on a bicycle, whom slowdowns do not keep."
        yield Warned("slowdowns_idle", detail, ("travel", "slowdowns"))


def _metres_missing(request: DayRequest) -> Iterator[Warned]:
    for m, given in enumerate(request.travel.matrices.values() if brings_matrices(request.travel) else ()):
        holes = given.metres is None or any(
            metres is None and seconds is not None
            for far, long in zip(given.metres, given.seconds, strict=False)
            for metres, seconds in zip(far, long, strict=False)
        )
        if holes:
            detail = "Metres are missing and count as 0: limits of distance and costs per km do not see these legs."
            yield Warned("metres_missing", detail, ("travel", "matrices", m, "metres"))


def _contact_missing(request: DayRequest) -> Iterator[Warned]:
    silent = [v for v, visit in enumerate(request.visits) if not visit.contact]
    if request.objective.expected_value and 0 < len(silent) < len(request.visits):
        share = f"{len(silent)} of {len(request.visits)} visits"
        detail = f"{share} say nothing of contact: their value counts as if somebody were sure to be met."
        yield Warned("contact_missing", detail, ("visits", silent[0], "contact"))


def _unlimited_loads(request: DayRequest) -> Iterator[Warned]:
    limited = {name for agent in request.agents for name in agent.capacity}
    for v, visit in enumerate(request.visits):
        for name in visit.load:
            if name not in limited:
                limited.add(name)
                detail = "No agent has a capacity of this name: the load limits nothing."
                yield Warned("load_unlimited", detail, ("visits", v, "load", name))


def _unknown_agents(request: DayRequest) -> Iterator[Warned]:
    known = {agent.id for agent in request.agents}
    for v, visit in enumerate(request.visits):
        rules = {"only": visit.agents.only, "preferred": visit.agents.preferred, "forbidden": visit.agents.forbidden}
        for rule, named in rules.items():
            for agent in sorted(set(named) - known):
                detail = f"{agent!r} is not among the agents of this request. {close_matches(agent, known)}"
                yield Warned("unknown_agent", detail, ("visits", v, "agents", rule))


def _barred_by_lock(request: DayRequest) -> Iterator[Warned]:
    if not all(is_area(agent.territory) for agent in request.agents if agent.territory is not None):
        return
    agents = {agent.id: agent for agent in request.agents}
    eligibility = Eligibility.of(request)
    for v, visit in enumerate(request.visits):
        agent = agents.get(visit.lock.agent or "") if visit.lock else None
        places = [visit.place, *(option.place for option in visit.options if option.place is not None)]
        bars = [eligibility.bar(visit, place, agent) for place in places] if agent else []
        if bars and all(bars):
            detail = "The visit is locked to an agent who may not serve it; it will stay unassigned."
            yield Warned("locked_agent_barred", detail, ("visits", v, "lock", "agent"))


def _lock_outside_windows(request: DayRequest) -> Iterator[Warned]:
    for v, visit in enumerate(request.visits):
        start = visit.lock.start if visit.lock else None
        if start is None:
            continue
        finish = start.astimezone(UTC) + visit.duration
        ways = [visit.time_windows]
        ways += [visit.time_windows if way.time_windows is None else way.time_windows for way in visit.options]
        open_then = [way is None or any(w.start <= start and finish <= w.end for w in merged(way)) for way in ways]
        if not any(open_then):
            detail = "Started when the lock says, the service would lie outside the time windows; it stays unassigned."
            yield Warned("lock_outside_windows", detail, ("visits", v, "lock", "start"))


def _far_away(request: DayRequest) -> Iterator[Warned]:
    """Swapped axes, or a day put together from two cities: nobody drives so far."""
    starts = {s.start_place.point for agent in request.agents for s in agent.shifts if s.start_place.point is not None}
    for v, visit in enumerate(request.visits):
        here = visit.place.point
        if here is not None and starts and all(_degrees_apart(here, start) > FAR_DEGREES for start in starts):
            detail = "This lies hundreds of kilometres from where anybody starts. Are lat and lon in their places?"
            yield Warned("place_far_away", detail, ("visits", v, "location"))


def _degrees_apart(one: Point, other: Point) -> float:
    """The larger of the two differences: close enough to tell a city from another continent."""
    east = abs(one.lon - other.lon)
    return max(abs(one.lat - other.lat), min(east, 360 - east) * cos(radians(one.lat)))


def _territory_without_point(request: DayRequest) -> Iterator[Warned]:
    if not any(agent.territory for agent in request.agents):
        return
    for v, visit in enumerate(request.visits):
        if visit.place.known and visit.place.point is None:
            detail = "The place has no coordinates, so no agent with a territory is sent there."
            yield Warned("territory_unknown", detail, ("visits", v, "location"))


_RULES = (
    _slowdowns_idle,
    _metres_missing,
    _contact_missing,
    _unlimited_loads,
    _unknown_agents,
    _barred_by_lock,
    _lock_outside_windows,
    _far_away,
    _territory_without_point,
)
