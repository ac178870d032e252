"""Rules of who may visit whom, where, and at which end of the day."""

from collections.abc import Iterator

import shapely

from service.audit.reading import Day
from service.audit.rule import Rule
from service.day.agent import Agent
from service.day.place import Place
from service.day.plan import Violated
from service.day.visit import Visit


def eligible(day: Day) -> Iterator[Violated]:
    """Every visit of the day may be served by its agent."""
    for call in day.calls:
        for rule, amount in barriers(day.agent, call.visit, call.place):
            yield rule.broken(amount, visit=call.visit.id, shift=day.shift.id)


def barriers(agent: Agent, visit: Visit, place: Place) -> Iterator[tuple[Rule, int]]:
    """All that keeps the agent from the visit, and how much is lacking."""
    rules = visit.agents
    barred = agent.id in rules.forbidden or (rules.only and agent.id not in rules.only)
    if barred or (visit.lock and visit.lock.agent not in {None, agent.id}):
        yield Rule.AGENT_NOT_ALLOWED, 1
    for skill, level in visit.skills.items():
        if skill not in agent.skills:
            yield Rule.SKILL_MISSING, 1
        elif agent.skills[skill] < level:
            yield Rule.SKILL_LEVEL, level - agent.skills[skill]
    if visit.party_size > agent.party_size:
        yield Rule.PARTY_SIZE, visit.party_size - agent.party_size
    if agent.territory and not _inside(agent, place):
        yield Rule.TERRITORY, 1


def position(day: Day) -> Iterator[Violated]:
    """A visit pinned to the beginning or the end of its itinerary is there."""
    last = len(day.calls) - 1
    for at, call in enumerate(day.calls):
        pinned = call.visit.lock.position if call.visit.lock else None
        away = at if pinned == "first" else last - at if pinned == "last" else 0
        if away:
            yield Rule.POSITION.broken(away, visit=call.visit.id, shift=day.shift.id)


def place(day: Day) -> Iterator[Violated]:
    """A stop is where its visit is by the chosen way, and the way back leads to where the shift ends."""
    for call in day.calls:
        if call.stop.place != call.place:
            yield Rule.PLACE.broken(visit=call.visit.id, shift=day.shift.id)
    told = day.itinerary.way_back.place if day.itinerary.way_back else None
    if told != day.shift.end_place:
        yield Rule.WAY_BACK.broken(shift=day.shift.id)


def _inside(agent: Agent, place: Place) -> bool:
    """Whether the place lies in the territory or on its border; without coordinates nothing shows that it does."""
    if place.point is None:
        return False
    area = shapely.Polygon([(corner.lon, corner.lat) for corner in agent.territory or ()])
    return area.intersects(shapely.Point(place.point.lon, place.point.lat))
