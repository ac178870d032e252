"""A routing model: how to write plans into it and to read them out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ortools.constraint_solver import pywrapcp

from solver.engine.layout import Layout
from solver.solution import Route, Sequences, Served
from solver.units import Seconds

NodeRoutes: TypeAlias = tuple[tuple[int, ...], ...]
"""Nodes that each vehicle visits, in order."""


@dataclass(frozen=True, slots=True)
class Model:
    """The model of one layout."""

    layout: Layout
    manager: pywrapcp.RoutingIndexManager
    routing: pywrapcp.RoutingModel

    def read(self, value: Callable[[pywrapcp.IntVar], int]) -> NodeRoutes:
        """The routes of a solution that ``value`` looks variables up in."""
        routing = self.routing
        routes: list[tuple[int, ...]] = []
        for v in range(len(self.layout.vehicles)):
            nodes: list[int] = []
            index = value(routing.NextVar(routing.Start(v)))
            while not routing.IsEnd(index):
                nodes.append(self.manager.IndexToNode(index))
                index = value(routing.NextVar(index))
            routes.append(tuple(nodes))
        return tuple(routes)

    def restore(self, routes: NodeRoutes) -> pywrapcp.Assignment | None:
        """Routes as a plan to search from, ``None`` if they break a rule of the model."""
        indices = [[self.manager.NodeToIndex(node) for node in route] for route in routes]
        return self.routing.ReadAssignmentFromRoutes(indices, True)  # noqa: FBT003 - the rest is left out

    def sequences(self, routes: NodeRoutes) -> Sequences:
        """What each shift serves on these routes."""
        found: list[tuple[Served, ...]] = [()] * len(self.layout.problem.shifts)
        for vehicle, route in zip(self.layout.vehicles, routes, strict=True):
            if route:
                found[vehicle.shift] = tuple(self.layout.nodes[node].served for node in route)
        return tuple(found)

    def nodes_of(self, routes: Sequence[Route]) -> NodeRoutes:
        """Timed routes as nodes; what the model has no node or vehicle for is left out."""
        found: list[tuple[int, ...]] = [()] * len(self.layout.vehicles)
        for route in routes:
            vehicle = self._vehicle(route)
            if vehicle is not None:
                nodes = (self._node(Served(stop.visit, stop.option), stop.start) for stop in route.stops)
                found[vehicle] = tuple(node for node in nodes if node is not None)
        return tuple(found)

    def _node(self, served: Served, start: Seconds) -> int | None:
        for node in self.layout.visit_nodes[served.visit]:
            way = self.layout.nodes[node]
            if way.served == served and way.window.opens <= start <= way.window.closes:
                return node
        return None

    def _vehicle(self, route: Route) -> int | None:
        """The sibling with the fewest breaks among those that may work as long as the route does."""
        able = [
            v
            for v, vehicle in enumerate(self.layout.vehicles)
            if vehicle.shift == route.shift and (vehicle.longest is None or route.duration <= vehicle.longest)
        ]
        return able[-1] if able else None
