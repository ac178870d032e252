"""Plans of other people, driven as they are."""

import pytest

from solver.checker import Code, check_routes
from solver.problem import Limits, Link, Problem
from solver.schedule import follow, schedule
from solver.solution import BreakTaken, Route
from solver.units import UNREACHABLE
from tests.builders import DAY, line, problem, rest, sequences, shift, visit


def _broken(day: Problem, routes: tuple[Route, ...]) -> list[tuple[str, int]]:
    return [(violation.code.value, violation.amount) for violation in check_routes(day, routes)]


def test_a_legal_plan_gets_the_times_of_a_planner() -> None:
    day = problem(visit(1), visit(2, (500, 600)), shifts=[shift(breaks=[rest(100, 900, 60)])])

    assert schedule(day, sequences([0, 1])) == follow(day, sequences([0, 1]))


def test_a_stop_that_is_too_late_is_served_at_once() -> None:
    day = problem(visit(5), visit(2, (0, 300)))

    (route,) = follow(day, sequences([0, 1]))

    assert [300, 480] == [stop.start for stop in route.stops]
    assert [(Code.TIME_WINDOW, 180)] == _broken(day, (route,))


def test_a_stop_that_is_early_waits_for_its_window_in_an_illegal_plan_too() -> None:
    day = problem(visit(1, (400, 500)), visit(3, (0, 100)))

    (route,) = follow(day, sequences([0, 1]))

    assert [400, 520] == [stop.start for stop in route.stops]
    assert 340 == route.depart


def test_a_given_start_is_kept_although_nobody_could_be_there() -> None:
    day = problem(visit(5))

    (route,) = follow(day, sequences([0]), {0: 200})

    assert (200, 200) == (route.stops[0].arrive, route.stops[0].start)
    assert [(Code.TRAVEL_TIME, 100)] == _broken(day, (route,))


def test_a_day_that_is_too_long_is_driven_to_its_end() -> None:
    day = problem(visit(5, service=100), shifts=[shift(closes=600)])

    (route,) = follow(day, sequences([0]))

    assert 700 == route.finish
    assert [(Code.SHIFT_TOO_SHORT, 100)] == _broken(day, (route,))


def test_breaks_are_taken_in_an_illegal_plan_too() -> None:
    day = problem(visit(1), visit(5, (0, 100)), shifts=[shift(breaks=[rest(0, 200, 600)])])

    (route,) = follow(day, sequences([0, 1]))

    assert (BreakTaken(0, 60, 660),) == route.breaks
    assert [(Code.TIME_WINDOW, 800)] == _broken(day, (route,))


def test_a_break_that_cannot_be_on_time_is_taken_as_soon_as_possible() -> None:
    """The service from 60 to 1060 is given: the break after it is late, but not left out."""
    day = problem(visit(1, service=1000), shifts=[shift(breaks=[rest(100, 200, 50)])])

    (route,) = follow(day, sequences([0]), {0: 60})

    assert (BreakTaken(0, 1060, 1110),) == route.breaks
    assert [(Code.BREAK_TIME, 860)] == _broken(day, (route,))


def test_a_long_illegal_day_takes_the_break_of_long_days() -> None:
    day = problem(visit(5, (0, 10)), shifts=[shift(breaks=[rest(0, DAY, 60, only_if_over=400)])])

    (route,) = follow(day, sequences([0]))

    assert 1 == len(route.breaks)


@pytest.mark.parametrize(("over", "breaks"), [(599, 0), (598, 0), (539, 0), (538, 1)])
def test_an_illegal_day_has_the_break_of_long_days_only_if_it_is_one(over: int, breaks: int) -> None:
    """Somebody is to serve at 299, a second before the way out is over, and is back at 539; a break would add 60."""
    day = problem(visit(5), shifts=[shift(end=1, breaks=[rest(0, DAY, 60, only_if_over=over)])])

    (route,) = follow(day, sequences([0]), {0: 299})

    assert breaks == len(route.breaks)
    assert Code.BREAK_NOT_DUE not in {code for code, _ in _broken(day, (route,))}


def test_no_time_passes_where_there_is_no_way() -> None:
    day = problem(visit(1), travel=line([0, 60], cut=[(0, 1)]))

    (route,) = follow(day, sequences([0]))

    assert UNREACHABLE == day.travel[0].seconds[0, 1]
    assert (0, 60) == (route.stops[0].start, route.finish)
    assert [(Code.UNREACHABLE, 1)] == _broken(day, (route,))


def test_a_route_that_is_legal_is_not_spoiled_by_another_that_is_not() -> None:
    day = problem(visit(2, (500, 600)), visit(5, (0, 10)), shifts=[shift(), shift()])

    first, _ = follow(day, sequences([0], [1]))

    assert schedule(day, sequences([0], [])) == (first,)


def test_visits_wait_for_the_ones_they_come_after_even_if_that_is_too_late() -> None:
    day = problem(visit(5, service=100), visit(1, (0, 399)), shifts=[shift(), shift()], links=[Link(0, 1)])

    routes = follow(day, sequences([0], [1]))

    assert 400 == routes[1].stops[0].start
    assert [(Code.TIME_WINDOW, 1)] == _broken(day, routes)


def test_a_day_beyond_its_limit_of_duration_breaks_only_that() -> None:
    day = problem(visit(1, (0, 60)), visit(2, (600, 900)), shifts=[shift(limits=Limits(duration=700))])

    routes = follow(day, sequences([0, 1]))

    assert [(Code.MAX_DURATION, 20)] == _broken(day, routes)
