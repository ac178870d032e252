"""Every code that an answer may have, what it means and what to do about it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from api.errors import KINDS, ROUTES
from api.v1.issue_texts import FAULTS, HTTP, MALFORMED, WARNINGS, IssueText
from api.v1.responses import IssueType
from service.reason_words import WORDS, Unit
from service.violations import BROKEN

OK: Final = 200
MALFORMED_STATUS: Final = 400
FAULT_STATUS: Final = 422

SOME: Final[Mapping[Unit | None, str]] = {
    "s": "some time",
    "m": "some metres",
    "visits": "some visits",
    "units": "some units",
    "levels": "some levels",
    "people": "some people",
    None: "some",
}


@cache
def issue_types() -> tuple[IssueType, ...]:
    """Each code once, in order of status, then of code.

    A code that several kinds of things have in common (a reason and a broken rule, say) is told as the first of them.
    """
    first: dict[str, IssueType] = {}
    for issue in _all():
        first.setdefault(issue.code, issue)
    return tuple(sorted(first.values(), key=lambda issue: (issue.status, issue.code)))


def _all() -> Iterator[IssueType]:
    for kind in (*KINDS.values(), *ROUTES.values()):
        yield _issue(kind.code, kind.status, HTTP[kind.code])
    for code, text in MALFORMED.items():
        yield _issue(code, MALFORMED_STATUS, text)
    for code, text in FAULTS.items():
        yield _issue(code, FAULT_STATUS, text)
    for reason, words in WORDS.items():
        cause = _in_general(words.bare or words.detail, words.unit)
        action = _in_general(words.bare_remedy or words.remedy, words.unit)
        yield _issue(reason, OK, IssueText(_title(reason), cause, action))
    for code, told in BROKEN.items():
        text = IssueText(_title(code), _in_general(told.detail, told.unit), "Change the itinerary, or ease the rule.")
        yield _issue(code, OK, text)
    for code, text in WARNINGS.items():
        yield _issue(code, OK, text)


def _issue(code: str, status: int, text: IssueText) -> IssueType:
    return IssueType(code=str(code), status=status, title=text.title, cause=text.cause, action=text.action)


def _title(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _in_general(sentence: str, unit: Unit | None) -> str:
    """A sentence about one agent, shift and amount as one about any."""
    told = sentence.format(
        agent="the agent", shift="in question", amount=SOME[unit], skill="asked for", other="another visit"
    )
    return told[0].upper() + told[1:]
