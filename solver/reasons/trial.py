"""What an insertion really does: the routes it changes, timed, and the change of the plan's cost."""

from collections.abc import Mapping, Sequence

from solver.objective import fairness_cost, route_costs
from solver.problem import Problem
from solver.schedule import keeps_to_its_driving, schedule, schedule_route
from solver.solution import Costs, Route, Sequences, Served, Solution
from solver.units import Cost, ShiftIndex, VisitIndex


class Plan:
    """A solution to insert into, with what is asked about it again and again."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.sequences = solution.sequences(len(problem.shifts))
        self._shift_of: Mapping[VisitIndex, ShiftIndex] = {
            stop.visit: route.shift for route in solution.routes for stop in route.stops
        }
        self._position_of = {stop.visit: i for route in solution.routes for i, stop in enumerate(route.stops)}
        self._routes: Mapping[ShiftIndex, Route] = {route.shift: route for route in solution.routes}
        self._costs = {route.shift: route_costs(problem, route) for route in solution.routes}
        linked = {visit for link in problem.links for visit in (link.first, link.then)}
        self._linked_shifts = {shift for visit, shift in self._shift_of.items() if visit in linked}

    def serves(self, visit: VisitIndex) -> bool:
        """Whether the visit is in the plan."""
        return visit in self._shift_of

    def shift_of(self, visit: VisitIndex) -> ShiftIndex | None:
        """Which shift serves it, ``None`` if none does."""
        return self._shift_of.get(visit)

    def position_of(self, visit: VisitIndex) -> int:
        """Where on its route a visit of the plan stands."""
        return self._position_of[visit]

    def cost(self, shift: ShiftIndex) -> Cost:
        """Cost of one shift's route, without fairness."""
        return self._costs.get(shift, Costs()).total

    def preferences(self, shift: ShiftIndex) -> Cost:
        """That part of it which is for visits that would rather see another shift."""
        return self._costs.get(shift, Costs()).preferences

    def timed(self, shift: ShiftIndex, stops: Sequence[Served]) -> Sequence[Route] | None:
        """The routes that change if ``shift`` serves ``stops``, ``None`` if they cannot have legal times.

        Links tie shifts to each other: then all shifts with linked visits are timed anew together.
        """
        routes = self._timed(shift, stops)
        kept = routes is not None and all(keeps_to_its_driving(self.problem, route) for route in routes)
        return routes if kept else None

    def _timed(self, shift: ShiftIndex, stops: Sequence[Served]) -> Sequence[Route] | None:
        if self.tied(stops):
            return schedule(self.problem, self.tied_sequences(shift, stops))
        route = schedule_route(self.problem, shift, stops)
        return None if route is None else (route,)

    def tied(self, stops: Sequence[Served]) -> bool:
        """Whether links have a say in when a shift can serve ``stops``."""
        here = {visit for visit, _ in stops}
        served = here | self._shift_of.keys()
        return any({link.first, link.then} <= served and {link.first, link.then} & here for link in self.problem.links)

    def tied_sequences(self, shift: ShiftIndex, stops: Sequence[Served]) -> Sequences:
        """What shifts with linked visits serve if ``shift`` serves ``stops``; nothing for all others."""
        return tuple(
            tuple(stops) if other == shift else now if other in self._linked_shifts else ()
            for other, now in enumerate(self.sequences)
        )

    def change_of_cost(self, routes: Sequence[Route]) -> Cost:
        """What the plan costs more if these routes replace those of their shifts."""
        change = sum(route_costs(self.problem, route).total - self.cost(route.shift) for route in routes)
        return change + self.fairness(routes) - self.fairness(())

    def fairness(self, changed: Sequence[Route]) -> Cost:
        """Cost of unequal work if these routes replace those of their shifts."""
        fairness = self.problem.fairness
        if fairness is None:
            return 0
        worked = [0] * len(fairness.worked_before)
        for shift, route in {**self._routes, **{route.shift: route for route in changed}}.items():
            worked[self.problem.shifts[shift].agent] += route.duration
        return fairness_cost(fairness, worked)
