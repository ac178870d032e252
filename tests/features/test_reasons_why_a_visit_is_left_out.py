"""Every visit that is left out says why, agent by agent, what is lacking, and what would get it in."""

from tests.features.json_answers import each, entry_of, listed, reasons
from tests.features.json_street import Json, agent_json, day_json, found, plan_json, shift_json, visit_json, window_json


def told(plan: Json, visit: str) -> list[tuple[object, object, object]]:
    """Code, agent and time lacking of every reason, in order."""
    entries = listed(entry_of(plan, visit), "reasons")
    return [(reason["code"], reason["agent_id"], reason["would_need"]) for reason in entries]


def test_a_visit_displaced_by_a_better_one_has_lost_to_it_and_says_how_much_room_is_lacking() -> None:
    """Both at house 1: 1 + 10 + 10 + 1 = 22 minutes in a shift of 15."""
    visits = [visit_json("V", priority=5), visit_json("W", priority=50)]

    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(end="9:15")])]))

    assert [("lost_to_higher_value", None, None), ("shift_too_short", "A", "PT7M")] == told(plan, "V")
    assert "priority" in str(entry_of(plan, "V")["remedy"])


def test_a_visit_that_not_even_an_empty_shift_holds_has_lost_to_nobody() -> None:
    """12 + 10 + 12 = 34 minutes in a shift of 30."""
    plan = plan_json(day_json([visit_json("V", 12)], [agent_json("A", [shift_json(end="9:30")])]))

    assert [("shift_too_short", "A", "PT4M")] == told(plan, "V")
    assert "Lengthen the shift" in str(entry_of(plan, "V")["remedy"])


def test_the_amount_is_that_of_the_best_place_in_the_day() -> None:
    """W is fixed at 9:15 at house 10. V, at house 8 until 9:30, lacks five minutes before W and seven after it.

    Before: 8 + 10 + 2 = 9:20 at W. After: 9:25 + 2 + 10 = 9:37.
    """
    visits = [
        visit_json("V", 8, priority=1, time_windows=[window_json("9:00", "9:30")]),
        visit_json("W", 10, time_windows=[window_json("9:15", "9:25")]),
    ]

    plan = plan_json(day_json(visits))

    assert [("lost_to_higher_value", None, None), ("time_window", "A", "PT5M")] == told(plan, "V")


def test_a_window_that_closes_too_early_says_by_how_much() -> None:
    """House 5 at 9:05, over at 9:15; the window ends at 9:12."""
    plan = plan_json(day_json([visit_json("V", 5, time_windows=[window_json("9:00", "9:12")])]))

    assert [("time_window", "A", "PT3M")] == told(plan, "V")
    assert "3 min" in str(found(entry_of(plan, "V"), "reasons", 0, "detail"))


def test_a_window_that_is_shorter_than_the_visit_says_by_how_much() -> None:
    """Ten minutes do not go into seven, whoever comes."""
    plan = plan_json(day_json([visit_json("V", 5, time_windows=[window_json("9:00", "9:07")])]))

    assert [("time_window", None, "PT3M")] == told(plan, "V")


def test_a_window_that_goes_on_after_the_shift_is_too_much_for_the_shift() -> None:
    """From 16:30 on: 16:40 at house 5 and back at 16:45, three minutes after the shift."""
    visit = visit_json("V", 5, time_windows=[window_json("16:30", "19:00")])

    plan = plan_json(day_json([visit], [agent_json("A", [shift_json(end="16:42")])]))

    assert [("shift_too_short", "A", "PT3M")] == told(plan, "V")


def test_a_window_when_nobody_works_is_no_time_at_all() -> None:
    plan = plan_json(day_json([visit_json("V", 5, time_windows=[window_json("18:00", "19:00")])]))

    assert ["time_window"] == reasons(plan, "V")


def test_every_agent_is_told_with_what_is_lacking_the_nearest_first() -> None:
    """5 + 10 + 5 = 20 minutes: A works 12 of them, B 17, C would have the time but not the skill."""
    agents = [
        agent_json("A", [shift_json("A/mon", end="9:12")], skills={"kyc": 1}),
        agent_json("B", [shift_json("B/mon", end="9:17")], skills={"kyc": 1}),
        agent_json("C"),
    ]

    plan = plan_json(day_json([visit_json("V", 5, skills={"kyc": 1})], agents))

    assert [
        ("shift_too_short", "B", "PT3M"),
        ("shift_too_short", "A", "PT8M"),
        ("skill_missing", "C", None),
    ] == told(plan, "V")


def test_an_agent_with_two_shifts_is_told_once_with_the_better_one() -> None:
    """20 minutes; 12 in the morning, 15 at noon."""
    shifts = [shift_json("early", end="9:12"), shift_json("noon", start="12:00", end="12:15")]

    plan = plan_json(day_json([visit_json("V", 5)], [agent_json("A", shifts)]))

    assert [("shift_too_short", "A", "PT5M")] == told(plan, "V")
    assert ["noon"] == each(entry_of(plan, "V"), "reasons", of="shift_id")


def test_no_more_than_a_handful_of_reasons_is_told() -> None:
    agents = [agent_json(name, [shift_json(f"{name}/mon", end="9:12")]) for name in "ABCDEFG"]

    plan = plan_json(day_json([visit_json("V", 5)], agents))

    assert 5 == len(reasons(plan, "V"))


def test_left_out_visits_stand_in_the_order_of_the_request() -> None:
    visits = [
        visit_json("Z", 12),
        visit_json("M", flags=["do_not_visit"]),
        visit_json("V", 1),
        visit_json("A", 11),
    ]

    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(end="9:30")])]))

    assert ["Z", "M", "A"] == each(plan, "unassigned", of="visit_id")


def test_every_reason_has_a_sentence_and_every_visit_a_remedy() -> None:
    visits = [visit_json("V", 12), visit_json("W", flags=["do_not_visit"]), visit_json("X", skills={"kyc": 1})]

    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(end="9:30")])]))

    assert 3 == len(listed(plan, "unassigned"))
    assert all(
        str(detail).endswith(".") for visit in "VWX" for detail in each(entry_of(plan, visit), "reasons", of="detail")
    )
    assert all(str(remedy).endswith(".") for remedy in each(plan, "unassigned", of="remedy"))
