"""A required visit comes before all value; if it cannot be made the plan says so and why."""

from tests.features.json_answers import each, entry_of, listed, reasons, stop_of, stops
from tests.features.json_street import agent_json, day_json, found, instant, plan_json, shift_json, visit_json


def test_a_required_visit_is_made_however_little_it_is_worth() -> None:
    """1 + 10 + 1 = 12 minutes for one of them, 22 for both; the shift has 15."""
    visits = [visit_json("V", priority=100), visit_json("W", priority=1, required=True)]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:15")])]))

    assert ["W"] == stops(plan)
    assert (1, 0) == (found(plan, "score", "value"), found(plan, "score", "required_missed"))


def test_a_required_visit_far_away_takes_the_place_of_any_number_of_near_ones() -> None:
    """15 + 10 + 15 = 40 minutes for the required one, and a shift of 40."""
    visits = [visit_json(name, 0, priority=100) for name in ("V", "W", "X")]
    visits.append(visit_json("far", 15, priority=1, required=True))

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:40")])]))

    assert ["far"] == stops(plan)


def test_of_two_required_visits_that_exclude_each_other_one_is_missed_and_the_plan_is_done() -> None:
    """22 minutes for both in a shift of 15: seven are lacking."""
    visits = [visit_json("V", priority=60, required=True), visit_json("W", priority=40, required=True)]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:15")])]))

    assert ("done", 1) == (found(plan, "status"), found(plan, "score", "required_missed"))
    assert ["V"] == stops(plan)
    assert ["PT7M"] == [
        reason["would_need"] for reason in listed(entry_of(plan, "W"), "reasons") if reason["code"] == "shift_too_short"
    ]


def test_a_required_visit_that_nobody_can_make_is_told_with_reasons_and_the_others_are_planned() -> None:
    """Behind V, which stays: 3 + 10 + 17 + 10 + 20 = 60 minutes in a shift of 30, so thirty are lacking."""
    visits = [visit_json("far", 20, required=True), visit_json("V", 3)]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:30")])]))

    assert ("done", 1) == (found(plan, "status"), found(plan, "score", "required_missed"))
    assert instant("9:03") == stop_of(plan, "V")["start"]
    assert [("shift_too_short", "A", "PT30M")] == [
        (reason["code"], reason["agent_id"], reason["would_need"])
        for reason in listed(entry_of(plan, "far"), "reasons")
    ]


def test_a_required_visit_that_may_not_be_made_at_all_is_missed_too() -> None:
    plan = plan_json(day_json([visit_json("V", required=True, flags=["do_not_visit"]), visit_json("W")]))

    assert 1 == found(plan, "score", "required_missed")
    assert ["do_not_visit"] == reasons(plan, "V")


def test_a_visit_that_is_not_required_is_never_missed() -> None:
    plan = plan_json(day_json([visit_json("V", 20)], agents=[agent_json("A", [shift_json(end="9:30")])]))

    assert (["V"], 0) == (each(plan, "unassigned", of="visit_id"), found(plan, "score", "required_missed"))
