"""Routes that a search came by, kept for recombination: of plans that were never best, some routes may be.

PooledRoute  one shift's work, its cost, and how good the plan was that it was part of
Column       the same with what recombination asks of it
Pool         the most promising of them, the best for each set of visits
kinds_of     shifts that are alike share their routes
"""

from collections.abc import Iterable
from dataclasses import replace
from threading import Lock
from typing import Final, NamedTuple, TypeAlias

from solver.problem import Objective, Problem
from solver.solution import Served
from solver.units import Cost, Prize, ShiftIndex, VisitIndex

ROOM: Final = 16_000
"""Routes kept, about 1 kB each; as many as can be recombined in a few seconds."""

Kind: TypeAlias = int
"""Shifts of one kind could do each other's work at the same cost: the index of the first of them."""


class PooledRoute(NamedTuple):
    """One shift's work, and the exact cost of it by itself.

    ``standing`` says how good the plan was in which the route was seen, on any scale that the search has for plans
    (the larger, the better). Of all that was tried it tells best which routes a better plan is made of: on 28 runs of
    TOPTW (500 to 2,600 routes each) all that were needed ranked among the first tenth in half of the cases, the first
    quarter in 13 of 16. By prize, by when or how often they were found it took a quarter to all of the pool.
    """

    shift: ShiftIndex
    stops: tuple[Served, ...]
    cost: Cost
    standing: int = 0


class Column(NamedTuple):
    """A route to choose or not, ``visits`` sorted; those of one kind and the same visits stand in for each other."""

    route: PooledRoute
    kind: Kind
    visits: tuple[VisitIndex, ...]
    required: int
    prize: Prize


class Pool:
    """The routes of highest standing. For each kind of shift and set of visits there is one: more prize, less cost.

    Several threads may add to it at once. What it holds does not depend on the order in which routes come as long as
    no more than ``room`` of them differ; beyond that, those of lowest standing leave.
    """

    def __init__(self, problem: Problem, room: int = ROOM) -> None:
        self._problem = problem
        self._room = room
        self.kinds = kinds_of(problem)
        self._kept: dict[tuple[Kind, tuple[VisitIndex, ...]], Column] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return min(self._room, len(self._kept))

    def add(self, routes: Iterable[PooledRoute]) -> None:
        """Keep what is new or better; routes without stops are nothing to keep."""
        columns = [self.column(route) for route in routes if route.stops]
        with self._lock:
            for column in columns:
                self._keep(column)
            if len(self._kept) > 2 * self._room:
                self._kept = {(column.kind, column.visits): column for column in self._by_standing()[: self._room]}

    def columns(self, most: int) -> list[Column]:
        """The ``most`` promising routes, those of highest standing first."""
        with self._lock:
            return self._by_standing()[: min(most, self._room)]

    def routes(self) -> list[PooledRoute]:
        """All of them."""
        return [column.route for column in self.columns(self._room)]

    def cost_of(self, shift: ShiftIndex, stops: tuple[Served, ...]) -> Cost | None:
        """What a route costs, if it is in the pool."""
        column = self._kept.get((self.kinds[shift], _visits_of(stops)))
        return column.route.cost if column is not None and column.route.stops == stops else None

    def column(self, route: PooledRoute) -> Column:
        """A route of this day as a column, kept or not."""
        visits = self._problem.visits
        return Column(
            route,
            self.kinds[route.shift],
            _visits_of(route.stops),
            sum([visits[visit].required for visit, _ in route.stops]),
            sum([visits[visit].options[option].prize for visit, option in route.stops]),
        )

    def better(self, one: Column, other: Column) -> Column:
        """Which of two columns of one kind with the same visits to prefer, with the higher standing of both."""
        best = max(one, other, key=self._worth)
        standing = max(one.route.standing, other.route.standing)
        return best if best.route.standing == standing else best._replace(route=best.route._replace(standing=standing))

    def _keep(self, column: Column) -> None:
        name = column.kind, column.visits
        before = self._kept.get(name)
        self._kept[name] = column if before is None else self.better(before, column)

    def _worth(self, column: Column) -> tuple[int, int, tuple[Served, ...]]:
        profit = column.prize - column.route.cost
        by_objective = profit if self._problem.objective is Objective.PROFIT else column.prize
        return by_objective, profit, column.route.stops

    def _by_standing(self) -> list[Column]:
        return sorted(self._kept.values(), key=lambda column: (-column.route.standing, column.kind, column.visits))


def _visits_of(stops: Iterable[Served]) -> tuple[VisitIndex, ...]:
    return tuple(sorted([visit for visit, _ in stops]))


def kinds_of(problem: Problem) -> tuple[Kind, ...]:
    """The kind of each shift: alike are those that differ in the agent only and may serve the same at the same cost."""
    chosen = [option.shifts for visit in problem.visits for option in visit.options if option.shifts is not None]
    first: dict[object, Kind] = {}
    kinds: list[Kind] = []
    for s, shift in enumerate(problem.shifts):
        alike = replace(shift, agent=0), tuple(allowed.get(s) for allowed in chosen)
        kinds.append(first.setdefault(alike, s))
    return tuple(kinds)
