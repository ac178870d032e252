"""Every import contract bites: a forbidden import planted into a copy of the packages is found."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tree import PACKAGES, ROOT

# contract, module that gets the import, what it imports
PLANTS = (
    ("direction", "service/planted.py", "api"),
    ("direction", "solver/planted.py", "service"),
    ("api-speaks-to-service", "api/planted.py", "solver"),
    ("api-speaks-to-service", "api/planted.py", "numpy"),
    ("ortools-in-engine", "solver/planted.py", "ortools"),
    ("ortools-in-engine", "service/planted.py", "ortools"),
    ("solver-is-pure", "solver/planted.py", "datetime"),
    ("solver-is-pure", "solver/checker/planted.py", "time"),
    ("solver-is-pure", "solver/engine/planted.py", "logging"),
    ("solver-needs-little", "solver/planted.py", "msgspec"),
    ("solver-needs-little", "solver/wire.py", "pydantic"),
    ("checker-stands-alone", "solver/checker/planted.py", "solver.objective"),
    ("checker-stands-alone", "solver/checker/planted.py", "solver.budget"),
    ("service-without-web", "service/planted.py", "fastapi"),
    ("service-without-web", "service/day/planted.py", "pydantic"),
    ("day-is-vocabulary", "service/day/planted.py", "service.horizon"),
    ("audit-stands-alone", "service/audit/planted.py", "service.compile"),
    ("audit-stands-alone", "service/audit/planted.py", "solver"),
    ("wiring-chooses", "service/planted.py", "service.store.plans"),
    ("wiring-chooses", "api/planted.py", "service.travel.estimate"),
)


def contracts() -> set[str]:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"] for contract in configured["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts, to be spoilt."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "vendor", "*.json")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("contract", "module", "imported"), PLANTS)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str, module: str, imported: str) -> None:
    with (copy / module).open("a", encoding="utf-8") as planted:
        planted.write(f"\nimport {imported}\n")
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--contract", contract]
    linted = subprocess.run(command, cwd=copy, check=False, capture_output=True, text=True)
    importer = module.removesuffix(".py").replace("/", ".")

    assert re.search(rf"{importer} -> {imported}\b", linted.stdout), linted.stdout + linted.stderr
    assert linted.returncode == 1


def test_every_contract_is_broken_once() -> None:
    assert contracts() == {contract for contract, _, _ in PLANTS}
