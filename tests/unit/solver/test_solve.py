"""A day solved: what a budget bounds, what a stop does, and that there is always a plan."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from solver.budget import Budget, StoppedBecause
from solver.checker import check, check_routes
from solver.objective import key, score
from solver.problem import Fairness, Problem
from solver.schedule import schedule
from solver.solution import Sequences, Served, Solution
from solver.solve import solve
from tests.builders import HOUR, MINUTE, problem, rest, shift, visit
from tests.tiny import tiny_day

FEW = Budget(solutions=12_000)


def crowded(visits: int = 12) -> Problem:
    """More doors on the street than two shifts of an hour can serve, lunch in the middle."""
    lunch = rest(20 * MINUTE, 40 * MINUTE, 10 * MINUTE)
    return problem(
        *[visit(1 + k % 9, service=(5 + k % 4) * MINUTE, prize=1 + 7 * k % 10) for k in range(visits)],
        shifts=[shift(closes=HOUR, breaks=[lunch]), shift(closes=HOUR, agent=1)],
    )


def served_in(solution: Solution) -> set[int]:
    return {stop.visit for route in solution.routes for stop in route.stops}


class TestBounds:
    def test_the_same_seed_and_bound_give_the_same_plan(self) -> None:
        assert solve(crowded(), FEW) == solve(crowded(), FEW)

    def test_solutions_bound_the_search(self) -> None:
        assert solve(crowded(), FEW).stopped_because is StoppedBecause.SOLUTION_LIMIT

    def test_seconds_bound_the_search(self) -> None:
        assert solve(crowded(), Budget(seconds=0.01)).stopped_because is StoppedBecause.TIME_LIMIT

    def test_it_ends_when_nothing_gets_better_any_more(self) -> None:
        solved = solve(crowded(60), Budget(seconds=600, stall_seconds=0.05))

        assert solved.stopped_because is StoppedBecause.STALL_LIMIT

    def test_it_ends_when_there_is_nothing_more_to_be_had(self) -> None:
        assert solve(crowded(4), Budget(seconds=600)).stopped_because is StoppedBecause.EXHAUSTED

    def test_a_stop_ends_it_with_the_best_so_far(self) -> None:
        told: list[Solution] = []

        solved = solve(crowded(), Budget(seconds=600), told.append, lambda: len(told) > 0)

        assert solved.stopped_because is StoppedBecause.STOPPED
        assert told[-1] == solved.solution

    def test_stopped_from_the_start_it_answers_with_a_legal_plan(self) -> None:
        solved = solve(crowded(), Budget(seconds=600), stop=lambda: True)

        assert () == check(crowded(), solved.solution)


class TestBetweenEquals:
    def test_where_nothing_has_a_price_nobody_works_longer_than_needed(self) -> None:
        """Doors 1 to 6 up the street and back: twelve minutes, whatever the order on the way; zigzags take longer."""
        day = problem(*[visit(place) for place in (4, 1, 6, 3, 5, 2)])

        (route,) = solve(day, FEW).solution.routes

        assert route.duration == 12 * MINUTE


class TestAlwaysAPlan:
    def test_a_day_without_visits_is_done_at_once(self) -> None:
        solved = solve(problem(shifts=[shift()]), Budget(seconds=600))

        assert (StoppedBecause.EXHAUSTED, ()) == (solved.stopped_because, solved.solution.routes)

    def test_a_day_without_shifts_is_done_at_once(self) -> None:
        assert solve(problem(visit(1), shifts=[]), Budget(seconds=600)).stopped_because is StoppedBecause.EXHAUSTED

    def test_a_day_that_nobody_can_serve_is_done_at_once(self) -> None:
        day = problem(visit(1, shifts={}), visit(2, (HOUR, HOUR)), shifts=[shift(closes=HOUR - 1)])

        assert solve(day, Budget(seconds=600)).stopped_because is StoppedBecause.EXHAUSTED

    def test_a_required_visit_that_cannot_be_served_is_missed_and_the_rest_planned(self) -> None:
        day = problem(visit(9, required=True), visit(1), shifts=[shift(closes=5 * MINUTE)])

        solution = solve(day, FEW).solution

        assert (1, {1}) == (solution.score.required_missed, served_in(solution))

    def test_a_shift_whose_breaks_contradict_each_other_stays_at_home(self) -> None:
        breaks = [rest(120, 120, 60), rest(60, 60, 60)]
        day = problem(visit(1), visit(2), shifts=[shift(breaks=breaks), shift()])

        assert [1] == [route.shift for route in solve(day, FEW).solution.routes]


class TestObjective:
    def test_required_visits_come_before_any_prize(self) -> None:
        day = problem(
            visit(1, service=HOUR, prize=100),
            visit(1, service=HOUR, prize=0, required=True),
            shifts=[shift(closes=HOUR + 2 * MINUTE)],
        )

        assert {1} == served_in(solve(day, FEW).solution)

    def test_fairness_shares_the_work_out(self) -> None:
        visits = [visit(0, service=HOUR) for _ in range(4)]
        day = problem(*visits, shifts=[shift(), shift(agent=1)], fairness=Fairness(100, (0, 0)))

        assert [2, 2] == [len(route.stops) for route in solve(day, FEW).solution.routes]


@pytest.mark.parametrize("seed", range(25))
def test_improvements_are_told_in_order_and_all_pass_the_checker(seed: int) -> None:
    day = tiny_day(seed, visits=6, links=seed % 3)
    told: list[Solution] = []

    solved = solve(day, replace(FEW, seed=seed), told.append)

    assert [()] * len(told) == [check(day, solution) for solution in told]
    assert told[-1:] in ([], [solved.solution])


@pytest.mark.parametrize("seed", range(16, 22))
def test_no_missing_visit_could_simply_take_the_place_of_one_of_the_same_shift(seed: int) -> None:
    day = tiny_day(seed, visits=30, shifts=3, links=seed % 3)

    solution = solve(day, replace(FEW, seed=seed)).solution

    best = key(day.objective, solution.score)
    others = [value(day, swapped) for swapped in swaps(day, solution)]
    assert [] == [other for other in others if other is not None and other > best]


def swaps(day: Problem, solution: Solution) -> Iterator[Sequences]:
    """Every other plan with one missing visit, by any option and anywhere, instead of one that the shift serves."""
    routes: list[tuple[Served, ...]] = [() for _ in day.shifts]
    for route in solution.routes:
        routes[route.shift] = tuple(Served(stop.visit, stop.option) for stop in route.stops)
    missing = set(range(len(day.visits))) - served_in(solution)
    new = [Served(visit, option) for visit in sorted(missing) for option in range(len(day.visits[visit].options))]
    for (index, stops), stop in product(enumerate(routes), new):
        for gone, position in product(range(len(stops)), repeat=2):
            rest = stops[:gone] + stops[gone + 1 :]
            yield (*routes[:index], (*rest[:position], stop, *rest[position:]), *routes[index + 1 :])


def value(day: Problem, sequences: Sequences) -> tuple[int, int, int] | None:
    """Sort key of a plan, ``None`` if it is not legal."""
    routes = schedule(day, sequences)
    if routes is None or check_routes(day, routes):
        return None
    return key(day.objective, score(day, routes))
