"""Asking a routing model whether it would have a plan."""

from collections.abc import Sequence
from itertools import product

from solver.engine.build import build
from solver.engine.descent import close
from solver.engine.layout import Layout, lay_out
from solver.engine.model import Model
from solver.engine.weights import lexicographic
from solver.presolve import open_ways
from solver.problem import Problem
from solver.solution import Served
from solver.units import ShiftIndex
from tests.builders import served


def model_of(day: Problem) -> Model | None:
    """The model of a day, closed and ready to be asked; ``None`` if there is nothing to put into it."""
    layout = lay_out(day, open_ways(day))
    if not layout.nodes:
        return None
    model = build(layout, lexicographic(day))
    close(model)
    return model


def accepts(day: Problem, *routes: Sequence[int | Served], model: Model | None = None) -> bool:
    """Whether the model has these routes, whatever the windows, with any set of breaks that a shift may take."""
    model = model or model_of(day)
    if model is None:
        return False
    choices = [_vehicle_routes(model.layout, shift, served(*stops)) for shift, stops in enumerate(routes) if stops]
    for choice in product(*choices):
        nodes: list[tuple[int, ...]] = [()] * len(model.layout.vehicles)
        for vehicle, route in choice:
            nodes[vehicle] = route
        if model.restore(tuple(nodes)) is not None:
            return True
    return False


def _vehicle_routes(layout: Layout, shift: ShiftIndex, stops: Sequence[Served]) -> list[tuple[int, tuple[int, ...]]]:
    nodes = [
        [
            node
            for node in layout.visit_nodes[stop.visit]
            if layout.nodes[node].served == stop and shift in layout.nodes[node].shifts
        ]
        for stop in stops
    ]
    vehicles = [v for v, vehicle in enumerate(layout.vehicles) if vehicle.shift == shift]
    return [(vehicle, tuple(route)) for vehicle in vehicles for route in product(*nodes)]
