"""Small days over HTTP: what is said of them, and what is kept."""

from dataclasses import replace
from pathlib import Path

from benchmarks.http import Answered, read, summary, write
from benchmarks.records import surroundings

ANSWERED = Answered(1, 100.0, 0, 50.0, 10.0, 50.0, 10.0, others=0, versions="numba 1", **surroundings())


def test_an_answer_to_which_there_is_no_other_is_not_called_the_best() -> None:
    assert "1 days: p50 100 ms, p95 100 ms, slowest 100 ms" == summary([ANSWERED])


def test_answers_are_compared_where_there_are_others() -> None:
    compared = replace(ANSWERED, others=4)
    worse = replace(compared, value=49.0)
    dearer = replace(compared, cost=11.0)

    assert summary([ANSWERED, compared, worse, dearer]).endswith("best known value in 2 of 3, at best known cost in 1")


def test_answers_come_back_as_they_were_with_where_and_when(tmp_path: Path) -> None:
    write(tmp_path / "http.csv", [ANSWERED])

    assert [ANSWERED] == read(tmp_path / "http.csv")
    assert {"versions", *surroundings()} <= set((tmp_path / "http.csv").read_text().partition("\n")[0].split(","))
