"""What a visit lacks where the road is slow: told by labels at once, and as it would really be driven."""

from solver.checker import Code
from solver.problem import Limits, Problem
from solver.reasons.gaps import SECONDS, Gaps, Lack
from solver.reasons.ways import Ways
from solver.solution import Served
from tests.builders import HOUR, MINUTE, half_pace, problem, shift, street, visit
from tests.unit.solver.reasons.plans import obstacle

RUSH_HOUR = street(slowdowns=[half_pace(HOUR, 2 * HOUR)])


def lack(day: Problem, *served: Served, position: int = 0) -> Lack | None:
    """What labels say of the last visit, put into what shift 0 serves."""
    return Gaps(day, 0, served).lacks(Ways.of(day, [len(day.visits) - 1])).at(0, position)


def test_labels_know_that_the_way_to_a_visit_is_slow() -> None:
    """Ten minutes for five places: a minute too many."""
    day = problem(visit(5, (HOUR, HOUR + 9 * MINUTE)), shifts=[shift(opens=HOUR)], travel=RUSH_HOUR)

    assert Lack(SECONDS, MINUTE, Code.TIME_WINDOW) == lack(day)


def test_labels_know_that_the_way_on_from_it_is_slow() -> None:
    """At place 1 by four minutes past, at place 3 by eight, where seven is the latest."""
    day = problem(
        visit(3, (HOUR + 5 * MINUTE, HOUR + 7 * MINUTE)),
        visit(1),
        shifts=[shift(opens=HOUR + 2 * MINUTE)],
        travel=RUSH_HOUR,
    )

    assert Lack(SECONDS, MINUTE, Code.TIME_WINDOW) == lack(day, Served(0))


def test_driving_that_lacks_is_told_as_it_would_be_driven() -> None:
    """Ten minutes at normal pace, twenty in the rush hour, nine are allowed."""
    day = problem(visit(5), shifts=[shift(opens=HOUR, limits=Limits(driving=9 * MINUTE))], travel=RUSH_HOUR)

    assert (Code.MAX_DRIVING, 11 * MINUTE) == obstacle(day, [])
