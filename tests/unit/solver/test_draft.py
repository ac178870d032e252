"""Plans in the making agree with the exact schedule and the score."""

import pytest

from solver.checker import check
from solver.draft import Timetable
from solver.objective import key
from solver.problem import Limits, Link
from tests.builders import MINUTE, problem, sequences, served, shift, visit
from tests.tiny import tiny_day, tiny_route


@pytest.mark.parametrize("seed", range(60))
def test_a_draft_is_a_legal_plan_with_its_score(seed: int) -> None:
    day = tiny_day(seed, links=seed % 3)
    timetable = Timetable(day)
    one = tiny_route(day, seed, 3)
    other = tuple(stop for stop in tiny_route(day, seed + 1000, 3) if stop.visit not in {s.visit for s in one})
    draft = timetable.draft((one, other))
    if draft is None:
        return
    solution = timetable.solution(draft)
    working = sum(route.duration for route in solution.routes)

    assert () == check(day, solution)
    assert (*key(day.objective, solution.score), -working) == draft.key
    assert (one, other) == draft.sequences


@pytest.mark.parametrize(
    "limits",
    [Limits(visits=1), Limits(driving=4 * MINUTE - 1), Limits(distance=2399), Limits(duration=4 * MINUTE - 1)],
    ids=["visits", "driving", "distance", "duration"],
)
def test_a_plan_beyond_a_limit_is_none(limits: Limits) -> None:
    day = problem(visit(1), visit(2), shifts=[shift(limits=limits)])

    assert Timetable(day).draft(sequences([0, 1])) is None
    assert Timetable(problem(visit(1), visit(2))).draft(sequences([0, 1])) is not None


def test_a_shift_that_may_not_serve_a_visit_has_no_plan_with_it() -> None:
    day = problem(visit(1, shifts={1: 0}), shifts=[shift(), shift()])

    assert Timetable(day).draft(sequences([0], [])) is None


def test_a_visit_served_twice_is_no_plan() -> None:
    timetable = Timetable(problem(visit(1), visit(2), shifts=[shift(), shift(agent=1)]))

    assert timetable.draft(sequences([0], [1])) is not None
    assert timetable.draft(sequences([0], [0])) is None
    assert timetable.draft(sequences([0, 0], [])) is None


def test_what_a_shift_cannot_carry_is_no_plan() -> None:
    day = problem(visit(1, load=(2,)), visit(1, load=(2,)), shifts=[shift(capacity=(3,))])

    assert Timetable(day).draft(sequences([0, 1])) is None


def test_first_and_last_stops_are_in_their_place() -> None:
    day = problem(visit(1, position="last"), visit(1), visit(1, position="first"))

    assert Timetable(day).draft(sequences([2, 1, 0])) is not None
    assert Timetable(day).draft(sequences([0, 1])) is None
    assert Timetable(day).draft(sequences([1, 2])) is None


def test_a_follower_without_the_visit_it_follows_is_no_plan() -> None:
    day = problem(visit(1), visit(2), links=[Link(0, 1)])

    assert Timetable(day).draft(sequences([1])) is None


def test_changing_one_shift_moves_the_linked_stops_of_another() -> None:
    day = problem(visit(1, service=MINUTE), visit(1), visit(5), links=[Link(0, 1)], shifts=[shift(), shift()])
    timetable = Timetable(day)
    draft = timetable.draft(sequences([0], [1]))

    assert draft is not None
    later = timetable.changed(draft, 0, served(2, 0))
    assert later is not None
    follower = later.routes[1]
    assert follower is not None
    assert 10 * MINUTE == follower.route.stops[0].start


def test_a_route_is_timed_once() -> None:
    timetable = Timetable(problem(visit(1), visit(2)))
    for _ in range(3):
        timetable.draft(sequences([0, 1]))

    assert 1 == timetable.timed
