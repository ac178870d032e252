"""Sums that whole-number arithmetic could not hold, and options out of range."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import isfinite
from typing import Final

from service.day.agent import Agent
from service.day.fault import Fault
from service.day.request import DayRequest
from service.day.visit import Visit
from service.horizon import elapsed
from service.scale import UNIT
from solver.units import EXACT

LONGEST_TIME_LIMIT: Final = timedelta(hours=1)
HOUR: Final = timedelta(hours=1)
LARGEST_SEED: Final = (1 << 31) - 1
HIGHEST: Final = EXACT / UNIT
"""The largest sum of values, or of costs, that stays exact: 2.5 thousand million."""
KM_PER_HOUR: Final = 200.0
"""Nobody drives faster for a whole shift; bounds what distance can cost."""


def exact(request: DayRequest) -> Iterator[Fault]:
    """All values together, all costs together, and all loads of a name together stay below 2^53 of their parts."""
    hint = "Use a larger unit, say thousands."
    if _sum(map(_highest_value, request.visits)) >= HIGHEST:
        detail = f"All values together must stay below {HIGHEST:.0f}."
        yield Fault("value_too_large", ("visits",), detail, hint=hint)
    preferences = _sum(_highest_preference(visit) for visit in request.visits)
    if _sum(map(_highest_cost, request.agents)) + preferences + _highest_fairness(request) >= HIGHEST:
        detail = f"All that the plan may cost must stay below {HIGHEST:.0f}."
        yield Fault("cost_too_large", ("agents",), detail, hint=hint)
    for name in {name for visit in request.visits for name in visit.load}:
        if sum(visit.load.get(name, 0) for visit in request.visits) >= EXACT:
            yield Fault("load_too_large", ("visits",), "All loads of a name together must stay below 2^53.", hint=hint)


def options(request: DayRequest) -> Iterator[Fault]:
    """Limits of the search, its seed, and the price of unfairness."""
    chosen = request.options
    if chosen.time_limit is not None and not timedelta() < chosen.time_limit <= LONGEST_TIME_LIMIT:
        detail = "The time limit must be above 0 and at most one hour."
        yield Fault("out_of_range", ("options", "time_limit"), detail, value=chosen.time_limit)
    if chosen.stall_limit is not None and chosen.stall_limit <= timedelta():
        detail = "The stall limit must be above 0."
        yield Fault("out_of_range", ("options", "stall_limit"), detail, value=chosen.stall_limit)
    if chosen.solution_limit is not None and chosen.solution_limit <= 0:
        detail = "The solution limit must be above 0."
        yield Fault("out_of_range", ("options", "solution_limit"), detail, value=chosen.solution_limit)
    if not 0 <= chosen.seed <= LARGEST_SEED:
        yield Fault("out_of_range", ("options", "seed"), f"A seed is between 0 and {LARGEST_SEED}.", value=chosen.seed)
    fairness = request.objective.fairness
    if not isfinite(fairness) or fairness < 0:
        yield Fault("out_of_range", ("objective", "fairness"), "This must be a number >= 0.", value=fairness)


def _highest_value(visit: Visit) -> float:
    return visit.worth * max((1.0, *(option.value_factor for option in visit.options)))


def _highest_preference(visit: Visit) -> float:
    worths = (0.0, *visit.agents.preferred.values())
    return max(worths) - min(worths)


def _highest_cost(agent: Agent) -> float:
    hourly = max(agent.pay.per_hour, agent.pay.overtime_per_hour or 0.0) + agent.pay.per_km * KM_PER_HOUR
    return agent.pay.fixed * len(agent.shifts) + hourly * _hours(agent)


def _highest_fairness(request: DayRequest) -> float:
    worked = (_hours(agent) + agent.worked / HOUR for agent in request.agents)
    return request.objective.fairness * sum(hours**2 for hours in worked)


def _hours(agent: Agent) -> float:
    """The most that an agent may work in all shifts."""
    return sum(elapsed(shift.start, shift.end) / HOUR + shift.overtime / HOUR for shift in agent.shifts)


def _sum(figures: Iterable[float]) -> float:
    """Sum of what is a number; what is not has a fault of its own."""
    return sum(figure for figure in figures if isfinite(figure))
