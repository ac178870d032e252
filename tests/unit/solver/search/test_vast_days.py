"""Days of thousands of visits: in which order points lie in memory, and which of them a visit may stand next to."""

from dataclasses import replace

import numpy as np
import pytest

from solver.presolve import open_ways
from solver.problem import Pay, Problem, TravelMatrix
from solver.search.arrays import Facts
from solver.search.layout import lay_out
from solver.search.layout.legs import NOWHERE
from solver.units import UNREACHABLE
from tests.builders import line, problem, shift, visit
from tests.unit.solver.search.days import search_on

LEGS = line([0, 50, 10, 40, 20])
SCATTERED = problem(
    visit(1), visit(2), visit(3), visit(4, setup=3), visit(4), shifts=[shift(), shift(end=None)], travel=LEGS
)


def facts_of(day: Problem) -> Facts:
    return lay_out(day, open_ways(day)).facts


def places(day: Problem) -> list[int]:
    """The place of each point; the last is nowhere."""
    facts = facts_of(day)
    where = {int(facts.point[k]): v.options[0].place for k, v in enumerate(day.visits)}
    where[int(facts.start[0])] = day.shifts[0].start
    where[int(facts.end[1])] = NOWHERE
    return [where[point] for point in range(len(where))]


@pytest.mark.usefixtures("vast")
class TestOrder:
    def test_each_place_comes_after_one_that_it_is_near_to_and_nowhere_comes_last(self) -> None:
        assert [0, 2, 4, 4, 3, 1, NOWHERE] == places(SCATTERED)

    def test_legs_are_those_of_the_problem(self) -> None:
        facts, lies = facts_of(SCATTERED), places(SCATTERED)[:-1]

        assert facts.driving[0, :-1, :-1].tolist() == LEGS.seconds[np.ix_(lies, lies)].tolist()
        assert facts.metres[0, :-1, :-1].tolist() == LEGS.metres[np.ix_(lies, lies)].tolist()

    def test_a_place_without_a_way_to_it_is_there_once(self) -> None:
        seconds = np.array([[0, 5, UNREACHABLE], [5, 0, UNREACHABLE], [UNREACHABLE, UNREACHABLE, 0]], dtype=np.int32)
        day = problem(visit(1), visit(2), travel=TravelMatrix(seconds, np.zeros_like(seconds)))

        assert [0, 1, 2] == sorted([*facts_of(day).point.tolist(), *set(facts_of(day).start.tolist())])


def beside(facts: Facts, point: int) -> set[int]:
    bits = np.unpackbits(facts.beside[point].view(np.uint8), bitorder="little")
    return set(np.flatnonzero(bits).tolist())


def on_the_way(*, required: bool = False, expert: bool = False, before: int = 0) -> Problem:
    """Four doors, one of them between the first and the second in time, but its only neighbour is the last.

    ``expert``: none but the first shift may serve the first three, only a second one the last. ``before``:
    so many doors that nobody opens come first.
    """
    mine, theirs = ({0: 0}, {1: 0}) if expert else (None, None)
    closed = [visit(5 + k, shifts={}) for k in range(before)]
    doors = [
        *closed,
        visit(1, (1010, 1010), shifts=mine, prize=9),
        visit(2, (1030, 1030), shifts=mine, prize=9),
        visit(3, (1020, 1020), shifts=mine, required=required),
        visit(4, (1100, 1100), shifts=theirs, prize=9),
    ]
    shifts = [shift(), shift(agent=1)] if expert else [shift()]
    return problem(*doors, shifts=shifts, travel=line([0, 1010, 1030, 1020, 1021, *range(1, 1 + before)]))


def planned(day: Problem) -> int:
    search = search_on(day)
    search.fill()
    return sum(map(len, search.best))


@pytest.mark.usefixtures("vast")
class TestBeside:
    def test_a_visit_may_stand_next_to_the_nearest_points_and_to_where_shifts_start_or_end(self) -> None:
        facts = facts_of(replace(SCATTERED, shifts=SCATTERED.shifts[:1]))
        fifty, _, forty = facts.point[:3].tolist()

        assert {fifty, forty, int(facts.start[0])} == beside(facts, fifty)

    def test_elsewhere_no_place_is_looked_for(self) -> None:
        assert 3 == planned(on_the_way())

    def test_a_required_visit_is_put_in_wherever_it_fits(self) -> None:
        assert 4 == planned(on_the_way(required=True))

    def test_who_is_served_by_few_may_stand_next_to_those_whom_the_same_few_serve(self) -> None:
        assert 4 == planned(on_the_way(expert=True))

    def test_points_beyond_the_first_word_of_flags_are_told_apart(self) -> None:
        assert [3, 4] == [planned(on_the_way(expert=expert, before=100)) for expert in (False, True)]

    def test_near_by_any_profile_is_near(self) -> None:
        shifts = [shift(), shift(profile=1)]
        day = problem(*map(visit, (1, 2, 3)), shifts=shifts, travel=[line([0, 10, 11, 90]), line([0, 10, 90, 11])])
        facts = facts_of(day)

        assert set(facts.point.tolist()) <= beside(facts, int(facts.point[0]))

    def test_where_no_way_has_a_price_its_time_tells_who_is_near(self) -> None:
        seconds = line([0, 10, 90, 11]).seconds
        day = problem(
            *map(visit, (1, 2, 3)),
            shifts=[shift(pay=Pay(per_metre=1))],
            travel=TravelMatrix(seconds, np.zeros_like(seconds)),
        )
        facts = facts_of(day)

        assert int(facts.point[2]) in beside(facts, int(facts.point[0]))


def test_on_other_days_it_is() -> None:
    assert 4 == planned(on_the_way())


def test_on_other_days_points_lie_as_they_come_and_a_visit_may_stand_anywhere() -> None:
    facts = facts_of(SCATTERED)

    assert [0, 1, 2, 3, 4, 4, NOWHERE] == places(SCATTERED)
    assert (7, 0) == facts.beside.shape
