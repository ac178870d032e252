"""Hours of a day by the clock on the wall, and what two rules have in common."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

HOUR: Final = 60
MIDNIGHT: Final = 24 * HOUR
"""Minutes of a day; as an end, the midnight that ends it."""

_WRITTEN: Final = re.compile(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes since midnight as the clock shows them; both ends belong to it."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MIDNIGHT:
            message = "hours must open before they close, between 00:00 and 24:00."
            raise ValueError(message)

    def __str__(self) -> str:
        """As people write it: 09:00-19:00."""
        return f"{clock(self.opens)}-{clock(self.closes)}"


Hours: TypeAlias = tuple[Span, ...]
"""In order and apart from each other; none = closed all day."""

ALL_DAY: Final[Hours] = (Span(0, MIDNIGHT),)


def clock(minutes: int) -> str:
    """``HH:MM``."""
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"


def read_span(text: str) -> Span:
    """``09:00-19:00``. Raises ValueError where that is not what it says; hours over midnight are two spans."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        message = 'hours are written like "09:00-19:00".'
        raise ValueError(message)
    opens, until, closes, at = map(int, written.groups())
    if max(until, at) >= HOUR:
        message = "an hour has 60 minutes."
        raise ValueError(message)
    return Span(opens * HOUR + until, closes * HOUR + at)


def joined(spans: Iterable[Span]) -> Hours:
    """All of the spans together; those that overlap or touch become one."""
    hours: list[Span] = []
    for span in sorted(spans):
        if hours and span.opens <= hours[-1].closes:
            hours[-1] = Span(hours[-1].opens, max(hours[-1].closes, span.closes))
        else:
            hours.append(span)
    return tuple(hours)


def common(one: Hours, other: Hours) -> Hours:
    """What lies in both."""
    both = ((max(a.opens, b.opens), min(a.closes, b.closes)) for a in one for b in other)
    return joined(Span(opens, closes) for opens, closes in both if opens < closes)
