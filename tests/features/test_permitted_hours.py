"""Somebody is at a door only when every policy in force permits it, by the clock at that door, and the plan says which.

The Monday is 2 March 2026; in Helsinki the sun sets at ten to six. ``US`` permits 8 to 21 on any day, Greece no visits
at all, Belgium gives no hours. The house's own hours are 9 to 19 on weekdays, after dark for two.
"""

from typing import Final, cast

import pytest

from tests.features.json_answers import each, entry_of, listed, measured, reasons, stop_of
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)

BARRED: Final = "GR"
HELSINKI: Final = {"lat": 60.17, "lon": 24.94, "index": 3}


def own(*hours: str, days: str = "mon") -> Json:
    """A policy of the tenant's own hours."""
    return {"extra": [{"days": days.split(), "hours": list(hours)}]}


def long_day(name: str = "A", end: str = "22:00", **more: object) -> Json:
    return agent_json(name, [shift_json(f"{name}/mon", end=end)], **more)


def policy_day(policy: Json, *visits: Json, **rest: object) -> Json:
    agents = cast("list[Json]", rest.pop("agents", [long_day()]))
    return day_json(list(visits), agents, policy=policy, **rest)


def codes(plan: Json) -> list[object]:
    return each(plan, "warnings", of="code")


class TestHours:
    def test_nobody_comes_before_the_permitted_hours(self) -> None:
        """House 3 could be reached at 9:03."""
        stop = stop_of(plan_json(policy_day(own("13:00-15:00"), visit_json("V", 3))), "V")

        assert (instant("13:00"), instant("13:10")) == (stop["start"], stop["finish"])
        assert [instant("13:00"), instant("15:00")] == found(stop, "permitted", "window")
        assert [{"policy": "request", "version": None, "rule": "mon 13:00-15:00"}] == found(stop, "permitted", "basis")

    def test_the_whole_visit_lies_in_them(self) -> None:
        """From 9:03 on, 57 minutes are over at ten to the second, and a minute more never fits."""
        hours = own("09:00-10:00")
        visits = [visit_json("V", 3, duration="PT57M"), visit_json("W", 3, duration="PT61M")]

        plan = plan_json(policy_day(hours, *visits))

        assert instant("10:00") == stop_of(plan, "V")["finish"]
        assert ["permitted_hours"] == reasons(plan, "W")
        assert "PT1M" == found(entry_of(plan, "W"), "reasons", 0, "would_need")

    def test_the_visits_own_windows_narrow_them(self) -> None:
        visit = visit_json("V", 3, time_windows=[window_json("14:30", "16:00")])

        stop = stop_of(plan_json(policy_day(own("13:00-15:00"), visit)), "V")

        assert [instant("14:30"), instant("15:00")] == found(stop, "permitted", "window")

    def test_latest_start_keeps_within_them(self) -> None:
        stop = stop_of(plan_json(policy_day(own("13:00-15:00"), visit_json("V", 3))), "V")

        assert instant("14:50") == stop["latest_start"]

    def test_hours_are_those_of_the_clock_at_the_door(self) -> None:
        """Nine in London is eleven in Helsinki, where the plan is told."""
        visit = visit_json("V", 3, timezone="Europe/London")

        stop = stop_of(plan_json(policy_day(own("09:00-09:30"), visit)), "V")

        assert "2026-03-02T09:00:00+00:00" == stop["start"]

    def test_an_option_is_bound_by_them_too(self) -> None:
        work = {"id": "work", "location": {"index": 5}, "time_windows": [window_json("10:00", "14:00")]}
        visit = visit_json("V", 3, time_windows=[window_json("9:00", "12:00")], options=[work])

        stop = stop_of(plan_json(policy_day(own("13:00-15:00"), visit)), "V")

        assert ("work", instant("13:00")) == (stop["option"], stop["start"])

    def test_contact_counts_within_them_only(self) -> None:
        """Somebody is at home from 12 to 14, and may be called upon from 13 to 15."""
        met = {"start": instant("12:00"), "end": instant("14:00"), "probability": 0.5}

        stop = stop_of(plan_json(policy_day(own("13:00-15:00"), visit_json("V", 3, contact=[met]))), "V")

        assert [instant("13:00"), instant("14:00")] == stop["contact_window"]
        assert [instant("13:00"), instant("15:00")] == found(stop, "permitted", "window")


