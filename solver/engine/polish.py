"""The last touch: OR-Tools' moves on the final plan of another search, with the objective itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from solver.allowance import Allowance
from solver.engine.build import build
from solver.engine.descent import Descent
from solver.engine.layout import lay_out
from solver.engine.piece import piece_around
from solver.engine.routing import Offer
from solver.engine.weights import lexicographic
from solver.presolve import Ways
from solver.problem import Problem
from solver.solution import Route, Sequences, sequences_of

WHOLE: Final = 200
"""Visits up to which the day is one piece: a descent from a good plan takes 0.2 s there, 4 s on 500 visits. One in the
neighbourhood of a single shift takes 0.05 s whatever the day, and all of these together found as much."""


def polish(
    problem: Problem, ways: Ways, best: Callable[[], tuple[Route, ...]], allowance: Allowance, *, offer: Offer
) -> None:
    """Offer better plans than ``best()`` until a descent from it finds none in any piece, or the allowance is spent."""
    polisher = _Polisher(problem, ways, allowance, offer)
    before = None
    while before != best():
        before = best()
        for piece in polisher.pieces(best):
            if allowance.spent():
                return
            polisher.descend(piece, best())


@dataclass(frozen=True, slots=True)
class _Polisher:
    """Descends on pieces of one day."""

    problem: Problem
    ways: Ways
    allowance: Allowance
    offer: Offer

    def pieces(self, best: Callable[[], tuple[Route, ...]]) -> Iterator[Ways]:
        """The whole day, or of a large one the neighbourhood of each used shift."""
        if len(self.problem.visits) <= WHOLE:
            yield self.ways
            return
        places = np.array([visit.options[0].place for visit in self.problem.visits], dtype=np.intp)
        for route in best():
            middle = route.stops[len(route.stops) // 2].visit
            around = np.argsort(self.problem.travel[0].seconds[places[middle], places], kind="stable").tolist()
            plan = sequences_of(best(), len(self.problem.shifts))
            yield piece_around(self.problem, self.ways, plan, [middle, *around])

    def descend(self, piece: Ways, routes: tuple[Route, ...]) -> None:
        """From the routes to the nearest plan that no single move in this piece betters."""
        layout = lay_out(self.problem, piece)
        if not layout.nodes:
            return
        model = build(layout, lexicographic(self.problem))
        before = sequences_of(routes, len(self.problem.shifts))
        mine = {vehicle.shift for vehicle in layout.vehicles}

        def look(part: Sequences) -> None:
            self.offer(tuple(part[s] if s in mine else before[s] for s in range(len(before))))

        descent = Descent(model, self.allowance, lambda nodes: look(model.sequences(nodes)))
        found = descent.run(model.nodes_of(routes))
        if found is not None:
            look(model.sequences(found[0]))
