"""Earliest and latest times of one move, by breaks taken."""

from solver.schedule.course import Wait, course_of
from solver.schedule.labels import MOST_COUNTS, counts_at_waits, move_back, move_on
from solver.schedule.moments import FAR, NEVER, Rest
from tests.builders import problem, served, visit


def test_a_move_ends_later_for_each_break_on_it() -> None:
    breaks = [Rest(100, 200, 50), Rest(300, 400, 10)]

    assert [130, 180, 310] == move_on([90, FAR, FAR], 40, breaks)[:3]


def test_a_break_that_is_over_cannot_be_taken_on_a_move() -> None:
    assert move_on([201, FAR], 40, [Rest(100, 200, 50)])[1] >= FAR


def test_a_move_has_to_begin_earlier_for_each_break_on_it() -> None:
    breaks = [Rest(100, 200, 50), Rest(300, 400, 10)]

    assert [200, 400, 960] == move_back([NEVER, NEVER, 1000], 40, breaks)


def test_a_break_that_begins_too_late_cannot_be_taken_before_a_due_time() -> None:
    assert move_back([NEVER, 149], 40, [Rest(100, 200, 50)])[0] <= NEVER


def test_breaks_that_contradict_each_other_cannot_be_taken_backwards_either() -> None:
    breaks = [Rest(500, 600, 10), Rest(0, 100, 10)]

    assert move_back([NEVER, NEVER, 1000], 0, breaks)[0] <= NEVER


def test_many_linked_stops_and_breaks_are_tried_in_a_bounded_number_of_ways() -> None:
    """Twenty stops that wait for each other and five breaks could be combined in 53,130 ways."""
    day = problem(*[visit() for _ in range(20)])
    course = course_of(day, 0, served(*range(20)), {}, [Wait(n, n + 1, 0) for n in range(19)])

    assert len(list(counts_at_waits(course, 5))) == MOST_COUNTS
