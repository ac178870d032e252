"""Instants and whole seconds: strict rounding, and days on which clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.horizon import Horizon, elapsed, seconds_down, seconds_up

HELSINKI = ZoneInfo("Europe/Helsinki")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=HELSINKI)
HALF_A_SECOND = timedelta(milliseconds=500)


def test_seconds_count_from_the_earliest_instant() -> None:
    horizon = Horizon.starting_with([NINE + timedelta(hours=1), NINE])

    assert [0, 60] == [horizon.opens(NINE), horizon.closes(NINE + timedelta(minutes=1))]


def test_a_fraction_of_a_second_is_rounded_to_the_stricter_side() -> None:
    horizon = Horizon.starting_with([NINE])

    assert (1, 0) == (horizon.opens(NINE + HALF_A_SECOND), horizon.closes(NINE + HALF_A_SECOND))


def test_an_origin_with_a_fraction_still_lies_on_a_whole_second() -> None:
    horizon = Horizon.starting_with([NINE + HALF_A_SECOND])

    assert (NINE, 1) == (horizon.origin, horizon.opens(NINE + HALF_A_SECOND))


def test_work_is_rounded_up_and_limits_down() -> None:
    assert (1, 0) == (seconds_up(HALF_A_SECOND), seconds_down(HALF_A_SECOND))


@pytest.mark.parametrize(
    ("date", "hours"),
    [(datetime(2026, 3, 29, tzinfo=HELSINKI), 7), (datetime(2026, 10, 25, tzinfo=HELSINKI), 9)],
    ids=["spring", "autumn"],
)
def test_a_night_shift_lasts_as_long_as_time_really_passes(date: datetime, hours: int) -> None:
    """From midnight to eight; Python's own subtraction says 8 h on both nights."""
    start, end = date, date.replace(hour=8)
    horizon = Horizon.starting_with([start])

    assert timedelta(hours=8) == end - start
    assert (hours * 3600, timedelta(hours=hours)) == (horizon.closes(end), elapsed(start, end))


def test_seconds_are_shown_by_the_clock_of_the_zone_on_both_sides_of_a_change() -> None:
    horizon = Horizon.starting_with([datetime(2026, 3, 29, 2, 30, tzinfo=HELSINKI)])

    shown = [horizon.instant(seconds, HELSINKI).isoformat() for seconds in (0, 3600)]

    assert ["2026-03-29T02:30:00+02:00", "2026-03-29T04:30:00+03:00"] == shown


def test_the_hour_that_an_autumn_night_has_twice_keeps_its_two_instants_apart() -> None:
    first = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=0)
    second = first.replace(fold=1)
    horizon = Horizon.starting_with([first, second])

    assert (0, 3600) == (horizon.opens(first), horizon.opens(second))


def test_every_second_comes_back_as_itself() -> None:
    horizon = Horizon.starting_with([datetime(2026, 10, 24, 22, 0, tzinfo=UTC)])
    seconds = list(range(0, 20_000, 1_801))

    assert seconds == [horizon.opens(horizon.instant(s, HELSINKI)) for s in seconds]


def daily(origin: datetime, start: float, hours: float, *, until: float = 48) -> list[tuple[float, float]]:
    """Spans of every day from ``start`` o'clock by Helsinki's clocks, in hours from the origin on."""
    spans = Horizon.starting_with([origin]).daily(
        timedelta(hours=start), timedelta(hours=hours), HELSINKI, round(until * 3600)
    )
    return [(opens / 3600, closes / 3600) for opens, closes in spans]


def test_hours_of_every_day_come_round_until_the_end() -> None:
    assert [(7, 9), (31, 33)] == daily(NINE, 16, 2)


def test_of_an_hour_that_has_begun_or_is_not_over_the_rest_counts() -> None:
    assert [(0, 1), (23, 24)] == daily(NINE, 8, 2, until=24)


def test_hours_may_go_on_over_midnight() -> None:
    assert [(13, 17), (37, 41)] == daily(NINE, 22, 4)
    assert [(0, 1), (21, 25), (45, 48)] == daily(datetime(2026, 3, 2, 1, tzinfo=HELSINKI), 22, 4)


def test_a_whole_day_is_every_hour_of_it() -> None:
    assert [(0, 15), (15, 39), (39, 48)] == daily(NINE, 0, 24)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [(1, 1, [(1, 2)]), (3, 1, []), (3.5, 1, [(3, 3.5)]), (2, 3, [(2, 3), (3, 4)]), (4, 1, [(3, 4)])],
    ids=["before", "the missing hour", "half of it is missing", "around it", "after"],
)
def test_of_an_hour_that_is_missing_nothing_is_left(
    start: float, hours: float, expected: list[tuple[float, float]]
) -> None:
    """At three the clocks show four."""
    assert expected == daily(datetime(2026, 3, 29, tzinfo=HELSINKI), start, hours, until=20)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [(2, 1, [(2, 3)]), (3, 1, [(3, 4), (4, 5)]), (3.5, 1, [(3.5, 4), (4.5, 5.5)]), (4, 1, [(5, 6)])],
    ids=["before", "the double hour", "half of it is double", "after"],
)
def test_an_hour_that_comes_twice_counts_twice(start: float, hours: float, expected: list[tuple[float, float]]) -> None:
    """At four the clocks show three again."""
    assert expected == daily(datetime(2026, 10, 25, tzinfo=HELSINKI), start, hours, until=20)
