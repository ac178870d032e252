"""Routes of a pool put together anew: the best plan that can be made of them, by CP-SAT.

A search moves from plan to plan; the routes that would make a better one came by, but in different plans. On 28 runs of
TOPTW (3 s of search, 500 to 2,600 routes) 16 had a better plan in their pool, found and proved in 0.01 to 0.5 s. Up to
5,000 routes take 0.4 to 0.8 s.

The model knows no times: a route is legal by itself and costs what it costs, whatever the others do. Where links or
fairness tie routes together, whoever times the plan has the last word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from solver.engine.cpsat import Solver
from solver.engine.levels import Level, in_stages, levels
from solver.engine.selection import Selection
from solver.objective import route_costs
from solver.pool import Column, Kind, Pool, PooledRoute
from solver.problem import Objective, Problem
from solver.schedule import schedule_route
from solver.solution import Sequences, Served
from solver.units import Cost, Prize, ShiftIndex, VisitIndex

FIRST: Final = 1_000
GROWTH: Final = 4
"""The most promising thousand routes first, then four times as many, and so on from what was found: a thousand take
10 to 50 ms, 16,000 seconds. On 9,700 routes of c104 that found in 0.2 s what took 3.6 s on all of them at once."""


def recombine(  # noqa: PLR0913 - all of it is needed
    problem: Problem,
    pool: Pool,
    best: Sequences,
    *,
    seconds: float | None = None,
    effort: float | None = None,
    seed: int = 1,
    threads: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Sequences | None:
    """A better plan than ``best`` out of routes of the pool and its own; ``None`` if there is none or no time for it.

    ``effort`` is CP-SAT's own count of work, see ``Solver``: with one thread the same routes, seed and effort give
    the same plan. Without ``seconds`` and ``effort`` it goes on until the plan is proved best.
    """
    solver = Solver(seconds, effort, seed, threads, stop)
    standing = [_column(problem, pool, shift, stops) for shift, stops in enumerate(best) if stops]
    chosen = standing
    for most in (FIRST * GROWTH**n for n in count()):
        chosen = _best(problem, pool.kinds, _merged(pool, chosen, most), len(chosen), solver)
        if most >= len(pool) or solver.spent():
            break
    better = _sum(problem, chosen) > _sum(problem, standing)
    return _assigned(pool.kinds, best, [column.route for column in chosen]) if better else None


def _merged(pool: Pool, chosen: Iterable[Column], most: int) -> list[Column]:
    """The chosen columns, or better ones of the same visits, and then others of the pool."""
    merged = {(column.kind, column.visits): column for column in chosen}
    for column in pool.columns(most):
        name = column.kind, column.visits
        merged[name] = pool.better(merged[name], column) if name in merged else column
    return list(merged.values())


def _best(
    problem: Problem, kinds: Sequence[Kind], columns: Sequence[Column], chosen: int, solver: Solver
) -> list[Column]:
    """The best choice of columns that is found, no worse than the first ``chosen`` ones."""
    best = columns[:chosen]
    if solver.spent():
        return list(best)
    shifts_of = {kind: kinds.count(kind) for kind in kinds}
    begun = {kind for kind, shift in zip(kinds, problem.shifts, strict=True) if shift.begun}
    columns, certain = _narrowed(problem, columns, best)
    *higher, last = levels(problem.objective, columns)
    selection = Selection(columns, shifts_of, begun=begun, certain=certain, links=problem.links)
    hint: Sequence[int] = range(chosen)
    reached: list[tuple[Level, int]] = []
    for stage in in_stages([last] if certain else [*higher, last], columns, shifts_of):
        values = None if solver.spent() else solver.maximise(selection.model(stage, reached, hint))
        if values is None:
            break
        hint = [c for c, value in enumerate(values) if value]
        reached.append((stage, sum(stage[c] for c in hint)))
        best = max(best, [columns[c] for c in hint], key=lambda choice: _sum(problem, choice))
    return list(best)


def _narrowed(
    problem: Problem, columns: Sequence[Column], chosen: Sequence[Column]
) -> tuple[Sequence[Column], frozenset[VisitIndex]]:
    """Columns that a better choice may consist of, and visits that it makes for certain.

    By value first, once all visits of any worth are made, each at its best, a better choice does the same for less: by
    cost alone CP-SAT proves the best of 1,500 columns in half a second, where with value and cost in one sum it had
    found nothing better after eight. Otherwise these are all columns, and no visit is certain.
    """
    if problem.objective is not Objective.VALUE_FIRST:
        return columns, frozenset()
    brings = _brings(problem, columns)
    wanted = frozenset(k for k, prize in brings.items() if prize or problem.visits[k].required)
    made = {k for column in chosen for k in column.visits}
    if not wanted <= made or not all(_is_at_its_best(column, brings) for column in chosen):
        return columns, frozenset()
    return [column for column in columns if _is_at_its_best(column, brings)], wanted


def _brings(problem: Problem, columns: Iterable[Column]) -> Mapping[VisitIndex, Prize]:
    """What each visit brings at its best that columns make."""
    options = {stop for column in columns for stop in column.route.stops}
    brings: dict[VisitIndex, Prize] = {}
    for visit, option in options:
        brings[visit] = max(brings.get(visit, 0), problem.visits[visit].options[option].prize)
    return brings


def _is_at_its_best(column: Column, brings: Mapping[VisitIndex, Prize]) -> bool:
    return column.prize == sum([brings[k] for k in column.visits])


def _sum(problem: Problem, choice: Sequence[Column]) -> tuple[int, ...]:
    """What a choice is worth, fairness aside; the larger, the better."""
    return tuple(map(sum, levels(problem.objective, choice)))


def _column(problem: Problem, pool: Pool, shift: ShiftIndex, stops: tuple[Served, ...]) -> Column:
    cost = pool.cost_of(shift, stops)
    return pool.column(PooledRoute(shift, stops, _cost(problem, shift, stops) if cost is None else cost))


def _cost(problem: Problem, shift: ShiftIndex, stops: tuple[Served, ...]) -> Cost:
    route = schedule_route(problem, shift, stops)
    if route is None:
        message = "the best plan must be legal."
        raise ValueError(message)
    return route_costs(problem, route).total


def _assigned(kinds: Sequence[Kind], before: Sequences, routes: Sequence[PooledRoute]) -> Sequences:
    """Each route to a shift of its kind: the one that had it before, or one that is free."""
    had = {(kinds[shift], stops): shift for shift, stops in enumerate(before) if stops}
    plan: list[tuple[Served, ...]] = [()] * len(before)
    for route in sorted(routes, key=lambda route: (kinds[route.shift], route.stops) not in had):
        kind = kinds[route.shift]
        free = (shift for shift, stops in enumerate(plan) if kinds[shift] == kind and not stops)
        shift = had.get((kind, route.stops))
        plan[next(free) if shift is None else shift] = route.stops
    return tuple(plan)
