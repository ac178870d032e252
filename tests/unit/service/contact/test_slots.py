"""When somebody is met: what of a forecast lies within the windows of a visit, and what of it is taken together."""

from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest

from service.contact.slots import Slot, slot_at, slots_within
from service.day.visit import Contact
from service.day.window import TimeWindow
from tests.worlds import at, windows

Span: TypeAlias = tuple[str, str, float]


def forecast(*spans: Span) -> list[Contact]:
    return [Contact(TimeWindow(at(start), at(end)), probability) for start, end, probability in spans]


def told(slots: tuple[Slot, ...]) -> list[Span]:
    """By Helsinki's clocks."""
    zone = ZoneInfo("Europe/Helsinki")
    return [
        (
            f"{slot.window.start.astimezone(zone):%-H:%M}",
            f"{slot.window.end.astimezone(zone):%-H:%M}",
            round(slot.probability, 6),
        )
        for slot in slots
    ]


TOGETHER = [
    ("apart by more than that", [("9:00", "10:00", 0.5), ("10:00", "11:00", 0.59)], None),
    ("alike, but not touching", [("9:00", "10:00", 0.5), ("10:01", "11:00", 0.5)], None),
    ("alike", [("9:00", "10:00", 0.5), ("10:00", "11:00", 0.58)], [("9:00", "11:00", 0.54)]),
    ("alike, of different lengths", [("9:00", "12:00", 0.5), ("12:00", "13:00", 0.54)], [("9:00", "13:00", 0.51)]),
    ("alike to a hair", [("9:00", "10:00", 0.6), ("10:00", "11:00", 0.68)], [("9:00", "11:00", 0.64)]),
    ("in any order", [("10:00", "11:00", 0.5), ("9:00", "10:00", 0.5)], [("9:00", "11:00", 0.5)]),
    (
        "rising by little each, but too much in all",
        [("9:00", "10:00", 0.1), ("10:00", "11:00", 0.16), ("11:00", "12:00", 0.22), ("12:00", "13:00", 0.28)],
        [("9:00", "11:00", 0.13), ("11:00", "13:00", 0.25)],
    ),
    ("nobody at all is never alike", [("9:00", "10:00", 0.0), ("10:00", "11:00", 0.05)], [("10:00", "11:00", 0.05)]),
]


@pytest.mark.parametrize(("spans", "expected"), [case[1:] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_neighbours_that_are_alike_are_taken_together(spans: list[Span], expected: list[Span] | None) -> None:
    assert (spans if expected is None else expected) == told(slots_within(None, forecast(*spans)))


def test_slots_lie_in_the_windows_each_of_which_is_read_by_itself() -> None:
    spans = forecast(("9:00", "12:00", 0.5), ("12:00", "15:00", 0.56))

    assert [("10:00", "11:00", 0.5), ("11:30", "12:30", 0.53)] == told(
        slots_within(windows(("10:00", "11:00"), ("11:30", "12:30")), spans)
    )


def test_where_slot_and_window_only_touch_there_is_none() -> None:
    assert () == slots_within(windows(("8:00", "9:00"), ("12:00", "13:00")), forecast(("9:00", "12:00", 0.5)))


def test_a_window_that_is_but_a_moment_has_a_slot() -> None:
    assert [("10:00", "10:00", 0.5)] == told(
        slots_within(windows(("10:00", "10:00")), forecast(("9:00", "12:00", 0.5)))
    )


def test_a_forecast_is_read_by_instants_where_the_same_hour_comes_twice() -> None:
    """From 3:30 before the change to 3:10 after it are forty minutes."""
    zone = ZoneInfo("Europe/Helsinki")
    night = TimeWindow(datetime(2026, 10, 25, 3, 30, tzinfo=zone), datetime(2026, 10, 25, 3, 10, tzinfo=zone, fold=1))
    (slot,) = slots_within(None, [Contact(night, 0.5)])

    assert (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC)) == (
        slot.window.start,
        slot.window.end,
    )


@pytest.mark.parametrize(("clock", "probability"), [("8:59", None), ("9:00", 0.3), ("10:00", 0.6), ("11:00", 0.6)])
def test_who_comes_at_a_moment_is_in_the_later_of_two_slots_that_meet(clock: str, probability: float | None) -> None:
    slot = slot_at(forecast(("9:00", "10:00", 0.3), ("10:00", "11:00", 0.6), ("11:00", "12:00", 0.0)), at(clock))

    assert probability == (slot and slot.probability)