class TestPolicies:
    def test_a_stop_cites_the_policy_in_its_version(self) -> None:
        stop = stop_of(plan_json(policy_day({"jurisdiction": "US"}, visit_json("V", 3))), "V")

        assert [{"policy": "US", "version": "2026-11", "rule": "weekday 08:00-21:00"}] == found(
            stop, "permitted", "basis"
        )
        assert [instant("8:00"), instant("21:00")] == found(stop, "permitted", "window")

    def test_a_child_narrows_its_parent_and_both_are_cited(self) -> None:
        stop = stop_of(plan_json(policy_day({"jurisdiction": "US-MA"}, visit_json("V", 3))), "V")

        assert ["US", "US-MA"] == each(stop, "permitted", "basis", of="policy")

    def test_own_hours_narrow_a_policy(self) -> None:
        policy = {"jurisdiction": "US", **own("12:00-23:00")}

        stop = stop_of(plan_json(policy_day(policy, visit_json("V", 3))), "V")

        assert [instant("12:00"), instant("21:00")] == found(stop, "permitted", "window")
        assert ["US", "request"] == each(stop, "permitted", "basis", of="policy")

    def test_own_hours_close_the_days_they_do_not_name(self) -> None:
        plan = plan_json(policy_day({"jurisdiction": "US", **own("12:00-23:00", days="tue")}, visit_json("V", 3)))

        assert ["permitted_hours"] == reasons(plan, "V")

    def test_a_visit_may_have_a_jurisdiction_of_its_own(self) -> None:
        visits = [visit_json("V", 3), visit_json("W", 4, jurisdiction="US")]

        plan = plan_json(policy_day({"jurisdiction": BARRED}, *visits))

        assert ["visits_barred"] == reasons(plan, "V")
        assert ["US"] == each(stop_of(plan, "W"), "permitted", "basis", of="policy")

    def test_the_jurisdiction_of_a_visit_holds_without_a_policy_too(self) -> None:
        visits = [visit_json("V", 3, jurisdiction=BARRED), visit_json("W", 4)]

        plan = plan_json(day_json(visits))

        assert ["visits_barred"] == reasons(plan, "V")
        assert [] == found(stop_of(plan, "W"), "permitted", "basis")

    def test_without_any_policy_the_plan_says_so(self) -> None:
        plan = plan_json(day_json([visit_json("V", 3)]))

        assert "no_policy" in codes(plan)
        assert {"window": None, "basis": []} == stop_of(plan, "V")["permitted"]

    @pytest.mark.parametrize("required", [False, True])
    def test_a_barred_place_is_never_visited(self, required: bool) -> None:
        visit = visit_json(
            "V", 3, required=required, consent=[window_json("9:00", "17:00") | {"given_on": "2026-03-01"}]
        )

        plan = plan_json(policy_day({"jurisdiction": BARRED, "house_default": True, **own("09:00-17:00")}, visit))

        assert ["visits_barred"] == reasons(plan, "V")
        assert int(required) == found(plan, "score", "required_missed")
        assert BARRED in cast("str", found(entry_of(plan, "V"), "reasons", 0, "detail"))

    def test_where_nobody_gives_hours_the_tenant_has_to(self) -> None:
        silent = plan_json(policy_day({"jurisdiction": "BE"}, visit_json("V", 3)))
        supplied = plan_json(policy_day({"jurisdiction": "BE", **own("10:00-12:00")}, visit_json("V", 3)))

        assert ["policy_needed"] == reasons(silent, "V")
        assert "BE" in cast("str", found(entry_of(silent, "V"), "reasons", 0, "detail"))
        assert instant("10:00") == stop_of(supplied, "V")["start"]

    @pytest.mark.parametrize("policy", [{}, {"activity": "debt_collection"}, {"jurisdiction": "FI"}])
    def test_a_policy_that_says_nothing_opens_nothing(self, policy: Json) -> None:
        assert ["policy_needed"] == reasons(plan_json(policy_day(policy, visit_json("V", 3))), "V")

    def test_a_policy_that_nobody_knows_is_told_with_what_may_have_been_meant(self) -> None:
        plan = plan_json(policy_day({"jurisdiction": "US-MAA"}, visit_json("V", 3)))

        (warned,) = (each for each in listed(plan, "warnings") if each["code"] == "jurisdiction_unknown")
        assert "/policy/jurisdiction" == warned["pointer"]
        assert "US-MA" in cast("str", warned["detail"]).replace("'US-MAA'", "")
        assert ["policy_needed"] == reasons(plan, "V")

    def test_a_policy_for_something_else_is_none(self) -> None:
        plan = plan_json(policy_day({"jurisdiction": "US", "activity": "survey"}, visit_json("V", 3)))

        assert ["policy_needed"] == reasons(plan, "V")
        assert "jurisdiction_unknown" in codes(plan)

    def test_a_part_of_a_country_has_at_least_the_law_of_the_country(self) -> None:
        """Of Oregon nothing is known: the tenant has to give hours, and they stay within the federal ones."""
        silent = plan_json(policy_day({"jurisdiction": "US-OR"}, visit_json("V", 3)))
        supplied = plan_json(policy_day({"jurisdiction": "US-OR", **own("00:00-24:00")}, visit_json("V", 3)))

        assert ["policy_needed"] == reasons(silent, "V")
        assert [instant("8:00"), instant("21:00")] == found(stop_of(supplied, "V"), "permitted", "window")

    def test_a_part_of_a_barred_country_is_barred(self) -> None:
        plan = plan_json(policy_day({"jurisdiction": f"{BARRED}-A", **own("00:00-24:00")}, visit_json("V", 3)))

        assert ["visits_barred"] == reasons(plan, "V")

    def test_public_holidays_are_those_of_the_subdivision(self) -> None:
        """St Patrick's Day is one in Northern Ireland and not in England."""
        shift = shift_json(start="9:00", end="17:00", day=17)
        visits = [visit_json("V", 3, jurisdiction="GB-NIR"), visit_json("W", 3, jurisdiction="GB-ENG")]

        plan = plan_json(day_json(visits, [agent_json("A", [shift], party_size=2)], policy={"house_default": True}))

        assert ["permitted_hours"] == reasons(plan, "V")
        assert "weekday 09:00-19:00" in each(stop_of(plan, "W"), "permitted", "basis", of="rule")

    @pytest.mark.parametrize("name", ["PUBLIC", "utils", "registry", "__name__", "NYSE", "-", "US--"])
    def test_odd_names_of_jurisdictions_are_unknown_ones(self, name: str) -> None:
        plan = plan_json(policy_day({"jurisdiction": name}, visit_json("V", 3)))

        assert ["policy_needed"] == reasons(plan, "V")


