"""Hours by the clock on the wall."""

import pytest

from service.day.daytime import ALL_DAY, Span, common, joined, read_span


def hours(*written: str) -> tuple[Span, ...]:
    return joined(map(read_span, written))


@pytest.mark.parametrize("written", ["09:00-19:00", "00:00-24:00", "23:59-24:00"])
def test_hours_read_and_told_are_the_same(written: str) -> None:
    assert written == str(read_span(written))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("9-19", "hours are written like"),
        ("09:00", "hours are written like"),
        ("09:60-19:00", "an hour has 60 minutes"),
        ("19:00-09:00", "hours must open before they close"),
        ("09:00-09:00", "hours must open before they close"),
        ("09:00-24:01", "hours must open before they close"),
    ],
)
def test_what_are_no_hours_is_refused(written: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_span(written)


def test_hours_that_overlap_or_touch_are_one() -> None:
    assert hours("08:00-12:00", "14:00-18:00") == hours("14:00-16:00", "10:00-12:00", "08:00-10:00", "15:00-18:00")


def test_what_two_rules_have_in_common_both_permit() -> None:
    assert hours("09:00-12:00", "14:00-15:00") == common(hours("08:00-12:00", "14:00-18:00"), hours("09:00-15:00"))


def test_where_two_rules_meet_in_one_minute_nothing_is_open() -> None:
    assert () == common(hours("08:00-12:00"), hours("12:00-18:00"))


def test_all_day_narrows_nothing() -> None:
    assert hours("08:00-12:00") == common(ALL_DAY, hours("08:00-12:00"))
