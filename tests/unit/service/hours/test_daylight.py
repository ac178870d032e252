"""When it is light: against sunrise and sunset of ordinary days, and against the height of the sun."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from astral import Observer
from astral.sun import elevation, sunrise, sunset
from hypothesis import given
from hypothesis import strategies as st

from service.day.place import Point
from service.day.window import TimeWindow
from service.hours.daylight import Daylight

SUNSET: Final = -0.833
DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)


def daylight(place: Point, since: datetime, until: datetime) -> tuple[TimeWindow, ...]:
    return Daylight((TimeWindow(since, until),)).at(place)


def midnight(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


@pytest.mark.parametrize("place", [Point(60.17, 24.94), Point(-33.92, 18.42), Point(5.6, -0.2)])
@pytest.mark.parametrize("month", [1, 3, 6, 9])
def test_it_is_light_between_sunrise_and_sunset(place: Point, month: int) -> None:
    """As the library has it for days that are days by UTC too: to two minutes, on the side of the night."""
    here, noon = Observer(place.lat, place.lon), midnight(month, 2) + timedelta(hours=12 - place.lon / 15)
    rises, sets = sunrise(here, noon.date()), sunset(here, noon.date())

    (day,) = daylight(place, noon - DAY / 2, noon + DAY / 2)

    assert timedelta() <= day.start - rises <= 2 * MINUTE
    assert timedelta() <= sets - day.end <= 2 * MINUTE


@pytest.mark.parametrize(("month", "spans"), [(12, []), (6, [(midnight(6, 20), midnight(6, 21))])])
def test_north_of_the_circle_there_are_days_without_night_and_without_light(
    month: int, spans: list[tuple[datetime, datetime]]
) -> None:
    found = daylight(Point(69.65, 18.96), midnight(month, 20), midnight(month, 21))

    assert spans == [(span.start, span.end) for span in found]


@given(
    st.floats(-89.9, 89.9),
    st.floats(-180, 180).filter(bool),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001 - hypothesis wants it so
    st.integers(1, 1440),
)
def test_the_sun_is_up_at_every_minute_of_it(lat: float, lon: float, start: datetime, lasts: int) -> None:
    since = start.replace(tzinfo=UTC)
    here = Observer(lat, lon)

    for span in daylight(Point(lat, lon), since, since + lasts * MINUTE):
        minutes = range((span.end - span.start) // MINUTE + 1)
        instants = [*(span.start + n * MINUTE for n in minutes), span.end]
        assert min(elevation(here, now, with_refraction=False) for now in instants) >= SUNSET