class TestReasons:
    def test_who_comes_after_the_permitted_hours_is_told_by_how_much(self) -> None:
        """From 11:48 on, house 3 at 11:51 + 10 minutes: a minute after noon."""
        agents = [agent_json("A", [shift_json(start="11:48")])]

        plan = plan_json(policy_day(own("09:00-12:00"), visit_json("V", 3), agents=agents))

        (reason,) = listed(entry_of(plan, "V"), "reasons")
        assert ("permitted_hours", "PT1M") == (reason["code"], reason["would_need"])
        assert "permitted hours" in cast("str", entry_of(plan, "V")["remedy"])

    def test_a_window_outside_the_permitted_hours_is_a_matter_of_these(self) -> None:
        visit = visit_json("V", 3, time_windows=[window_json("16:00", "17:00")])

        assert ["permitted_hours"] == reasons(plan_json(policy_day(own("09:00-12:00"), visit)), "V")

    def test_a_window_that_closes_before_they_do_is_one_of_the_window(self) -> None:
        agents = [agent_json("A", [shift_json(start="11:00")])]
        visit = visit_json("V", 3, time_windows=[window_json("9:00", "10:00")])

        plan = plan_json(policy_day(own("09:00-12:00"), visit, agents=agents))

        assert ["time_window"] == reasons(plan, "V")

    def test_a_window_on_another_day_is_one_of_the_window(self) -> None:
        visit = visit_json("V", 3, time_windows=[window_json("9:00", "10:00", day=9)])

        assert ["time_window"] == reasons(plan_json(policy_day(own("09:00-12:00"), visit)), "V")

    def test_a_locked_start_outside_them_is_a_matter_of_the_hours(self) -> None:
        visit = visit_json("V", 3, lock={"start": instant("21:30")})

        assert ["permitted_hours"] == reasons(plan_json(policy_day({"jurisdiction": "US"}, visit)), "V")

    @pytest.mark.parametrize("policy", [None, {"jurisdiction": "US"}])
    def test_a_locked_start_that_cannot_be_kept_is_one_of_the_lock(self, policy: Json | None) -> None:
        """House 3 is three minutes away, and the start two after the shift's."""
        visit = visit_json("V", 3, lock={"start": instant("9:02")})

        plan = plan_json(day_json([visit], policy=policy))

        (reason,) = listed(entry_of(plan, "V"), "reasons")
        assert ("time_window", "PT1M") == (reason["code"], reason["would_need"])
        assert "met" not in cast("str", reason["detail"])


