"""How late a stop may begin is worked out anew."""

import pytest

from solver.checker import Code, Violation, check_routes
from solver.problem import Break, Limits, Link, Problem
from tests.builders import DAY, HOUR, MINUTE, problem, rest, shift, visit
from tests.unit.solver.checker.street_day import pause, route, stop


def one_visit(*breaks: Break, closes: int = HOUR, limits: Limits | None = None) -> Problem:
    """A visit ten minutes down the street in a shift of an hour: it is over by 50 if nothing else comes."""
    return problem(
        visit(9),
        shifts=[shift(closes=closes, breaks=breaks, limits=limits)],
    )


def violations(
    day: Problem, *, latest: int, finish: float = 18, breaks: tuple[tuple[int, int], ...] = ()
) -> tuple[Violation, ...]:
    """Of a route that starts its only visit after 9 minutes and claims ``latest`` seconds."""
    taken = [pause(*span, index=index) for index, span in enumerate(breaks)]
    return check_routes(day, [route(0, 0, finish, [stop(0, 9, 9, 9, latest / MINUTE)], taken)])


LATEST = [
    ("the way back fits in the shift", one_visit(), 51 * MINUTE),
    ("the day is not longer than its limit", one_visit(limits=Limits(duration=40 * MINUTE)), 31 * MINUTE),
    (
        "a break for days over 30 minutes is not due in a shorter one, or is taken on a longer one",
        one_visit(rest(0, DAY, 5 * MINUTE, only_if_over=30 * MINUTE)),
        46 * MINUTE,
    ),
    (
        "a break for days over 30 minutes that can no longer be taken binds the day to 30",
        one_visit(rest(0, 5 * MINUTE, 5 * MINUTE, only_if_over=30 * MINUTE)),
        21 * MINUTE,
    ),
    (
        "of two breaks for longer days the one for over 30 minutes binds, the other is not reached",
        one_visit(
            rest(0, 5 * MINUTE, 5 * MINUTE, only_if_over=30 * MINUTE),
            rest(0, 5 * MINUTE, 5 * MINUTE, only_if_over=40 * MINUTE),
        ),
        21 * MINUTE,
    ),
]


@pytest.mark.parametrize(("day", "latest"), [case[1:] for case in LATEST], ids=[case[0] for case in LATEST])
def test_the_latest_start_is_the_last_second_at_which(day: Problem, latest: int) -> None:
    late, early = violations(day, latest=latest + 1), violations(day, latest=latest - 1)

    assert violations(day, latest=latest) == ()
    assert late == (Violation(Code.LATEST_START, 0, 0, 1),)
    assert early == (Violation(Code.LATEST_START, 0, 0, 1),)


def test_a_break_after_the_stop_is_free_and_bounds_it_by_its_own_latest_start() -> None:
    """Planned at the end, from 18 to 23; it must begin by 20, so the visit may begin at 20."""
    day = one_visit(rest(15 * MINUTE, 20 * MINUTE, 5 * MINUTE))

    assert violations(day, latest=20 * MINUTE, finish=23, breaks=((18, 23),)) == ()


def test_a_break_before_the_stop_stays_where_it_is() -> None:
    """Rested before departure: nothing is left to do but the way back."""
    day = problem(visit(4), shifts=[shift(closes=HOUR, breaks=[rest(0, 5 * MINUTE, 5 * MINUTE)])])
    plan = route(0, 0, 13, [stop(0, 9, 9, 9, 56)], [pause(0, 5)])

    assert check_routes(day, [plan]) == ()


def test_linked_visits_keep_their_distance_from_planned_times() -> None:
    """The second is planned at 30, ten minutes after the first: the first, one minute long, begins by 19."""
    day = problem(
        visit(0, service=MINUTE),
        visit(0),
        shifts=[shift(closes=HOUR), shift(closes=HOUR)],
        links=[Link(0, 1, gap=10 * MINUTE)],
    )
    first = route(0, 0, 1, [stop(0, 0, 0, 1, 19)])
    second = route(1, 30, 30, [stop(1, 30, 30, 30, 60)])

    assert check_routes(day, [first, second]) == ()


def test_a_later_stop_bound_to_another_route_bounds_those_before_it() -> None:
    """Visit 1 must be over by 20 for the sake of visit 2; visit 0 is five minutes away from it."""
    day = problem(
        visit(0),
        visit(5),
        visit(0),
        shifts=[shift(closes=HOUR), shift(closes=HOUR)],
        links=[Link(1, 2)],
    )
    first = route(0, 0, 10, [stop(0, 0, 0, 0, 15), stop(1, 5, 5, 5, 20)])
    second = route(1, 20, 20, [stop(2, 20, 20, 20, 60)])

    assert check_routes(day, [first, second]) == ()


def test_of_three_windows_the_last_that_leaves_time_for_the_rest_counts() -> None:
    """The way back must begin by 51: the window until 50 will do, the one from 52 on will not."""
    day = problem(
        visit(9, (0, 9 * MINUTE), (30 * MINUTE, 50 * MINUTE), (52 * MINUTE, HOUR)), shifts=[shift(closes=HOUR)]
    )

    assert violations(day, latest=50 * MINUTE) == ()
    assert violations(day, latest=9 * MINUTE) == (Violation(Code.LATEST_START, 0, 0, 41 * MINUTE),)


def test_a_break_left_out_before_the_stop_binds_the_day_together_with_its_limit() -> None:
    """The first break is for days over 30 minutes, the second was taken before the visit, the limit is 40."""
    breaks = [rest(0, MINUTE, MINUTE, only_if_over=30 * MINUTE), rest(0, 5 * MINUTE, MINUTE)]
    day = problem(visit(8), shifts=[shift(closes=HOUR, breaks=breaks, limits=Limits(duration=40 * MINUTE))])
    plan = route(0, 0, 17, [stop(0, 9, 9, 9, 22)], [pause(0, 1, index=1)])

    assert check_routes(day, [plan]) == ()


def test_a_break_after_the_stop_goes_where_it_costs_no_time() -> None:
    """Waiting for visits 1 and 2 leaves room for the break; on the way back there is none."""
    day = problem(
        visit(0),
        visit(0, (20 * MINUTE, 20 * MINUTE)),
        visit(1, (40 * MINUTE, 40 * MINUTE)),
        shifts=[shift(closes=41 * MINUTE, breaks=[rest(0, HOUR, 5 * MINUTE)])],
    )
    stops = [stop(0, 0, 0, 0, 20), stop(1, 0, 20, 20, 20), stop(2, 21, 40, 40, 40)]

    assert check_routes(day, [route(0, 0, 41, stops, [pause(25, 30)])]) == ()


def test_a_break_after_the_stop_goes_between_two_later_ones_or_before_them() -> None:
    """Visit 2 must begin by 24, a minute away: the break between it and visit 1 leaves visits 0 and 1 until 18."""
    day = problem(
        visit(0),
        visit(0, (0, 20 * MINUTE)),
        visit(1, (21 * MINUTE, 24 * MINUTE)),
        shifts=[shift(closes=25 * MINUTE, breaks=[rest(0, HOUR, 5 * MINUTE)])],
    )
    stops = [stop(0, 0, 0, 0, 18), stop(1, 0, 0, 0, 18), stop(2, 6, 21, 21, 24)]

    assert check_routes(day, [route(0, 0, 22, stops, [pause(6, 11)])]) == ()
