"""Permitted hours between instants: what rules by the clock on the wall mean in a time zone.

A time that the clock shows twice, or never, is taken on the stricter side: hours open at the later of the two instants
that it could mean, and close at the earlier one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from service.day.daytime import Hours
from service.day.policy import Basis
from service.day.visit import Consent
from service.day.window import TimeWindow
from service.hours.rules import Rules
from service.presence import common, in_utc

DAY: Final = timedelta(days=1)


class Part(NamedTuple):
    """A span in UTC, and the rules that permit presence in it."""

    window: TimeWindow
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Permitted:
    """When somebody may be at the door, in UTC: the whole of some parts that overlap or touch."""

    window: TimeWindow
    parts: tuple[Part, ...]

    def basis_of(self, presence: TimeWindow) -> tuple[Basis, ...]:
        """The rules of all parts that a presence within the window is in for some time, or at all if it takes none."""
        overlapping = [part for part in self.parts if _overlap(part.window, presence)]
        touching = overlapping or [part for part in self.parts if common((part.window,), (presence,))]
        return tuple(dict.fromkeys(basis for part in touching for basis in part.basis))


def permitted_windows(  # noqa: PLR0913 - a door and a span of days
    rules: Rules,
    zone: tzinfo,
    since: datetime,
    until: datetime,
    consent: Sequence[Consent] = (),
    *,
    as_if_supplied: bool = False,
) -> tuple[Permitted, ...]:
    """When the rules permit presence on the local days that ``since`` to ``until`` touch, in order.

    Hours that go on over midnight are one window. What the customer has agreed to is added where the rules let it. Days
    of which somebody says nothing have no hours, unless ``as_if_supplied``: as if the tenant had opened them as far as
    the others do.
    """
    found: list[Part] = []
    for day in local_days(since, until, zone):
        ruling = rules.on(day)
        if as_if_supplied or not ruling.silent:
            found += (Part(window, ruling.basis) for window in windows_of(ruling.hours, day, zone))
    if rules.consent_widens:
        found += (Part(in_utc(agreed.window), (_of_consent(agreed),)) for agreed in consent)
    return _joined(found)


def local_days(since: datetime, until: datetime, zone: tzinfo) -> Iterable[date]:
    """Every day that the calendar at the door shows from ``since`` to ``until``."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    return (first + n * DAY for n in range((last - first).days + 1))


def windows_of(hours: Hours, day: date, zone: tzinfo) -> Iterator[TimeWindow]:
    """Hours of one day between instants."""
    for span in hours:
        opens, closes = max(_instants(day, span.opens, zone)), min(_instants(day, span.closes, zone))
        if opens <= closes:
            yield TimeWindow(opens, closes)


def _instants(day: date, minutes: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """What the time may mean: one instant twice, unless clocks are changed about then."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def _joined(found: Iterable[Part]) -> tuple[Permitted, ...]:
    """In order, and as one where they overlap or touch."""
    joined: list[Permitted] = []
    for later in sorted(found, key=lambda part: part.window.start):
        if joined and later.window.start <= joined[-1].window.end:
            last = joined.pop()
            window = TimeWindow(last.window.start, max(last.window.end, later.window.end))
            joined.append(Permitted(window, (*last.parts, later)))
        else:
            joined.append(Permitted(later.window, (later,)))
    return tuple(joined)


def _overlap(one: TimeWindow, other: TimeWindow) -> bool:
    return one.start < other.end and other.start < one.end


def _of_consent(consent: Consent) -> Basis:
    return Basis("consent", consent.given_on.isoformat(), "the customer agreed to this time")