class TestConsent:
    AGREED: Final[Json] = window_json("21:00", "21:30") | {"given_on": "2026-03-01", "reference": "call 4711"}

    def test_it_opens_another_time_and_is_cited(self) -> None:
        visit = visit_json("V", 3, consent=[self.AGREED], time_windows=[window_json("21:05", "22:00")])

        stop = stop_of(plan_json(policy_day({"jurisdiction": "US"}, visit)), "V")

        assert instant("21:05") == stop["start"]
        assert {"policy": "consent", "version": "2026-03-01", "rule": "the customer agreed to this time"} in listed(
            stop, "permitted", "basis"
        )

    def test_it_opens_nothing_for_others(self) -> None:
        visits = [visit_json(name, 3, time_windows=[window_json("21:05", "22:00")]) for name in "VW"]
        visits[0]["consent"] = [self.AGREED]

        plan = plan_json(policy_day({"jurisdiction": "US"}, *visits))

        assert ["permitted_hours"] == reasons(plan, "W")

    def test_where_it_goes_on_from_permitted_hours_each_stop_cites_what_it_needs(self) -> None:
        visits = [visit_json(name, 3, consent=[self.AGREED]) for name in "VW"]
        visits[0]["time_windows"] = [window_json("12:00", "13:00")]
        visits[1]["time_windows"] = [window_json("20:55", "21:05")]

        plan = plan_json(policy_day({"jurisdiction": "US"}, *visits))

        assert ["US"] == each(stop_of(plan, "V"), "permitted", "basis", of="policy")
        assert ["US", "consent"] == each(stop_of(plan, "W"), "permitted", "basis", of="policy")

    def test_it_may_be_given_on_the_same_day_by_the_clock_at_the_door(self) -> None:
        """Half past eight in the evening in London is already the next day in Kiritimati."""
        agreed = {"start": "2026-03-02T20:30:00Z", "end": "2026-03-02T21:00:00Z", "given_on": "2026-03-03"}

        visit = visit_json("V", 3, consent=[agreed], timezone="Pacific/Kiritimati")

        assert "consent_idle" not in codes(plan_json(policy_day({"jurisdiction": "US"}, visit)))

    def test_where_not_every_policy_lets_it_it_opens_nothing_and_a_warning_says_so(self) -> None:
        """Of Belgium nobody knows whether it may."""
        visit = visit_json("V", 3, consent=[self.AGREED], time_windows=[window_json("21:05", "22:00")])

        plan = plan_json(policy_day({"jurisdiction": "BE", **own("09:00-17:00")}, visit))

        assert ["permitted_hours"] == reasons(plan, "V")
        assert "consent_idle" in codes(plan)


