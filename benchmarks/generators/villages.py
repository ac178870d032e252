"""Villages far apart: a wrong turn costs half an hour. Agents start and end at home, in one village each."""

import numpy as np

from benchmarks.generators.ground import HOUR, clustered, ways, worth
from solver.problem import Option, Pay, Problem, Shift, StartWindow, Visit

COUNTRY_ROAD = 15.0
"""Metres per second."""


def villages(visits: int, agents: int, seed: int) -> Problem:
    """A day of eight hours; a door in three is open for three hours only. The first places are the agents' homes."""
    chance = np.random.default_rng(seed)
    doors = clustered(chance, agents + visits, reach=35_000, spread=500, per_quarter=12)

    def visit(place: int) -> Visit:
        service = int(chance.choice([10, 15, 20])) * 60
        opens = int(chance.integers(0, 6)) * HOUR if chance.integers(3) == 0 else None
        window = StartWindow(0, 8 * HOUR - service) if opens is None else StartWindow(opens, opens + 3 * HOUR - service)
        return Visit((Option(place, service, (window,), worth(chance)),))

    return Problem(
        travel=(ways(doors, COUNTRY_ROAD),),
        visits=tuple(visit(place) for place in range(agents, agents + visits)),
        shifts=tuple(Shift(home, home, 0, 8 * HOUR, agent=home, pay=Pay(per_metre=1)) for home in range(agents)),
    )
