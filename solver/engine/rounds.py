"""Rounds of ruin and descent on one model."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias

import numpy as np

from solver.engine.allowance import Allowance
from solver.engine.descent import Descent
from solver.engine.model import Model, NodeRoutes
from solver.engine.ruin import ruin
from solver.solution import Sequences

Look: TypeAlias = Callable[[Sequences], object]
"""Shown what a search stands at now and then; it changes nothing."""

TOLERANCE: Final = 0.02
"""How much heavier than the best of its model a plan may be, in the beginning, for the next round to start there."""


class Rounds:
    """Plans of one model, each made from the one before it."""

    def __init__(self, model: Model, allowance: Allowance, random: Random, look: Look) -> None:
        self._model = model
        self._allowance = allowance
        self._random = random
        self._descent = Descent(model, allowance, lambda nodes: look(model.sequences(nodes)))

    def run(self, nodes: NodeRoutes) -> Iterator[NodeRoutes]:
        """Plan after plan, the first a descent from ``nodes``; it ends with the allowance or if the model has none."""
        found = self._descent.run(nodes)
        if found is None:
            return
        standing, lightest = found
        yield standing
        while not self._allowance.spent():
            found = self._descent.run(self._without_orphans(ruin(standing, self._around(), self._random)))
            if found is not None:
                tolerance = TOLERANCE * (1 - self._allowance.progress)
                if found[1] <= lightest * (1 + tolerance):
                    standing = found[0]
                lightest = min(lightest, found[1])
            yield standing

    def _around(self) -> list[int]:
        """All nodes, from the nearest to one drawn at random."""
        layout = self._model.layout
        places = layout.places[: len(layout.nodes)]
        middle = places[self._random.randrange(len(places))]
        return np.argsort(layout.problem.travel[0].seconds[middle, places], kind="stable").tolist()

    def _without_orphans(self, routes: NodeRoutes) -> NodeRoutes:
        """Later visits of links leave with the earlier ones."""
        layout = self._model.layout
        links = layout.problem.links
        if not links:
            return routes
        visit_of = [way.served.visit for way in layout.nodes]
        kept = {visit_of[node] for route in routes for node in route}
        while orphans := {link.then for link in links if link.then in kept and link.first not in kept}:
            kept -= orphans
        return tuple(tuple(node for node in route if visit_of[node] in kept) for route in routes)
