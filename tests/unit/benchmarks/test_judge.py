"""Whatever a method answers is timed and counted by the same rules."""

from benchmarks.judge import UNTIMED, judge
from solver.checker import Code
from solver.problem import StartWindow
from solver.solution import Served
from tests.unit.benchmarks.street import street, visit


def test_an_order_gets_its_times_value_and_cost() -> None:
    problem = street(visit(1, value=3), visit(2, value=4))
    verdict = judge(problem, ((Served(0), Served(1)),))

    assert () == verdict.faults
    assert (7, 40) == (verdict.score.prize, verdict.score.costs.total)


def test_an_order_without_legal_times_is_no_plan() -> None:
    problem = street(visit(1, windows=[StartWindow(0, 10)]), visit(2, windows=[StartWindow(0, 20)]))

    assert (UNTIMED,) == judge(problem, ((Served(1), Served(0)),)).faults


def test_an_order_that_only_lacks_times_is_told_from_a_broken_rule() -> None:
    assert UNTIMED.partition(":")[0] not in {code.value for code in Code}


def test_a_visit_served_by_two_shifts_is_no_plan() -> None:
    problem = street(visit(1), shifts=2)

    assert "served_twice" in judge(problem, ((Served(0),), (Served(0),))).faults
