"""Whether a presence at a door is allowed: the vectors of the policy's authors, and what they leave open."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo

import pytest

from service.day.daytime import joined, read_span
from service.day.policy import DayName, OwnHours, Policy
from service.day.visit import Consent
from service.day.window import TimeWindow
from service.hours.caps import Knock
from service.hours.in_force import in_force
from service.hours.judge import Door, Verdict, judge
from service.hours.pack import Calendar
from service.hours.packs import Packs
from service.hours.rules import Rules

Vector = Mapping[str, object]

VECTORS: Final = cast(
    "list[Vector]", json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))["vectors"]
)
DUBLIN: Final = ZoneInfo("Europe/Dublin")


def rules(jurisdiction: str | None, activity: str | None = None, *own: OwnHours, house_default: bool = False) -> Rules:
    return in_force(Packs.of(), Policy(jurisdiction, activity, own, house_default))


def visit(start: str, zone: ZoneInfo = DUBLIN, minutes: int = 15) -> TimeWindow:
    begins = datetime.fromisoformat(start).replace(tzinfo=zone)
    return TimeWindow(begins, (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone))


def own(days: str, *hours: str) -> OwnHours:
    return OwnHours(frozenset(map(DayName, days.split())), joined(map(read_span, hours)))


def verdict(
    rules: Rules,
    start: str,
    zone: ZoneInfo = DUBLIN,
    *,
    consent: Sequence[Consent] = (),
    knocks: Sequence[Knock] = (),
) -> tuple[Verdict, str | None]:
    judged = judge(Door(rules, zone, consent=consent, knocks=knocks), visit(start, zone))
    return judged.verdict, judged.code


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['jurisdiction']}: {vector['why']}")
def test_it_agrees_with_the_authors_of_the_rules(vector: Vector) -> None:
    zone = ZoneInfo(str(vector.get("customer_tz", "UTC")))
    presence = visit(str(vector["local_arrival"]), ZoneInfo(str(vector.get("given_tz", zone.key))))
    today = presence.start.date()
    door = Door(
        rules(str(vector["jurisdiction"])),
        zone,
        asked=asked(vector, today, zone),
        consent=[Consent(presence, today - timedelta(days=9))] if "consent" in vector else (),
        knocks=knocks(vector, today),
    )

    assert Verdict(str(vector["expect"])) is judge(door, presence).verdict


def asked(vector: Vector, today: date, zone: ZoneInfo) -> list[TimeWindow] | None:
    if "customer_window" not in vector:
        return None
    opens, closes = cast("list[str]", vector["customer_window"])
    return [TimeWindow(*(datetime.combine(today, time.fromisoformat(at), zone) for at in (opens, closes)))]


def knocks(vector: Vector, today: date) -> list[Knock]:
    """A working day more or less: today is a Tuesday, so three working days ago was a Thursday."""
    found: list[Knock] = []
    for name, reached in (("last_contacted_days", True), ("last_attempt_days", False)):
        if name in vector:
            found.append(Knock(today - timedelta(days=cast("int", vector[name])), reached))
    if "last_contacted_working_days" in vector:
        assert 3 == vector["last_contacted_working_days"]
        found.append(Knock(today - timedelta(days=5), reached=True))
    return found


class TestSilence:
    def test_a_policy_that_says_nothing_permits_nothing(self) -> None:
        assert (Verdict.NEED_POLICY, "policy_needed") == verdict(rules("GB"), "2026-11-24T10:00")

    def test_nor_does_one_that_has_hours_but_does_not_say_that_visits_are_allowed(self) -> None:
        assert (Verdict.NEED_POLICY, "policy_needed") == verdict(rules("VN"), "2026-11-24T10:00")

    def test_what_it_does_say_holds_all_the_same(self) -> None:
        assert (Verdict.DENY, "permitted_hours") == verdict(rules("VN"), "2026-11-24T06:00")

    def test_a_class_of_days_without_a_number_is_closed_though_others_are_not(self) -> None:
        assert (Verdict.ALLOW, None) == verdict(rules("MX"), "2026-11-24T10:00")
        assert (Verdict.NEED_POLICY, "policy_needed") == verdict(rules("MX"), "2026-11-28T10:00")

    def test_a_policy_for_another_activity_says_nothing(self) -> None:
        assert (Verdict.NEED_POLICY, "policy_needed") == verdict(rules("US", "survey"), "2026-11-24T10:00")

    def test_nor_does_its_parent_speak_for_it(self) -> None:
        """The pack for New York is about papers served, the one above it about debts."""
        silent = rules("US-NY-process", "debt_collection")

        assert (Verdict.NEED_POLICY, "policy_needed") == verdict(silent, "2026-11-24T10:00")

    def test_a_child_does_not_narrow_a_parent_of_another_activity(self) -> None:
        """In New York papers are served until ten, though collectors are done at nine."""
        assert (Verdict.ALLOW, None) == verdict(rules("US-NY-process"), "2026-11-24T21:30")


class TestOwnHours:
    def test_they_say_what_nobody_else_does(self) -> None:
        mine = rules("GB", None, own("tue", "09:00-17:00"))

        assert (Verdict.ALLOW, None) == verdict(mine, "2026-11-24T10:00")
        assert (Verdict.DENY, "permitted_hours") == verdict(mine, "2026-11-24T17:00")

    def test_they_never_widen_what_a_policy_says(self) -> None:
        mine = rules("IE", None, own("tue", "06:00-23:00"))

        assert (Verdict.DENY, "permitted_hours") == verdict(mine, "2026-11-24T08:00")

    def test_on_days_that_they_do_not_name_nobody_goes_out(self) -> None:
        assert (Verdict.DENY, "permitted_hours") == verdict(
            rules("IE", None, own("mon", "09:00-19:00")), "2026-11-24T10:00"
        )

    def test_a_public_holiday_is_a_day_of_its_own(self) -> None:
        """St Stephen's Day 2025 was a Friday; Finland has no pack, but a calendar."""
        helsinki = ZoneInfo("Europe/Helsinki")
        fridays, holidays = own("fri", "09:00-17:00"), own("holiday", "12:00-13:00")

        assert (Verdict.DENY, "permitted_hours") == verdict(rules("FI", None, fridays), "2025-12-26T12:00", helsinki)
        assert (Verdict.ALLOW, None) == verdict(rules("FI", None, fridays, holidays), "2025-12-26T12:00", helsinki)

    def test_they_do_without_a_jurisdiction(self) -> None:
        assert (Verdict.ALLOW, None) == verdict(rules(None, None, own("tue", "09:00-17:00")), "2026-11-24T10:00")

    def test_what_we_recommend_is_an_answer_for_those_who_ask_for_it(self) -> None:
        house = rules("FI", house_default=True)

        assert (Verdict.ALLOW, None) == verdict(house, "2026-11-24T18:30")
        assert (Verdict.DENY, "permitted_hours") == verdict(house, "2026-11-29T12:00")

    def test_the_strictest_of_all_wins(self) -> None:
        house = rules("IE", None, own("tue", "12:00-23:00"), house_default=True)

        assert [Verdict.DENY, Verdict.ALLOW, Verdict.DENY] == [
            verdict(house, f"2026-11-24T{at}")[0] for at in ("11:50", "12:00", "18:50")
        ]

    def test_nothing_opens_a_place_where_visits_are_barred(self) -> None:
        greek = rules("GR", None, own("tue", "09:00-17:00"), house_default=True)
        agreed = Consent(visit("2026-11-24T10:00"), date(2026, 11, 1))

        assert (Verdict.DENY, "visits_barred") == verdict(greek, "2026-11-24T10:00", consent=[agreed])


