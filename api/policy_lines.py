"""Policies for reading in a terminal."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import TypeAdapter, ValidationError
from rich.box import SIMPLE_HEAD
from rich.table import Table

from service.day.place import Point
from service.day.visit import Consent
from service.day.window import TimeWindow
from service.hours.calendars import class_of
from service.hours.caps import Knock
from service.hours.judge import Door, Judgement, Verdict
from service.hours.packs import Packs
from service.hours.rules import written
from service.zones import zone_at

DURATION: Final = TypeAdapter(timedelta)
TOLD: Final = {
    Verdict.ALLOW: "Allowed.",
    Verdict.DENY: "Denied",
    Verdict.NEED_POLICY: "Nobody has said",
}


def table(packs: Packs) -> Table:
    """All policies, by id."""
    shown = Table(box=SIMPLE_HEAD)
    for column in ("id", "visits", "weekday", "saturday", "sunday", "holiday"):
        shown.add_column(column, no_wrap=column == "id")
    for pack in sorted(packs.by_id.values(), key=lambda pack: pack.id):
        visits = {True: "yes", False: "barred", None: "not said"}[pack.visits_allowed]
        hours = ("not said" if spans is None else written(spans) for spans in pack.hours.values())
        shown.add_row(pack.id, visits, *hours)
    return shown


def presence(at: str, duration: str, place: str | None, timezone: str | None) -> tuple[TimeWindow, tzinfo]:
    """The visit between instants, and the zone of the door. Raises ValueError with a sentence for the user."""
    zone = _zone(place, timezone)
    start = _instant("--at", at, zone)
    try:
        lasts = DURATION.validate_python(duration)
    except ValidationError:
        message = f"--duration {duration}: durations are written like PT15M."
        raise ValueError(message) from None
    if lasts < timedelta():
        message = f"--duration {duration}: a visit cannot end before it begins."
        raise ValueError(message)
    return TimeWindow(start, start + lasts), zone


def knock(called: str) -> Knock:
    """A call that was made. Raises ValueError with a sentence for the user."""
    day, _, outcome = called.partition("=")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    if on is None or outcome not in {"", "reached"}:
        message = f"--called {called}: a call is written like 2026-06-30, or 2026-06-30=reached."
        raise ValueError(message)
    return Knock(on, reached=bool(outcome))


def consent(agreed: str, zone: tzinfo) -> Consent:
    """A span of time that the customer agreed to. Raises ValueError with a sentence for the user."""
    try:
        start, end, given_on = agreed.split("/")
        on = date.fromisoformat(given_on)
    except ValueError:
        message = f"--consent {agreed}: it is written like 2026-07-04T20:00/2026-07-04T22:00/2026-06-20."
        raise ValueError(message) from None
    return Consent(TimeWindow(_instant("--consent", start, zone), _instant("--consent", end, zone)), on)


def explained(door: Door, visit: TimeWindow, judgement: Judgement) -> Iterator[str]:
    """What was asked, the answer, and every rule that says something about it."""
    rules, start, end = door.rules, visit.start.astimezone(door.zone), visit.end.astimezone(door.zone)
    kind = class_of(start.date(), rules.calendar, rules.holiday_at).replace("_", " ")
    for pack in rules.all_packs:
        yield f"{pack.id} {pack.name}, {pack.version}: {pack.status}"
    yield f"{start:%A %Y-%m-%d}, {start:%H:%M} to {end:%H:%M} by the clock at the door ({door.zone}): a {kind}"
    yield TOLD[judgement.verdict] + (f": {judgement.code}." if judgement.code else "")
    for basis in judgement.basis:
        yield f"  {' '.join(filter(None, (basis.policy, basis.version)))}: {basis.rule}"
    silent = rules.on(start.date()).silent
    if judgement.verdict is Verdict.NEED_POLICY:
        yield f"  no hours are known of {', '.join(silent)}: supply them in policy.extra, and they will be yours"


def _zone(place: str | None, timezone: str | None) -> tzinfo:
    if timezone is not None:
        try:
            return ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            message = f"--timezone {timezone}: there is no such zone; they are named like America/New_York."
            raise ValueError(message) from None
    if place is None:
        message = "the clock at the door counts: say --place LAT,LON or --timezone."
        raise ValueError(message)
    try:
        lat, lon = map(float, place.split(","))
        name = zone_at(Point(lat, lon))
    except ValueError as error:
        message = f"--place {place}: it is written like 42.36,-71.06 ({error})"
        raise ValueError(message) from None
    if name is None:
        message = f"--place {place}: no time zone is known there; say --timezone."
        raise ValueError(message)
    return ZoneInfo(name)


def _instant(option: str, at: str, zone: tzinfo) -> datetime:
    """An instant, or a time by the clock at the door."""
    try:
        said = datetime.fromisoformat(at)
    except ValueError:
        message = f"{option} {at}: times are written like 2026-07-04T19:30."
        raise ValueError(message) from None
    if said.tzinfo is not None:
        return said
    first, second = said.replace(tzinfo=zone, fold=0), said.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        twice = first.astimezone(UTC) < second.astimezone(UTC)
        message = (
            f"{option} {at}: clocks {'show that twice' if twice else 'never show that'}; say its offset, like +01:00."
        )
        raise ValueError(message)
    return first
