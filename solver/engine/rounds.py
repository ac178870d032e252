"""Rounds of ruin and descent on one model."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias

import numpy as np

from solver.allowance import Allowance
from solver.engine.descent import Descent
from solver.engine.model import Model, NodeRoutes
from solver.engine.ruin import ruin, without_orphans
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
            found = self._descent.run(self._holed(standing))
            if found is not None:
                tolerance = TOLERANCE * (1 - self._allowance.progress)
                if found[1] <= lightest * (1 + tolerance):
                    standing = found[0]
                lightest = min(lightest, found[1])
            yield standing

    def _holed(self, routes: NodeRoutes) -> NodeRoutes:
        layout = self._model.layout
        begun = [len(layout.shift_of(vehicle).begun) for vehicle in layout.vehicles]
        return without_orphans(layout, ruin(routes, begun, self._around(), self._random))

    def _around(self) -> list[int]:
        """All nodes, from the nearest to one drawn at random."""
        layout = self._model.layout
        places = layout.places[: len(layout.nodes)]
        middle = places[self._random.randrange(len(places))]
        return np.argsort(layout.problem.travel[0].seconds[middle, places], kind="stable").tolist()