class TestConsent:
    AGREED = Consent(visit("2026-11-29T10:00", minutes=60), date(2026, 11, 20))

    def test_it_opens_the_time_agreed_to_and_no_more(self) -> None:
        sunday = rules("ID")

        assert [Verdict.ALLOW, Verdict.DENY] == [
            verdict(sunday, at, consent=[self.AGREED])[0] for at in ("2026-11-29T10:45", "2026-11-29T10:46")
        ]

    def test_it_opens_nothing_where_the_rules_do_not_say_that_it_does(self) -> None:
        assert (Verdict.DENY, "permitted_hours") == verdict(rules("PE"), "2026-11-29T10:00", consent=[self.AGREED])

    def test_it_goes_on_where_the_permitted_hours_end(self) -> None:
        """Until eight anybody may, until nine this one agreed to."""
        agreed = Consent(visit("2026-11-24T20:00", minutes=60), date(2026, 11, 20))

        assert (Verdict.ALLOW, None) == verdict(rules("ID"), "2026-11-24T19:50", consent=[agreed])

    def test_it_does_not_stand_in_for_rules_that_nobody_knows(self) -> None:
        assert (Verdict.DENY, "permitted_hours") == verdict(
            rules("FI", house_default=True), "2026-11-29T10:00", consent=[self.AGREED]
        )


