"""Rivals are told the whole problem, and are understood."""

from dataclasses import replace
from functools import partial

import pytest
import pyvrp

from benchmarks.common import common_subset
from benchmarks.generators.full import full
from benchmarks.judge import judge
from benchmarks.methods import ours
from benchmarks.methods.arcs import Weight, neighbour_distance
from benchmarks.methods.ortools_gls import GuidedLocalSearch
from benchmarks.methods.pyvrp_model import Model
from benchmarks.methods.pyvrp_search import PyVRP
from benchmarks.methods.vroom_search import Vroom, priority
from benchmarks.methods.watch import Method, UnsupportedError, Watch
from solver.budget import Budget
from solver.problem import Break, Objective, Pay, Problem, StartWindow, TravelMatrix
from solver.solution import Served
from solver.units import UNREACHABLE
from tests.unit.benchmarks.street import street, visit

MORNING, EVENING = StartWindow(0, 20), StartWindow(500, 600)
TWICE_OPEN = street(visit(1, value=5, windows=[EVENING]), visit(2, value=7, windows=[MORNING, EVENING]))
"""Everybody can be served, the second door at either time."""
LIMIT = 100.0
"""Seconds, which nobody needs: VROOM is done at once, guided local search stops after its solutions."""
BOUNDED = GuidedLocalSearch(solutions=50)
METHODS = [PyVRP(Weight.TEN), PyVRP(Weight.LEXICOGRAPHIC), Vroom(), Vroom(exploration=0), BOUNDED]


class Counting(Watch):
    """A second passes at every look, so that PyVRP, which looks once a round, ends after ``LIMIT`` rounds."""

    def seconds(self) -> float:
        self.began += 1
        return self.began


def broken(problem: Problem) -> Problem:
    """The same with a break for everybody."""
    return replace(problem, shifts=tuple(replace(shift, breaks=(Break(0, 900, 10),)) for shift in problem.shifts))


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_a_rival_serves_two_doors_of_which_one_opens_twice(method: Method) -> None:
    answer = method.plan(TWICE_OPEN, LIMIT, seed=1, watch=Counting())
    verdict = judge(TWICE_OPEN, answer)

    assert ((), 12) == (verdict.faults, verdict.score.prize)


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_a_rival_prefers_value_where_one_visit_fits(method: Method) -> None:
    problem = street(visit(1, value=1), visit(1, value=9), closes=26)
    verdict = judge(problem, method.plan(problem, LIMIT, seed=1, watch=Counting()))

    assert ((), 9) == (verdict.faults, verdict.score.prize)


def test_several_windows_are_a_group_of_clients_for_pyvrp() -> None:
    data = Model(TWICE_OPEN, weight=3).data

    assert [(500, 600, 15), (0, 20, 21), (500, 600, 21)] == [
        (client.tw_early, client.tw_late, client.prize) for client in data.clients()
    ]
    assert [[1, 2]] == [list(group) for group in data.groups()]


def test_a_plan_of_pyvrp_is_read_as_visits_and_its_value_without_the_weight() -> None:
    model = Model(TWICE_OPEN, weight=3)
    plan = pyvrp.Solution(model.data, [[0, 2]])

    assert ((Served(0), Served(1)),) == model.sequences(plan)
    assert 12 == model.value(plan)


def test_shifts_of_a_kind_are_told_apart_again() -> None:
    model = Model(street(visit(1), visit(2), shifts=2), weight=1)

    assert ((Served(1),), (Served(0),)) == model.sequences(pyvrp.Solution(model.data, [[1], [0]]))


@pytest.mark.parametrize("method", [PyVRP(Weight.TEN), GuidedLocalSearch()], ids=str)
def test_a_rival_that_has_no_breaks_refuses_a_day_with_breaks(method: Method) -> None:
    with pytest.raises(UnsupportedError, match=r"breaks|windows"):
        method.plan(broken(TWICE_OPEN), LIMIT, seed=1, watch=Watch())


