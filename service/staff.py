"""Which shifts may serve a visit, and what it costs not to send the agent preferred most."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from service.codebook import Duty, Way
from service.day.agent import Agent
from service.day.visit import Visit
from service.eligibility import Eligibility
from service.scale import whole
from solver.units import Cost, ShiftIndex


@dataclass(frozen=True, slots=True)
class Staff:
    """Who may serve what. Visits that ask for the same are answered once: a large day has few kinds of them."""

    duties: Sequence[Duty]
    agents: Mapping[str, Agent]
    eligibility: Eligibility
    answers: dict[Hashable, Mapping[ShiftIndex, Cost] | None]

    @classmethod
    def of(cls, duties: Sequence[Duty], eligibility: Eligibility) -> Self:
        """Nobody has been asked for yet."""
        return cls(duties, {duty.agent.id: duty.agent for duty in duties}, eligibility, {})

    def who_may(self, visit: Visit, way: Way) -> Mapping[ShiftIndex, Cost] | None:
        """Shifts that may serve the visit that way, each with what is lost by not sending the best of them.

        The best are those who may serve it at that place in any way, also if they are too few after dark.
        """
        asked = (
            visit.agents.only,
            visit.agents.forbidden,
            frozenset(visit.agents.preferred.items()),
            frozenset(visit.skills.items()),
            visit.party_size,
            way.party_size,
            visit.lock and visit.lock.agent,
            way.place if self.eligibility.territories else None,
        )
        if asked not in self.answers:
            self.answers[asked] = self._find(visit, way)
        return self.answers[asked]

    def _find(self, visit: Visit, way: Way) -> Mapping[ShiftIndex, Cost] | None:
        worth = {
            agent_id: visit.agents.preferred.get(agent_id, 0.0)
            for agent_id, agent in self.agents.items()
            if self.eligibility.bar(visit, way.place, agent) is None
        }
        best = max(worth.values(), default=0.0)
        if len(worth) == len(self.agents) and min(worth.values()) == best and self._all_enough(way):
            return None
        return {
            index: whole(best - worth[duty.agent.id])
            for index, duty in enumerate(self.duties)
            if duty.agent.id in worth and duty.agent.party_size >= way.party_size
        }

    def _all_enough(self, way: Way) -> bool:
        return all(agent.party_size >= way.party_size for agent in self.agents.values())
