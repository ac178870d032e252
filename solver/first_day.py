"""A tiny day planned and proved, so that every function is compiled."""

from math import inf

import numpy as np

from solver.engine.bound import Bound
from solver.presolve import open_ways
from solver.problem import Option, Problem, Shift, StartWindow, TravelMatrix, Visit
from solver.search.layout import lay_out
from solver.search.run import Search


def plan_a_tiny_day() -> None:
    """Two doors, one shift, one round. Compiled functions are the same for every day."""
    seconds = np.array([[0, 60, 60], [60, 0, 60], [60, 60, 0]], dtype=np.int32)
    day = Problem(
        travel=(TravelMatrix(seconds, seconds),),
        visits=tuple(Visit((Option(place, 60, (StartWindow(0, 3600),), prize=1),)) for place in (1, 2)),
        shifts=(Shift(0, 0, 0, 3600),),
    )
    ways = open_ways(day)
    search = Search(lay_out(day, ways), seed=1)
    search.start_from(((),))
    search.run(1, 1.0, 1.0)
    Bound(day, ways).tighten((), 0, inf, lambda: False)
