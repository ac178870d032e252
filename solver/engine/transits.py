"""What it takes and costs to go from one node to another: the matrices of a routing model.

All are (nodes + terminals, nodes + terminals), int64, row = from, column = to. Between terminals, which is the way of
an unused vehicle, everything is 0.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from solver.engine.layout import Layout, Vehicle
from solver.engine.weights import Weights
from solver.problem import Option
from solver.units import Cost, Seconds


class Transits:
    """Matrices of one layout under one set of weights."""

    def __init__(self, layout: Layout, weights: Weights, horizon: Seconds) -> None:
        self._layout = layout
        self._weights = weights
        self._horizon = horizon
        self._service = self.of_nodes(option.service for option in layout.options)
        self._setup = self.of_nodes(option.setup for option in layout.options)

    def of_nodes(self, values: Iterable[int]) -> NDArray[np.int64]:
        """One value per node, 0 at terminals."""
        found = np.zeros(len(self._layout.places), dtype=np.int64)
        found[: len(self._layout.nodes)] = list(values)
        return found

    def driving(self, profile: int) -> NDArray[np.int64]:
        """Seconds on the road."""
        return self._between_nodes(self._layout.problem.travel[profile].seconds)

    def metres(self, profile: int) -> NDArray[np.int64]:
        """Metres on the road."""
        return self._between_nodes(self._layout.problem.travel[profile].metres)

    def seconds(self, profile: int) -> NDArray[np.int64]:
        """From start to start without waiting: service, travel, and set-up where the place changes."""
        return self.driving(profile) + self._service[:, None] + self._setups()

    def costs(self, vehicle: Vehicle, preferences: Sequence[int]) -> NDArray[np.int64]:
        """Weight of each arc: what the way costs, the shift's preference, and what an option of less prize forgoes.

        preferences: weight of each node's being served by this vehicle
        """
        shift = self._layout.shift_of(vehicle)
        metres = self.metres(shift.profile) * shift.pay.per_metre
        moving = np.minimum(self.driving(shift.profile), self._horizon) + self._setups()
        working = (moving + self._service[:, None]) * wage_on_arcs(self._layout, vehicle)
        costs = np.rint((metres + working) * self._weights.cost).astype(np.int64) + self._weights.travel * moving
        costs += self.of_nodes(self._forgone())[None, :] + self.of_nodes(preferences)[None, :]
        return self._free_between_terminals(costs)

    def _forgone(self) -> Iterable[int]:
        for way, option in zip(self._layout.nodes, self._layout.options, strict=True):
            best = max(other.prize for other in self._options_beside(way.served.visit))
            yield self._weights.of_prize(best) - self._weights.of_prize(option.prize)

    def _options_beside(self, visit: int) -> Sequence[Option]:
        return self._layout.problem.visits[visit].options

    def _setups(self) -> NDArray[np.int64]:
        elsewhere = self._layout.places[:, None] != self._layout.places[None, :]
        return np.where(elsewhere, self._setup[None, :], 0)

    def _between_nodes(self, by_place: NDArray[np.int32]) -> NDArray[np.int64]:
        """A matrix by place as one by node; the row and column added last are NOWHERE's."""
        with_nowhere = np.pad(by_place, ((0, 1), (0, 1))).astype(np.int64)
        return self._free_between_terminals(with_nowhere[np.ix_(self._layout.places, self._layout.places)])

    def _free_between_terminals(self, matrix: NDArray[np.int64]) -> NDArray[np.int64]:
        nodes = len(self._layout.nodes)
        matrix[nodes:, nodes:] = 0
        return matrix


def wage_on_arcs(layout: Layout, vehicle: Vehicle) -> Cost:
    """What a second of moving and working costs on the arcs.

    Elsewhere wages are a cost of the span. With breaks that must not be: OR-Tools then tries to reach a bound of the
    span that breaks put out of reach, second by second, and may not come back for hours even on two visits.
    """
    return layout.shift_of(vehicle).pay.per_second if vehicle.breaks else 0
