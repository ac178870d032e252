"""What the engine proposes: legal plans, the same ones every time, as many as it is allowed."""

import pytest

from solver.allowance import Allowance
from solver.budget import Budget
from solver.draft import Timetable
from solver.engine.routing import propose
from solver.presolve import open_ways
from solver.problem import Problem
from solver.solution import Route, Sequences
from tests.builders import HOUR, MINUTE, problem, shift, visit
from tests.tiny import tiny_day


def proposals(day: Problem, solutions: int = 60, seed: int = 1, *, stop_after: int | None = None) -> list[Sequences]:
    """Everything that is offered, starting from nothing."""
    offered: list[Sequences] = []
    timetable = Timetable(day)

    def offer(sequences: Sequences) -> tuple[Route, ...] | None:
        offered.append(sequences)
        draft = timetable.draft(sequences)
        return None if draft is None else timetable.solution(draft).routes

    def enough() -> bool:
        return stop_after is not None and len(offered) >= stop_after

    allowance = Allowance.of(Budget(solutions=solutions), enough)
    propose(day, open_ways(day), tuple, allowance, seed=seed, offer=offer)
    return offered


def street_of(visits: int) -> Problem:
    return problem(
        *[visit(k % 10, service=(5 + k % 3) * MINUTE, prize=1 + 7 * k % 10) for k in range(visits)],
        shifts=[shift(closes=HOUR), shift(closes=HOUR)],
    )


@pytest.mark.parametrize("seed", range(30))
def test_every_proposal_is_legal(seed: int) -> None:
    day = tiny_day(seed, visits=5, links=seed % 3)
    timetable = Timetable(day)

    assert [] == [plan for plan in proposals(day) if timetable.draft(plan) is None]


def test_it_finds_the_best_plan_of_a_plain_day_from_nothing() -> None:
    """Places 1 to 9 for a shift of 18 minutes, or 1 to 8 plus the one that takes two minutes: all nine fit."""
    day = problem(*[visit(place) for place in range(1, 10)], shifts=[shift(closes=18 * MINUTE)])

    assert 9 == max(len(plan[0]) for plan in proposals(day))


def test_the_same_seed_proposes_the_same_and_another_seed_does_not() -> None:
    day = street_of(20)

    assert proposals(day, seed=1) == proposals(day, seed=1)
    assert proposals(day, seed=1) != proposals(day, seed=2)


def test_it_ends_in_the_middle_of_a_descent_when_asked_to() -> None:
    day = street_of(60)

    assert len(proposals(day, solutions=10**6, stop_after=3)) <= 5


def test_a_large_day_is_worked_on_piece_by_piece_and_nothing_is_lost_between_them() -> None:
    """Ten shifts, each by a village of ten minutes; every visit is served in the end."""
    visits = [visit(k % 10, service=MINUTE) for k in range(60)]
    day = problem(*visits, shifts=[shift(start=k, end=k, closes=20 * MINUTE) for k in range(10)])
    best = max(proposals(day, solutions=3000), key=lambda plan: sum(map(len, plan)))

    assert list(range(60)) == sorted(stop.visit for stops in best for stop in stops)


def test_a_day_without_anything_to_serve_needs_no_search() -> None:
    assert [] == proposals(problem(shifts=[shift()]))