class TestCaps:
    def test_after_as_many_days_as_the_cap_counts_the_next_may_come(self) -> None:
        today = date(2026, 11, 24)
        massachusetts, boston = rules("US-MA"), ZoneInfo("America/New_York")

        def after(days: int) -> Verdict:
            met = [Knock(today - timedelta(days=days), reached=True)]
            return verdict(massachusetts, "2026-11-24T10:00", boston, knocks=met)[0]

        assert (Verdict.DENY, Verdict.ALLOW) == (after(29), after(30))

    def test_holidays_are_no_working_days(self) -> None:
        """Five working days after Friday 24 April 2026: 1 May is a holiday in Turkey."""
        turkey = rules("TR", None, own("mon tue wed thu fri sat", "09:00-20:00"))
        met = [Knock(date(2026, 4, 24), reached=True)]

        assert [(Verdict.DENY, "contact_cap"), (Verdict.ALLOW, None)] == [
            verdict(turkey, f"2026-05-{day}T10:00", knocks=met) for day in ("02", "04")
        ]

    def test_the_house_wants_three_days_between_attempts_and_two_in_a_week(self) -> None:
        house = rules("FI", house_default=True)
        today = date(2026, 11, 24)

        def after(*days: int) -> Verdict:
            missed = [Knock(today - timedelta(days=n), reached=False) for n in days]
            return verdict(house, "2026-11-24T10:00", knocks=missed)[0]

        assert [Verdict.DENY, Verdict.ALLOW, Verdict.DENY, Verdict.ALLOW] == [
            after(2), after(3), after(3, 6), after(3, 7)
        ]  # fmt: skip


class TestBasis:
    def test_every_rule_that_holds_that_day_is_cited(self) -> None:
        judged = judge(
            Door(rules("US-MA"), ZoneInfo("America/New_York")), visit("2026-07-04T19:30", ZoneInfo("America/New_York"))
        )

        assert [
            ("US", "2026-11", "public_holiday 08:00-21:00"),
            ("US-MA", "2026-11", "public_holiday 08:00-21:00"),
        ] == [(basis.policy, basis.version, basis.rule) for basis in judged.basis]

    def test_so_are_the_tenants_own_hours_and_the_customers_consent(self) -> None:
        mine = in_force(Packs.of(), Policy("ID", extra=(own("sun tue", "08:00-20:00"),)))
        agreed = Consent(visit("2026-11-29T10:00", minutes=60), date(2026, 11, 20))

        judged = judge(Door(mine, DUBLIN, consent=[agreed]), visit("2026-11-29T10:00"))

        assert [("consent", "2026-11-20")] == [(basis.policy, basis.version) for basis in judged.basis]


def test_a_jurisdiction_without_a_pack_has_the_calendar_that_its_name_says() -> None:
    assert [Calendar("FI"), Calendar("US", "CA"), Calendar("US"), None] == [
        rules(name).calendar for name in ("FI", "US-CA", "US-somewhere", "Atlantis")
    ]
