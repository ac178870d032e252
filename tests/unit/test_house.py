"""The repository keeps its own rules: whose packages these are, who converts time, what must never be committed."""

import ast
import importlib
import re
import socket
import sys
import tomllib
import warnings
from importlib.metadata import packages_distributions
from typing import Final

import pytest
from pytest_socket import SocketBlockedError

from tests.tree import PACKAGES, ROOT, Name, files, modules, syntax

CONVERSIONS = {"timestamp", "fromtimestamp", "utcfromtimestamp"}
IN_FASTAPI_AND_PYDANTIC = {"annotated_types", "anyio", "pydantic_core", "starlette", "typing_extensions"}
"""What those two show of themselves under other names."""
LOCKS = tuple(sorted(path.name for path in ROOT.glob("requirements*.txt")))
# Folders of some machine's layout, and the hosts from which packages come.
OF_A_MACHINE = re.compile(
    r"(?<![\w.\-/{}])/(?:root|work|home)/"
    r"|\bpypi\.(?:org|python)\b|\bpythonhosted\.org\b|\bregistry\.(?:npmjs|yarnpkg)\b|\bdeb\.debian\b"
)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_packages_that_python_imports_are_ours(package: str) -> None:
    module = importlib.import_module(package)

    assert [str(ROOT / package)] == list(module.__path__)


def test_only_the_horizon_turns_instants_into_numbers_and_back() -> None:
    offenders = [
        str(Name(node.attr, path, node.lineno))
        for path in modules("api", "service")
        if path != ROOT / "service" / "horizon.py"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr in CONVERSIONS
    ]

    assert [] == offenders


def test_no_committed_file_names_a_folder_of_a_machine_or_a_host_of_packages() -> None:
    offenders: list[str] = []
    for path in files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found = OF_A_MACHINE.search(text)
        if found:
            offenders.append(f"{path.relative_to(ROOT)}:{text[: found.start()].count(chr(10)) + 1}: {found.group()}")

    assert [] == offenders


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_an_exact_version_and_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    loose = [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry or "://" in entry]

    assert [] == loose


def test_what_the_image_is_made_of_is_let_into_it() -> None:
    let_in = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()}
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)

    assert copied
    assert set() == {source for line in copied for source in line.split()} - let_in


EXACT: Final = {"llvmlite", "numba"}
"""solver.search.borrow reaches into them: another version has to be tried first."""


def test_what_we_depend_on_is_pinned_by_a_floor_and_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    dependencies: list[str] = project["project"]["dependencies"]
    locked = set(re.findall(r"^([\w.\-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    floors = {dependency: re.fullmatch(r"([\w.\-]+)(?:\[\w+\])?>=[\d.]+", dependency) for dependency in dependencies}
    exact = {dependency.partition("==")[0] for dependency, floor in floors.items() if floor is None}

    assert exact == EXACT
    assert set() == {floor.group(1) for floor in floors.values() if floor} - locked


def test_what_the_packages_import_is_what_they_depend_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[\[>=]", entry)[0] for entry in project["project"]["dependencies"]}
    brought = {
        package
        for package, whose in packages_distributions().items()
        if not declared.isdisjoint(each.lower().replace("_", "-") for each in whose)
    }
    imported = {
        name.partition(".")[0]
        for path in modules(*PACKAGES)
        for node in ast.walk(syntax(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert set() == imported - brought - IN_FASTAPI_AND_PYDANTIC - sys.stdlib_module_names - {*PACKAGES}


def test_a_test_that_calls_out_fails() -> None:
    with pytest.raises(SocketBlockedError, match="socket"):
        socket.create_connection(("127.0.0.1", 9))


def test_a_warning_fails_its_test() -> None:
    with pytest.raises(UserWarning, match="mind the gap"):
        warnings.warn("mind the gap", stacklevel=1)
