"""Durations as ISO 8601 writes them."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.durations import DURATION_TEXT, iso_duration
from api.v1.fields import LONGEST_DURATION
from api.v1.requests import Options

ALLOWED = st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(hours=1))


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(minutes=8), "PT8M"),
        (timedelta(hours=26, minutes=5), "PT26H5M"),
        (timedelta(seconds=9.8), "PT9.8S"),
        (timedelta(hours=1, seconds=1), "PT1H1S"),
        (timedelta(microseconds=1), "PT0.000001S"),
    ],
)
def test_durations_are_written_in_hours_minutes_and_seconds(duration: timedelta, text: str) -> None:
    assert text == iso_duration(duration)


@given(ALLOWED)
def test_what_is_written_is_read_as_the_same(duration: timedelta) -> None:
    assert duration == Options.model_validate({"time_limit": iso_duration(duration)}).time_limit


@given(st.timedeltas(min_value=timedelta(), max_value=LONGEST_DURATION))
def test_what_is_written_is_as_documented(duration: timedelta) -> None:
    assert re.search(DURATION_TEXT, iso_duration(duration))
