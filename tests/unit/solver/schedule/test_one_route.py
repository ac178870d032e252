"""Times of one route that can be checked by head: a street with a place every minute."""

from dataclasses import replace

from solver.problem import Limits, Pay, StartWindow
from solver.schedule import schedule_route
from solver.solution import Route, Served, Stop
from tests.builders import DAY, HOUR, MINUTE, option, problem, served, shift, visit

PAID = Pay(per_second=1)


def test_a_route_has_travel_service_and_the_way_back() -> None:
    day = problem(visit(2, service=10 * MINUTE), visit(5, service=MINUTE), shifts=[shift(closes=HOUR)])

    route = schedule_route(day, 0, served(0, 1))

    first = Stop(0, 0, arrive=120, start=120, finish=720, latest_start=2460)
    second = Stop(1, 0, arrive=900, start=900, finish=960, latest_start=3240)
    assert Route(0, depart=0, finish=1260, stops=(first, second)) == route


def test_an_open_end_finishes_with_the_last_service() -> None:
    day = problem(visit(2, service=60), shifts=[shift(end=None)])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 180 == route.finish


def test_nobody_leaves_before_it_is_needed() -> None:
    day = problem(visit(2, (1000, 2000)))

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (880, 1120) == (route.depart, route.finish)


def test_a_late_window_makes_the_stop_wait() -> None:
    day = problem(visit(1, (60, 60)), visit(2, (600, 700)))

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (120, 600) == (route.stops[1].arrive, route.stops[1].start)


def test_the_next_window_is_taken_where_the_first_is_over() -> None:
    day = problem(visit(2, (0, 60), (500, 600)))

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 500 == route.stops[0].start


def test_a_closed_window_leaves_no_legal_times() -> None:
    day = problem(visit(2, (0, 119)))

    assert schedule_route(day, 0, served(0)) is None


def test_setup_is_spent_once_per_address() -> None:
    day = problem(visit(2, setup=30), visit(2, setup=30), visit(0, setup=30))

    route = schedule_route(day, 0, served(0, 1, 2))

    assert route is not None
    assert [(120, 150), (150, 150), (270, 300)] == [(stop.arrive, stop.start) for stop in route.stops]


def test_no_setup_is_spent_where_the_shift_starts() -> None:
    day = problem(visit(0, setup=30))

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 0 == route.stops[0].start


def test_a_shift_may_use_its_overtime_and_no_more() -> None:
    day = problem(visit(2, service=100), shifts=[shift(closes=300, overtime=40)])
    tighter = replace(day, shifts=(shift(closes=300, overtime=39),))

    assert schedule_route(day, 0, served(0)) is not None
    assert schedule_route(tighter, 0, served(0)) is None


def test_a_limit_of_duration_moves_the_departure_not_only_the_finish() -> None:
    """From 0 the second visit could be reached, but only by waiting longer than the limit allows."""
    day = problem(
        visit(1, (0, 60), (1000, 2000)),
        visit(2, (2000, 3000)),
        shifts=[shift(limits=Limits(duration=1000))],
    )

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (1880, 2120) == (route.depart, route.finish)
    assert 1940 == route.stops[0].start


def test_a_limit_of_duration_can_make_a_route_impossible() -> None:
    day = problem(visit(1, (0, 60)), visit(2, (600, 900)), shifts=[shift(limits=Limits(duration=700))])
    longer = replace(day, shifts=(shift(limits=Limits(duration=720)),))

    assert schedule_route(day, 0, served(0, 1)) is None
    assert schedule_route(longer, 0, served(0, 1)) is not None


def test_wages_pay_for_a_later_start_where_that_saves_waiting() -> None:
    """Without wages the earliest finish counts, with wages the hours: the second window of the first visit."""
    first, second = visit(1, (60, 60), (3000, 3000)), visit(2, (600, 600), (3060, 3060))
    unpaid, paid = problem(first, second), problem(first, second, shifts=[shift(pay=PAID)])

    early, late = schedule_route(unpaid, 0, served(0, 1)), schedule_route(paid, 0, served(0, 1))

    assert early is not None
    assert late is not None
    assert (0, 720) == (early.depart, early.finish)
    assert (2940, 3180) == (late.depart, late.finish)


def test_overtime_is_avoided_where_waiting_costs_less() -> None:
    first, second = visit(1, (60, 60), (3000, 3000)), visit(2, (600, 600), (3060, 3060))
    pay = Pay(per_second=1, overtime_per_second=10)
    day = problem(first, second, shifts=[shift(closes=1000, overtime=5000, pay=pay)])

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert 720 == route.finish


def test_bounds_narrow_the_windows() -> None:
    day = problem(visit(1))

    route = schedule_route(day, 0, served(0), {0: StartWindow(500, 600)})

    assert route is not None
    assert (500, 600) == (route.stops[0].start, route.stops[0].latest_start)
    assert schedule_route(day, 0, served(0), {0: StartWindow(0, 59)}) is None


def test_the_served_option_decides_place_window_and_service() -> None:
    day = problem(visit(1, others=[option(4, (1000, 2000), service=7)]))

    route = schedule_route(day, 0, (Served(0, 1),))

    assert route is not None
    assert (1000, 1007, 1247) == (route.stops[0].start, route.stops[0].finish, route.finish)


def test_latest_start_leaves_time_for_the_way_home() -> None:
    day = problem(visit(3, service=60), shifts=[shift(closes=1000)])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 1000 - 180 - 60 == route.stops[0].latest_start


def test_latest_start_leaves_time_for_the_windows_to_come() -> None:
    day = problem(visit(1, service=60), visit(2, (0, 50), (200, 400)))

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert 400 - 60 - 60 == route.stops[0].latest_start


def test_latest_start_keeps_the_limit_of_duration_from_the_planned_departure() -> None:
    day = problem(visit(1, (100, DAY)), shifts=[shift(limits=Limits(duration=200))])

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (40, 180) == (route.depart, route.stops[0].latest_start)
