"""Figures of the service: what is written of them, and whether they reach what was to be reached."""

from pathlib import Path

import pytest

from benchmarks.samples import Sample
from benchmarks.service import row, told, write

AROUND = {"commit": "abc", "machine": "one", "date": "2026-11-29"}


@pytest.mark.parametrize(
    ("most_p50", "most_p95", "goal", "reached"),
    [
        (50, 95, "p50 <= 50, p95 <= 95", "yes"),
        (49, 95, "p50 <= 49, p95 <= 95", "no"),
        (None, 90, "p95 <= 90", "no"),
        (None, None, "", ""),
    ],
)
def test_a_figure_stands_beside_its_goal(
    most_p50: float | None, most_p95: float | None, goal: str, reached: str
) -> None:
    found = row("idle", "sqlite", Sample("submit", "ms", list(range(101)), most_p50, most_p95), AROUND)

    assert (101, 50, 95, 100, goal, reached) == (
        found.times,
        found.p50,
        found.p95,
        found.worst,
        found.goal,
        found.reached,
    )


def test_a_single_figure_is_told_as_that() -> None:
    assert "load on sqlite: answers of 5xx: 0 answers (1), to reach p50 <= 0: yes" == told(
        row("load", "sqlite", Sample("answers of 5xx", "answers", [0], 0), AROUND)
    )


def test_a_figure_that_is_measured_again_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "results" / "service.csv"
    for value, database in ((1.0, "sqlite"), (2.0, "postgresql"), (3.0, "sqlite")):
        write(path, [row("idle", database, Sample("submit", "ms", [value]), AROUND)])
    lines = path.read_text().splitlines()[1:]

    assert ["idle,submit,sqlite,ms,1,3.0", "idle,submit,postgresql,ms,1,2.0"] == [
        ",".join(line.split(",")[:6]) for line in lines
    ]
