"""What keeps a visit out of a shift, and how much is lacking: a street with a place every minute."""

from solver.checker import Code
from solver.problem import LONGEST_DAY, Limits, Link, Option, Visit
from solver.reasons import Obstacle, unserved
from tests.builders import DAY, line, option, problem, rest, shift, visit
from tests.unit.solver.reasons.plans import obstacle, plan, the_one


def test_nothing_is_said_of_visits_in_the_plan() -> None:
    day = problem(visit(1), visit(2, (0, 10)))

    assert 1 == the_one(day, [0]).visit


def test_a_shift_that_would_end_too_late_lacks_the_time_until_it_would_be_back() -> None:
    day = problem(visit(1), visit(5), shifts=[shift(closes=500)])

    assert (Code.SHIFT_TOO_SHORT, 100) == obstacle(day, [0])


def test_the_insertion_that_lacks_least_is_told() -> None:
    """On the way there it lacks its service of 50 seconds; in front or at the end there would be a detour as well."""
    day = problem(visit(5), visit(6, service=50), visit(9), shifts=[shift(start=4, end=9, closes=300)])

    assert (Code.SHIFT_TOO_SHORT, 50) == obstacle(day, [0, 2])


def test_a_window_that_has_closed_lacks_the_time_since_then() -> None:
    day = problem(visit(5, (0, 250)))

    assert (Code.TIME_WINDOW, 50) == obstacle(day, [])


def test_a_window_that_opens_after_the_shift_lacks_the_time_until_the_service_would_be_done() -> None:
    day = problem(visit(1, (5000, 6000), service=100), shifts=[shift(closes=1000)])

    assert (Code.TIME_WINDOW, 4100) == obstacle(day, [])


def test_an_insertion_that_makes_a_later_stop_late_lacks_the_time_by_which() -> None:
    day = problem(visit(4, (240, 240)), visit(1, service=90), shifts=[shift(end=None, closes=300)])

    assert (Code.TIME_WINDOW, 90) == obstacle(day, [0])


def test_a_visit_without_windows_can_never_be_served() -> None:
    day = problem(Visit((Option(place=1, service=0, windows=()),)))

    assert (Code.TIME_WINDOW, LONGEST_DAY) == obstacle(day, [])


def test_a_shift_that_may_not_serve_it_says_so() -> None:
    day = problem(visit(1, shifts={1: 0}, service=2 * DAY), shifts=[shift(), shift()])

    first, second = the_one(day, [], []).obstacles

    assert Obstacle(0, Code.AGENT_NOT_ALLOWED, 1) == first
    assert Code.SHIFT_TOO_SHORT == second.code


def test_an_option_that_the_shift_may_serve_is_enough() -> None:
    day = problem(visit(1, shifts={}, others=[option(5, (0, 250))]))

    assert (Code.TIME_WINDOW, 50) == obstacle(day, [])


def test_a_place_without_a_way_is_unreachable() -> None:
    day = problem(visit(1), travel=line([0, 60], cut=[(0, 1)]))

    assert (Code.UNREACHABLE, 1) == obstacle(day, [])


def test_too_much_load_lacks_the_capacity_for_it() -> None:
    day = problem(visit(1, load=(3, 0)), visit(2, load=(4, 1)), shifts=[shift(capacity=(5, 9))])

    assert (Code.CAPACITY, 2) == obstacle(day, [0])


def test_a_full_shift_lacks_a_visit() -> None:
    day = problem(visit(1), visit(2), shifts=[shift(limits=Limits(visits=1))])

    assert (Code.MAX_VISITS, 1) == obstacle(day, [0])


def test_too_much_driving_lacks_seconds() -> None:
    day = problem(visit(5), shifts=[shift(limits=Limits(driving=580))])

    assert (Code.MAX_DRIVING, 20) == obstacle(day, [])


def test_too_much_distance_lacks_metres() -> None:
    day = problem(visit(5), shifts=[shift(limits=Limits(distance=5900))])

    assert (Code.MAX_DISTANCE, 100) == obstacle(day, [])


def test_too_long_a_day_lacks_seconds_of_duration() -> None:
    day = problem(visit(5), shifts=[shift(limits=Limits(duration=580))])

    assert (Code.MAX_DURATION, 20) == obstacle(day, [])


def test_a_day_that_waiting_makes_too_long_lacks_seconds_of_duration() -> None:
    day = problem(visit(1, (60, 60)), visit(2, (700, 800)), shifts=[shift(limits=Limits(duration=800))])

    assert (Code.MAX_DURATION, 20) == obstacle(day, [0])


def test_a_break_in_the_way_lacks_the_time_that_it_takes_from_the_rest() -> None:
    """The service lasts from before the break's window until after it; with the break first it starts at 260."""
    day = problem(visit(1, (60, 100), service=1000), shifts=[shift(breaks=[rest(200, 300, 60)])])

    assert (Code.BREAK_MISSING, 160) == obstacle(day, [])


def test_a_day_long_enough_for_a_break_needs_time_for_it() -> None:
    """With the visit the day lasts ten minutes, so a break of two is due: the shift would have to last twelve."""
    breaks = [rest(0, DAY, 120, only_if_over=500)]
    day = problem(visit(2), visit(5), shifts=[shift(closes=700, breaks=breaks)])

    assert (Code.SHIFT_TOO_SHORT, 20) == obstacle(day, [0])


def test_a_visit_whose_predecessor_is_left_out_waits_for_that() -> None:
    day = problem(visit(1, (0, 10)), visit(2), links=[Link(0, 1)])

    first, second = unserved(day, plan(day, []))

    assert Code.TIME_WINDOW == first.obstacles[0].code
    assert (Obstacle(0, Code.PREDECESSOR_UNASSIGNED, 1),) == second.obstacles
    assert second.fits_alone


def test_a_visit_that_its_predecessor_makes_too_late_lacks_the_time_by_which() -> None:
    """Its predecessor is done at 400 and the gap over at 500, 20 seconds after its window."""
    day = problem(visit(5, service=100), visit(6, (0, 480)), links=[Link(0, 1, gap=100)])

    assert (Code.TIME_WINDOW, 20) == obstacle(day, [0])


def test_a_place_pinned_by_another_visit_is_taken() -> None:
    day = problem(visit(1, position="first"), visit(2, position="first"))

    assert (Code.POSITION, 1) == obstacle(day, [0])


def test_nobody_is_put_behind_a_visit_that_is_pinned_to_the_end() -> None:
    """Behind the last visit there would be room, before it its window closes."""
    day = problem(visit(1, (60, 60), position="last"), visit(2))

    assert Code.TIME_WINDOW == obstacle(day, [0])[0]


def test_every_shift_has_its_own_obstacle() -> None:
    day = problem(visit(5, (0, 250)), shifts=[shift(), shift(start=5, closes=0), shift(start=3, opens=200)])

    obstacles = the_one(day, [], [], []).obstacles

    assert (
        Obstacle(0, Code.TIME_WINDOW, 50),
        Obstacle(1, Code.SHIFT_TOO_SHORT, 300),
        Obstacle(2, Code.TIME_WINDOW, 70),
    ) == obstacles


def test_the_problem_says_nothing_where_everything_is_served() -> None:
    day = problem(visit(1))

    assert () == unserved(day, plan(day, [0]))
