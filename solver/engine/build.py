"""The complete routing model of a day, one function per feature.

Facts that shaped it: transits are registered matrices (Python callbacks are seven times slower); a way that does not
exist needs no forbidden arc, as UNREACHABLE is longer than any horizon, so that the time dimension refuses it whatever
it would cost; an unused vehicle drives from start to end in the model, hence that arc is free and takes no time.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp

from solver.engine.layout import Layout, Vehicle
from solver.engine.model import Model
from solver.engine.transits import Transits, wage_on_arcs
from solver.engine.weights import Weights
from solver.problem import Problem, Shift, Visit
from solver.units import Seconds

TIME: Final = "time"

UNBOUNDED: Final = 1 << 40
"""More than any count of a dimension without bound comes to; far below overflow."""

_MatrixOf: TypeAlias = Callable[[int], NDArray[np.int64]]
"""Matrix of a profile."""


def build(layout: Layout, weights: Weights) -> Model:
    """The model; still open, so that whoever searches it can add what it needs."""
    nodes, vehicles = len(layout.places), len(layout.vehicles)
    manager = pywrapcp.RoutingIndexManager(nodes, vehicles, list(layout.starts), list(layout.ends))
    routing = pywrapcp.RoutingModel(manager)
    builder = _Builder(layout, weights, manager, routing)
    builder.time()
    builder.visits()
    builder.breaks()
    builder.costs()
    builder.limits()
    builder.loads()
    builder.links()
    builder.positions()
    builder.beginnings()
    builder.siblings()
    return Model(layout, manager, routing)


class _Builder:
    """Adds features to a routing model one by one."""

    def __init__(
        self,
        layout: Layout,
        weights: Weights,
        manager: pywrapcp.RoutingIndexManager,
        routing: pywrapcp.RoutingModel,
    ) -> None:
        self._layout = layout
        self._weights = weights
        self._manager = manager
        self._routing = routing
        self._solver = routing.solver()
        self._problem: Problem = layout.problem
        self._origin = min(layout.shift_of(vehicle).opens for vehicle in layout.vehicles)
        self._horizon = max(layout.shift_of(vehicle).last_finish for vehicle in layout.vehicles) - self._origin
        self._transits = Transits(layout, weights, self._horizon)

    def time(self) -> None:
        """When each stop starts: service, travel and set-up between, windows, hours of the shifts, longest days."""
        transit = self._per_profile(self._transits.seconds)
        self._routing.AddDimensionWithVehicleTransits(
            [transit[self._layout.shift_of(vehicle).profile] for vehicle in self._layout.vehicles],
            self._horizon,
            self._horizon,
            False,  # noqa: FBT003 - shifts do not start at time 0
            TIME,
        )
        time = self._time
        for node, way in enumerate(self._layout.nodes):
            opens, closes = way.window.opens - self._origin, way.window.closes - self._origin
            time.CumulVar(self._index(node)).SetRange(max(0, opens), min(self._horizon, closes))
        for v, vehicle in enumerate(self._layout.vehicles):
            shift = self._layout.shift_of(vehicle)
            for end in (self._routing.Start(v), self._routing.End(v)):
                time.CumulVar(end).SetRange(shift.opens - self._origin, shift.last_finish - self._origin)
            if vehicle.longest is not None:
                time.SetSpanUpperBoundForVehicle(vehicle.longest, v)

    def visits(self) -> None:
        """At most one way of each visit, at the price of its prize; each way by those who may."""
        of_shift: dict[int, list[int]] = {}
        for v, vehicle in enumerate(self._layout.vehicles):
            of_shift.setdefault(vehicle.shift, []).append(v)
        for visit, nodes in zip(self._problem.visits, self._layout.visit_nodes, strict=True):
            if nodes:
                self._routing.AddDisjunction([self._index(node) for node in nodes], self._worth(visit))
            for node in nodes:
                able = [v for shift in self._layout.nodes[node].shifts for v in of_shift.get(shift, ())]
                # SetAllowedVehiclesForIndex says the same, but its binding takes no Python list (OR-Tools 9.15).
                self._routing.VehicleVar(self._index(node)).SetValues([-1, *able])

    def breaks(self) -> None:
        """Breaks in their order between departure and finish, never during a service."""
        during = [0] * self._routing.Size()
        for node, option in enumerate(self._layout.options):
            during[self._index(node)] = option.service
        for v, vehicle in enumerate(self._layout.vehicles):
            if vehicle.breaks:
                rests = [self._rest(v, vehicle, k) for k in range(len(vehicle.breaks))]
                begin, finish = self._time.CumulVar(self._routing.Start(v)), self._time.CumulVar(self._routing.End(v))
                self._solver.Add(rests[0].StartExpr() >= begin)
                self._solver.Add(rests[-1].EndExpr() <= finish)
                for earlier, later in pairwise(rests):
                    self._solver.Add(later.StartExpr() >= earlier.EndExpr())
                self._time.SetBreakIntervalsOfVehicle(rests, v, during)

    def costs(self) -> None:
        """Metres, pay and preferences, or while packing travel alone; overtime and waiting only without breaks.

        Both depend on times, and with breaks OR-Tools cannot find the cheapest ones, see ``wage_on_arcs``.
        """
        arcs: dict[tuple[object, ...], int] = {}
        for v, vehicle in enumerate(self._layout.vehicles):
            shift, wage = self._layout.shift_of(vehicle), wage_on_arcs(self._layout, vehicle)
            preferences = tuple(
                self._weights.of_cost(option.preference(vehicle.shift) or 0) for option in self._layout.options
            )
            kind = (shift.profile, shift.pay.per_metre, wage, preferences)
            if kind not in arcs:
                arcs[kind] = self._register(self._transits.costs(vehicle, preferences))
            self._routing.SetArcCostEvaluatorOfVehicle(arcs[kind], v)
            rests = sum(rest.duration for rest in vehicle.breaks if rest.paid)
            self._routing.SetFixedCostOfVehicle(self._weights.of_cost(shift.pay.fixed + wage * rests), v)
            if not vehicle.breaks:
                self._costs_of_time(v, shift)

    def _costs_of_time(self, v: int, shift: Shift) -> None:
        if wages := self._weights.of_cost(shift.pay.per_second):
            self._time.SetSpanCostCoefficientForVehicle(wages, v)
        if surcharge := self._weights.of_cost(shift.pay.overtime_per_second):
            self._time.SetCumulVarSoftUpperBound(self._routing.End(v), shift.closes - self._origin, surcharge)

    def limits(self) -> None:
        """The most visits, driving and metres of each shift."""
        limits = [self._layout.shift_of(vehicle).limits for vehicle in self._layout.vehicles]
        if any(limit.visits is not None for limit in limits):
            one_each = self._routing.RegisterUnaryTransitVector(
                self._transits.of_nodes(1 for _ in self._layout.options).tolist()
            )
            self._count([one_each] * len(limits), "visits", [limit.visits for limit in limits])
        self._bound("driving", self._transits.driving, [limit.driving for limit in limits])
        self._bound("distance", self._transits.metres, [limit.distance for limit in limits])

    def loads(self) -> None:
        """Named loads, one dimension each."""
        shifts = [self._layout.shift_of(vehicle) for vehicle in self._layout.vehicles]
        for d in range(len(shifts[0].capacity)):
            amounts = self._transits.of_nodes(
                self._problem.visits[way.served.visit].load[d] for way in self._layout.nodes
            )
            evaluator = self._routing.RegisterUnaryTransitVector(amounts.tolist())
            self._count([evaluator] * len(shifts), f"load {d}", [shift.capacity[d] for shift in shifts])

    def links(self) -> None:
        """The later visit only with the earlier one, and late enough after it."""
        for link in self._problem.links:
            earlier, later = (self._layout.visit_nodes[visit] for visit in (link.first, link.then))
            if not later:
                continue
            active = self._routing.ActiveVar
            self._solver.Add(
                self._solver.Sum([active(self._index(node)) for node in later])
                <= self._solver.Sum([active(self._index(node)) for node in earlier])
            )
            for a in earlier:
                for b in later:
                    self._keep_gap(a, b, self._layout.options[a].service + link.gap)

    def positions(self) -> None:
        """First stops are entered from a start only, last stops left for an end only."""
        inner = [self._index(node) for node in range(len(self._layout.nodes))]
        for node, way in enumerate(self._layout.nodes):
            index, position = self._index(node), self._problem.visits[way.served.visit].position
            others = [other for other in inner if other != index]
            if position == "first":
                for other in others:
                    self._routing.NextVar(other).RemoveValue(index)
            elif position == "last":
                self._routing.NextVar(index).RemoveValues(others)

    def beginnings(self) -> None:
        """What a shift has begun with is made, right after its start, and nothing comes between."""
        inner = [self._index(node) for node in range(len(self._layout.nodes))]
        for v, vehicle in enumerate(self._layout.vehicles):
            before = [self._routing.Start(v)]
            for stop in self._layout.shift_of(vehicle).begun:
                here = [self._index(node) for node in self._layout.visit_nodes[stop.visit]]
                for index in before:
                    self._routing.NextVar(index).RemoveValues([other for other in inner if other not in {index, *here}])
                before = here

    def siblings(self) -> None:
        """At most one vehicle of each shift goes out."""
        for group in self._layout.siblings():
            self._solver.Add(self._solver.Sum([self._routing.ActiveVehicleVar(v) for v in group]) <= 1)

    @property
    def _time(self) -> pywrapcp.RoutingDimension:
        return self._routing.GetDimensionOrDie(TIME)

    def _index(self, node: int) -> int:
        return self._manager.NodeToIndex(node)

    def _worth(self, visit: Visit) -> int:
        prize = self._weights.of_prize(max(option.prize for option in visit.options))
        return prize + (self._weights.required if visit.required else 0)

    def _rest(self, v: int, vehicle: Vehicle, k: int) -> pywrapcp.IntervalVar:
        rest, shift = vehicle.breaks[k], self._layout.shift_of(vehicle)
        first, last = max(rest.earliest, shift.opens), min(rest.latest, shift.last_finish - rest.duration)
        return self._solver.FixedDurationIntervalVar(
            first - self._origin,
            last - self._origin,
            rest.duration,
            False,  # noqa: FBT003 - not optional: a vehicle takes its breaks
            f"break {k} of {v}",
        )

    def _keep_gap(self, earlier: int, later: int, gap: Seconds) -> None:
        a, b = self._index(earlier), self._index(later)
        both = self._routing.ActiveVar(a) + self._routing.ActiveVar(b)
        slack = (2 - both) * (self._horizon + gap)
        self._solver.Add(self._time.CumulVar(b) + slack >= self._time.CumulVar(a) + gap)

    def _bound(self, name: str, matrix: _MatrixOf, bounds: Sequence[int | None]) -> None:
        if any(bound is not None for bound in bounds):
            per_profile = self._per_profile(matrix)
            shifts = [self._layout.shift_of(vehicle) for vehicle in self._layout.vehicles]
            self._count([per_profile[shift.profile] for shift in shifts], name, bounds)

    def _count(self, evaluators: list[int], name: str, bounds: Sequence[int | None]) -> None:
        """A dimension without slack whose end may not exceed each vehicle's bound."""
        capacities = [UNBOUNDED if bound is None else min(UNBOUNDED, bound) for bound in bounds]
        self._routing.AddDimensionWithVehicleTransitAndCapacity(
            evaluators,
            0,
            capacities,
            True,  # noqa: FBT003 - counting starts at 0
            name,
        )

    def _per_profile(self, matrix: _MatrixOf) -> dict[int, int]:
        """Evaluator of each profile that a vehicle has."""
        profiles = {self._layout.shift_of(vehicle).profile for vehicle in self._layout.vehicles}
        return {profile: self._register(matrix(profile)) for profile in sorted(profiles)}

    def _register(self, matrix: NDArray[np.int64]) -> int:
        return self._routing.RegisterTransitMatrix(matrix.tolist())