def test_vroom_has_breaks() -> None:
    problem = broken(TWICE_OPEN)
    verdict = judge(problem, Vroom().plan(problem, limit=10, seed=1, watch=Watch()))

    assert ((), 12) == (verdict.faults, verdict.score.prize)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_vroom_can_be_told_the_common_subset_of_any_full_day_and_plans_it_legally(seed: int) -> None:
    problem = common_subset(full(20, 2, seed))

    assert () == judge(problem, Vroom().plan(problem, limit=10, seed=1, watch=Watch())).faults


def test_values_up_to_a_hundred_are_vrooms_priorities_and_larger_ones_are_scaled() -> None:
    assert [7, 100] == [priority(value, highest=100) for value in (7, 100)]
    assert [0, 1, 50, 100] == [priority(value, highest=1000) for value in (0, 1, 500, 1000)]


def test_a_unit_of_value_outweighs_any_plan_when_value_goes_first() -> None:
    problem = street(visit(1), visit(2))

    assert 1 + 3 * 20 == Weight.LEXICOGRAPHIC.of(problem)
    assert 1 == Weight.LEXICOGRAPHIC.of(replace(problem, objective=Objective.PROFIT))


def test_that_counts_what_shifts_are_paid() -> None:
    problem = street(visit(1), visit(2))
    paid = replace(problem.shifts[0], pay=Pay(fixed=500, per_metre=1))

    assert 1 + 500 + 3 * 20 == Weight.LEXICOGRAPHIC.of(replace(problem, shifts=(paid,)))


def test_a_way_that_is_none_is_not_the_way_to_a_neighbour() -> None:
    problem = street(visit(1), visit(2))
    seconds = problem.travel[0].seconds.copy()
    seconds[0, 1] = seconds[1, 0] = UNREACHABLE
    apart = replace(problem, travel=(TravelMatrix(seconds=seconds, metres=problem.travel[0].metres),))

    assert (20 + 10 + 20 + 10) / 4 == neighbour_distance(apart)


def test_what_we_do_before_our_clock_starts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "Budget", partial(Budget, solutions=10))
    watch = Watch()
    ours.Ours().plan(TWICE_OPEN, LIMIT, seed=1, watch=watch)

    assert watch.built is not None
    assert 0 < watch.built < watch.seconds()


def test_a_weight_is_so_many_ways_to_a_neighbour_for_a_mean_value() -> None:
    problem = street(visit(1, value=1), visit(2, value=3))

    assert round(10 * (15 + 10 + 15) / 3 / 2) == Weight.TEN.of(problem)


def test_vroom_does_not_serve_where_the_set_up_would_end_after_the_window() -> None:
    slow = replace(visit(1, windows=[StartWindow(0, 35)]).options[0], setup=30)
    problem = street(replace(visit(1), options=(slow,)))
    verdict = judge(problem, Vroom().plan(problem, limit=10, seed=1, watch=Watch()))

    assert ((), 0) == (verdict.faults, verdict.score.prize)


def test_guided_local_search_keeps_out_of_the_time_between_windows() -> None:
    problem = street(
        visit(1, windows=[StartWindow(0, 5), StartWindow(250, 260)]),
        visit(2, windows=[StartWindow(100, 110)]),
        closes=300,
    )
    verdict = judge(problem, BOUNDED.plan(problem, LIMIT, seed=1, watch=Watch()))

    assert ((), 20) == (verdict.faults, verdict.score.prize)


def test_the_common_subset_has_nothing_that_vroom_lacks() -> None:
    problem = common_subset(full(50, 4, seed=1))

    assert {(False, 1)} == {(visit.required, len(visit.options)) for visit in problem.visits}
    assert {0} == {shift.overtime for shift in problem.shifts}
    assert {1} == {len(shift.breaks) for shift in problem.shifts}
    assert () == problem.links
