"""Permitted hours between instants: zones, midnights, changes of clocks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.day.daytime import joined, read_span
from service.day.policy import DayName, OwnHours, Policy
from service.day.visit import Consent
from service.day.window import TimeWindow
from service.hours.in_force import in_force
from service.hours.packs import Packs
from service.hours.rules import Rules
from service.hours.windows import permitted_windows, windows_of

DAILY = frozenset(DayName)


def told(day: str, zone: str, *hours: str) -> list[str]:
    """Windows of one day as a clock there shows them, with offsets."""
    found = windows_of(joined(map(read_span, hours)), date.fromisoformat(day), ZoneInfo(zone))
    return [" - ".join(_clock(at, zone) for at in (window.start, window.end)) for window in found]


def _clock(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M%z}"


def test_hours_are_those_of_the_clock_at_the_door() -> None:
    assert ["09:00+0545 - 19:00+0545"] == told("2026-11-24", "Asia/Kathmandu", "09:00-19:00")


def test_midnight_at_the_end_is_the_next_days() -> None:
    assert ["22:00+0100 - 00:00+0100"] == told("2026-11-24", "Europe/Paris", "22:00-24:00")


class TestClocksGoForward:
    """Paris, 29 March 2026: after 01:59 comes 03:00."""

    @pytest.mark.parametrize(
        ("hours", "windows"),
        [
            ("00:00-24:00", ["00:00+0100 - 00:00+0200"]),
            ("01:00-04:00", ["01:00+0100 - 04:00+0200"]),
            ("02:30-05:00", ["03:30+0200 - 05:00+0200"]),
            ("01:00-02:30", ["01:00+0100 - 01:30+0100"]),
            ("02:10-02:50", []),
        ],
    )
    def test_a_time_that_never_comes_is_taken_on_the_stricter_side(self, hours: str, windows: list[str]) -> None:
        assert windows == told("2026-03-29", "Europe/Paris", hours)

    def test_a_day_that_begins_at_one_begins_at_one(self) -> None:
        """Cairo, 24 April 2026: after 23:59 comes 01:00."""
        assert ["01:00+0300 - 12:00+0300"] == told("2026-04-24", "Africa/Cairo", "00:00-12:00")


class TestClocksGoBack:
    """Paris, 25 October 2026: after 02:59 comes 02:00 once more."""

    @pytest.mark.parametrize(
        ("hours", "windows"),
        [
            ("00:00-24:00", ["00:00+0200 - 00:00+0100"]),
            ("02:30-05:00", ["02:30+0100 - 05:00+0100"]),
            ("01:00-02:30", ["01:00+0200 - 02:30+0200"]),
            ("02:10-02:50", []),
        ],
    )
    def test_a_time_that_comes_twice_is_taken_on_the_stricter_side(self, hours: str, windows: list[str]) -> None:
        assert windows == told("2026-10-25", "Europe/Paris", hours)


class TestDays:
    ZONE = ZoneInfo("Europe/Paris")

    def windows(self, *hours: str, days: Iterable[DayName] = DAILY, until: int = 24) -> list[tuple[str, str]]:
        """Of what a shift touches that begins on Friday 27 November 2026 at noon."""
        rules = Rules(own=(OwnHours(frozenset(days), joined(map(read_span, hours))),))
        noon = datetime(2026, 11, 27, 12, tzinfo=self.ZONE)
        found = permitted_windows(rules, self.ZONE, noon, noon + timedelta(hours=until))
        return [
            (f"{w.window.start.astimezone(self.ZONE):%a %H}", f"{w.window.end.astimezone(self.ZONE):%a %H}")
            for w in found
        ]

    def test_every_day_that_the_shift_touches_has_its_hours(self) -> None:
        assert [("Fri 09", "Fri 19"), ("Sat 09", "Sat 19")] == self.windows("09:00-19:00")

    def test_hours_that_go_on_over_midnight_are_one_window(self) -> None:
        assert [("Fri 00", "Fri 02"), ("Fri 22", "Sat 02"), ("Sat 22", "Sun 00")] == self.windows(
            "00:00-02:00", "22:00-24:00"
        )

    def test_days_that_are_closed_have_none(self) -> None:
        assert [("Sat 09", "Sat 19")] == self.windows("09:00-19:00", days=[DayName.SAT])

    def test_consent_opens_nothing_where_visits_are_barred(self) -> None:
        """Colombia lets consent widen the hours of calls, and bars visits."""
        noon = datetime(2026, 11, 27, 12, tzinfo=self.ZONE)
        agreed = Consent(TimeWindow(noon, noon + timedelta(hours=1)), date(2026, 11, 1))

        assert () == permitted_windows(in_force(Packs.of(), Policy("CO")), self.ZONE, noon, noon, [agreed])

    def test_consent_within_the_permitted_hours_changes_nothing(self) -> None:
        rules, noon = in_force(Packs.of(), Policy("ID")), datetime(2026, 11, 27, 12, tzinfo=self.ZONE)
        agreed = Consent(TimeWindow(noon, noon + timedelta(hours=1)), date(2026, 11, 1))

        def windows(*consent: Consent) -> list[TimeWindow]:
            return [permitted.window for permitted in permitted_windows(rules, self.ZONE, noon, noon, consent)]

        assert windows() == windows(agreed)

    def test_windows_are_in_utc(self) -> None:
        rules = Rules(own=(OwnHours(DAILY, joined([read_span("09:00-19:00")])),))
        noon = datetime(2026, 11, 27, 12, tzinfo=self.ZONE)

        assert all(w.window.start.tzinfo is UTC for w in permitted_windows(rules, self.ZONE, noon, noon))
