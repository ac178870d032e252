"""How a problem is laid out for a routing model: nodes, vehicles, and the places they stand for.

A visit becomes one node for each way of serving it (option x window), since a node with several windows is slow to
plan with: first plans of 500 visits took seconds with holes in the windows, 0.3 s with a node for each.
A shift becomes one vehicle for each set of breaks it may get by with; at most one of these siblings goes out.
"""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from solver.presolve import Way, Ways
from solver.problem import Break, Option, Problem, Shift
from solver.rests import Rests, rests_of
from solver.units import PlaceIndex, Seconds, ShiftIndex

NOWHERE: PlaceIndex = -1
"""Where an open end lies: no time and no metres from anywhere. As an index it is the row added last."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A shift with the breaks it takes, and how long it may last with them."""

    shift: ShiftIndex
    rests: Rests

    @property
    def breaks(self) -> tuple[Break, ...]:
        """In their order."""
        return self.rests.breaks

    @property
    def longest(self) -> Seconds | None:
        """How long it may be out."""
        return self.rests.longest


@dataclass(frozen=True, slots=True)
class Layout:
    """Nodes first, then one terminal for each place where vehicles start or end.

    options:     of each node
    visit_nodes: the nodes of each visit, order of ``Problem.visits``
    places:      (nodes + terminals,), NOWHERE for an open end
    """

    problem: Problem
    nodes: tuple[Way, ...]
    options: tuple[Option, ...]
    vehicles: tuple[Vehicle, ...]
    visit_nodes: tuple[tuple[int, ...], ...]
    places: NDArray[np.intp]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def shift_of(self, vehicle: Vehicle) -> Shift:
        """The shift of a vehicle."""
        return self.problem.shifts[vehicle.shift]

    def siblings(self) -> tuple[tuple[int, ...], ...]:
        """Vehicles of one shift, for the shifts that have several."""
        groups = groupby(range(len(self.vehicles)), key=lambda v: self.vehicles[v].shift)
        return tuple(group for group in (tuple(members) for _, members in groups) if len(group) > 1)


def lay_out(problem: Problem, ways: Ways) -> Layout:
    """Nodes, vehicles and terminals; a shift that has no way gets no vehicle."""
    needed = sorted({shift for of_visit in ways for way in of_visit for shift in way.shifts})
    vehicles = tuple(Vehicle(shift, rests) for shift in needed for rests in rests_of(problem.shifts[shift]))
    nodes = tuple(way for of_visit in ways for way in of_visit)
    visit_nodes: list[list[int]] = [[] for _ in problem.visits]
    for node, way in enumerate(nodes):
        visit_nodes[way.served.visit].append(node)
    shifts = [problem.shifts[vehicle.shift] for vehicle in vehicles]
    starts = [shift.start for shift in shifts]
    ends = [NOWHERE if shift.end is None else shift.end for shift in shifts]
    terminals = sorted({*starts, *ends})
    node_of = {place: len(nodes) + t for t, place in enumerate(terminals)}
    options = tuple(problem.visits[way.served.visit].options[way.served.option] for way in nodes)
    return Layout(
        problem=problem,
        nodes=nodes,
        options=options,
        vehicles=vehicles,
        visit_nodes=tuple(tuple(of_visit) for of_visit in visit_nodes),
        places=np.array([*(option.place for option in options), *terminals], dtype=np.intp),
        starts=tuple(node_of[place] for place in starts),
        ends=tuple(node_of[place] for place in ends),
    )
