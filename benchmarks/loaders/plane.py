"""Travel between points of the plane, in whole units of a tenth or a hundredth.

Rounding is part of an instance: the literature cuts distances off after one decimal (Solomon's days) or two
(Cordeau's), and best known figures hold for that only.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from solver.problem import TravelMatrix

ROWS: Final = 500
"""At a time: ten thousand places at once would take gigabytes."""
EDGE: Final = 1e-6
"""A distance that is whole to the last bit of a double must not be cut to the number below."""


def cut_off(points: Sequence[tuple[float, float]], scale: int) -> TravelMatrix:
    """Euclidean distances times ``scale``, cut off; a unit of distance takes a unit of time."""
    at = np.asarray(points, dtype=np.float64)  # (places, 2)
    between = np.empty((len(at), len(at)), dtype=np.int32)
    for first in range(0, len(at), ROWS):
        some = at[first : first + ROWS]
        exact = np.hypot(some[:, None, 0] - at[None, :, 0], some[:, None, 1] - at[None, :, 1])
        between[first : first + ROWS] = np.floor(exact * scale + EDGE)
    return TravelMatrix(seconds=between, metres=between)
