"""The reference pages say what the code says."""

from collections.abc import Mapping

import pytest

from docs.generate import FOLDER, pages


@pytest.fixture(scope="module")
def written() -> Mapping[str, str]:
    return pages()


def test_every_page_of_the_reference_is_what_make_docs_writes(written: Mapping[str, str]) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}

    assert committed == dict(written), "run `make docs`"


def test_everything_in_the_reference_has_its_meaning(written: Mapping[str, str]) -> None:
    silent = [row for text in written.values() for row in text.splitlines() if row.endswith("|  |")]

    assert silent == []


def test_the_reference_names_keys_by_their_way_through_the_request(written: Mapping[str, str]) -> None:
    for key in ("agents[].shifts[].breaks[].only_if_shift_over", "visits[].lock.position", "travel.speed_factor"):
        assert f"| `{key}` |" in written["request.md"]
