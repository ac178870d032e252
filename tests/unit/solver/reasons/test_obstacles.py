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


def test_a_window_that_opens_after_the_shift_lacks_the_time_until_the_shift_would_be_back() -> None:
    """Opening at 840 it would do: 100 of service and 60 of way back are over at 1000."""
    day = problem(visit(1, (5000, 6000), service=100), shifts=[shift(closes=1000)])

    assert (Code.TIME_WINDOW, 4160) == obstacle(day, [])


def test_a_shift_that_ends_while_the_window_is_open_lacks_working_time() -> None:
    day = problem(visit(1, (950, 6000), service=100), shifts=[shift(closes=1000)])

    assert (Code.SHIFT_TOO_SHORT, 110) == obstacle(day, [])


def test_of_a_window_and_the_end_of_the_shift_the_one_is_told_that_lacks_less() -> None:
    """Five minutes there, five back, and the window opens at 1200. A stop at home takes the last of the shift.

    After that stop the shift would end at 1600. Before it the visit has to be over at 650, or at 400.
    """
    day = problem(visit(0, (950, 950), service=50), visit(5, (1200, 6000)), shifts=[shift(closes=1000)])
    busy = problem(visit(0, (700, 700), service=300), visit(5, (1200, 6000)), shifts=[shift(closes=1000)])

    assert (Code.TIME_WINDOW, 550) == obstacle(day, [0])
    assert (Code.SHIFT_TOO_SHORT, 600) == obstacle(busy, [0])


def test_an_insertion_that_makes_a_later_stop_late_lacks_the_time_by_which() -> None:
    day = problem(visit(4, (240, 240)), visit(1, service=90), shifts=[shift(end=None, closes=400)])

    assert (Obstacle(0, Code.TIME_WINDOW, 90, late=0),) == the_one(day, [0]).obstacles


def test_who_comes_too_late_to_another_stop_and_home_needs_the_end_of_the_shift_alone_to_move() -> None:
    """Before the stop at 4 it would be 90 late and 30 over time. After it, it is 210 of time."""
    day = problem(visit(4, (240, 240)), visit(1, service=90), shifts=[shift(end=None, closes=300)])

    assert (Code.SHIFT_TOO_SHORT, 210) == obstacle(day, [0])


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


def test_a_break_in_the_way_lacks_the_time_by_which_it_would_begin_too_late() -> None:
    """The service is over at 310, ten seconds after the break has to begin."""
    day = problem(visit(1, (60, 100), service=250), shifts=[shift(breaks=[rest(200, 300, 60)])])

    assert (Code.BREAK_TIME, 10) == obstacle(day, [])


def test_all_breaks_of_the_shift_may_begin_later_by_what_they_lack() -> None:
    """Both are due while the service lasts; the second begins at 370, when the first is over."""
    breaks = [rest(200, 300, 60), rest(250, 340, 60)]
    day = problem(visit(1, (60, 60), service=250), shifts=[shift(breaks=breaks)])

    assert (Code.BREAK_TIME, 30) == obstacle(day, [])


def test_a_window_is_told_where_it_lacks_less_than_the_break_in_the_way() -> None:
    """The break might begin 760 later, when the service is over; with the break first it starts at 260, 160 late."""
    day = problem(visit(1, (60, 100), service=1000), shifts=[shift(breaks=[rest(200, 300, 60)])])

    assert (Code.TIME_WINDOW, 160) == obstacle(day, [])


def test_where_several_rules_are_in_the_way_that_is_said() -> None:
    """A day of 600 in a shift of 500, and it may last 550."""
    day = problem(visit(5), shifts=[shift(closes=500, limits=Limits(duration=550))])

    assert (Obstacle(0, Code.SHIFT_TOO_SHORT, 100, several=True),) == the_one(day, []).obstacles


def test_an_insertion_with_one_rule_in_the_way_is_told_before_one_with_several() -> None:
    """At 3 there are two windows: one after the stop at 9, and one that makes that stop 21 seconds too late.

    Either way it is twelve minutes of driving, 7200 metres.
    """
    limits = Limits(distance=7100)
    day = problem(visit(9, (0, 400)), visit(3, (61, 61), (660, 660)), shifts=[shift(start=4, end=4, limits=limits)])

    assert (Code.MAX_DISTANCE, 100) == obstacle(day, [0])


def test_too_long_a_day_lacks_seconds_for_the_break_that_only_long_days_need_as_well() -> None:
    """Ten minutes of work and a break of two, where the day may last nine."""
    breaks = [rest(0, DAY, 120, only_if_over=550, paid=False)]
    day = problem(visit(5), shifts=[shift(breaks=breaks, limits=Limits(duration=540))])

    assert (Code.MAX_DURATION, 180) == obstacle(day, [])


def test_the_shortest_day_counts_even_if_a_longer_one_with_an_unpaid_break_costs_less() -> None:
    """Back at 125 with five seconds of waiting, or at 240 with a break of 120 and none: the day may last 100."""
    breaks = [rest(60, 60, 120, only_if_over=130, paid=False)]
    shifts = [shift(breaks=breaks, limits=Limits(duration=100))]
    day = problem(visit(0, (0, 0)), visit(1, (65, 65), (180, 180)), shifts=shifts)

    assert (Code.MAX_DURATION, 25) == obstacle(day, [0])


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

    assert (Obstacle(0, Code.TIME_WINDOW, 120, late=0),) == the_one(day, [0]).obstacles


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
