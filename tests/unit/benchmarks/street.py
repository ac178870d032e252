"""A street: places ten seconds and ten metres apart, an agent who starts and ends at place 0."""

from collections.abc import Sequence

import numpy as np

from solver.problem import Option, Pay, Problem, Shift, StartWindow, TravelMatrix, Visit

ALL_DAY = (StartWindow(0, 1000),)


def street(*visits: Visit, shifts: int = 1, closes: int = 1000) -> Problem:
    at = np.arange(len(visits) + 1, dtype=np.int32) * 10
    between = np.abs(at[:, None] - at[None, :])
    return Problem(
        travel=(TravelMatrix(seconds=between, metres=between),),
        visits=visits,
        shifts=(Shift(0, 0, 0, closes, pay=Pay(per_metre=1)),) * shifts,
    )


def visit(place: int, value: int = 10, windows: Sequence[StartWindow] = ALL_DAY) -> Visit:
    return Visit((Option(place, 5, tuple(windows), value),))
