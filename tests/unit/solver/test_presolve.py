"""Who could serve what at all."""

from dataclasses import replace

import pytest

from solver.presolve import open_ways
from solver.problem import Limits, Link, Shift, Visit
from tests.builders import HOUR, MINUTE, option, problem, shift, visit


def ways_by_shift(*shifts: Shift, of: Visit) -> list[tuple[int, ...]]:
    return [way.shifts for way in open_ways(problem(of, shifts=shifts))[0]]


def test_every_option_has_a_way_for_each_of_its_windows() -> None:
    both = visit(1, (0, 60), (120, 180), others=[option(2)])

    assert [(0,), (0,), (0,)] == ways_by_shift(shift(), of=both)


def test_a_window_after_the_shift_or_before_it_is_no_way() -> None:
    early, late = visit(1, (0, 59)), visit(1, (HOUR + 61, 2 * HOUR))

    assert [] == ways_by_shift(shift(opens=60, closes=HOUR), of=early)
    assert [(0,)] == ways_by_shift(shift(opens=59, closes=HOUR), of=early)
    assert [] == ways_by_shift(shift(closes=HOUR, overtime=60), of=late)
    assert [(0,)] == ways_by_shift(shift(closes=HOUR, overtime=61), of=late)


def test_a_service_that_ends_after_the_shift_is_no_way() -> None:
    long = visit(1, (50 * MINUTE, 50 * MINUTE), service=20 * MINUTE)

    assert [] == ways_by_shift(shift(closes=HOUR), of=long)
    assert [(0,)] == ways_by_shift(shift(closes=HOUR + 10 * MINUTE), of=long)


@pytest.mark.parametrize(
    "unable",
    [
        shift(limits=Limits(visits=0), capacity=(1,)),
        shift(limits=Limits(duration=59), capacity=(1,)),
        shift(capacity=(0,)),
    ],
    ids=["no visits", "too short a day", "too small"],
)
def test_a_shift_without_room_for_the_visit_alone_has_no_way(unable: Shift) -> None:
    able = replace(unable, limits=Limits(), capacity=(1,))

    assert [(1,)] == ways_by_shift(unable, able, of=visit(1, service=60, load=(1,)))


def test_a_shift_that_may_not_has_no_way() -> None:
    assert [(1,)] == ways_by_shift(shift(), shift(), of=visit(1, shifts={1: 5}))


def test_what_follows_a_visit_that_nobody_can_serve_has_no_way_either() -> None:
    never = visit(1, shifts={})
    day = problem(never, visit(2), visit(3), visit(4), links=[Link(0, 1), Link(1, 2)])

    assert [0, 0, 0, 1] == [len(ways) for ways in open_ways(day)]
