"""Large days: a good plan serves everybody, a bad one does not; between full plans the time on the road decides.

No breaks and no skills, so that every rival can take part. Half of the doors open all day, a quarter each before and
after noon. Cost is seconds of travel.
"""

from typing import Final

import numpy as np
from numpy.random import Generator

from benchmarks.generators.ground import HOUR, clustered, ways_in_seconds, worth
from solver.problem import Option, Pay, Problem, Shift, StartWindow, Visit

DAY: Final = 9 * HOUR
NOON: Final = 9 * HOUR // 2


def field(visits: int, agents: int, seed: int) -> Problem:
    """About fifty visits an agent fit."""
    chance = np.random.default_rng(seed)
    reach = 250.0 * np.sqrt(visits)  # as many doors a square kilometre on every day
    doors = clustered(chance, visits + 1, reach=float(reach), spread=900, per_quarter=40)
    return Problem(
        travel=(ways_in_seconds(doors),),
        visits=tuple(_visit(chance, place) for place in range(1, visits + 1)),
        shifts=tuple(Shift(0, 0, 0, DAY, agent=agent, pay=Pay(per_metre=1)) for agent in range(agents)),
    )


def _visit(chance: Generator, place: int) -> Visit:
    service = int(chance.integers(4, 9)) * 60
    opens, closes = [(0, DAY), (0, DAY), (0, NOON), (NOON, DAY)][chance.integers(4)]
    return Visit((Option(place, service, (StartWindow(opens, closes - service),), worth(chance)),))
