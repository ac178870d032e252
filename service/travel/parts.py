"""A large table in parts, since services answer so many pairs at a time and not all of them say how many."""

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.travel.protocol import Table
from solver.units import UNREACHABLE

Part: TypeAlias = Callable[[Sequence[Place], Sequence[Place]], Table]

LESS: Final = 4
"""Of what was too much at a time, so much less is asked for."""


class TooBigError(Exception):
    """More than a service answers at a time."""


class Parts:
    """How many pairs are asked for at a time; what was too much for a service once is not tried again."""

    def __init__(self, most_pairs: int) -> None:
        self._most_pairs = most_pairs

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], part: Part) -> Table:
        """The table of all pairs. Raises TooBigError where a service does not even answer one."""
        while True:
            most_pairs = self._most_pairs
            try:
                return _table(origins, destinations, part, most_pairs)
            except TooBigError:
                if most_pairs <= 1:
                    raise
                self._most_pairs = min(self._most_pairs, max(1, most_pairs // LESS))


def slices(length: int, most: int) -> Iterator[slice]:
    """All of a sequence, so much at a time."""
    return (slice(first, first + most) for first in range(0, length, most))


def whole_numbers(seconds: NDArray[np.float64], metres: NDArray[np.float64]) -> Table:
    """A table of what services tell, NaN where there is no way."""
    apart = np.isnan(seconds)
    return Table(
        np.where(apart, UNREACHABLE, np.ceil(seconds)).astype(np.int32),
        np.where(apart | np.isnan(metres), 0, np.rint(metres)).astype(np.int32),
    )


def _table(origins: Sequence[Place], destinations: Sequence[Place], part: Part, most_pairs: int) -> Table:
    """Twice as wide as high: from where one is, looking for more destinations costs little."""
    seconds = np.empty((len(origins), len(destinations)), dtype=np.int32)
    metres = np.empty_like(seconds)
    across = max(1, min(len(destinations), 2 * isqrt(most_pairs), most_pairs))
    for rows in slices(len(origins), max(1, most_pairs // across)):
        for columns in slices(len(destinations), across):
            seconds[rows, columns], metres[rows, columns] = part(origins[rows], destinations[columns])
    return Table(seconds, metres)
