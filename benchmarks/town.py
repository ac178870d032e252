"""A made-up town: doors in clusters, the office in the middle, more visits than the day holds. Same seed, same town."""

from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from solver.problem import Break, Option, Pay, Problem, Shift, StartWindow, TravelMatrix, Visit
from solver.units import Seconds

HOUR: Final[Seconds] = 3600
METRES_PER_SECOND: Final = 7.0
"""About 25 km/h door to door."""
VALUE: Final = 1_000


def town(visits: int, shifts: int, seed: int) -> Problem:
    """A day of nine hours: half of the doors any time, a third in the evening, the rest early; lunch for all."""
    chance = np.random.default_rng(seed)
    places = _doors(chance, visits + 1)
    lunch = Break(earliest=3 * HOUR, latest=5 * HOUR, duration=HOUR // 2, paid=False)
    pay = Pay(per_second=1, per_metre=1)
    return Problem(
        travel=(_travel(places),),
        visits=tuple(_visit(chance, place) for place in range(1, visits + 1)),
        shifts=tuple(
            Shift(start=0, end=0, opens=0, closes=9 * HOUR, agent=agent, breaks=(lunch,), pay=pay)
            for agent in range(shifts)
        ),
    )


def _doors(chance: Generator, count: int) -> NDArray[np.float64]:  # (count, 2), metres
    quarters = chance.uniform(-6_000, 6_000, size=(max(3, count // 25), 2))
    doors = quarters[chance.integers(len(quarters), size=count)] + chance.normal(0, 700, size=(count, 2))
    doors[0] = 0.0
    return doors


def _travel(places: NDArray[np.float64]) -> TravelMatrix:
    metres = np.linalg.norm(places[:, None] - places[None, :], axis=2) * 1.35
    return TravelMatrix(
        seconds=np.ceil(metres / METRES_PER_SECOND).astype(np.int32), metres=np.rint(metres).astype(np.int32)
    )


def _visit(chance: Generator, place: int) -> Visit:
    service = int(chance.choice([10, 15, 20])) * 60
    opens, closes = [(0, 9), (0, 9), (0, 9), (6, 9), (6, 9), (0, 3)][chance.integers(6)]
    window = StartWindow(opens * HOUR, closes * HOUR - service)
    value = VALUE * int(min(100, 10 * (1 + chance.pareto(1.2))))
    return Visit(options=(Option(place=place, service=service, windows=(window,), prize=value),))
