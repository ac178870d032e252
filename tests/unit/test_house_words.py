"""The glossary and the code use the same words."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.tree import PACKAGES, ROOT, Name, modules, names

GLOSSARY = ROOT / "docs" / "glossary.md"
COMPATIBLE = ROOT / "api" / "vroom"
"""Speaks the language of another program, on purpose."""
V1 = ROOT / "api" / "v1"
MODELS = [path for path in modules("api/v1") if path.relative_to(V1).parts[0].startswith(("requests", "responses"))]


def banned(column: str) -> set[str]:
    """Words of one column of the planners' words, as they would stand in a snake_case name."""
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text(encoding="utf-8").partition("## Words of")[0].splitlines()
        if line.startswith("|")
    ]
    words = (word.strip() for row in rows for word in row[head.index(column)].split(","))
    return {word.replace(" ", "_") for word in words if word}


def snake(name: str) -> str:
    """Any style of name in snake_case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|-", "_", name).lower()


def speaks(name: str, words: Iterable[str]) -> bool:
    """Whether a name has one of the words in it, in the singular or the plural."""
    return any(re.search(rf"(?:^|_){word}s?(?:_|$)", snake(name)) for word in words)


def offenders(paths: Iterable[Path], words: set[str]) -> list[str]:
    given: Iterable[Name] = (name for path in paths if COMPATIBLE not in path.parents for name in names(path))
    return [str(name) for name in given if speaks(name.text, words)]


def test_no_name_uses_a_word_for_which_the_glossary_has_a_better_one() -> None:
    assert [] == offenders(modules(*PACKAGES), banned("never"))


def test_planners_types_and_json_do_without_the_words_of_the_solver() -> None:
    assert [] == offenders([*modules("service/day"), *MODELS], banned("solver only"))


@pytest.mark.parametrize("name", ["drivers_home", "DriverHome", "HTTPDriver", "DRIVER", "driver-home"])
def test_a_word_is_found_in_every_style_of_name(name: str) -> None:
    assert speaks(name, {"driver"})


@pytest.mark.parametrize("name", ["driving", "driverless", "screwdriver"])
def test_a_word_is_not_found_inside_another(name: str) -> None:
    assert not speaks(name, {"driver"})
