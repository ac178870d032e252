"""Travel times that came with the request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.request import GivenMatrix
from service.travel.profiles import ProfileUnknownError
from solver.problem import TravelMatrix
from solver.units import UNREACHABLE


@dataclass(frozen=True, slots=True, eq=False)
class GivenTravel:
    """The caller's matrices by profile; places need an index into them."""

    matrices: Mapping[str, TravelMatrix]

    @classmethod
    def of(cls, matrices: Mapping[str, GivenMatrix]) -> Self:
        """Matrices of a request that has no faults. A missing distance counts as 0 m; the plan warns of it."""
        return cls({profile: _whole(given) for profile, given in matrices.items()})

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """See TravelTimes."""
        if profile not in self.matrices:
            raise ProfileUnknownError(profile, tuple(self.matrices))
        rows = np.array([_index(place) for place in places], dtype=np.intp)
        pairs = np.ix_(rows, rows)
        return TravelMatrix(self.matrices[profile].seconds[pairs], self.matrices[profile].metres[pairs])


def _index(place: Place) -> int:
    if place.index is None:
        message = "a matrix needs the index of every place."
        raise ValueError(message)
    return place.index


def _whole(given: GivenMatrix) -> TravelMatrix:
    seconds = _numbers(given.seconds, UNREACHABLE)
    diagonal = np.diagonal(seconds)
    np.fill_diagonal(seconds, np.where(diagonal == UNREACHABLE, 0, diagonal))
    metres = np.zeros_like(seconds) if given.metres is None else _numbers(given.metres, 0)
    return TravelMatrix(seconds, metres)


def _numbers(rows: Sequence[Sequence[int | None]], missing: int) -> NDArray[np.int32]:
    filled = [[missing if entry is None else entry for entry in row] for row in rows]
    return np.array(filled, dtype=np.int32).reshape(len(filled), -1)
