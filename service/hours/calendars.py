"""Public holidays, from the package holidays; by country and subdivision."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, TypeAlias

import holidays

from service.hours.pack import Calendar, DayClass

HolidayAt: TypeAlias = Callable[[Calendar, date], bool]

SATURDAY: Final = 5
SUNDAY: Final = 6


class CalendarMissing(Exception):  # noqa: N818 - named after what happened
    """Nobody here knows the public holidays of a place."""


def is_public_holiday(calendar: Calendar, day: date) -> bool:
    """Whether it is one there. Raises CalendarMissing for a country or subdivision that the package does not know."""
    return day in _known(calendar.country, calendar.subdivision)


def knows(calendar: Calendar) -> bool:
    """Whether its holidays are known."""
    try:
        _known(calendar.country, calendar.subdivision)
    except CalendarMissing:
        return False
    return True


def class_of(day: date, calendar: Calendar | None, holiday_at: HolidayAt = is_public_holiday) -> DayClass:
    """What kind of day it is; without a calendar no day is a holiday."""
    if calendar is not None and holiday_at(calendar, day):
        return DayClass.PUBLIC_HOLIDAY
    return {SATURDAY: DayClass.SATURDAY, SUNDAY: DayClass.SUNDAY}.get(day.weekday(), DayClass.WEEKDAY)


@cache
def _known(country: str, subdivision: str | None) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError as error:
        message = f"no public holidays are known of {country}{f'-{subdivision}' if subdivision else ''}."
        raise CalendarMissing(message) from error
