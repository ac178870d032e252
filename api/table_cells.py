"""What a cell of a table says: clock times, spans, durations, numbers, and lists of such, separated by spaces.

Every reader raises UnreadableError, whose text is what the cell should have been.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

JsonObject: TypeAlias = dict[str, object]
T = TypeVar("T")

SPAN: Final = re.compile(r"(\d\d?:\d\d)-(\d\d?:\d\d)")
BREAK: Final = re.compile(r"([^/]+)/([^/>+]+)(?:>([^/>+]+))?(\+paid)?")
AFTER: Final = re.compile(r"(?P<visit>.+?)(?:/(?P<gap>\d+|PT\S+))?")
FLAGS: Final = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False}
EARLIER: Final = 0
LATER: Final = 1
"""Readings of a time that clocks show twice, when they are put back."""


class UnreadableError(ValueError):
    """What a cell should have been."""


@dataclass(frozen=True, slots=True)
class Day:
    """The calendar day and zone that clock times in a table belong to."""

    on: date
    zone: ZoneInfo

    def span(self, text: str) -> tuple[str, str]:
        """``09:00-17:00`` as two instants; an end at or before the start lies on the next day.

        Of a time that clocks show twice, when they are put back, the one that makes the span shorter.
        """
        matched = SPAN.fullmatch(text)
        if matched is None:
            message = "a span of clock times like 09:00-17:00"
            raise UnreadableError(message)
        start, end = map(_clock, matched.groups())
        ends_on = self.on if end > start else self.on + timedelta(days=1)
        return self._instant(self.on, start, LATER), self._instant(ends_on, end, EARLIER)

    def moment(self, text: str) -> str:
        """``14:00`` as an instant of the day."""
        clock = _clock(text)
        early, late = (self._instant(self.on, clock, reading) for reading in (EARLIER, LATER))
        if early != late:
            message = f"a time that clocks in {self.zone.key} show once on {self.on}"
            raise UnreadableError(message)
        return early

    def windows(self, text: str) -> list[JsonObject]:
        """``08:00-09:30 16:30-20:00`` as time windows."""
        return [{"start": start, "end": end} for start, end in map(self.span, text.split())]

    def breaks(self, text: str) -> list[JsonObject]:
        """``11:00-13:00/30>360+paid``: when it may start, how long it lasts, over which shift it is due."""
        return [self._break(each, f"break-{count}") for count, each in enumerate(text.split(), start=1)]

    def _break(self, text: str, break_id: str) -> JsonObject:
        matched = BREAK.fullmatch(text)
        if matched is None:
            message = "a span and a duration like 11:00-13:00/30, 11:00-13:00/30>360 or 11:00-13:00/30+paid"
            raise UnreadableError(message)
        span, lasts, over, paid = matched.groups()
        earliest, latest = self.span(span)
        rest: JsonObject = {"id": break_id, "earliest": earliest, "latest": latest, "duration": duration(lasts)}
        return rest | ({"paid": True} if paid else {}) | ({"only_if_shift_over": duration(over)} if over else {})

    def _instant(self, on: date, clock: time, reading: int) -> str:
        local = datetime.combine(on, clock.replace(fold=reading), self.zone)
        if local.astimezone(UTC).astimezone(self.zone).time() != clock:
            message = f"a time that clocks in {self.zone.key} show on {on}"
            raise UnreadableError(message)
        return local.isoformat()


def duration(text: str) -> str:
    """Minutes as ISO 8601; anything else is taken for ISO 8601 and judged with the rest of the request."""
    return f"PT{text}M" if text.isdecimal() else text


def number(text: str) -> float:
    """A number that is not endless."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        message = "a number with a decimal point"
        raise UnreadableError(message)
    return value


def whole(text: str) -> int:
    """A number without fraction."""
    try:
        return int(text)
    except ValueError:
        message = "a whole number"
        raise UnreadableError(message) from None


def flag(text: str) -> bool:
    """``yes`` or ``no`` and what people write for it."""
    try:
        return FLAGS[text.lower()]
    except KeyError:
        message = "yes or no"
        raise UnreadableError(message) from None


def levels(text: str) -> dict[str, int]:
    """``kyc:2 swedish``: levels by skill, 1 if none is given."""
    return {name: whole(level or "1") for name, _, level in (each.partition(":") for each in text.split())}


def amounts(text: str, reader: Callable[[str], T]) -> dict[str, T]:
    """``parcels:3 kegs:1``: numbers by name."""
    found: dict[str, T] = {}
    for each in text.split():
        name, _, amount = each.rpartition(":")
        if not name or not amount:
            message = "names with a number each, like parcels:3"
            raise UnreadableError(message)
        found[name] = reader(amount)
    return found


def predecessors(text: str) -> list[JsonObject]:
    """``V-020/30 V-021``: visits that come before, with the time between where one is asked for."""
    return [_predecessor(each) for each in text.split()]


def open_end(text: str) -> None:
    """``open``, and nothing else."""
    if text.lower() != "open":
        message = "open, or nothing"
        raise UnreadableError(message)


def _predecessor(text: str) -> JsonObject:
    matched = AFTER.fullmatch(text)
    if matched is None or not matched["gap"]:
        return {"visit": text}
    return {"visit": matched["visit"], "min_gap": duration(matched["gap"])}


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        message = "clock times between 00:00 and 23:59"
        raise UnreadableError(message) from None
