"""Where and when people rest."""

import pytest

from solver.problem import Limits, Pay
from solver.schedule import schedule_route
from solver.solution import BreakTaken
from tests.builders import DAY, MINUTE, problem, rest, served, shift, visit


def test_a_break_uses_up_waiting_at_the_door() -> None:
    day = problem(visit(1, (60, 60)), visit(5, (2000, 3000)), shifts=[shift(breaks=[rest(100, 1900, 600)])])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (BreakTaken(0, 300, 900),) == route.breaks
    assert (300, 2000) == (route.stops[1].arrive, route.stops[1].start)


def test_a_break_waits_at_the_door_rather_than_interrupting_the_drive() -> None:
    day = problem(visit(1, (60, 60)), visit(5, (900, 900)), shifts=[shift(breaks=[rest(200, 400, 600)])])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (BreakTaken(0, 300, 900),) == route.breaks


def test_a_break_that_may_not_wait_for_the_door_interrupts_the_drive() -> None:
    day = problem(visit(1, (60, 60)), visit(5), shifts=[shift(breaks=[rest(200, 250, 600)])])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (BreakTaken(0, 200, 800),) == route.breaks
    assert 300 + 600 == route.stops[1].arrive


def test_a_break_that_is_due_before_the_drive_is_taken_before_it() -> None:
    day = problem(visit(1, (60, 60)), visit(5), shifts=[shift(breaks=[rest(0, 100, 600)])])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (BreakTaken(0, 60, 660),) == route.breaks
    assert 900 == route.stops[1].arrive


def test_a_break_is_never_taken_during_a_service() -> None:
    """The service would last from 120 to 720: the break has to come before it."""
    day = problem(visit(2, (120, 900), service=600), shifts=[shift(breaks=[rest(100, 500, 100)])])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (120, 220, 220) == (route.breaks[0].start, route.breaks[0].finish, route.stops[0].start)


def test_a_break_may_be_the_last_thing_of_the_day() -> None:
    day = problem(visit(1, (60, 60)), shifts=[shift(breaks=[rest(200, 300, 50)])])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (BreakTaken(0, 200, 250),) == route.breaks
    assert 250 == route.finish


def test_breaks_are_taken_in_their_order() -> None:
    breaks = [rest(0, 500, 100), rest(0, 250, 50)]
    day = problem(visit(4), shifts=[shift(breaks=breaks)])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert [0, 1] == [taken.index for taken in route.breaks]
    assert route.breaks[0].finish <= route.breaks[1].start <= 250


def test_breaks_that_contradict_each_other_leave_no_legal_times() -> None:
    day = problem(visit(1), shifts=[shift(breaks=[rest(500, 600, 10), rest(0, 100, 10)])])

    assert schedule_route(day, 0, served(0)) is None


def test_setup_stands_still_during_a_break() -> None:
    day = problem(visit(1, setup=100), shifts=[shift(breaks=[rest(80, 100, 50)])])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (60, 80, 210) == (route.stops[0].arrive, route.breaks[0].start, route.stops[0].start)


def test_a_short_day_leaves_out_the_break_of_long_days() -> None:
    day = problem(visit(2), shifts=[shift(breaks=[rest(0, DAY, 60, only_if_over=240)])])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert () == route.breaks


def test_a_long_day_takes_the_break_of_long_days() -> None:
    day = problem(visit(2), shifts=[shift(breaks=[rest(0, DAY, 60, only_if_over=239)])])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (240 + 60, 1) == (route.duration, len(route.breaks))


def test_wages_prefer_the_short_day_without_its_break() -> None:
    """Waiting for the first window makes the day long enough to need a break; leaving later does not."""
    first, second = visit(1, (60, 60), (3000, 3000)), visit(2, (600, 600), (3060, 3060))
    breaks = [rest(0, DAY, 60, only_if_over=300)]
    day = problem(first, second, shifts=[shift(breaks=breaks, pay=Pay(per_second=1))])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (240, ()) == (route.duration, route.breaks)


@pytest.mark.parametrize(("over", "taken"), [(719, 1), (720, 0), (DAY, 0)])
def test_an_unpaid_break_is_taken_in_waiting_time_of_long_days_only(over: int, taken: int) -> None:
    """From 0 to 720 either way."""
    breaks = [rest(0, DAY, 60, paid=False, only_if_over=over)]
    day = problem(visit(1, (60, 60)), visit(2, (600, 600)), shifts=[shift(breaks=breaks, pay=Pay(per_second=1))])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (720, taken) == (route.duration, len(route.breaks))


def test_a_day_is_not_stretched_until_an_unpaid_break_is_due() -> None:
    """From 100 to 820; leaving a second earlier would save the wages of 59."""
    breaks = [rest(0, DAY, 60, paid=False, only_if_over=720)]
    day = problem(visit(1, (160, 160)), visit(2, (700, 700)), shifts=[shift(breaks=breaks, pay=Pay(per_second=1))])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (100, 820, ()) == (route.depart, route.finish, route.breaks)


def test_of_two_breaks_of_long_days_a_day_between_has_the_one_that_is_due_on_it() -> None:
    breaks = [rest(0, DAY, 60, paid=False, only_if_over=800), rest(0, DAY, 60, paid=False, only_if_over=700)]
    day = problem(visit(1, (60, 60)), visit(2, (600, 600)), shifts=[shift(breaks=breaks, pay=Pay(per_second=1))])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (720, [1]) == (route.duration, [each.index for each in route.breaks])


def test_a_break_takes_from_the_limit_of_duration() -> None:
    breaks = [rest(0, DAY, MINUTE)]
    fits = problem(visit(2), shifts=[shift(breaks=breaks, limits=Limits(duration=300))])
    does_not = problem(visit(2), shifts=[shift(breaks=breaks, limits=Limits(duration=299))])

    assert schedule_route(fits, 0, served(0)) is not None
    assert schedule_route(does_not, 0, served(0)) is None


def test_latest_start_counts_on_the_breaks_to_come() -> None:
    breaks = [rest(500, 800, 100)]
    day = problem(visit(1, (60, DAY)), shifts=[shift(closes=2000, breaks=breaks)])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 800 == route.stops[0].latest_start
