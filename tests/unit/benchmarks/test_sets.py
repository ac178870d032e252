"""What there is to measure on, and with whom."""

from pathlib import Path

import pytest

from benchmarks.cut import SLICES
from benchmarks.generators.requests import small_day
from benchmarks.instance import Measure
from benchmarks.measure import Choice, spread, tasks_of
from benchmarks.methods import method
from benchmarks.methods.names import ALL, row_of, runs_of
from benchmarks.methods.vroom_search import Vroom
from benchmarks.runner import Task, run
from benchmarks.sets import SETS

OUR_OWN = ["town", "villages", "evening", "full", "common"]


@pytest.mark.parametrize("name", OUR_OWN)
def test_the_same_name_is_the_same_day(name: str) -> None:
    one, other = (SETS[name].load("50x2.1").problem for _ in range(2))

    assert (one.visits, one.shifts, one.links) == (other.visits, other.shifts, other.links)
    assert one.travel[0].seconds.tolist() == other.travel[0].seconds.tolist()


@pytest.mark.parametrize("name", OUR_OWN)
def test_another_seed_is_another_day(name: str) -> None:
    assert SETS[name].load("50x2.1").problem.visits != SETS[name].load("50x2.2").problem.visits


def test_a_request_of_the_same_seed_is_the_same() -> None:
    assert small_day(1) == small_day(1) != small_day(2)


def test_a_set_whose_files_are_not_here_has_no_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_BENCH", str(tmp_path))

    assert () == SETS["toptw"].days()
    with pytest.raises(FileNotFoundError, match="there is no folder toptw of instances"):
        SETS["toptw"].load("c101.1")


def test_pyvrp_runs_with_every_weight_where_value_counts_and_once_elsewhere() -> None:
    assert ("ours", "pyvrp-10", "pyvrp-30", "pyvrp-lexicographic") == runs_of(["ours", "pyvrp"], Measure.VALUE)
    assert ("pyvrp",) == runs_of(["pyvrp"], Measure.COST)
    assert ["pyvrp", "vroom"] == [row_of("pyvrp-10"), row_of("vroom")]


@pytest.mark.parametrize("name", ["field-2000", "field-5000"])
def test_vroom_also_runs_quickly_where_days_are_too_large_for_it(name: str) -> None:
    assert {"vroom", "vroom-0"} <= set(SETS[name].methods)
    assert [Vroom(5), Vroom(0)] == [method(name) for name in ("vroom", "vroom-0")]
    assert "vroom" == row_of("vroom-0")


def test_a_method_without_chance_runs_with_one_seed() -> None:
    choice = Choice(days=["50x2.1"], methods=["ours", "vroom"], limits=[1.0], seeds=[1, 2])

    assert [("ours", 1), ("vroom", 1), ("ours", 2)] == [(task.method, task.seed) for task in tasks_of("town", choice)]


def test_some_days_are_spread_over_all() -> None:
    assert ["a", "c"] == spread(["a", "b", "c", "d"], 2)
    assert ["a", "b"] == spread(["a", "b"], 5)


def test_the_cut_has_a_slice_of_every_set_with_a_goal_but_the_largest_day() -> None:
    with_a_goal = {name for name, of_set in SETS.items() if not of_set.goal.startswith("no goal")}

    assert with_a_goal - {"field-10000"} == {part.set_name for part in SLICES}
    assert {row_of(method) for part in SLICES for method in part.methods} <= set(ALL)


def test_a_run_that_fails_is_a_run_without_a_plan_that_says_why() -> None:
    outcome = run(Task("town", "50x2.1", "nobody", 1, 1), core=0)

    assert outcome.figure is None
    assert ("failed (1): ValueError: there is no method nobody.",) == outcome.faults
