"""In a rush hour everything on the road takes longer, and the checker counts every second of it.

A street on which ways take twice as long between minutes 60 and 120. Figures are minutes.
"""

import pytest

from solver.checker import Code, Violation, check_routes
from solver.problem import Limits, Problem
from solver.solution import Route
from tests.builders import HOUR, MINUTE, half_pace, problem, rest, shift, street, visit
from tests.unit.solver.checker.street_day import pause, route, stop

RUSH_HOUR = street(slowdowns=[half_pace(HOUR, 2 * HOUR)])


def day(*, open_end: bool = True, limits: Limits | None = None) -> Problem:
    """One visit five places down the street."""
    return problem(visit(5), shifts=[shift(end=None if open_end else 0, limits=limits)], travel=RUSH_HOUR)


def one_way(depart: float, arrive: float) -> Route:
    return route(0, depart, arrive, [stop(0, arrive, arrive, arrive, 24 * 60)])


LEGS = [
    ("before the rush hour", 30, 35),
    ("into the rush hour", 58, 66),
    ("in the rush hour", 80, 90),
    ("out of the rush hour", 116, 123),
    ("after the rush hour", 120, 125),
]


@pytest.mark.parametrize(("depart", "arrive"), [leg[1:] for leg in LEGS], ids=[leg[0] for leg in LEGS])
def test_a_leg_is_done_when_its_seconds_are_driven_and_not_before(depart: int, arrive: int) -> None:
    too_fast = one_way(depart, arrive - 1 / MINUTE)

    assert () == check_routes(day(), [one_way(depart, arrive)])
    assert (Violation(Code.TRAVEL_TIME, 0, 0, 1),) == check_routes(day(), [too_fast])


def test_what_lacks_is_the_time_it_takes_to_go_on_from_there() -> None:
    """After five minutes of the rush hour half of the way is left: five minutes more."""
    assert (Violation(Code.TRAVEL_TIME, 0, 0, 5 * MINUTE),) == check_routes(day(), [one_way(80, 85)])


def test_the_way_back_is_slow_too() -> None:
    there_and_back = route(0, 59, 70, [stop(0, 68, 68, 68, 24 * 60 - 5)])
    broken = check_routes(day(open_end=False), [there_and_back])

    assert (Violation(Code.TRAVEL_TIME, 0, None, 8 * MINUTE),) == broken


def test_nothing_is_driven_during_a_break_whatever_the_hour() -> None:
    """Two minutes' worth before the rush hour, a break across its begin, the other three at half pace."""
    breaks = [rest(0, 24 * HOUR, 10 * MINUTE)]
    rested = problem(visit(5), shifts=[shift(end=None, breaks=breaks)], travel=RUSH_HOUR)
    arrives = [stop(0, 74, 74, 74, 24 * 60)]
    hurries = [stop(0, 73, 73, 73, 24 * 60)]

    assert () == check_routes(rested, [route(0, 56, 74, arrives, [pause(58, 68)])])
    assert (Violation(Code.TRAVEL_TIME, 0, 0, MINUTE),) == check_routes(
        rested, [route(0, 56, 73, hurries, [pause(58, 68)])]
    )


def test_driving_is_limited_as_it_is_driven() -> None:
    """Ten minutes in the rush hour; who idles on arrival is not at the wheel."""
    idle = route(0, 80, 100, [stop(0, 100, 100, 100, 24 * 60)])

    assert () == check_routes(day(limits=Limits(driving=10 * MINUTE)), [one_way(80, 90)])
    assert () == check_routes(day(limits=Limits(driving=10 * MINUTE)), [idle])
    assert (Violation(Code.MAX_DRIVING, 0, None, 1),) == check_routes(
        day(limits=Limits(driving=10 * MINUTE - 1)), [one_way(80, 90)]
    )


def test_the_latest_start_leaves_time_for_the_rush_hour() -> None:
    """Back by 64: three minutes before it and two, at half pace, in it."""
    short = problem(visit(5), shifts=[shift(closes=64 * MINUTE)], travel=RUSH_HOUR)
    promised = [route(0, 0, 10, [stop(0, 5, 5, 5, latest)]) for latest in (57, 57 - 1 / MINUTE, 57 + 1 / MINUTE)]

    assert [0, 1, 1] == [len(check_routes(short, [each])) for each in promised]


def test_the_latest_start_counts_on_breaks_that_begin_as_soon_as_they_may() -> None:
    """Begun at 55 the way back is done at 60, and the break takes until 70; begun later it goes on at half pace."""
    breaks = [rest(HOUR, HOUR, 10 * MINUTE)]
    short = problem(visit(5), shifts=[shift(closes=72 * MINUTE, breaks=breaks)], travel=RUSH_HOUR)
    planned = route(0, 50, 70, [stop(0, 55, 55, 55, 56)], [pause(60, 70)])

    assert () == check_routes(short, [planned])


def test_the_latest_start_counts_what_is_driven_before_a_break_by_its_hours_too() -> None:
    """Begun at 66 two places are behind by 70, and the other three take from 80 until 86."""
    breaks = [rest(70 * MINUTE, 70 * MINUTE, 10 * MINUTE)]
    short = problem(visit(5), shifts=[shift(closes=86 * MINUTE, breaks=breaks)], travel=RUSH_HOUR)
    promised = [route(0, 52, 86, [stop(0, 57, 66, 66, latest)], [pause(70, 80)]) for latest in (66, 66 + 1 / MINUTE)]

    assert [0, 1] == [len(check_routes(short, [each])) for each in promised]
