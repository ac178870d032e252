"""Solved days as engines with bugs would have left them: the checker finds every one.

Each bug is planted wherever a solved day gives it the opportunity, one at a time, and scored by the engine's own
reckoning, so that only the broken rule gives it away.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

import pytest

from solver import objective
from solver.budget import Budget
from solver.checker import Code, check
from solver.problem import Problem
from solver.schedule import driven
from solver.solution import BreakTaken, Route, Solution, Stop
from solver.solve import solve
from tests.tiny import tiny_day

DAYS = 48

Planted: TypeAlias = Iterator[tuple[Route, ...]]
Bug: TypeAlias = Callable[[Problem, tuple[Route, ...]], Planted]


@cache
def solved_days() -> tuple[tuple[Problem, Solution], ...]:
    """Tiny days with everything a problem can say, every second of them with slowdowns, solved."""
    days = [tiny_day(seed, visits=6, links=2, slow=seed % 2) for seed in range(DAYS)]
    return tuple((day, solve(day, Budget(solutions=10)).solution) for day in days)


def stops_of(routes: Sequence[Route]) -> Iterator[tuple[Route, int, Stop]]:
    return ((route, at, stop) for route in routes for at, stop in enumerate(route.stops))


def instead(routes: Sequence[Route], old: Route, *new: Route) -> tuple[Route, ...]:
    """The routes with one of them replaced."""
    return tuple(one for route in routes for one in (new if route is old else (route,)))


def with_stop(routes: Sequence[Route], route: Route, at: int, stop: Stop) -> tuple[Route, ...]:
    return instead(routes, route, replace(route, stops=(*route.stops[:at], stop, *route.stops[at + 1 :])))


def drops_the_service_time(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        if stop.finish > stop.start:
            yield with_stop(routes, route, at, replace(stop, finish=stop.start))


def swaps_two_stops(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        if at and stop.start > route.stops[at - 1].start:
            swapped = (*route.stops[: at - 1], stop, route.stops[at - 1], *route.stops[at + 1 :])
            yield instead(routes, route, replace(route, stops=swapped))


def ignores_the_breaks(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        breaks = [day.shifts[route.shift].breaks[rest.index] for rest in route.breaks]
        if any(rest.only_if_over is None or route.duration > rest.only_if_over for rest in breaks):
            yield instead(routes, route, replace(route, breaks=()))


def rests_on_a_short_day(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        taken = {rest.index: rest for rest in route.breaks}
        for index, rest in enumerate(day.shifts[route.shift].breaks):
            if index not in taken:
                more = taken | {index: BreakTaken(index, rest.earliest, rest.earliest + rest.duration)}
                breaks = tuple(more[nth] for nth in sorted(more))
                yield instead(routes, route, replace(route, breaks=breaks))


def rests_while_serving(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, _at, stop in stops_of(routes):
        for at, rest in enumerate(route.breaks):
            if stop.finish > stop.start:
                during = replace(rest, start=stop.start, finish=stop.start + rest.finish - rest.start)
                breaks = (*route.breaks[:at], during, *route.breaks[at + 1 :])
                yield instead(routes, route, replace(route, breaks=breaks))


def rests_too_late(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        for at, rest in enumerate(route.breaks):
            start = day.shifts[route.shift].breaks[rest.index].latest + 1
            late = replace(rest, start=start, finish=start + rest.finish - rest.start)
            yield instead(routes, route, replace(route, breaks=(*route.breaks[:at], late, *route.breaks[at + 1 :])))


def shifts_a_window_by_a_second(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        windows = day.visits[stop.visit].options[stop.option].windows
        for window in windows:
            start = window.closes + 1
            if not any(other.opens <= start <= other.closes for other in windows):
                finish = start + stop.finish - stop.start
                yield with_stop(routes, route, at, replace(stop, start=start, finish=finish))


def sends_whoever_may_not_come(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        for option, way in enumerate(day.visits[stop.visit].options):
            if way.shifts is not None and route.shift not in way.shifts:
                yield with_stop(routes, route, at, replace(stop, option=option))


def serves_a_visit_twice(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, _at, stop in stops_of(routes):
        yield instead(routes, route, replace(route, stops=(*route.stops, stop)))


def serves_one_visit_too_many(day: Problem, routes: tuple[Route, ...]) -> Planted:
    served = {stop.visit for _, _, stop in stops_of(routes)}
    for route in routes:
        if len(route.stops) == day.shifts[route.shift].limits.visits:
            for visit in set(range(len(day.visits))) - served:
                more = replace(route.stops[-1], visit=visit, option=0)
                yield instead(routes, route, replace(route, stops=(*route.stops, more)))


def overloads(day: Problem, routes: tuple[Route, ...]) -> Planted:
    served = {stop.visit for _, _, stop in stops_of(routes)}
    for route in routes:
        room = day.shifts[route.shift].capacity[0] - sum(day.visits[stop.visit].load[0] for stop in route.stops)
        for visit in set(range(len(day.visits))) - served:
            if day.visits[visit].load[0] > room:
                more = replace(route.stops[-1], visit=visit, option=0)
                yield instead(routes, route, replace(route, stops=(*route.stops, more)))


def leaves_before_the_shift(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        yield instead(routes, route, replace(route, depart=day.shifts[route.shift].opens - 1))


def works_longer_than_all_overtime(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        yield instead(routes, route, replace(route, finish=day.shifts[route.shift].last_finish + 1))


def drives_too_fast(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        shift = day.shifts[route.shift]
        before = route.stops[at - 1] if at else None
        here = day.visits[before.visit].options[before.option].place if before else shift.start
        travel = int(day.travel_of(shift).seconds[here, day.visits[stop.visit].options[stop.option].place])
        if travel:
            left = before.finish if before else route.depart
            yield with_stop(routes, route, at, replace(stop, arrive=left + travel - 1))


def drives_through_the_rush_hour_as_ever(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        before = route.stops[at - 1].finish if at else route.depart
        usual = list(driven(without_slowdowns(day), route))[at]
        if list(driven(day, route))[at] > usual:
            rested = sum(rest.finish - rest.start for rest in route.breaks if before <= rest.start < stop.arrive)
            yield with_stop(routes, route, at, replace(stop, arrive=before + rested + usual))


def without_slowdowns(day: Problem) -> Problem:
    return replace(day, travel=tuple(replace(matrix, slowdowns=()) for matrix in day.travel))


def forgets_the_way_back(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        shift, last = day.shifts[route.shift], route.stops[-1]
        place = day.visits[last.visit].options[last.option].place
        if shift.end is not None and day.travel_of(shift).seconds[place, shift.end]:
            yield instead(routes, route, replace(route, finish=last.finish))


def skips_the_set_up(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        before = route.stops[at - 1] if at else None
        here = day.visits[before.visit].options[before.option].place if before else day.shifts[route.shift].start
        option = day.visits[stop.visit].options[stop.option]
        if option.setup and option.place != here:
            yield with_stop(routes, route, at, replace(stop, arrive=stop.start))


def drops_a_predecessor(day: Problem, routes: tuple[Route, ...]) -> Planted:
    served = {stop.visit for _, _, stop in stops_of(routes)}
    for route, at, stop in stops_of(routes):
        if any(link.first == stop.visit and link.then in served for link in day.links):
            yield instead(routes, route, replace(route, stops=(*route.stops[:at], *route.stops[at + 1 :])))


def ignores_a_gap(day: Problem, routes: tuple[Route, ...]) -> Planted:
    finishes = {stop.visit: stop.finish for _, _, stop in stops_of(routes)}
    for route, at, stop in stops_of(routes):
        for link in day.links:
            if link.then == stop.visit:
                start = finishes[link.first] + link.gap - 1
                moved = replace(stop, start=start, finish=start + stop.finish - stop.start)
                yield with_stop(routes, route, at, moved)


def ignores_a_position(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for route in routes:
        first, last = route.stops[0], route.stops[-1]
        if len(route.stops) > 1 and {day.visits[first.visit].position, day.visits[last.visit].position} != {None}:
            yield instead(routes, route, replace(route, stops=(*route.stops[1:-1], last, first)))


def keeps_an_empty_route(day: Problem, routes: tuple[Route, ...]) -> Planted:
    for shift in set(range(len(day.shifts))) - {route.shift for route in routes}:
        opens = day.shifts[shift].opens
        yield tuple(sorted((*routes, Route(shift, opens, opens, ())), key=lambda route: route.shift))


def promises_a_second_too_many(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        yield with_stop(routes, route, at, replace(stop, latest_start=stop.latest_start + 1))


def promises_a_second_too_few(_: Problem, routes: tuple[Route, ...]) -> Planted:
    for route, at, stop in stops_of(routes):
        yield with_stop(routes, route, at, replace(stop, latest_start=stop.latest_start - 1))


BUGS: list[tuple[Bug, Code]] = [
    (drops_the_service_time, Code.SERVICE_TIME),
    (swaps_two_stops, Code.ORDER),
    (ignores_the_breaks, Code.BREAK_MISSING),
    (rests_on_a_short_day, Code.BREAK_NOT_DUE),
    (rests_while_serving, Code.BREAK_OVERLAP),
    (rests_too_late, Code.BREAK_TIME),
    (shifts_a_window_by_a_second, Code.TIME_WINDOW),
    (sends_whoever_may_not_come, Code.AGENT_NOT_ALLOWED),
    (serves_a_visit_twice, Code.SERVED_TWICE),
    (serves_one_visit_too_many, Code.MAX_VISITS),
    (overloads, Code.CAPACITY),
    (leaves_before_the_shift, Code.SHIFT_START),
    (works_longer_than_all_overtime, Code.SHIFT_TOO_SHORT),
    (drives_too_fast, Code.TRAVEL_TIME),
    (drives_through_the_rush_hour_as_ever, Code.TRAVEL_TIME),
    (forgets_the_way_back, Code.TRAVEL_TIME),
    (skips_the_set_up, Code.SETUP_TIME),
    (drops_a_predecessor, Code.PREDECESSOR_UNASSIGNED),
    (ignores_a_gap, Code.MIN_GAP),
    (ignores_a_position, Code.POSITION),
    (keeps_an_empty_route, Code.EMPTY_ROUTE),
    (promises_a_second_too_many, Code.LATEST_START),
    (promises_a_second_too_few, Code.LATEST_START),
]


def codes(day: Problem, solution: Solution) -> set[Code]:
    return {violation.code for violation in check(day, solution)}


def test_solved_days_have_no_violations() -> None:
    assert [set[Code]()] * DAYS == [codes(day, solution) for day, solution in solved_days()]


@pytest.mark.parametrize(("bug", "code"), BUGS, ids=[bug.__name__ for bug, _ in BUGS])
def test_an_engine_with_this_bug_is_found_out(bug: Bug, code: Code) -> None:
    """On every solved day, wherever the bug can strike; and it does strike somewhere."""
    planted = [
        (day, Solution(routes, objective.score(day, routes)))
        for day, solution in solved_days()
        for routes in bug(day, solution.routes)
    ]
    found = [code in codes(day, solution) for day, solution in planted]

    assert found
    assert all(found)


@pytest.mark.parametrize("part", ["required_missed", "prize"])
def test_an_engine_that_scores_itself_one_too_high_is_found_out(part: str) -> None:
    for day, solution in solved_days():
        score = replace(solution.score, **{part: getattr(solution.score, part) + 1})

        assert codes(day, replace(solution, score=score)) == {Code.SCORE}
