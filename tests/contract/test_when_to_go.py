"""What the page about rush hours and contact shows is taken as it stands."""

import json
import re
from typing import cast

from tests.tree import ROOT
from tests.web import Json, at, client, small_day

PAGE = ROOT / "docs" / "explanation" / "when-to-go.md"


def shown() -> Json:
    """The keys of all examples on the page."""
    blocks = re.findall(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {key: value for block in blocks for key, value in cast("Json", json.loads(f"{{{block}}}")).items()}


def test_the_examples_are_accepted() -> None:
    day = small_day() | {"travel": shown()["travel"]}
    for visit in range(3):
        at(day, "visits", visit)["contact"] = shown()["contact"]
    answer = client().post("/v1/validate", json=day).json()

    assert {"travel", "contact"} == set(shown())
    assert (True, []) == (answer["valid"], answer["errors"])