class TestAfterDark:
    POLICY: Final[Json] = {"house_default": True}

    def evening(self, name: str = "V", **more: object) -> Json:
        return visit_json(name, 3, **{"location": HELSINKI, "time_windows": [window_json("18:00", "19:00")], **more})

    def test_one_person_alone_does_not_go(self) -> None:
        plan = plan_json(policy_day(self.POLICY, self.evening()))

        (reason,) = listed(entry_of(plan, "V"), "reasons")
        assert ("party_size", 1) == (reason["code"], reason["lacking"])

    def test_two_go_and_the_rule_is_cited(self) -> None:
        agents = [long_day("A"), long_day("B", party_size=2)]

        plan = plan_json(policy_day(self.POLICY, self.evening(), agents=agents))

        assert "B" == found(plan, "itineraries", 0, "agent_id")
        assert "a party of 2 after dark" in each(stop_of(plan, "V"), "permitted", "basis", of="rule")

    def test_by_daylight_one_is_enough(self) -> None:
        """And is gone before the sun has set."""
        stop = stop_of(
            plan_json(policy_day(self.POLICY, self.evening(time_windows=[window_json("12:00", "19:00")]))), "V"
        )

        _, closes = cast("list[str]", found(stop, "permitted", "window"))
        assert instant("12:00") == stop["start"]
        assert instant("17:45") < closes < instant("17:52")

    def test_in_summer_the_evening_is_light(self) -> None:
        """Sunset is at twenty to eleven: whoever would be too late is told of the window, and not of the night."""
        june = {"start": "2026-06-01T09:00:00+03:00", "end": "2026-06-01T17:00:00+03:00"}
        window = {"start": "2026-06-01T17:30:00+03:00", "end": "2026-06-01T18:30:00+03:00"}
        agents = [agent_json("A", [{"id": "A/mon", "start_location": HELSINKI, **june}])]
        visits = [self.evening("V", time_windows=[window]), visit_json("W", 3, location=HELSINKI)]

        plan = plan_json(policy_day(self.POLICY, *visits, agents=agents))

        _, closes = cast("list[str]", found(stop_of(plan, "W"), "permitted", "window"))
        assert ["time_window"] == reasons(plan, "V")
        assert "2026-06-01T19:00:00+03:00" == closes

    def test_who_comes_too_late_is_told_that_it_is_the_dark(self) -> None:
        """From 17:08 on, house 3 at 17:11 + 40 minutes: 17:51."""
        agents = [agent_json("A", [shift_json(start="17:08", end="22:00")])]
        visit = visit_json("V", 3, location=HELSINKI, duration="PT40M")

        plan = plan_json(policy_day(self.POLICY, visit, agents=agents))

        (reason,) = listed(entry_of(plan, "V"), "reasons")
        assert "permitted_hours" == reason["code"]
        assert "after dark" in cast("str", reason["detail"])

    def test_where_nobody_knows_the_place_it_may_be_dark_at_any_hour(self) -> None:
        plan = plan_json(policy_day(self.POLICY, visit_json("V", 3)))

        assert ["party_size"] == reasons(plan, "V")
        assert "daylight_unknown" in codes(plan)


class TestEvaluation:
    def test_a_visit_outside_the_permitted_hours_is_a_violation(self) -> None:
        request = policy_day(own("09:00-12:00"), visit_json("V", 3))
        late: Json = {"shift_id": "A/mon", "visits": ["V"], "starts": {"V": instant("12:05")}}

        (violation,) = listed(measured(request, late), "violations")

        assert ("permitted_hours", "V", 900) == (violation["code"], violation["visit_id"], violation["amount"])

    def test_a_visit_outside_its_own_window_is_one_of_the_window(self) -> None:
        request = policy_day(own("09:00-12:00"), visit_json("V", 3, time_windows=[window_json("9:00", "10:00")]))
        late: Json = {"shift_id": "A/mon", "visits": ["V"], "starts": {"V": instant("10:05")}}

        (violation,) = listed(measured(request, late), "violations")

        assert "time_window" == violation["code"]

    def test_a_barred_visit_is_a_violation(self) -> None:
        request = policy_day({"jurisdiction": BARRED}, visit_json("V", 3))

        (violation,) = listed(measured(request, {"shift_id": "A/mon", "visits": ["V"]}), "violations")

        assert "visits_barred" == violation["code"]

    def test_a_breach_of_permitted_hours_is_not_hidden_by_the_visits_own_window(self) -> None:
        request = policy_day(own("09:00-12:00"), visit_json("V", 3, time_windows=[window_json("9:00", "10:00")]))
        late: Json = {"shift_id": "A/mon", "visits": ["V"], "starts": {"V": instant("12:05")}}

        told = {violation["code"]: violation["amount"] for violation in listed(measured(request, late), "violations")}

        assert {"time_window": 2 * 3600 + 15 * 60, "permitted_hours": 900} == told

    def test_one_person_after_dark_is_a_violation(self) -> None:
        request = policy_day({"house_default": True}, visit_json("V", 3, location=HELSINKI))
        late: Json = {"shift_id": "A/mon", "visits": ["V"], "starts": {"V": instant("18:30")}}

        (violation,) = listed(measured(request, late), "violations")

        assert "permitted_hours" == violation["code"]
        assert "daylight" in cast("str", violation["detail"])

    def test_crews_after_dark_break_nothing_however_many_visits_they_make(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """More than are tried out one by one."""
        monkeypatch.setattr("service.given_plan.MOST_TRIED", 2)
        names = list("STUVW")
        visits = [visit_json(name, 3, location=HELSINKI, duration="PT1S") for name in names]
        request = policy_day({"house_default": True}, *visits, agents=[long_day(party_size=2)])
        late: Json = {"shift_id": "A/mon", "visits": names, "starts": {"S": instant("18:30")}}

        assert [] == measured(request, late)["violations"]
