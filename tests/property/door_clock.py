"""What a clock at the door says of permitted hours: the judge of windows and of plans, minute by minute."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays
from astral import Observer
from astral.sun import elevation

from service.day.daytime import MIDNIGHT, Hours
from service.day.place import Place, Point
from service.day.policy import DayName, OwnHours, Policy
from service.day.visit import Visit
from service.hours.pack import Calendar, DayClass, Pack
from service.hours.packs import Packs
from service.hours.rules import Rules

SUNSET: Final = -0.833


@cache
def holidays_of(calendar: Calendar) -> frozenset[date]:
    years = range(2023, 2033)
    return frozenset(holidays.country_holidays(calendar.country, subdiv=calendar.subdivision, years=years))


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += timedelta(minutes=1)
    yield end


def law(packs: Packs, policy: Policy, jurisdiction: str | None) -> Rules:
    """What is in force, read off the packs: that of the name or of the country it begins with, and its parents."""
    asked = jurisdiction or policy.jurisdiction or ""
    cut = [asked, *(asked[:at] for at in range(len(asked) - 1, 0, -1) if asked[at] == "-")]
    pack = next((packs.by_id[name] for name in cut if name in packs.by_id), None)
    activity = policy.activity or (pack.activity if pack else None)
    line: list[Pack] = []
    while pack is not None:
        line.append(pack)
        pack = packs.by_id[pack.parent] if pack.parent else None
    found = [pack for pack in line if pack.activity in {None, activity}]
    return Rules(
        packs=tuple(found),
        unknown=None if found and found[0].id == asked else "somewhere",
        house=packs.house if policy.house_default else None,
        own=policy.extra,
        calendar=_calendar_of(asked, found),
    )


def _calendar_of(asked: str, packs: list[Pack]) -> Calendar | None:
    with_one = [pack for pack in packs if pack.calendar]
    country, subdivision = ([*asked.split("-"), "", ""])[:2]
    known = holidays.list_supported_countries()
    if not (with_one and with_one[0].id == asked) and country in known and subdivision in {"", *known[country]}:
        return Calendar(country, subdivision or None)
    if with_one:
        return with_one[0].calendar
    return Calendar(country) if country in known else None


def is_open(rules: Rules, instant: datetime, zone: ZoneInfo) -> bool:
    """By the clock at the door, and by the packs' own tables; at midnight the day before may still be open."""
    silent = rules.unknown or any(pack.visits_allowed is None for pack in rules.packs)
    barred = any(pack.visits_allowed is False for pack in rules.packs)
    if barred or (silent and not (rules.own or rules.house)):
        return False
    wall = instant.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    days = [(wall.date(), minute)] + ([(wall.date() - timedelta(days=1), MIDNIGHT)] if wall.time() == time() else [])
    supplied = rules.house is not None or bool(rules.own)
    return any(
        all(_within(pack.hours[_kind(rules, day)], at, silent=supplied) for pack in rules.all_packs)
        and (
            not rules.own or any(_is_own(rules, own, day) and _within(own.hours, at, silent=False) for own in rules.own)
        )
        for day, at in days
    )


def _is_own(rules: Rules, own: OwnHours, day: date) -> bool:
    """Whether a rule of the tenant's names the day."""
    holiday = _kind(rules, day) is DayClass.PUBLIC_HOLIDAY
    return (DayName.HOLIDAY if holiday else list(DayName)[day.weekday()]) in own.days


def _within(hours: Hours | None, minute: int, *, silent: bool) -> bool:
    """``silent`` is what a pack without a number permits: anything, once the tenant supplies hours."""
    return silent if hours is None else any(span.opens <= minute <= span.closes for span in hours)


def _kind(rules: Rules, day: date) -> DayClass:
    if rules.calendar and day in holidays_of(rules.calendar):
        return DayClass.PUBLIC_HOLIDAY
    return {5: DayClass.SATURDAY, 6: DayClass.SUNDAY}.get(day.weekday(), DayClass.WEEKDAY)


def is_agreed(rules: Rules, visit: Visit, at: datetime) -> bool:
    """Whether the customer has agreed to it, where every policy lets that count."""
    widens = bool(rules.all_packs) and all(pack.consent_widens for pack in rules.all_packs) and not rules.unknown
    barred = any(pack.visits_allowed is False for pack in rules.packs)
    return widens and not barred and any(one.window.start <= at <= one.window.end for one in visit.consent)


def people_needed(rules: Rules, place: Place, at: datetime) -> int:
    """How many have to be there, the sun being up or not."""
    if place.point is not None and _height(place.point, at) >= SUNSET:
        return 1
    return max((pack.after_dark_party_size or 1 for pack in rules.all_packs), default=1)


def _height(point: Point, at: datetime) -> float:
    """Of the sun, in degrees."""
    return elevation(Observer(point.lat, point.lon), at, with_refraction=False)
