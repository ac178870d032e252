"""A made-up town: doors in clusters, the office in the middle, more visits than the day holds."""

import numpy as np
from numpy.random import Generator

from benchmarks.generators.ground import HOUR, clustered, ways, worth
from solver.problem import Break, Option, Pay, Problem, Shift, StartWindow, Visit


def town(visits: int, shifts: int, seed: int) -> Problem:
    """A day of nine hours: half of the doors any time, a third in the evening, the rest early; lunch for all."""
    chance = np.random.default_rng(seed)
    doors = clustered(chance, visits + 1, reach=6_000, spread=700, per_quarter=25)
    lunch = Break(earliest=3 * HOUR, latest=5 * HOUR, duration=HOUR // 2, paid=False)
    return Problem(
        travel=(ways(doors),),
        visits=tuple(_visit(chance, place) for place in range(1, visits + 1)),
        shifts=tuple(
            Shift(0, 0, opens=0, closes=9 * HOUR, agent=agent, breaks=(lunch,), pay=Pay(per_second=1, per_metre=1))
            for agent in range(shifts)
        ),
    )


def _visit(chance: Generator, place: int) -> Visit:
    service = int(chance.choice([10, 15, 20])) * 60
    opens, closes = [(0, 9), (0, 9), (0, 9), (6, 9), (6, 9), (0, 3)][chance.integers(6)]
    window = StartWindow(opens * HOUR, closes * HOUR - service)
    return Visit((Option(place, service, (window,), worth(chance)),))
