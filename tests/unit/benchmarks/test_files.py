"""Measurements survive the way to a file and back."""

from dataclasses import replace
from pathlib import Path

from benchmarks import records, traces
from benchmarks.curves import curves_of, gap_at, moments_of
from benchmarks.instance import Measure
from benchmarks.traces import Moment
from tests.unit.benchmarks.test_standings import row

ROW = replace(row("ours", "90"), family="r1", required_missed="0", elapsed_s="2.0")
BETTER_AND_BETTER = [Moment(0.5, 0, 50, 7), Moment(1.5, 0, 90, 9)]


def test_rows_come_back_as_they_were_and_ordered(tmp_path: Path) -> None:
    rows = [replace(ROW, limit_s="10"), replace(ROW, limit_s="3")]
    records.write(tmp_path / "s.csv", rows)

    assert rows[::-1] == list(records.read(tmp_path / "s.csv").values())


def test_a_file_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    assert {} == records.read(tmp_path / "s.csv")
    assert {} == traces.read(tmp_path / "s-traces.csv")


def test_traces_come_back_as_they_were(tmp_path: Path) -> None:
    traces.write(tmp_path / "t.csv", {ROW.key: BETTER_AND_BETTER})

    assert {ROW.key: BETTER_AND_BETTER} == traces.read(tmp_path / "t.csv")


def test_the_gap_at_a_second_is_that_of_the_last_plan_until_then() -> None:
    gaps = [gap_at(BETTER_AND_BETTER, second, Measure.VALUE, 0, 100) for second in (0.4, 0.5, 1.4, 9.0)]

    assert [None, 50.0, 50.0, 10.0] == gaps


def test_a_plan_without_a_required_visit_counts_for_nothing() -> None:
    assert gap_at([Moment(0.5, 1, 50, 7)], 1.0, Measure.COST, 0, 100) is None


def test_a_method_that_tells_nothing_under_way_has_its_answer_at_its_end() -> None:
    assert [Moment(2.0, 0, 90, 100)] == moments_of(ROW, {})


def test_a_curve_ends_with_the_gap_of_the_answer() -> None:
    (curve,) = curves_of([replace(ROW, best_known="100")], {ROW.key: BETTER_AND_BETTER})["r1"]

    assert ("ours", 2.0, 10.0) == (curve.method, curve.seconds[-1], curve.gaps[-1])
