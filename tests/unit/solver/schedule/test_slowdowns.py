"""Days on a street that slows down: how they are driven, when they begin, what they cost."""

from dataclasses import replace

import pytest

from solver.problem import Limits, Pay, Slowdown
from solver.schedule import driven, driving, follow, keeps_to_its_driving, schedule_route
from solver.schedule.course import course_of
from solver.schedule.departures import MOST_TRIED, later_departures
from solver.schedule.moments import FAR
from solver.solution import BreakTaken
from tests.builders import HOUR, MINUTE, half_pace, line, problem, rest, sequences, served, shift, street, visit

RUSH_HOUR = street(slowdowns=[half_pace(HOUR, 2 * HOUR)])


def test_a_leg_in_the_rush_hour_takes_longer() -> None:
    day = problem(visit(5), shifts=[shift(opens=HOUR)], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (HOUR, HOUR + 10 * MINUTE, HOUR + 20 * MINUTE) == (route.depart, route.stops[0].arrive, route.finish)
    assert [10 * MINUTE, 10 * MINUTE] == list(driven(day, route))


def test_neither_service_nor_set_up_takes_longer() -> None:
    day = problem(visit(5, service=7 * MINUTE, setup=MINUTE), shifts=[shift(opens=HOUR, end=None)], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert HOUR + 18 * MINUTE == route.finish


def test_who_is_to_be_there_in_the_rush_hour_leaves_earlier() -> None:
    day = problem(visit(5, (HOUR + 4 * MINUTE, 2 * HOUR)), travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (HOUR - 3 * MINUTE, HOUR + 4 * MINUTE) == (route.depart, route.stops[0].arrive)


def test_the_latest_start_leaves_time_for_the_rush_hour() -> None:
    day = problem(visit(5), shifts=[shift(closes=HOUR + 4 * MINUTE)], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert HOUR - 3 * MINUTE == route.stops[0].latest_start


def test_what_is_in_reach_at_normal_pace_only_is_out_of_reach_in_the_rush_hour() -> None:
    day = problem(visit(5, (HOUR, HOUR + 9 * MINUTE)), shifts=[shift(opens=HOUR)], travel=RUSH_HOUR)

    assert schedule_route(day, 0, served(0)) is None


def test_a_break_on_the_road_stands_still_and_the_rest_goes_at_the_pace_of_then() -> None:
    """Four minutes before the break; the fifth, after it, takes two."""
    day = problem(
        visit(5), shifts=[shift(opens=HOUR - 4 * MINUTE, breaks=[rest(HOUR, HOUR, HOUR // 2)])], travel=RUSH_HOUR
    )

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (BreakTaken(0, HOUR, HOUR + 30 * MINUTE),) == route.breaks
    assert HOUR + 32 * MINUTE == route.stops[0].arrive
    assert [6 * MINUTE, 10 * MINUTE] == list(driven(day, route))


def test_paid_agents_leave_after_the_rush_hour() -> None:
    """Leaving at one takes 10 + 10 minutes, at two 5 + 5."""
    day = problem(visit(5), shifts=[shift(opens=HOUR, pay=Pay(per_second=1))], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (2 * HOUR, 10 * MINUTE) == (route.depart, route.duration)


def test_paid_agents_are_back_before_the_rush_hour_if_that_is_sooner() -> None:
    day = problem(visit(5), shifts=[shift(opens=HOUR // 2, pay=Pay(per_second=1))], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (HOUR // 2, 10 * MINUTE) == (route.depart, route.duration)


def test_paid_agents_rest_until_a_slowdown_is_over() -> None:
    """Slow until 600 and again from 660 on, which leaves just the minute that it takes."""
    travel = street(slowdowns=[half_pace(0, 600), Slowdown(660, 5000, 2_500)])
    breaks = [rest(300, 2000, 300, paid=False)]
    day = problem(visit(1), shifts=[shift(end=None, breaks=breaks, pay=Pay(per_second=1))], travel=travel)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (300, (BreakTaken(0, 300, 600),), 660) == (route.depart, route.breaks, route.finish)


def test_paid_agents_leave_when_a_window_has_closed_if_that_saves_waiting() -> None:
    """Nothing to drive: from 0 they would wait until 1000, from 3000 until 5000, and from 2000 not at all."""
    day = problem(
        visit(0, (0, 0), (2000, 2000), (3000, 3000)),
        visit(0, (1000, 1000), (2000, 2000), (5000, 5000)),
        shifts=[shift(pay=Pay(per_second=1))],
        travel=street(slowdowns=[half_pace(8000, 9000)]),
    )

    route = schedule_route(day, 0, served(0, 1))

    assert route is not None
    assert (2000, 0) == (route.depart, route.duration)


def test_who_rests_in_the_last_slow_second_is_back_a_second_sooner() -> None:
    """Left at 60, the day that may last 2001 seconds rests on its return and ends at 2061."""
    breaks = [rest(1, 2098, 1)]
    short = shift(start=1, end=1, closes=2100, breaks=breaks, limits=Limits(duration=2001))
    travel = replace(line([0, 100]), slowdowns=(half_pace(0, 60),))
    day = problem(visit(0, service=1800), shifts=[short], travel=travel)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert (59, (BreakTaken(0, 59, 60),), 2060) == (route.depart, route.breaks, route.finish)


def test_a_day_that_is_too_long_in_the_rush_hour_begins_after_it() -> None:
    day = problem(visit(5), shifts=[shift(opens=HOUR, limits=Limits(duration=12 * MINUTE))], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 12 * MINUTE >= route.duration


def test_driving_counts_as_it_is_and_a_limit_may_forbid_it() -> None:
    day = problem(visit(5), shifts=[shift(opens=HOUR, limits=Limits(driving=19 * MINUTE))], travel=RUSH_HOUR)

    route = schedule_route(day, 0, served(0))

    assert route is not None
    assert 20 * MINUTE == driving(day, route)
    assert not keeps_to_its_driving(day, route)


def test_each_profile_has_its_own_slowdowns() -> None:
    walking = shift(opens=HOUR, profile=1)
    day = problem(visit(5), shifts=[shift(opens=HOUR), walking], travel=[RUSH_HOUR, street()])

    routes = [schedule_route(day, which, served(0)) for which in (0, 1)]

    assert [20 * MINUTE, 10 * MINUTE] == [route.duration for route in routes if route]


def test_a_day_without_legal_times_is_driven_at_the_pace_of_its_hours() -> None:
    day = problem(visit(5, (HOUR, HOUR + 9 * MINUTE)), shifts=[shift(opens=HOUR)], travel=RUSH_HOUR)

    (route,) = follow(day, sequences([0]))

    assert (HOUR + 10 * MINUTE, HOUR + 20 * MINUTE) == (route.stops[0].arrive, route.finish)


def test_who_is_followed_leaves_home_no_earlier_than_the_rush_hour_asks_for() -> None:
    """The second visit cannot be made in time; the first still has its agent leave as late as its start allows."""
    day = problem(visit(5, (HOUR + 4 * MINUTE, 2 * HOUR)), visit(5, (0, 1)), travel=RUSH_HOUR)

    (route,) = follow(day, sequences([0, 1]))

    assert (HOUR - 3 * MINUTE, HOUR + 4 * MINUTE) == (route.depart, route.stops[0].arrive)


@pytest.mark.parametrize("stops", [5, 40])
def test_no_more_than_a_bounded_number_of_departures_is_tried(stops: int) -> None:
    """All day long it is slow for one minute in three."""
    slowdowns = [Slowdown(at, at + MINUTE, 9_000 - at // 10) for at in range(0, 6 * HOUR, 3 * MINUTE)]
    day = problem(*(visit(place % 10) for place in range(stops)), travel=street(slowdowns=slowdowns))
    after = later_departures(course_of(day, 0, served(*range(stops))), (), {})
    tried, depart = 0, -1
    while (depart := after(depart)) < FAR:
        tried += 1

    assert tried == MOST_TRIED
