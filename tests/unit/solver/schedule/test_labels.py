"""Earliest and latest times of one move, by breaks taken."""

from solver.schedule.course import FAR, NEVER, Rest
from solver.schedule.labels import move_back, move_on


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
