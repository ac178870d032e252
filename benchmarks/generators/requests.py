"""Small days as an HTTP client would post them: 20 visits, 3 agents, more than fits."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.random import Generator

from benchmarks.generators.ground import worth

MORNING: Final = datetime(2026, 3, 2, 7, tzinfo=UTC)
SHIFT: Final = timedelta(hours=3, minutes=30)
OFFICE: Final = (60.1713, 24.9415)
REACH: Final = 0.04
"""Degrees north and south; twice as many east and west are about as far."""

Json = Mapping[str, object]


def small_day(seed: int, visits: int = 20, agents: int = 3) -> Json:
    """A morning in Helsinki: a break for everybody, windows for half of the visits, a skill for a few."""
    chance = np.random.default_rng(seed)
    return {
        "timezone": "Europe/Helsinki",
        "agents": [_agent(number) for number in range(agents)],
        "visits": [_visit(chance, number) for number in range(visits)],
    }


def _agent(number: int) -> Json:
    return {
        "id": f"agent-{number}",
        "skills": {"meter": 1} if number else {},
        "cost": {"per_hour": 24, "per_km": 0.4},
        "shifts": [
            {
                "id": f"agent-{number}/mon",
                "start": _at(0),
                "end": _at(SHIFT.total_seconds()),
                "start_location": _location(*OFFICE),
                "breaks": [{"id": "coffee", "duration": "PT15M", "earliest": _at(4_000), "latest": _at(9_000)}],
            }
        ],
    }


def _visit(chance: Generator, number: int) -> Json:
    north, east = chance.uniform(-REACH, REACH, size=2)
    visit: dict[str, object] = {
        "id": f"V-{number:02}",
        "priority": worth(chance),
        "duration": f"PT{chance.choice([15, 20, 30])}M",
        "location": _location(OFFICE[0] + north, OFFICE[1] + 2 * east),
    }
    if chance.integers(2):
        opens = 1800 * int(chance.integers(0, 4))
        visit["time_windows"] = [{"start": _at(opens), "end": _at(opens + 5_400)}]
    if chance.integers(6) == 0:
        visit["skills"] = {"meter": 1}
    return visit


def _location(lat: float, lon: float) -> Json:
    return {"lat": round(float(lat), 5), "lon": round(float(lon), 5)}


def _at(seconds: float) -> str:
    return (MORNING + timedelta(seconds=seconds)).isoformat()
