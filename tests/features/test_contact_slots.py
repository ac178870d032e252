"""When somebody can be met: a visit is worth its value times the chance of that, and is made when it is worth most."""

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

REPORTED: Json = {"expected_value": False}


def met(start: str, end: str, probability: float) -> Json:
    return window_json(start, end) | {"probability": probability}


HOME_LATE = [met("9:00", "15:00", 0.2), met("15:00", "17:00", 0.6)]


def contact_of(plan: Json, visit: str) -> tuple[object, object, object]:
    stop = stop_of(plan, visit)
    return stop["contact_probability"], stop["contact_window"], stop["expected_value"]


def test_a_visit_is_made_when_somebody_is_most_likely_met() -> None:
    plan = plan_json(day_json([visit_json("V", 5, contact=HOME_LATE)]))

    assert instant("15:00") == stop_of(plan, "V")["start"]
    assert (0.6, [instant("15:00"), instant("17:00")], 30) == contact_of(plan, "V")


def test_the_value_of_a_plan_is_what_may_be_expected_of_it() -> None:
    visits = [visit_json("V", 5, value=100, contact=HOME_LATE), visit_json("W", 5, value=7)]
    plan = plan_json(day_json(visits))

    assert (67, 67) == (found(plan, "score", "value"), found(plan, "itineraries", 0, "metrics", "value"))
    assert (0.6, 0.6) == (
        found(plan, "metrics", "expected_contacts"),
        found(plan, "itineraries", 0, "metrics", "expected_contacts"),
    )


def test_of_two_visits_the_one_goes_first_that_has_less_time_to_be_met() -> None:
    """Both are likely met until 9:25 only by one of the two orders."""
    visits = [
        visit_json("V", 5, contact=[met("9:00", "9:35", 0.9), met("9:35", "17:00", 0.4)]),
        visit_json("W", 5, contact=[met("9:00", "9:15", 0.9), met("9:15", "17:00", 0.4)]),
    ]
    plan = plan_json(day_json(visits))

    assert (90, ["W", "V"]) == (found(plan, "score", "value"), each(plan, "itineraries", 0, "stops", of="visit_id"))


def test_the_whole_service_lies_in_the_slot_it_counts_with() -> None:
    """The visit takes ten minutes, and of nine in which somebody is surely met none counts."""
    contact = [met("9:00", "12:00", 0.3), met("12:00", "12:09", 1), met("12:09", "17:00", 0.2)]
    plan = plan_json(day_json([visit_json("V", 5, contact=contact)]))

    assert (0.3, [instant("9:00"), instant("12:00")], 15) == contact_of(plan, "V")


def test_neighbours_that_are_alike_are_one_slot_with_their_mean_by_length() -> None:
    """Three hours at 0.5 and one at 0.58; a service may go on from the one into the other."""
    contact = [met("9:00", "12:00", 0.5), met("12:00", "13:00", 0.58), met("13:00", "17:00", 0.3)]
    visit = visit_json("V", 5, duration="PT3H30M", contact=contact)

    assert (0.52, [instant("9:00"), instant("13:00")], 26) == contact_of(plan_json(day_json([visit])), "V")


def test_the_windows_of_a_visit_cut_its_slots() -> None:
    """Of the morning only the last hour is allowed: the mean is of one hour at 0.5 and one at 0.58."""
    contact = [met("9:00", "12:00", 0.5), met("12:00", "13:00", 0.58)]
    visit = visit_json("V", 5, contact=contact, time_windows=[window_json("11:00", "17:00")])
    plan = plan_json(day_json([visit]))

    assert (0.54, [instant("11:00"), instant("13:00")], 27) == contact_of(plan, "V")
    assert [instant("11:00"), instant("17:00")] == found(stop_of(plan, "V"), "permitted", "window")


@pytest.mark.parametrize("contact", [[met("18:00", "20:00", 0.9)], [met("9:00", "17:00", 0)]], ids=["later", "never"])
def test_nobody_is_sent_where_nobody_is_expected(contact: list[Json]) -> None:
    plan = plan_json(day_json([visit_json("V", 5, contact=contact)]))

    assert ["time_window"] == reasons(plan, "V")
    assert "be met" in str(found(entry_of(plan, "V"), "reasons", 0, "detail"))
    assert 0 == found(plan, "metrics", "planned")


def test_who_can_be_met_only_after_the_shift_is_told_by_how_much() -> None:
    """From 16:57 on somebody is in; the agent would have to go on until 17:12."""
    plan = plan_json(day_json([visit_json("V", 5, contact=[met("16:57", "20:00", 0.9)])]))

    assert ("shift_too_short", "PT12M") == (
        found(entry_of(plan, "V"), "reasons", 0, "code"),
        found(entry_of(plan, "V"), "reasons", 0, "would_need"),
    )


def test_the_reason_says_that_it_is_a_matter_of_contact() -> None:
    """House 20 is reached at 9:20; somebody is in until 9:25."""
    plan = plan_json(day_json([visit_json("V", 20, contact=[met("9:00", "9:25", 0.9)])]))
    (reason,) = listed(entry_of(plan, "V"), "reasons")

    assert ("time_window", "PT5M") == (reason["code"], reason["would_need"])
    assert "at which somebody can be met" in str(reason["detail"])


def test_a_required_visit_is_made_all_the_same_and_counts_nothing_then() -> None:
    visits = [visit_json("V", 5, required=True, contact=[met("18:00", "20:00", 0.9)])]
    plan = plan_json(day_json(visits))

    assert ((0, None, 0), 0) == (contact_of(plan, "V"), found(plan, "score", "required_missed"))


