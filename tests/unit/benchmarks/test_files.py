"""Measurements survive the way to a file and back."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from benchmarks import plots, records, traces
from benchmarks.curves import Curve, curves_of, gap_at, moments_of
from benchmarks.instance import Measure
from benchmarks.standings import standings
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
    (curve,) = curves_of([ROW], {ROW.key: BETTER_AND_BETTER}, {"d1": 100})["r1"]

    assert ("ours", 2.0, 10.0) == (curve.method, curve.seconds[-1], curve.gaps[-1])


def test_plots_and_tables_have_the_same_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [replace(ROW, set_name="town"), replace(ROW, set_name="town", limit_s="10", figure="120", value="120")]
    drawn: dict[str, float] = {}

    def draw(title: str, families: Mapping[str, Sequence[Curve]]) -> Figure:
        drawn[title] = families["r1"][0].gaps[-1]
        return Figure(figsize=(1, 1), layout="constrained")

    monkeypatch.setattr(plots, "value_over_time", draw)
    records.write(tmp_path / "town.csv", rows)
    plots.main(["--results", str(tmp_path)])

    assert {f"town, {standing.limit} s": standing.gaps[0] for standing in standings(rows)} == drawn


@pytest.mark.parametrize(
    ("changed", "mark"),
    [
        ("solver/solve.py", "+"),
        ("benchmarks/methods/arcs.py", "+"),
        ("requirements-dev.txt", "+"),
        ("benchmarks/results/town.csv", ""),
        ("docs/index.md", ""),
    ],
)
def test_a_commit_is_marked_if_what_figures_come_from_has_changed(tmp_path: Path, changed: str, mark: str) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e"]
    path = tmp_path / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("before\n")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        subprocess.run([*git, *arguments], check=True)
    before = records.commit(tmp_path)
    path.write_text("after\n")

    assert f"{before}{mark}" == records.commit(tmp_path)
