"""Each feature of the routing model in a world where leaving it out would let an illegal plan pass."""

import pytest

from solver.draft import Timetable
from solver.problem import Limits, Link
from solver.solution import Served
from solver.units import UNREACHABLE
from tests.builders import MINUTE, line, option, problem, rest, shift, street, visit
from tests.tiny import tiny_day, tiny_route
from tests.unit.solver.engine.acceptance import accepts, model_of

TEN = 10 * MINUTE
"""There and back to place 5."""


def test_travel_out_and_back_has_to_fit_into_the_shift() -> None:
    assert accepts(problem(visit(5), shifts=[shift(closes=TEN)]), [0])
    assert not accepts(problem(visit(5), shifts=[shift(closes=TEN - 1)]), [0])


def test_an_open_end_needs_no_way_back() -> None:
    assert accepts(problem(visit(5), shifts=[shift(closes=5 * MINUTE, end=None)]), [0])
    assert not accepts(problem(visit(5), shifts=[shift(closes=5 * MINUTE - 1, end=None)]), [0])


def test_the_last_service_has_to_end_within_the_shift_of_an_open_end() -> None:
    day = problem(visit(0, service=MINUTE), shifts=[shift(closes=MINUTE - 1, end=None)])

    assert not accepts(day, [0])


def test_overtime_may_be_used() -> None:
    assert accepts(problem(visit(5), shifts=[shift(closes=TEN - 60, overtime=60)]), [0])
    assert not accepts(problem(visit(5), shifts=[shift(closes=TEN - 60, overtime=59)]), [0])


def test_service_takes_its_time() -> None:
    day = problem(visit(0, service=MINUTE), visit(0, (0, 59)), shifts=[shift(closes=TEN)])

    assert accepts(day, [1, 0])
    assert not accepts(day, [0, 1])


def test_windows_are_kept_each_by_a_node_of_its_own() -> None:
    day = problem(visit(5, (0, 299), (400, 500)), visit(0, (0, 720)), shifts=[shift(closes=20 * MINUTE)])

    assert accepts(day, [0, 1])
    assert not accepts(problem(visit(5, (0, 299), (400, 500)), visit(0, (0, 699)), shifts=[shift(closes=1200)]), [0, 1])


def test_set_up_is_spent_once_per_place() -> None:
    twice = [visit(1, setup=MINUTE), visit(1, setup=MINUTE)]

    assert accepts(problem(*twice, shifts=[shift(closes=3 * MINUTE)]), [0, 1])
    assert not accepts(problem(*twice, shifts=[shift(closes=3 * MINUTE - 1)]), [0, 1])


def test_each_shift_travels_by_its_own_profile() -> None:
    slow = line([2 * MINUTE * place for place in range(10)])
    day = problem(visit(5), travel=[street(), slow], shifts=[shift(closes=TEN), shift(closes=TEN, profile=1)])

    assert accepts(day, [0], [])
    assert not accepts(day, [], [0])


def test_what_has_no_way_is_not_driven() -> None:
    island = line([0, 60, 120], cut=[(1, 2)])

    assert int(island.seconds[1, 2]) == UNREACHABLE
    assert accepts(problem(visit(1), visit(2), travel=island), [1, 0])
    assert not accepts(problem(visit(1), visit(2), travel=island), [0, 1])


def test_only_eligible_shifts_serve() -> None:
    day = problem(visit(1, shifts={1: 0}), visit(2), shifts=[shift(closes=TEN), shift(closes=TEN)])

    assert accepts(day, [1], [0])
    assert not accepts(day, [0], [])


@pytest.mark.parametrize(
    ("enough", "too_little"),
    [
        (Limits(visits=2), Limits(visits=1)),
        (Limits(driving=TEN), Limits(driving=TEN - 1)),
        (Limits(distance=6000), Limits(distance=5999)),
        (Limits(duration=TEN + MINUTE), Limits(duration=TEN + MINUTE - 1)),
    ],
    ids=["visits", "driving", "distance", "duration"],
)
def test_limits_are_kept_way_out_and_back_included(enough: Limits, too_little: Limits) -> None:
    visits = [visit(1), visit(5, service=MINUTE)]

    assert accepts(problem(*visits, shifts=[shift(closes=20 * MINUTE, limits=enough)]), [0, 1])
    assert not accepts(problem(*visits, shifts=[shift(closes=20 * MINUTE, limits=too_little)]), [0, 1])


def test_each_named_load_has_to_fit() -> None:
    visits = [visit(1, load=(1, 2)), visit(2, load=(1, 2))]

    assert accepts(problem(*visits, shifts=[shift(closes=TEN, capacity=(2, 4))]), [0, 1])
    assert not accepts(problem(*visits, shifts=[shift(closes=TEN, capacity=(2, 3))]), [0, 1])


