"""When service may start, so that all of it lies in a window."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.day.window import TimeWindow
from service.horizon import Horizon
from service.presence import merged, start_windows
from solver.problem import LONGEST_DAY, StartWindow
from tests.worlds import at, windows

HORIZON = Horizon.starting_with([at("9:00")])
HOUR = 3600


def test_the_whole_service_lies_in_the_window_so_its_start_ends_earlier() -> None:
    assert (StartWindow(0, 3 * HOUR - 1020),) == start_windows(windows(("9:00", "12:00")), 1020, HORIZON)


def test_a_window_as_long_as_the_service_leaves_one_start() -> None:
    assert (StartWindow(HOUR, HOUR),) == start_windows(windows(("10:00", "10:10")), 600, HORIZON)


def test_a_window_a_second_too_short_leaves_none() -> None:
    assert () == start_windows(windows(("10:00", "10:09:59")), 600, HORIZON)


def test_presence_goes_from_one_window_into_one_that_touches_it() -> None:
    touching = windows(("10:00", "10:05"), ("10:05", "10:10"))

    assert (StartWindow(HOUR, HOUR),) == start_windows(touching, 600, HORIZON)


def test_a_gap_of_a_second_keeps_windows_apart() -> None:
    assert () == start_windows(windows(("10:00", "10:05"), ("10:05:01", "10:10")), 600, HORIZON)


def test_windows_are_put_in_order_and_a_window_within_another_is_swallowed() -> None:
    given = windows(("12:00", "13:00"), ("10:00", "11:00"), ("10:15", "10:30"))

    assert windows(("10:00", "11:00"), ("12:00", "13:00")) == merged(given)


def test_windows_that_touch_within_a_second_are_merged_before_they_are_rounded() -> None:
    half = timedelta(milliseconds=500)
    given = [TimeWindow(at("10:00"), at("10:05") + half), TimeWindow(at("10:05") + half, at("10:10"))]

    assert (StartWindow(HOUR, HOUR),) == start_windows(given, 600, HORIZON)


def test_no_windows_mean_any_time() -> None:
    assert (StartWindow(0, LONGEST_DAY - 600),) == start_windows(None, 600, HORIZON)


def test_what_lies_before_the_day_is_cut_off() -> None:
    assert (StartWindow(0, HOUR // 2),) == start_windows(windows(("8:00", "9:30")), 0, HORIZON)


def test_a_window_when_nobody_works_any_more_is_kept() -> None:
    assert (StartWindow(9 * HOUR, 11 * HOUR - 600),) == start_windows(windows(("18:00", "20:00")), 600, HORIZON)


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), max_size=5),
    service=st.integers(0, 12),
)
def test_a_start_is_allowed_if_and_only_if_the_service_fits_between_its_seconds(
    spans: list[tuple[int, int]], service: int
) -> None:
    """Against the definition, second by second: every moment of the presence is permitted."""
    given = [TimeWindow(_second(start), _second(start + length)) for start, length in spans]
    permitted = {2 * start + half for start, length in spans for half in range(2 * length + 1)}
    expected = {s for s in range(60) if all(2 * s + half in permitted for half in range(2 * service + 1))}

    found = {s for w in start_windows(given, service, HORIZON) for s in range(w.opens, w.closes + 1)}

    assert expected == found


def _second(number: int) -> datetime:
    return at("9:00") + timedelta(seconds=number)
