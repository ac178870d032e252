"""A large table in parts, since services answer so many pairs at a time and not all of them say how many."""

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.travel.protocol import Drawn, Table
from solver.units import UNREACHABLE

Part: TypeAlias = Callable[[Sequence[Place], Sequence[Place]], Table]
Draw: TypeAlias = Callable[[Sequence[Place]], Sequence[Drawn | None]]

A_LEG: Final = 2
"""Stops of a single leg."""


class NoWayError(Exception):
    """There is no way from one of the places to the next."""


class TooBigError(Exception):
    """More than a service answers at a time."""


class Parts:
    """How many pairs are asked for at a time: of what was too much for a service, half, from then on."""

    def __init__(self, most_pairs: int) -> None:
        self._at_first = self._most_pairs = most_pairs

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], part: Part) -> Table:
        """The table of all pairs. Raises TooBigError where a service does not even answer one."""
        while True:
            most_pairs = self._most_pairs
            try:
                return _table(origins, destinations, part, most_pairs)
            except TooBigError:
                if most_pairs == 1:
                    self._most_pairs = self._at_first
                    raise
                self._most_pairs = min(self._most_pairs, most_pairs // 2)


def legs(stops: Sequence[Place], most: int, draw: Draw) -> list[Drawn | None]:
    """All legs from stop to stop, ``most`` stops at a time or less, ``None`` where there is no way.

    ``draw`` raises NoWayError or TooBigError for all of the stops that it is given.
    """
    drawn: list[Drawn | None] = []
    for first in range(0, len(stops) - 1, most - 1):
        some = stops[first : first + most]
        try:
            drawn += draw(some)
        except (NoWayError, TooBigError):
            drawn += [None] if len(some) == A_LEG else legs(some, max(A_LEG, len(some) // 2), draw)
    return drawn


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