class TestBreaks:
    def test_a_break_takes_its_time_on_the_road(self) -> None:
        lunch = rest(2 * MINUTE, 3 * MINUTE, MINUTE)

        assert accepts(problem(visit(5), shifts=[shift(closes=TEN + 60, breaks=[lunch])]), [0])
        assert not accepts(problem(visit(5), shifts=[shift(closes=TEN + 59, breaks=[lunch])]), [0])

    def test_a_break_never_interrupts_a_service(self) -> None:
        """Service lasts from the first to the fifth minute at least; the break must begin in the third."""
        lunch = rest(2 * MINUTE, 3 * MINUTE, MINUTE)
        short, long = visit(1, (60, 60), service=2 * MINUTE), visit(1, (60, 60), service=2 * MINUTE + 1)

        assert accepts(problem(short, shifts=[shift(closes=TEN, breaks=[lunch])]), [0])
        assert not accepts(problem(long, shifts=[shift(closes=TEN, breaks=[lunch])]), [0])

    def test_a_break_lies_between_departure_and_finish(self) -> None:
        """The day ends at minute ten with the break, or its duration is longer than allowed."""
        late = rest(8 * MINUTE, 8 * MINUTE, 2 * MINUTE)
        day = [visit(1, (60, 60))]

        assert accepts(problem(*day, shifts=[shift(closes=TEN, breaks=[late], limits=Limits(duration=TEN))]), [0])
        assert not accepts(problem(*day, shifts=[shift(closes=TEN, breaks=[late], limits=Limits(duration=599))]), [0])

    def test_breaks_are_taken_in_their_order(self) -> None:
        """The second could begin before the first; then both would fit before the visit."""
        breaks = [rest(180, 240, 60), rest(60, 600, 60)]

        assert accepts(problem(visit(1, (300, 300)), shifts=[shift(closes=TEN, breaks=breaks)]), [0])
        assert not accepts(
            problem(visit(1, (240, 240), service=6 * MINUTE), shifts=[shift(closes=TEN + 60, breaks=breaks)]), [0]
        )

    def test_a_break_for_long_days_may_be_left_out_of_a_short_one(self) -> None:
        def day(minutes: int) -> bool:
            siesta = rest(0, 20 * MINUTE, 10 * MINUTE, only_if_over=minutes * MINUTE)
            return accepts(problem(visit(5), shifts=[shift(closes=15 * MINUTE, breaks=[siesta])]), [0])

        assert day(10)
        assert not day(9)

    def test_breaks_too_far_apart_for_the_longest_day_do_not_spoil_the_other_shifts(self) -> None:
        apart = [rest(0, 0, 60), rest(600, 600, 60)]
        day = problem(visit(1), shifts=[shift(breaks=apart, limits=Limits(duration=600)), shift(closes=TEN)])

        assert accepts(day, [], [0])

    def test_only_one_vehicle_of_a_shift_goes_out(self) -> None:
        siesta = rest(0, TEN, MINUTE, only_if_over=5 * MINUTE)
        model = model_of(problem(visit(1), visit(2), shifts=[shift(closes=TEN, breaks=[siesta])]))

        assert model is not None
        assert model.restore(((0, 1), ())) is not None
        assert model.restore(((0,), (1,))) is None


class TestLinks:
    def test_the_later_visit_needs_the_earlier_one(self) -> None:
        day = problem(visit(1), visit(2), links=[Link(0, 1)], shifts=[shift(closes=TEN)])

        assert accepts(day, [0, 1])
        assert not accepts(day, [1])

    def test_the_gap_is_kept_on_one_route_and_between_two(self) -> None:
        def day(latest: int) -> tuple[bool, bool]:
            visits = [visit(1, service=MINUTE), visit(1, (0, latest))]
            both = problem(*visits, links=[Link(0, 1, 3 * MINUTE)], shifts=[shift(closes=TEN), shift(closes=TEN)])
            return accepts(both, [0, 1], []), accepts(both, [0], [1])

        assert (True, True) == day(5 * MINUTE)
        assert (False, False) == day(5 * MINUTE - 1)


class TestPositions:
    def test_first_means_nothing_before(self) -> None:
        day = problem(visit(1), visit(2, position="first"), shifts=[shift(closes=TEN)])

        assert accepts(day, [1, 0])
        assert not accepts(day, [0, 1])

    def test_last_means_nothing_after(self) -> None:
        day = problem(visit(1), visit(2, position="last"), shifts=[shift(closes=TEN)])

        assert accepts(day, [0, 1])
        assert not accepts(day, [1, 0])


def test_at_most_one_option_of_a_visit_is_served() -> None:
    day = problem(visit(1, others=[option(2)]), shifts=[shift(closes=TEN)])

    assert accepts(day, [Served(0, 1)])
    assert not accepts(day, [Served(0, 0), Served(0, 1)])


@pytest.mark.parametrize("seed", range(80))
def test_the_model_has_exactly_the_plans_that_are_legal(seed: int) -> None:
    """On days of everything a problem can say, legal as the exact timing sees it."""
    day = tiny_day(seed, visits=4, links=seed % 3)
    model, timetable = model_of(day), Timetable(day)
    for k in range(4):
        one, other = tiny_route(day, 100 * seed + k, 3), tiny_route(day, 100 * seed + 50 + k, 3)
        other = tuple(stop for stop in other if stop.visit not in {before.visit for before in one})

        assert (timetable.draft((one, other)) is not None) == accepts(day, one, other, model=model)
