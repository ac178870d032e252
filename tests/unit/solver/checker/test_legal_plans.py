"""What keeps all rules is left alone."""

from dataclasses import replace

from solver.checker import check, check_route, check_routes
from solver.problem import Limits
from solver.solution import Costs, Score, Solution
from tests.builders import HOUR, MINUTE, option, problem, rest, shift, visit
from tests.unit.solver.checker.street_day import DAY, PLAN, pause, route, stop, with_stop


def test_a_legal_day_with_a_bit_of_everything_has_no_violations() -> None:
    assert check(DAY, PLAN) == ()


def test_an_empty_plan_is_legal() -> None:
    nothing = Solution((), Score(required_missed=1, prize=0, costs=Costs()))

    assert check(DAY, nothing) == ()


def test_a_break_at_the_door_before_the_start_stands_for_waiting() -> None:
    """Arrive after the drive at 16, rest until 21, set up, start at 22."""
    plan = with_stop(PLAN, 2, arrive=16 * MINUTE)
    first, second = plan.routes
    rested = replace(first, breaks=(pause(16, 21),))

    assert check_routes(DAY, (rested, second)) == ()


def test_a_break_on_the_road_may_end_on_arrival() -> None:
    """Three minutes on the road from 13, rest from 16 to 21, set up, start at 22."""
    first, second = PLAN.routes

    assert check_routes(DAY, (replace(first, breaks=(pause(16, 21),)), second)) == ()


def test_breaks_may_follow_each_other_at_once() -> None:
    day = problem(visit(1), shifts=[shift(breaks=[rest(0, HOUR, MINUTE), rest(0, HOUR, MINUTE)])])

    assert check_route(day, route(0, 0, 4, [stop(0, 3, 3, 3, 3)], [pause(0, 1), pause(1, 2, index=1)])) == ()


def test_a_visit_may_start_exactly_the_gap_after_its_predecessor() -> None:
    """Visit 0 is over at 8, so visit 4 may start at 18; then visit 0 cannot begin any later."""
    plan = with_stop(PLAN, 0, latest_start=3 * MINUTE)
    second = route(1, 15, 20, [stop(4, 18, 18, 20, 58)])

    assert check_routes(DAY, (plan.routes[0], second)) == ()


def test_a_break_may_be_taken_right_at_departure_and_right_at_the_end() -> None:
    day = problem(visit(1), shifts=[shift(breaks=[rest(0, HOUR, MINUTE), rest(0, HOUR, MINUTE)])])
    plan = route(0, 0, 4, [stop(0, 2, 2, 2, 62 - 1)], [pause(0, 1), pause(3, 4, index=1)])

    assert check_route(day, plan) == ()


def test_a_break_for_longer_days_may_be_left_out_of_a_day_that_is_not_longer() -> None:
    day = problem(visit(1), shifts=[shift(breaks=[rest(0, HOUR, MINUTE, only_if_over=2 * MINUTE)])])

    assert check_route(day, route(0, 0, 2, [stop(0, 1, 1, 1, 1)])) == ()


def test_a_break_for_longer_days_is_taken_on_a_day_that_is_a_second_longer() -> None:
    day = problem(visit(1), shifts=[shift(breaks=[rest(0, HOUR, MINUTE, only_if_over=3 * MINUTE - 1)])])

    assert check_route(day, route(0, 0, 3, [stop(0, 2, 2, 2, 2)], [pause(0, 1)])) == ()


def test_no_set_up_is_owed_at_the_place_where_the_shift_starts() -> None:
    day = problem(visit(0, setup=MINUTE))

    assert check_route(day, route(0, 0, 0, [stop(0, 0, 0, 0, 0)])) == ()


def test_links_and_other_routes_are_no_matter_of_one_route_alone() -> None:
    """Visit 4 alone lacks its predecessor, but only among routes."""
    _, second = PLAN.routes

    assert check_route(DAY, second) == ()


def test_an_option_for_everybody_needs_no_list_of_shifts() -> None:
    day = problem(visit(1, shifts={}, others=[option(1)]))

    assert check_route(day, route(0, 0, 2, [stop(0, 1, 1, 1, 1, option=1)])) == ()


def test_exactly_at_every_limit_is_within_it() -> None:
    limits = Limits(visits=1, driving=2 * MINUTE, distance=1200, duration=2 * MINUTE)
    day = problem(visit(1), shifts=[shift(closes=2 * MINUTE, limits=limits)])

    assert check_route(day, route(0, 0, 2, [stop(0, 1, 1, 1, 1)])) == ()
