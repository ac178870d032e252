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

from service.day.place import Place, Point
from service.day.plan import TravelSource
from service.travel import great_circle
from service.travel.great_circle import on_globe
from service.travel.profiles import PROFILES, Profile, ProfileUnknownError
from service.travel.protocol import PRECISION, Drawn, Table

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
        here, there = on_globe(list(map(_point, origins))), on_globe(list(map(_point, destinations)))
        seconds = np.empty((len(here), len(there)), dtype=np.int32)
        metres = np.empty_like(seconds)
        for first in range(0, len(here), ROWS_AT_ONCE):
            rows = slice(first, first + ROWS_AT_ONCE)
            seconds[rows], metres[rows] = _travel(great_circle.metres(here[rows], there), known)
        return Table(seconds, metres)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn]:
        """See TravelEngine. As the crow flies."""
        _known(profile)
        line = [(point.lat, point.lon) for point in map(_point, stops)]
        return [Drawn(polyline.encode([*leg], PRECISION)) for leg in pairwise(line)]

    def info(self, profile: str) -> TravelSource:  # noqa: ARG002 - the same for all
        """See TravelEngine."""
        return ESTIMATED


def _known(profile: str) -> Profile:
    if profile not in PROFILES:
        raise ProfileUnknownError(profile, tuple(PROFILES))
    return PROFILES[profile]


def _point(place: Place) -> Point:
    if place.point is None:
        message = "an estimate needs the coordinates of every place."
        raise ValueError(message)
    return place.point


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
