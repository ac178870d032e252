"""Travel times from coordinates alone: no data, no network, and said to be estimates.

Great-circle distance, cut into bands that are driven at different speeds, because a short trip is all side streets and
a long one mostly main road. ``service.travel.profiles`` has the bands and says how good they are.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import polyline
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.travel.profiles import PROFILES, Profile, ProfileUnknownError
from service.travel.protocol import PRECISION, Drawn, Table

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius, IUGG."""
ESTIMATED: Final = TravelSource(source="estimate", engine="great circle, speed bands")
ROWS_AT_ONCE: Final = 256
"""Bounds the memory of intermediate results: 20 MB each at 10,000 places."""


class Estimate:
    """Travel times by great circle and speed bands; places need a point."""

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine. Whoever knows no roads finds every place beside one."""
        _known(profile)
        return np.zeros(len(places))

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine. Every pair is reachable: water and mountains are unknown here."""
        known = _known(profile)
        here, there = _globe(origins), _globe(destinations)
        seconds = np.empty((len(here), len(there)), dtype=np.int32)
        metres = np.empty_like(seconds)
        for first in range(0, len(here), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            seconds[rows], metres[rows] = _travel(_great_circle(here[rows], there), known)
        return Table(seconds, metres)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn]:
        """See TravelEngine. As the crow flies."""
        _known(profile)
        return [Drawn(polyline.encode([_degrees(here), _degrees(there)], PRECISION)) for here, there in pairwise(stops)]

    def info(self, profile: str) -> TravelSource:  # noqa: ARG002 - the same for all
        """See TravelEngine."""
        return ESTIMATED


def _known(profile: str) -> Profile:
    if profile not in PROFILES:
        raise ProfileUnknownError(profile, tuple(PROFILES))
    return PROFILES[profile]


def _globe(places: Sequence[Place]) -> NDArray[np.float64]:
    return _on_globe(np.array([_degrees(place) for place in places]).reshape(-1, 2))


def _degrees(place: Place) -> tuple[float, float]:
    if place.point is None:
        message = "an estimate needs the coordinates of every place."
        raise ValueError(message)
    return place.point.lat, place.point.lon


def _on_globe(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees of lat and lon, (places, 2), to points of a globe of radius 1, (places, 3)."""
    lat, lon = np.radians(degrees.T)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _great_circle(origins: NDArray[np.float64], destinations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres between points of a globe, (origins, destinations).

    From the chord through the globe: as exact as haversine for near places, and three times as fast, since no angle of
    a pair is needed but the last.
    """
    squares = np.zeros((len(origins), len(destinations)))
    for axis in range(3):
        apart = origins[:, None, axis] - destinations[None, :, axis]
        squares += apart * apart
    return 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1))


def _travel(straight: NDArray[np.float64], profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds and metres of road: each band adds what it differs from the one before, beyond where it begins."""
    seconds = np.where(straight > 0, profile.getting_going, 0.0)
    metres = np.zeros_like(straight)
    pace = detour = 0.0
    for band in profile.bands:
        beyond = np.maximum(straight - band.beyond, 0)
        seconds += beyond * (3.6 / band.km_per_hour - pace)
        metres += beyond * (band.detour - detour)
        pace, detour = 3.6 / band.km_per_hour, band.detour
    return np.ceil(seconds), np.rint(metres)
