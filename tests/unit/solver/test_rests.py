"""Which breaks a shift may get by with."""

from solver.problem import Limits
from solver.rests import Rests, rests_of
from tests.builders import HOUR, rest, shift

LUNCH = rest(100, 200, 30)
TEA = rest(300, 400, 10, only_if_over=8 * HOUR)
SIESTA = rest(500, 600, 60, only_if_over=4 * HOUR)


def test_a_break_that_is_always_due_leaves_one_choice() -> None:
    assert (Rests((LUNCH,), None),) == rests_of(shift(breaks=[LUNCH]))


def test_breaks_of_long_days_may_be_left_out_of_shorter_ones_threshold_by_threshold() -> None:
    expected = (Rests((LUNCH, TEA, SIESTA), None), Rests((LUNCH, SIESTA), 8 * HOUR), Rests((LUNCH,), 4 * HOUR))

    assert expected == rests_of(shift(breaks=[LUNCH, TEA, SIESTA]))


def test_the_limit_of_duration_holds_for_every_choice() -> None:
    short = shift(breaks=[TEA], limits=Limits(duration=HOUR))

    assert [HOUR, HOUR] == [rests.longest for rests in rests_of(short)]


def test_breaks_that_contradict_each_other_cannot_be_chosen() -> None:
    assert () == rests_of(shift(breaks=[rest(120, 120, 60), rest(60, 60, 60)]))
    assert () == rests_of(shift(breaks=[rest(0, 50, 60)], opens=51))
    assert () == rests_of(shift(breaks=[rest(100, 200, 60)], closes=159))


def test_breaks_too_far_apart_for_the_longest_day_cannot_be_chosen() -> None:
    apart = [rest(0, 30, 60), rest(600, 600, 60)]

    assert () == rests_of(shift(breaks=apart, limits=Limits(duration=629)))
    assert 1 == len(rests_of(shift(breaks=apart, limits=Limits(duration=630))))