def test_a_visit_locked_to_a_start_is_made_then_and_counts_what_is_likely_then() -> None:
    visits = [
        visit_json("V", 5, contact=HOME_LATE, lock={"start": instant("10:00")}),
        visit_json("W", 5, contact=HOME_LATE, lock={"start": instant("14:55")}),
    ]
    plan = plan_json(day_json(visits))

    assert (0.2, [instant("9:00"), instant("15:00")], 10) == contact_of(plan, "V")
    assert (0, None, 0) == contact_of(plan, "W")


def test_a_visit_that_another_comes_after_is_made_all_the_same() -> None:
    visits = [
        visit_json("V", 5, contact=[met("18:00", "20:00", 0.9)]),
        visit_json("W", 5, after=[{"visit": "V"}], value=9),
    ]
    plan = plan_json(day_json(visits))

    assert (["V", "W"], 9) == (each(plan, "itineraries", 0, "stops", of="visit_id"), found(plan, "score", "value"))


def test_each_way_to_serve_a_visit_has_the_chance_of_its_own_hours() -> None:
    """Home, mornings only: 50 x 0.2. Work, in the afternoon: 50 x 0.6 x 0.6."""
    visit = visit_json(
        "V",
        5,
        contact=HOME_LATE,
        time_windows=[window_json("9:00", "12:00")],
        options=[{"id": "work", "value_factor": 0.6, "time_windows": [window_json("15:00", "17:00")]}],
    )
    plan = plan_json(day_json([visit]))

    assert ("work", 18) == (stop_of(plan, "V")["option"], stop_of(plan, "V")["expected_value"])


def test_in_profit_the_expected_value_must_pay_for_the_way() -> None:
    """Ten coins for the way there and back and ten for the service: 50 x 0.2 is too little, 50 x 0.6 is enough."""
    agents = [agent_json("A", [shift_json(end="14:00")], cost={"per_hour": 60})]
    late = [agent_json("A", cost={"per_hour": 60})]
    visits = [visit_json("V", 5, contact=HOME_LATE)]

    assert [] == plan_json(day_json(visits, agents, objective={"mode": "profit"}))["itineraries"]
    assert 30 == found(plan_json(day_json(visits, late, objective={"mode": "profit"})), "score", "value")


def test_without_expected_value_contact_is_told_and_changes_nothing() -> None:
    visits = [visit_json("V", 5, contact=HOME_LATE), visit_json("W", 6, contact=[met("18:00", "20:00", 0.9)])]
    plan = plan_json(day_json(visits, objective=REPORTED))
    plain = plan_json(day_json([visit_json("V", 5), visit_json("W", 6)]))

    assert (0.2, [instant("9:00"), instant("15:00")], 10) == contact_of(plan, "V")
    assert (0, None, 0) == contact_of(plan, "W")
    assert (100, 0.2) == (found(plan, "score", "value"), found(plan, "metrics", "expected_contacts"))
    assert each(plain, "itineraries", 0, "stops", of="start") == each(plan, "itineraries", 0, "stops", of="start")


def test_of_visits_without_contact_nothing_is_told_and_a_warning_says_so() -> None:
    visits = [visit_json("V", 5, contact=HOME_LATE), visit_json("W", 6)]
    plan = plan_json(day_json(visits))
    (warning,) = (warning for warning in listed(plan, "warnings") if warning["code"] == "contact_missing")

    assert (None, None, None) == contact_of(plan, "W")
    assert "/visits/1/contact" == warning["pointer"]
    assert None is found(plan_json(day_json([visit_json("V", 5)])), "metrics", "expected_contacts")


def test_a_given_itinerary_counts_what_is_likely_and_breaks_no_rule_by_going_when_nobody_is_in() -> None:
    day = day_json([visit_json("V", 5, contact=HOME_LATE), visit_json("W", 6, contact=[met("9:00", "10:00", 0.5)])])
    given: Json = {"shift_id": "A/mon", "visits": ["V", "W"]}
    early = measured(day, given | {"starts": {"V": instant("9:05"), "W": instant("11:00")}})
    whenever = measured(day, given)

    assert ([], 10) == (early["violations"], found(early, "score", "value"))
    assert ([], 35) == (whenever["violations"], found(whenever, "score", "value"))


def test_a_baseline_is_measured_by_expected_value_too() -> None:
    baseline = {"itineraries": [{"shift_id": "A/mon", "visits": ["V"], "starts": {"V": instant("9:05")}}]}
    plan = plan_json(day_json([visit_json("V", 5, contact=HOME_LATE)], baseline=baseline))

    assert (30, 10) == (found(plan, "score", "value"), found(plan, "baseline", "score", "value"))
    assert 0.2 == found(plan, "baseline", "metrics", "expected_contacts")


def test_a_plan_that_is_measured_again_counts_the_same() -> None:
    visits = [visit_json(f"V-{number}", number, contact=HOME_LATE) for number in range(1, 5)]
    day = day_json([*visits, visit_json("W", 6, duration="PT4H")])
    plan = plan_json(day)
    stops = listed(plan, "itineraries", 0, "stops")
    starts = {str(stop["visit_id"]): stop["start"] for stop in stops}
    again = measured(day, {"shift_id": "A/mon", "visits": list(starts), "starts": starts})

    assert (plan["itineraries"], plan["score"], []) == (again["itineraries"], again["score"], again["violations"])
