"""What a solver's process is told."""

from pathlib import Path

import pytest

from service.jobs.children import environment


def test_a_solver_is_told_where_its_kernels_are_wherever_it_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert str(tmp_path / "kernels") == environment(Path("kernels"))["DAYROUTE_KERNELS"]


def test_a_solver_is_told_nothing_else_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_KERNELS", "elsewhere")
    monkeypatch.setenv("DAYROUTE_SECRET", "hush")

    assert {"PYTHONPATH", "OPENBLAS_NUM_THREADS"} == set(environment())
