"""How travel times are asked for, whoever answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.outage import OutageError
from solver.problem import TravelMatrix

PRECISION: Final = 6
"""Digits of a degree in a polyline."""
NOWHERE: Final = np.inf
"""How far a place is from a way if there is none at all."""


class RoadsDownError(OutageError):
    """Travel times cannot be had. The text names who was asked and the kind of failure, never a place."""

    code = "roads_down"
    what = "road service"
    consequence = "Travel times could not be had"


class Table(NamedTuple):
    """Travel from each origin to each destination, both int32, (origins, destinations).

    ``seconds`` are rounded up, UNREACHABLE where there is no way; there, ``metres`` are 0.
    """

    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One leg as it is driven: its line as polyline of PRECISION, and whether it is on a ferry for a part of it."""

    line: str
    ferry: bool = False


class TravelEngine(Protocol):
    """Somebody who knows how long ways take, for one profile at a time.

    Profiles are those of ``service.travel.profiles``. Raises RoadsDownError where an answer cannot be had.
    """

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """Metres from each place to the nearest way that somebody may use, (places,), NOWHERE if there is none."""
        ...

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """Travel between places that are near a way."""
        ...

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """Each leg from stop to stop, one fewer than stops; ``None`` where no way is known."""
        ...

    def info(self, profile: str) -> TravelSource:
        """Where the figures come from; every plan says so."""
        ...


class TravelTimes(Protocol):
    """Seconds and metres between places of a day."""

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """Travel between all places; rows and columns in the order of ``places``, UNREACHABLE where there is no way."""
        ...
