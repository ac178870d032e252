"""A problem as PyVRP's data, and the way back.

    visit    one client a window of an option, several of them in a group of which at most one is served
    shift    vehicle types, one a kind of shift
    value    prize, after multiplication by a weight

The weight is whole, so that values come back exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType
from pyvrp import Solution as Plan

from benchmarks.methods.watch import UnsupportedError
from solver.problem import Limits, Option, Problem, Shift, Visit
from solver.solution import Sequences, Served
from solver.units import PlaceIndex

UNBOUNDED: Final = np.iinfo(np.int64).max


class Model:
    """Raises UnsupportedError for what PyVRP cannot be told, or not in this way."""

    def __init__(self, problem: Problem, weight: int) -> None:
        if problem.links or problem.fairness:
            message = "links or fairness"
            raise UnsupportedError(message)
        self._weight = weight
        self._served: list[Served] = []  # by client
        clients: list[Client] = []
        groups: list[ClientGroup] = []
        for index, visit in enumerate(problem.visits):
            ways = list(_ways(visit))
            group = len(groups) if len(ways) > 1 else None
            if group is not None:
                members = range(len(clients), len(clients) + len(ways))
                groups.append(ClientGroup(list(members), required=visit.required))
            for number, window in ways:
                clients.append(self._client(visit, visit.options[number], window, group))
                self._served.append(Served(index, number))
        kinds: dict[Shift, list[int]] = {}
        for index, shift in enumerate(problem.shifts):
            kinds.setdefault(replace(shift, agent=0), []).append(index)
        self._shifts = list(kinds.values())  # by vehicle type
        depots = sorted({place for shift in kinds for place in (shift.start, _end(shift))})
        metres = [matrix.metres.astype(np.int64) for matrix in problem.travel]
        seconds = [matrix.seconds.astype(np.int64) for matrix in problem.travel]
        self.data = ProblemData(
            locations=[Location(0, 0) for _ in range(problem.places)],
            clients=clients,
            depots=[Depot(place) for place in depots],
            vehicle_types=[_vehicles(shift, len(twins), depots) for shift, twins in kinds.items()],
            distance_matrices=metres,  # pyright: ignore[reportArgumentType] - its stubs shape arrays as numpy's do not
            duration_matrices=seconds,  # pyright: ignore[reportArgumentType] - likewise
            groups=groups,
        )

    def sequences(self, plan: Plan) -> Sequences:
        """What each shift serves."""
        free = [list(twins) for twins in self._shifts]
        served: list[tuple[Served, ...]] = [()] * sum(map(len, free))
        for route in plan.routes():
            stops = tuple(self._served[activity.idx] for activity in route if activity.is_client())
            served[free[route.vehicle_type()].pop(0)] = stops
        return tuple(served)

    def value(self, plan: Plan) -> int:
        """Value collected."""
        return plan.prizes() // self._weight

    def _client(self, visit: Visit, option: Option, window: int, group: int | None) -> Client:
        if option.shifts is not None or option.setup or visit.position is not None:
            message = "eligible shifts, set-up or positions"
            raise UnsupportedError(message)
        return Client(
            location=option.place,
            delivery=list(visit.load),
            service_duration=option.service,
            tw_early=option.windows[window].opens,
            tw_late=option.windows[window].closes,
            prize=option.prize * self._weight,
            required=visit.required and group is None,
            group=group,
        )


def _ways(visit: Visit) -> Iterator[tuple[int, int]]:
    """Option and window of every way to serve a visit."""
    for number, option in enumerate(visit.options):
        for window in range(len(option.windows)):
            yield number, window


def _vehicles(shift: Shift, available: int, depots: Sequence[PlaceIndex]) -> VehicleType:
    limits = shift.limits
    if shift.breaks or shift.overtime or limits != Limits(distance=limits.distance, duration=limits.duration):
        message = "breaks, overtime or limits of visits and driving"
        raise UnsupportedError(message)
    return VehicleType(
        num_available=available,
        capacity=list(shift.capacity),
        start_depot=depots.index(shift.start),
        end_depot=depots.index(_end(shift)),
        fixed_cost=shift.pay.fixed,
        tw_early=shift.opens,
        tw_late=shift.closes,
        shift_duration=UNBOUNDED if limits.duration is None else limits.duration,
        max_distance=UNBOUNDED if limits.distance is None else limits.distance,
        unit_distance_cost=shift.pay.per_metre,
        unit_duration_cost=shift.pay.per_second,
        profile=shift.profile,
    )


def _end(shift: Shift) -> PlaceIndex:
    if shift.end is None:
        message = "open ends"
        raise UnsupportedError(message)
    return shift.end
