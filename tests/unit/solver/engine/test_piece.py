"""Pieces of large days hold together what belongs together."""

from solver.engine.piece import MOST_SHIFTS, MOST_VISITS, is_small, piece_around
from solver.presolve import Ways, open_ways
from solver.problem import Link, Problem
from tests.builders import problem, sequences, shift, visit


def visits_in(ways: Ways) -> set[int]:
    return {k for k, of_visit in enumerate(ways) if of_visit}


def shifts_in(ways: Ways) -> set[int]:
    return {shift for of_visit in ways for way in of_visit for shift in way.shifts}


def village(visits: int, shifts: int, *links: Link) -> Problem:
    return problem(*[visit(k % 10) for k in range(visits)], shifts=[shift()] * shifts, links=links)


def test_a_day_of_few_shifts_and_visits_is_no_larger_than_a_piece() -> None:
    assert is_small(village(MOST_VISITS, MOST_SHIFTS))
    assert not is_small(village(MOST_VISITS + 1, MOST_SHIFTS))
    assert not is_small(village(MOST_VISITS, MOST_SHIFTS + 2))


def test_the_shifts_met_first_come_with_all_they_serve() -> None:
    day = village(8, 5)
    part = piece_around(day, open_ways(day), sequences([0, 1], [2, 3], [4, 5], [6], [7]), [4, 2, 0, 6, 7])

    assert {0, 1, 2} == shifts_in(part)
    assert {0, 1, 2, 3, 4, 5} == visits_in(part)


def test_missing_visits_come_along_as_long_as_there_is_room() -> None:
    day = village(200, 5)
    part = piece_around(day, open_ways(day), sequences([0], [1], [2], [3], [4]), range(200))

    assert MOST_VISITS == len(visits_in(part))


def test_one_shift_that_nobody_needed_so_far_is_offered_work() -> None:
    day = village(2, 4)
    part = piece_around(day, open_ways(day), sequences([0], [1], [], []), [0])

    assert {0, 2} == shifts_in(part)


def test_visits_tied_together_are_not_torn_apart() -> None:
    """The third shift is far, but serves what must come after a visit of the first."""
    day = village(6, 5, Link(0, 4), Link(4, 5))
    part = piece_around(day, open_ways(day), sequences([0], [1], [2], [3], [4]), [0])

    assert {0, 4} == shifts_in(part)
    assert {0, 4, 5} == visits_in(part)
