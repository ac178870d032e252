"""OR-Tools' routing model with guided local search, as everybody uses it: cheapest arc first, then the time limit.

With what costs nothing to do better: travel as matrices instead of Python callbacks, and a weight of value that the
search can work with (ten times the mean way to a neighbour, for the mean value) instead of a lexicographic one, which
freezes it. Several windows by forbidden intervals. Our own use of OR-Tools is another method, ``routing``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.generators.field import field
from benchmarks.methods.arcs import Weight, arc_costs
from benchmarks.methods.watch import UnsupportedError, Watch
from solver.problem import Limits, Problem, Shift
from solver.solution import Sequences, Served

TIME: Final = "time"
LOAD: Final = "load"


@dataclass(frozen=True, slots=True)
class GuidedLocalSearch:
    """With default parameters otherwise. ``solutions``: how many it may look at, if not only time shall bound it."""

    solutions: int | None = None

    @property
    def packages(self) -> Sequence[str]:
        """Itself."""
        return ("ortools",)

    def warm_up(self) -> None:
        """Plan a day of three visits."""
        self.plan(field(3, 1, seed=1), 1, 1, Watch())

    def plan(self, problem: Problem, limit: float, seed: int, watch: Watch) -> Sequences:
        """There is nothing random in it, hence no use for ``seed``."""
        del seed
        manager, model = _model_of(problem)
        watch.model_is_built()
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(round(1000 * limit))
        if self.solutions is not None:
            parameters.solution_limit = self.solutions
        assignment = model.SolveWithParameters(parameters)
        if assignment is None:
            return ((),) * len(problem.shifts)
        return tuple(_stops(manager, model, assignment, shift) for shift in range(len(problem.shifts)))


def _model_of(problem: Problem) -> tuple[pywrapcp.RoutingIndexManager, pywrapcp.RoutingModel]:
    """Nodes are visits, then the start and the end of each shift."""
    _refuse_what_it_is_not_told(problem)
    places = [visit.options[0].place for visit in problem.visits]
    first = len(places)
    starts = [first + 2 * index for index in range(len(problem.shifts))]
    ends = [start + 1 for start in starts]
    places += [place for shift in problem.shifts for place in (shift.start, _end(shift))]
    services = np.array([visit.options[0].service for visit in problem.visits] + [0] * (len(places) - first))
    manager = pywrapcp.RoutingIndexManager(len(places), len(problem.shifts), starts, ends)
    model = pywrapcp.RoutingModel(manager)
    between = np.ix_(places, places)
    costs = model.RegisterTransitMatrix(arc_costs(problem)[between].tolist())
    seconds = problem.travel[0].seconds[between] + services[:, None]
    horizon = max(shift.closes for shift in problem.shifts)
    transits = [model.RegisterTransitMatrix(seconds.tolist())] * len(problem.shifts)
    model.AddDimensionWithVehicleTransits(transits, horizon, horizon, False, TIME)  # noqa: FBT003 - positional in C++
    times = model.GetDimensionOrDie(TIME)
    for index, shift in enumerate(problem.shifts):
        model.SetArcCostEvaluatorOfVehicle(costs, index)
        times.CumulVar(model.Start(index)).SetRange(shift.opens, shift.closes)
        times.CumulVar(model.End(index)).SetRange(shift.opens, shift.closes)
    weight = Weight.TEN.of(problem)
    for index, visit in enumerate(problem.visits):
        windows = visit.options[0].windows
        start = times.CumulVar(manager.NodeToIndex(index))
        start.SetRange(windows[0].opens, windows[-1].closes)
        for earlier, later in pairwise(windows):
            start.RemoveInterval(earlier.closes + 1, later.opens - 1)
        penalty = Weight.LEXICOGRAPHIC.of(problem) if visit.required else weight * visit.options[0].prize
        model.AddDisjunction([manager.NodeToIndex(index)], penalty)
    _add_loads(problem, model, len(places) - first)
    return manager, model


def _add_loads(problem: Problem, model: pywrapcp.RoutingModel, ends: int) -> None:
    for dimension in range(len(problem.shifts[0].capacity)):
        loads = model.RegisterUnaryTransitVector([visit.load[dimension] for visit in problem.visits] + [0] * ends)
        model.AddDimensionWithVehicleTransitAndCapacity(
            [loads] * len(problem.shifts),
            0,
            [shift.capacity[dimension] for shift in problem.shifts],
            True,  # noqa: FBT003 - positional in C++
            f"{LOAD}{dimension}",
        )


def _refuse_what_it_is_not_told(problem: Problem) -> None:
    rich = problem.links or problem.fairness
    options = [visit.options[0] for visit in problem.visits]
    rich = rich or any(len(visit.options) > 1 or visit.position is not None for visit in problem.visits)
    rich = rich or any(option.shifts is not None or option.setup for option in options)
    if rich or any(shift.breaks or shift.overtime or shift.limits != Limits() for shift in problem.shifts):
        message = "more than windows and loads"
        raise UnsupportedError(message)


def _end(shift: Shift) -> int:
    if shift.end is None:
        message = "open ends"
        raise UnsupportedError(message)
    return shift.end


def _stops(
    manager: pywrapcp.RoutingIndexManager, model: pywrapcp.RoutingModel, assignment: pywrapcp.Assignment, shift: int
) -> tuple[Served, ...]:
    stops: list[Served] = []
    index = assignment.Value(model.NextVar(model.Start(shift)))
    while not model.IsEnd(index):
        stops.append(Served(manager.IndexToNode(index)))
        index = assignment.Value(model.NextVar(index))
    return tuple(stops)
