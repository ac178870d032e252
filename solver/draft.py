"""A plan in the making: what each shift serves, timed, and quick to change one shift at a time.

Timetable   times routes and remembers them
Draft       one timed route per used shift, and the score of all
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from solver.objective import fairness_cost, key, route_costs, score
from solver.problem import Problem, Shift
from solver.schedule import keeps_to_its_driving, schedule, schedule_route
from solver.solution import Costs, Route, Score, Sequences, Served, Solution
from solver.units import Prize, Seconds, ShiftIndex, VisitIndex

Key: TypeAlias = tuple[int, int, int, int]
"""The objective, and between equals less working time: where nothing has a price, nobody is sent round in circles."""

REMEMBERED: Final = 50_000
"""Routes kept in memory, some 2 kB each."""
JOINTLY_REMEMBERED: Final = 2_000
"""Plans whose linked routes were timed together; a search comes back to two of three."""


@dataclass(frozen=True, slots=True)
class TimedRoute:
    """One shift's work with its times and what it adds to the score; the larger ``key``, the better for its visits."""

    stops: tuple[Served, ...]
    route: Route
    costs: Costs
    prize: Prize
    required: int
    key: Key


@dataclass(frozen=True, slots=True)
class Draft:
    """A legal plan; ``key`` orders plans, the larger the better."""

    routes: tuple[TimedRoute | None, ...]
    key: Key

    @property
    def sequences(self) -> Sequences:
        """What each shift serves, in order."""
        return tuple(self.stops(shift) for shift in range(len(self.routes)))

    def stops(self, shift: ShiftIndex) -> tuple[Served, ...]:
        """What one shift serves, in order."""
        route = self.routes[shift]
        return route.stops if route else ()

    def served(self) -> frozenset[VisitIndex]:
        """The visits in the plan."""
        return frozenset(stop.visit for route in self.routes if route for stop in route.stops)


