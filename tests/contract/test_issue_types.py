"""Every code that can come back is explained."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.v1.issue_types import issue_types
from api.v1.responses import IssueType
from service.reason_words import ReasonCode
from service.violations import BROKEN
from tests.tree import modules, syntax
from tests.web import client

KNOWN = {issue.code: issue for issue in issue_types()}
GIVES_CODES = {"Fault": 0, "Warned": 0, "refuse": 0, "_refuse": 0, "Kind": 1}
"""Calls that give a code, and which argument it is."""


def codes(path: Path) -> Iterator[str]:
    """Codes written down in a module."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call):
            yield from _codes(node)


def _codes(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in GIVES_CODES and len(call.args) > GIVES_CODES[name]:
        given.append(call.args[GIVES_CODES[name]])
    for code in given:
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value


def test_every_code_in_the_code_is_explained() -> None:
    written = {code for path in modules("api", "service") for code in codes(path)}

    assert len(written) > 60
    assert set() == written - KNOWN.keys()


def test_every_reason_and_every_broken_rule_is_explained() -> None:
    assert set() == {*map(str, ReasonCode), *map(str, BROKEN)} - KNOWN.keys()


def test_nothing_is_explained_that_nobody_says() -> None:
    text = "".join(path.read_text("utf-8") for path in modules("api", "service") if path.stem != "issue_texts")
    said = set(re.findall(r'"([a-z0-9_]+)"', text)) | {
        f"{key}_empty" for key in ("agents", "visits", "shifts", "time_windows", "days")
    }

    assert set() == KNOWN.keys() - said - {str(code) for code in BROKEN}


@pytest.mark.parametrize("explained", issue_types(), ids=list(KNOWN))
def test_every_code_has_a_cause_and_an_action_in_whole_sentences(explained: IssueType) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", explained.code)
    assert explained.title
    for sentence in (explained.cause, explained.action):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{" not in sentence.replace('{"index"', "")


def test_the_list_is_served() -> None:
    served = client().get("/v1/issue-types").json()

    assert len(KNOWN) == len(served)
    assert {"code", "status", "title", "cause", "action"} == served[0].keys()
