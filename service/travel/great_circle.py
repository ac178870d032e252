"""Distances as the crow flies."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.day.place import Point

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius, IUGG."""


def on_globe(points: Sequence[Point]) -> NDArray[np.float64]:
    """Points of a globe of radius 1, (points, 3)."""
    lat, lon = np.radians(np.array([(point.lat, point.lon) for point in points]).reshape(-1, 2).T)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def metres(origins: NDArray[np.float64], destinations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres between points of a globe, (origins, destinations).

    From the chord through the globe: as exact as haversine for near places, and three times as fast, since no angle of
    a pair is needed but the last.
    """
    squares = np.zeros((len(origins), len(destinations)))
    for axis in range(3):
        apart = origins[:, None, axis] - destinations[None, :, axis]
        squares += apart * apart
    return 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1))


def metres_between(here: Point, there: Point) -> float:
    """Between two points."""
    return float(metres(on_globe([here]), on_globe([there]))[0, 0])
