"""Doors in the plane and the ways between them."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from solver.problem import TravelMatrix
from solver.units import Prize, Seconds

HOUR: Final[Seconds] = 3600
METRES_PER_SECOND: Final = 7.0
"""About 25 km/h door to door."""
DETOUR: Final = 1.35
"""Length of a way over that of the straight line."""
ROWS: Final = 500
"""At a time: ten thousand places at once would take gigabytes."""

Doors: TypeAlias = NDArray[np.float64]
"""(places, 2), metres; the first is the office."""


def clustered(chance: Generator, count: int, reach: float, spread: float, per_quarter: int) -> Doors:
    """Doors around the middles of quarters, which lie within ``reach`` of the office."""
    quarters = chance.uniform(-reach, reach, size=(max(3, count // per_quarter), 2))
    doors = quarters[chance.integers(len(quarters), size=count)] + chance.normal(0, spread, size=(count, 2))
    doors[0] = 0.0
    return doors


def ways(doors: Doors, speed: float = METRES_PER_SECOND) -> TravelMatrix:
    """Travel at one speed."""
    metres = _between(doors, np.rint)
    seconds = _between(doors, lambda length: np.ceil(length / speed))
    return TravelMatrix(seconds=seconds, metres=metres)


def ways_in_seconds(doors: Doors, speed: float = METRES_PER_SECOND) -> TravelMatrix:
    """The same with seconds for metres: what costs is time on the road. Half the memory."""
    seconds = _between(doors, lambda length: np.ceil(length / speed))
    return TravelMatrix(seconds=seconds, metres=seconds)


def worth(chance: Generator) -> Prize:
    """10 to 100: most visits are worth little, few are worth much."""
    return int(min(100, 10 * (1 + chance.pareto(1.2))))


def _between(doors: Doors, whole: Callable[[Doors], Doors]) -> NDArray[np.int32]:
    found = np.empty((len(doors), len(doors)), dtype=np.int32)
    for first in range(0, len(doors), ROWS):
        some = doors[first : first + ROWS]
        straight = np.hypot(some[:, None, 0] - doors[None, :, 0], some[:, None, 1] - doors[None, :, 1])
        found[first : first + ROWS] = whole(straight * DETOUR)
    return found
