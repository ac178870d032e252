"""Documents lead where they say, and decisions are told in one form."""

import re
from pathlib import Path

import pytest

from tests.tree import ROOT, files

PAGES = [path for path in files() if path.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked as."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    astray: list[str] = []
    for link in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        target, _, anchor = str(link).partition("#")
        found = page.parent / target if target else page
        if "://" in link or link.startswith("mailto:"):
            continue
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            astray.append(link)

    assert [] == astray


def test_every_page_of_the_documentation_can_be_reached_from_its_index() -> None:
    docs = ROOT / "docs"
    reached, waiting = set[Path](), [docs / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links if "://" not in link]

    assert set() == {page for page in PAGES if docs in page.parents} - reached


@pytest.mark.parametrize("decision", DECISIONS, ids=relative)
def test_a_decision_has_status_context_decision_and_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert ["Status", "Context", "Decision", "Consequences"] == re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert text.startswith(f"# {decision.name[:4]} ")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(decision.name[:4]) for decision in DECISIONS]

    assert list(range(1, len(numbers) + 1)) == numbers