class Timetable:
    """Times routes, and remembers those it has timed before. ``timed`` counts the others."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._required = sum(visit.required for visit in problem.visits)
        self._linked = frozenset(end for link in problem.links for end in (link.first, link.then))
        self._memory: dict[tuple[ShiftIndex, tuple[Served, ...]], TimedRoute | None] = {}
        self._joint_memory: dict[Sequences, tuple[Route, ...] | None] = {}
        self.timed = 0

    @property
    def problem(self) -> Problem:
        """The day whose routes are timed."""
        return self._problem

    def idle(self) -> Draft:
        """Nobody does more than has begun; refused if that is not legal."""
        draft = self.draft(tuple(shift.begun for shift in self._problem.shifts))
        if draft is None:
            message = "what has begun must be legal."
            raise ValueError(message)
        return draft

    def draft(self, sequences: Sequences) -> Draft | None:
        """The plan with these sequences, ``None`` if it is not legal."""
        visits = [stop.visit for stops in sequences for stop in stops]
        if len(set(visits)) < len(visits):
            return None
        routes = tuple(self.route(shift, stops) if stops else None for shift, stops in enumerate(sequences))
        if not all(map(self._possible, range(len(routes)), sequences, routes)):
            return None
        return self._linked_up(routes) if self._linked else self._draft(routes)

    def changed(self, draft: Draft, shift: ShiftIndex, stops: tuple[Served, ...]) -> Draft | None:
        """The plan with another sequence for one shift, ``None`` if that is not legal."""
        route = self.route(shift, stops) if stops else None
        if not self._possible(shift, stops, route):
            return None
        before = draft.routes[shift]
        routes = (*draft.routes[:shift], route, *draft.routes[shift + 1 :])
        touched = (*stops, *(before.stops if before else ()))
        if self._linked and any(stop.visit in self._linked for stop in touched):
            return self._linked_up(routes)
        return self._draft(routes)

    def route(self, shift: ShiftIndex, stops: tuple[Served, ...]) -> TimedRoute | None:
        """One shift's work by itself, links apart; ``None`` if it may not or cannot be done."""
        name = shift, stops
        if name not in self._memory:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[name] = self._time(shift, stops)
        return self._memory[name]

    def _possible(self, shift: ShiftIndex, stops: tuple[Served, ...], route: TimedRoute | None) -> bool:
        """Whether a shift may serve these stops, or none at all."""
        return route is not None if stops else not self._problem.shifts[shift].begun

    def solution(self, draft: Draft) -> Solution:
        """The plan as it leaves the solver."""
        routes = tuple(timed.route for timed in draft.routes if timed)
        return Solution(routes, score(self._problem, routes))

    def _time(self, shift: ShiftIndex, stops: tuple[Served, ...]) -> TimedRoute | None:
        if not lawful(self._problem, shift, stops):
            return None
        self.timed += 1
        route = schedule_route(self._problem, shift, stops)
        if route is None or not keeps_to_its_driving(self._problem, route):
            return None
        return self._timed(stops, route)

    def _timed(self, stops: tuple[Served, ...], route: Route) -> TimedRoute:
        visits = self._problem.visits
        costs = route_costs(self._problem, route)
        prize = sum(visits[stop.visit].options[stop.option].prize for stop in stops)
        required = sum(visits[stop.visit].required for stop in stops)
        order = self._key(Score(-required, prize, costs), route.duration)
        return TimedRoute(stops, route, costs, prize, required, order)

    def _linked_up(self, routes: tuple[TimedRoute | None, ...]) -> Draft | None:
        """All routes timed together, as far as linked visits are in them."""
        served = {stop.visit for route in routes if route for stop in route.stops}
        if any(link.then in served and link.first not in served for link in self._problem.links):
            return None
        if served.isdisjoint(self._linked):
            return self._draft(routes)
        together = self._together(tuple(route.stops if route else () for route in routes))
        if together is None:
            return None
        timed = list(routes)
        for route in together:
            before = routes[route.shift]
            if before is not None and before.route != route:
                timed[route.shift] = self._timed(before.stops, route)
        return self._draft(tuple(timed))

    def _together(self, sequences: Sequences) -> tuple[Route, ...] | None:
        if sequences not in self._joint_memory:
            if len(self._joint_memory) >= JOINTLY_REMEMBERED:
                self._joint_memory.clear()
            self.timed += 1
            routes = schedule(self._problem, sequences)
            kept = routes is not None and all(keeps_to_its_driving(self._problem, route) for route in routes)
            self._joint_memory[sequences] = routes if kept else None
        return self._joint_memory[sequences]

    def _draft(self, routes: tuple[TimedRoute | None, ...]) -> Draft:
        used = [timed for timed in routes if timed]
        fair = Costs(fairness=self._fairness(used))
        missed = self._required - sum(timed.required for timed in used)
        total = Score(missed, sum(timed.prize for timed in used), sum((timed.costs for timed in used), start=fair))
        return Draft(routes, self._key(total, sum(timed.route.duration for timed in used)))

    def _key(self, score: Score, working: Seconds) -> Key:
        return *key(self._problem.objective, score), -working

    def _fairness(self, used: Sequence[TimedRoute]) -> int:
        fairness = self._problem.fairness
        if fairness is None:
            return 0
        worked = [0] * len(fairness.worked_before)
        for timed in used:
            worked[self._problem.shifts[timed.route.shift].agent] += timed.route.duration
        return fairness_cost(fairness, worked)


def lawful(problem: Problem, index: ShiftIndex, stops: Sequence[Served]) -> bool:
    """Whether a shift may serve these stops in this order as far as that is not a question of time."""
    shift = problem.shifts[index]
    limits = shift.limits
    options = [problem.visits[stop.visit].options[stop.option] for stop in stops]
    return (
        tuple(stops[: len(shift.begun)]) == shift.begun
        and (limits.visits is None or len(stops) <= limits.visits)
        and all(option.preference(index) is not None for option in options)
        and _carries(problem, shift, stops)
        and _in_position(problem, stops)
        and _within_reach(problem, shift, [option.place for option in options])
    )


def _carries(problem: Problem, shift: Shift, stops: Sequence[Served]) -> bool:
    return all(
        sum(problem.visits[stop.visit].load[d] for stop in stops) <= room for d, room in enumerate(shift.capacity)
    )


def _in_position(problem: Problem, stops: Sequence[Served]) -> bool:
    positions = [problem.visits[stop.visit].position for stop in stops]
    return "first" not in positions[1:] and "last" not in positions[:-1]


def _within_reach(problem: Problem, shift: Shift, places: Sequence[int]) -> bool:
    """Whether the limits of driving and distance are kept; where there is no way at all, timing finds out."""
    limits, travel = shift.limits, problem.travel_of(shift)
    if limits.driving is None and limits.distance is None:
        return True
    path = [shift.start, *places, *(() if shift.end is None else (shift.end,))]
    driving, distance = travel.seconds[path[:-1], path[1:]], travel.metres[path[:-1], path[1:]]
    return (limits.driving is None or int(driving.sum(dtype="int64")) <= limits.driving) and (
        limits.distance is None or int(distance.sum(dtype="int64")) <= limits.distance
    )
