"""Who may serve a visit, and if not, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

import shapely

from service.day.agent import Agent
from service.day.place import Place, Point
from service.day.request import DayRequest
from service.day.visit import Visit

CORNERS: Final = 3
"""A polygon needs as many."""


class Barrier(StrEnum):
    """Rules that keep an agent from a visit, whatever the time; the first that applies is told."""

    AGENT_NOT_ALLOWED = "agent_not_allowed"
    """Not among ``only``, among ``forbidden``, or the visit is locked to somebody else."""
    SKILL_MISSING = "skill_missing"
    SKILL_LEVEL = "skill_level"
    PARTY_SIZE = "party_size"
    TERRITORY = "territory"
    """The place lies outside, or has no coordinates by which it could be shown to lie inside."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One barrier: the ``skill`` it is about, and how many levels or people are ``lacking``."""

    barrier: Barrier
    skill: str | None = None
    lacking: int | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The agents' territories, ready to be asked; everything else stands in the agent and the visit."""

    territories: Mapping[str, shapely.Polygon]

    @classmethod
    def of(cls, request: DayRequest) -> Self:
        """Ready for the agents of a request that has no faults."""
        return cls({agent.id: territory(agent.territory) for agent in request.agents if agent.territory})

    def bar(self, visit: Visit, place: Place, agent: Agent, party_size: int | None = None) -> Bar | None:
        """What keeps ``agent`` from serving ``visit`` at ``place``, ``None`` if nothing does.

        ``party_size`` people have to come, if those that the visit itself asks for are not enough.
        """
        if not _allowed(visit, agent):
            return Bar(Barrier.AGENT_NOT_ALLOWED)
        return (
            _unskilled(visit, agent) or _too_few(party_size or visit.party_size, agent) or self._outside(place, agent)
        )

    def _outside(self, place: Place, agent: Agent) -> Bar | None:
        area = self.territories.get(agent.id)
        if area is None or (place.point and shapely.intersects_xy(area, place.point.lon, place.point.lat)):
            return None
        return Bar(Barrier.TERRITORY)


def territory(corners: tuple[Point, ...]) -> shapely.Polygon:
    """Polygon through the corners, lon before lat, prepared for many questions. Its border belongs to it."""
    area = shapely.Polygon([(corner.lon, corner.lat) for corner in corners])
    shapely.prepare(area)
    return area


def is_area(corners: tuple[Point, ...]) -> bool:
    """Whether a polygon through the corners holds any place: three of them at least, and no border across itself."""
    outline = {(corner.lon, corner.lat) for corner in corners}
    return len(outline) >= CORNERS and territory(corners).is_valid


def _allowed(visit: Visit, agent: Agent) -> bool:
    rules = visit.agents
    locked_to = visit.lock.agent if visit.lock else None
    return (
        agent.id not in rules.forbidden
        and (not rules.only or agent.id in rules.only)
        and (locked_to is None or locked_to == agent.id)
    )


def _unskilled(visit: Visit, agent: Agent) -> Bar | None:
    missing = [skill for skill in visit.skills if skill not in agent.skills]
    if missing:
        return Bar(Barrier.SKILL_MISSING, skill=missing[0])
    gaps = [(level - agent.skills[skill], skill) for skill, level in visit.skills.items()]
    gap, skill = max(gaps, default=(0, ""))
    return Bar(Barrier.SKILL_LEVEL, skill=skill, lacking=gap) if gap > 0 else None


def _too_few(party_size: int, agent: Agent) -> Bar | None:
    lacking = party_size - agent.party_size
    return Bar(Barrier.PARTY_SIZE, lacking=lacking) if lacking > 0 else None
