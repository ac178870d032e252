"""Public holidays, from the package holidays; by country and subdivision."""

import threading
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, TypeAlias

import holidays

from service.hours.pack import Calendar, DayClass

HolidayAt: TypeAlias = Callable[[Calendar, date], bool]

SATURDAY: Final = 5
SUNDAY: Final = 6
_ONE_AT_A_TIME: Final = threading.Lock()


class CalendarMissing(Exception):  # noqa: N818 - named after what happened
    """Nobody here knows the public holidays of a place."""


def is_public_holiday(calendar: Calendar, day: date) -> bool:
    """Whether it is one there. Raises CalendarMissing for a country or subdivision that the package does not know."""
    if not knows(calendar):
        message = f"no public holidays are known of {calendar.country}, {calendar.subdivision}."
        raise CalendarMissing(message)
    return day in _holidays(calendar, day.year)


@cache
def knows(calendar: Calendar) -> bool:
    """Whether its holidays are known."""
    subdivisions = holidays.list_supported_countries().get(calendar.country)
    return subdivisions is not None and calendar.subdivision in {None, *subdivisions}


def class_of(day: date, calendar: Calendar | None, holiday_at: HolidayAt = is_public_holiday) -> DayClass:
    """What kind of day it is; without a calendar no day is a holiday."""
    if calendar is not None and holiday_at(calendar, day):
        return DayClass.PUBLIC_HOLIDAY
    return {SATURDAY: DayClass.SATURDAY, SUNDAY: DayClass.SUNDAY}.get(day.weekday(), DayClass.WEEKDAY)


def _holidays(calendar: Calendar, year: int) -> frozenset[date]:
    """Of one year. The package fills a year when first asked; threads that ask meanwhile would find it empty."""
    with _ONE_AT_A_TIME:
        return _of_year(calendar, year)


@cache
def _of_year(calendar: Calendar, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(calendar.country, subdiv=calendar.subdivision, years=year))
