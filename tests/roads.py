"""Roads of the tests' own: a straight one from west to east, an island beside it, and a service that may be down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place, Point
from service.day.plan import TravelSource
from service.travel.protocol import Drawn, RoadsDownError, Table
from solver.units import UNREACHABLE

NORTH: Final = 60.0
ISLAND: Final = 61.0
A_MINUTE: Final = 0.01
"""Degrees to the east that take a minute and a kilometre."""
FERRY_BEYOND: Final = 30
"""Minutes to the east where the road ends at a ferry."""


def beside_the_road(minutes: float, metres: float = 0) -> Place:
    """A place so many minutes along the road, and so far from it."""
    return Place(Point(NORTH + metres / 111_195, 24 + minutes * A_MINUTE))


def on_the_island(minutes: float) -> Place:
    """A place on the road there."""
    return Place(Point(ISLAND, 24 + minutes * A_MINUTE))


@dataclass
class StraightRoad:
    """A travel engine; ``down`` makes it give no answer, ``asked`` counts its questions by name and size."""

    down: bool = False
    name: str = "osrm"
    date: str = "2026-03-01"
    asked: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        del profile
        self._answer("snap", len(places), 1)
        return np.array([abs(_point(place).lat - round(_point(place).lat)) * 111_195 for place in places])

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        del profile
        self._answer("table", len(origins), len(destinations))
        minutes = np.array([[_minutes(here, there) for there in destinations] for here in origins])
        minutes = minutes.reshape(len(origins), len(destinations))
        apart = np.isinf(minutes)
        seconds = np.where(apart, UNREACHABLE, np.round(60 * np.where(apart, 0, minutes)))
        return Table(seconds.astype(np.int32), np.round(1000 * np.where(apart, 0, minutes)).astype(np.int32))

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        del profile
        self._answer("draw", len(stops), 1)
        legs = pairwise(stops)
        return [Drawn(f"{_east(here):.0f}>{_east(there):.0f}", _by_ferry(here, there)) for here, there in legs]

    def info(self, profile: str) -> TravelSource:
        del profile
        return TravelSource(self.name, "a straight road", self.date, "© whoever drew it")

    def _answer(self, question: str, rows: int, columns: int) -> None:
        if self.down:
            raise RoadsDownError(self.name, "it cannot be reached, or breaks off", timedelta(seconds=90))
        self.asked.append((question, rows, columns))


def _point(place: Place) -> Point:
    assert place.point is not None
    return place.point


def _east(place: Place) -> float:
    return (_point(place).lon - 24) / A_MINUTE


def _minutes(here: Place, there: Place) -> float:
    return abs(_east(here) - _east(there)) if round(_point(here).lat) == round(_point(there).lat) else np.inf


def _by_ferry(here: Place, there: Place) -> bool:
    return (_east(here) > FERRY_BEYOND) != (_east(there) > FERRY_BEYOND)
