"""Visits that come after others, on the same route or another."""

from solver.problem import Link, Pay
from solver.schedule import schedule
from solver.solution import Route
from tests.builders import DAY, problem, sequences, shift, visit

TWO = (shift(), shift())


def _the_only(routes: tuple[Route, ...] | None) -> Route:
    assert routes is not None
    (route,) = routes
    return route


def test_the_later_visit_waits_for_the_earlier_one_of_another_shift() -> None:
    day = problem(visit(5, service=100), visit(1), shifts=TWO, links=[Link(0, 1, gap=50)])

    routes = schedule(day, sequences([0], [1]))

    assert routes is not None
    assert 300 + 100 + 50 == routes[1].stops[0].start


def test_a_shift_that_waits_for_another_leaves_later() -> None:
    day = problem(visit(5, service=100), visit(1), shifts=TWO, links=[Link(0, 1)])

    routes = schedule(day, sequences([0], [1]))

    assert routes is not None
    assert 400 - 60 == routes[1].depart


def test_links_within_a_route_are_kept() -> None:
    day = problem(visit(1), visit(2), visit(3), links=[Link(0, 2, gap=600)])

    route = _the_only(schedule(day, sequences([0, 1, 2])))

    assert 60 + 600 == route.stops[2].start


def test_a_whole_route_moves_with_a_late_window_in_spite_of_a_link() -> None:
    """The third visit opens late; whoever is paid by the second does not start the linked ones at dawn."""
    shifts = [shift(pay=Pay(per_second=1))]
    day = problem(visit(1), visit(2), visit(3, (5000, DAY)), shifts=shifts, links=[Link(0, 1, gap=600)])

    route = _the_only(schedule(day, sequences([0, 1, 2])))

    assert [4340, 4940, 5000] == [stop.start for stop in route.stops]


def test_a_link_against_the_order_of_stops_leaves_no_legal_times() -> None:
    day = problem(visit(1, service=1), visit(2, service=1), links=[Link(1, 0)])

    assert schedule(day, sequences([0, 1])) is None


def test_a_window_that_closes_too_early_for_the_link_leaves_no_legal_times() -> None:
    day = problem(visit(5, service=100), visit(1, (0, 399)), shifts=TWO, links=[Link(0, 1)])

    assert schedule(day, sequences([0], [1])) is None


def test_shifts_that_wait_for_each_other_in_a_ring_have_no_legal_times() -> None:
    stops = [visit(1, service=60) for _ in range(4)]
    day = problem(*stops, shifts=[shift(closes=3600)] * 2, links=[Link(0, 3), Link(2, 1)])

    assert schedule(day, sequences([1, 0], [3, 2])) is None


def test_a_link_to_a_visit_that_is_not_served_does_not_bind_times() -> None:
    day = problem(visit(5), visit(1), links=[Link(0, 1)])

    route = _the_only(schedule(day, sequences([1])))

    assert 60 == route.stops[0].start


def test_latest_start_of_the_earlier_visit_counts_on_the_planned_start_of_the_later() -> None:
    day = problem(visit(1, service=10), visit(5, (1000, 2000)), shifts=TWO, links=[Link(0, 1, gap=5)])

    routes = schedule(day, sequences([0], [1]))

    assert routes is not None
    assert 1000 - 5 - 10 == routes[0].stops[0].latest_start


def test_given_starts_are_kept_exactly() -> None:
    day = problem(visit(1), visit(2))

    route = _the_only(schedule(day, sequences([0, 1]), {1: 700}))

    assert 700 == route.stops[1].start


def test_given_starts_outside_the_windows_leave_no_legal_times() -> None:
    day = problem(visit(1, (0, 100)))

    assert schedule(day, sequences([0]), {0: 101}) is None


def test_unused_shifts_have_no_route() -> None:
    day = problem(visit(1), shifts=[shift(), shift(), shift()])

    routes = schedule(day, sequences([], [0], []))

    assert routes is not None
    assert [1] == [route.shift for route in routes]
