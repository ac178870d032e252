"""Local search from a given plan to the nearest plan that no single move betters."""

from collections.abc import Callable
from typing import Final

from ortools.constraint_solver import pywrapcp, routing_enums_pb2, routing_parameters_pb2
from ortools.util import optional_boolean_pb2

from solver.allowance import Allowance
from solver.engine.model import Model, NodeRoutes

LOOK_EVERY: Final = 20
"""Solutions between two that are handed out during one descent, besides the last: reading one costs a millisecond."""

ASK_EVERY: Final = 64
"""Moves between two looks at the clock; OR-Tools tries 100,000 a second and more."""

MOVES: Final = (
    "relocate",
    "relocate_neighbors",
    "exchange",
    "cross",
    "two_opt",
    "or_opt",
    "lin_kernighan",
    "make_active",
    "make_inactive",
    "make_chain_inactive",
    "swap_active",
    "swap_active_chain",
    "shortest_path_swap_active",
    "shortest_path_two_opt",
    "relocate_expensive_chain",
)
"""No pairs and trips (there are no pickups), no insertion heuristics: on 150 visits with lunch breaks a descent takes
0.2 s instead of 0.3. ``extended_swap_active`` finds more and takes 2 s; restricting moves to near neighbours
(``ls_operator_neighbors_ratio``) makes every descent ten times slower."""


class Descent:
    """Descends on one model again and again; ``look`` is given every now and then what it stands at."""

    def __init__(self, model: Model, allowance: Allowance, look: Callable[[NodeRoutes], object]) -> None:
        self._model = model
        self._allowance = allowance
        self._look = look
        self._parameters = _parameters()
        self._seen = 0
        self._asked = 0
        self._over = False
        routing = model.routing
        routing.AddAtSolutionCallback(self._at_solution)
        # A limit written in Python costs 11 % of the speed. Without it nothing could end a descent, which may take
        # seconds on large days: the search holds the interpreter's lock, and CancelSearch from outside does nothing.
        routing.AddSearchMonitor(routing.solver().CustomLimit(self._spent))
        close(model)

    def run(self, routes: NodeRoutes) -> tuple[NodeRoutes, int] | None:
        """The local optimum below ``routes`` and its weight, ``None`` if the model refuses them."""
        self._allowance.look()
        self._over = self._allowance.spent()
        start = self._model.restore(routes)
        if start is None or self._over:
            return None
        if (solutions := self._allowance.solutions) is not None:
            self._parameters.solution_limit = max(1, solutions)
        found = self._model.routing.SolveFromAssignmentWithParameters(start, self._parameters)
        return None if found is None else (self._model.read(found.Value), found.ObjectiveValue())

    def _at_solution(self) -> None:
        self._seen += 1
        self._allowance.look()
        if self._seen % LOOK_EVERY == 0:
            self._look(self._model.read(lambda variable: variable.Value()))

    def _spent(self) -> bool:
        self._asked += 1
        if self._asked % ASK_EVERY == 0:
            self._over = self._over or self._allowance.spent()
        return self._over


def close(model: Model) -> None:
    """Put everything into the model that a descent needs; nothing can be added to it any more."""
    model.routing.CloseModelWithParameters(_parameters())


def _parameters() -> routing_parameters_pb2.RoutingSearchParameters:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    operators = parameters.local_search_operators
    for field in operators.DESCRIPTOR.fields:
        wanted = field.name.removeprefix("use_") in MOVES
        setattr(operators, field.name, optional_boolean_pb2.BOOL_TRUE if wanted else optional_boolean_pb2.BOOL_FALSE)
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    # Linear programs for the times inside the search: with wages and breaks they take two thirds of the time and
    # change nothing, as times are found elsewhere anyway.
    parameters.disable_scheduling_beware_this_may_degrade_performance = True
    # Below 20 nodes OR-Tools would hand a descent that fails to CP-SAT, which no limit of ours reaches: up to 16 s.
    parameters.fallback_to_cp_sat_size_threshold = 0
    return parameters
