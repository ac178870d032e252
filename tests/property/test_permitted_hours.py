"""No permitted window holds a minute that a rule forbids: any policy, any zone, any day of 2024-2030.

The judge is a clock: it walks through a window minute by minute, reads what a clock at the door would show, and looks
the time up in the packs themselves.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays
from hypothesis import example, given
from hypothesis import strategies as st

from service.day.daytime import MIDNIGHT, Hours
from service.day.policy import Policy
from service.hours.in_force import in_force
from service.hours.pack import Calendar, DayClass
from service.hours.packs import Packs, templates
from service.hours.rules import Rules
from service.hours.windows import permitted_windows

PACKS: Final = Packs.of()
ZONES: Final = (
    "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Santiago", "Asia/Kathmandu", "Asia/Kolkata",
    "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Europe/Istanbul", "America/Havana",
)  # fmt: skip
"""Half and quarter hours, clocks changed by half an hour, at midnight, in the south; both sides of the date line."""

DAYS: Final = st.dates(date(2024, 1, 1), date(2030, 12, 31))
JURISDICTIONS: Final = st.sampled_from(sorted(pack.id for pack in templates() if pack.activity))
LEAP_DAY: Final = date(2028, 2, 29)


@cache
def holidays_of(calendar: Calendar) -> frozenset[date]:
    years = range(2023, 2033)
    return frozenset(holidays.country_holidays(calendar.country, subdiv=calendar.subdivision, years=years))


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += timedelta(minutes=1)
    yield end


def is_open(rules: Rules, instant: datetime, zone: ZoneInfo) -> bool:
    """By the clock at the door, and by the packs' own tables; at midnight the day before may still be open."""
    wall = instant.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    days = [(wall.date(), minute)] + ([(wall.date() - timedelta(days=1), MIDNIGHT)] if wall.time() == time() else [])
    supplied = rules.house is not None
    return any(
        all(_within(pack.hours[_kind(rules, day)], at, silent=supplied) for pack in rules.all_packs) for day, at in days
    )


def _within(hours: Hours | None, minute: int, *, silent: bool) -> bool:
    """``silent`` is what a pack without a number permits: anything, once the tenant supplies hours."""
    return silent if hours is None else any(span.opens <= minute <= span.closes for span in hours)


def _kind(rules: Rules, day: date) -> DayClass:
    if rules.calendar and day in holidays_of(rules.calendar):
        return DayClass.PUBLIC_HOLIDAY
    return {5: DayClass.SATURDAY, 6: DayClass.SUNDAY}.get(day.weekday(), DayClass.WEEKDAY)


@given(JURISDICTIONS, st.booleans(), st.sampled_from(ZONES), DAYS)
@example("US", False, "America/New_York", date(2026, 3, 8))
@example("US", False, "America/New_York", date(2026, 11, 1))
@example("RU", False, "Africa/Cairo", date(2026, 4, 24))
@example("IN", False, "Asia/Kolkata", LEAP_DAY)
@example("ID", True, "Australia/Lord_Howe", date(2026, 4, 5))
def test_no_minute_of_a_permitted_window_is_forbidden(jurisdiction: str, house: bool, name: str, day: date) -> None:
    zone, rules = ZoneInfo(name), in_force(PACKS, Policy(jurisdiction, house_default=house))
    noon = datetime.combine(day, time(12), zone)

    for permitted in permitted_windows(rules, zone, noon, noon + timedelta(days=1)):
        forbidden = [at for at in minutes(permitted.window.start, permitted.window.end) if not is_open(rules, at, zone)]

        assert [] == forbidden
