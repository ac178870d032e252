"""The last touch on a plan: better plans only, and an end."""

from collections.abc import Callable

import pytest

from solver.allowance import Allowance
from solver.budget import Budget
from solver.draft import Draft, Timetable
from solver.engine.polish import WHOLE, polish
from solver.presolve import open_ways
from solver.problem import Fairness, Pay, Problem
from solver.solution import Route, Sequences
from tests.builders import HOUR, MINUTE, problem, sequences, shift, street, visit
from tests.tiny import tiny_day, tiny_route

BY_METRE = Pay(per_metre=1)


def never() -> bool:
    return False


class Desk:
    """Takes proposals, keeps the best legal one, and remembers whether any was not legal."""

    def __init__(self, day: Problem, plan: Sequences) -> None:
        self._timetable = Timetable(day)
        self._day = day
        self.best = self._draft(plan) or self._timetable.idle()
        self.offered = 0
        self.refused = 0

    def offer(self, plan: Sequences) -> tuple[Route, ...] | None:
        self.offered += 1
        draft = self._draft(plan)
        if draft is None:
            self.refused += 1
            return None
        self.best = max(self.best, draft, key=lambda draft: draft.key)
        return self._timetable.solution(draft).routes

    def routes(self) -> tuple[Route, ...]:
        return self._timetable.solution(self.best).routes

    def polished(self, stop: Callable[[], bool] = never) -> "Desk":
        allowance = Allowance.of(Budget(solutions=1000), stop)
        polish(self._day, open_ways(self._day), self.routes, allowance, offer=self.offer)
        return self

    def _draft(self, plan: Sequences) -> Draft | None:
        return self._timetable.draft(plan)


def test_a_zigzag_is_straightened() -> None:
    day = problem(*[visit(place) for place in (1, 5, 2, 6)], shifts=[shift(pay=BY_METRE)])

    desk = Desk(day, sequences([0, 1, 2, 3])).polished()

    assert 2 * 6 * MINUTE * 10 == -desk.best.key[2]


def test_what_fits_comes_in() -> None:
    day = problem(visit(1), visit(2, prize=3), shifts=[shift(closes=4 * MINUTE)])

    assert 4 == Desk(day, sequences([0])).polished().best.key[1]


def test_a_plan_that_no_move_betters_stays() -> None:
    day = problem(visit(1), visit(2), shifts=[shift(pay=BY_METRE)])
    desk = Desk(day, sequences([0, 1]))
    before = desk.best

    assert before is desk.polished().best


def test_a_large_day_is_polished_around_each_shift_and_the_others_keep_their_work() -> None:
    """Ten villages of 21 visits; in each the agent goes to and fro between three doors."""
    visits = [visit(10 * village + k % 3) for village in range(10) for k in range(21)]
    assert len(visits) > WHOLE
    day = problem(
        *visits,
        travel=street(100),
        shifts=[shift(start=10 * village, end=10 * village, pay=BY_METRE) for village in range(10)],
    )
    plan = sequences(*[range(21 * village, 21 * village + 21) for village in range(10)])

    desk = Desk(day, plan).polished()

    assert len(visits) == len(desk.best.served())
    assert 10 * 2 * 2 * MINUTE * 10 == -desk.best.key[2]


def test_it_ends_when_asked_to() -> None:
    day = problem(*[visit(k % 10) for k in range(60)], shifts=[shift(closes=HOUR)])

    assert 0 == Desk(day, sequences([])).polished(lambda: True).offered


def test_a_day_without_anything_to_serve_needs_no_polish() -> None:
    assert 0 == Desk(problem(shifts=[shift()]), sequences([])).polished().offered


@pytest.mark.parametrize("seed", range(60))
def test_it_ends_on_days_of_everything_and_offers_legal_plans_only(seed: int) -> None:
    """Breaks with wages once kept OR-Tools busy for hours."""
    day = tiny_day(seed, visits=6, links=seed % 3)
    desk = Desk(day, (tiny_route(day, seed), ()))

    assert 0 == desk.polished().refused


def test_what_the_model_does_not_know_is_left_to_whoever_takes_the_offers() -> None:
    """Fairness: all four hours by one agent cost no travel, but the plan of two and two is kept."""
    visits = [visit(0, service=HOUR) for _ in range(4)]
    day = problem(*visits, shifts=[shift(), shift(agent=1)], fairness=Fairness(100, (0, 0)))

    assert (2, 2) == tuple(map(len, Desk(day, sequences([0, 1], [2, 3])).polished().best.sequences))
