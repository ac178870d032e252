"""What larger days cost, in a file that says where and when it was measured."""

from dataclasses import replace
from pathlib import Path

from benchmarks.growth import Size, read_sizes, write_sizes
from benchmarks.records import surroundings

SIZE = Size(50, 2, 20.0, 1234.5, 0.01, 1.5, versions="numba 1", **surroundings())


def test_sizes_come_back_as_they_were_from_a_folder_that_was_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "growth.csv"
    sizes = [SIZE, replace(SIZE, visits=100)]
    write_sizes(path, sizes)

    assert sizes == read_sizes(path)


def test_a_file_of_sizes_says_where_and_when(tmp_path: Path) -> None:
    write_sizes(tmp_path / "growth.csv", [SIZE])
    head = (tmp_path / "growth.csv").read_text().partition("\n")[0]

    assert {"versions", *surroundings()} <= set(head.split(","))
