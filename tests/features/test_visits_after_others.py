"""A visit that comes after another: only if that one is made, and not before the gap has passed."""

import pytest

from tests.features.json_answers import entry_of, reasons, stop_of, stops
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)

AFTER_FIRST = [{"visit": "first"}]


@pytest.mark.parametrize("listed_first", ["first", "then"])
@pytest.mark.parametrize(("first", "then"), [(5, 1), (1, 5)])
def test_the_later_visit_is_made_later_whichever_is_nearer_or_named_before(
    first: int, then: int, listed_first: str
) -> None:
    """The round is the same both ways: 5 houses out, 5 back."""
    visits = [visit_json("first", first), visit_json("then", then, after=AFTER_FIRST)]

    plan = plan_json(day_json(visits if listed_first == "first" else visits[::-1]))

    assert ["first", "then"] == stops(plan)


def test_the_gap_counts_from_the_end_of_the_one_to_the_start_of_the_other() -> None:
    """The first must be over at 9:15; an hour later is 10:15."""
    first = visit_json("first", 5, time_windows=[window_json("9:05", "9:15")])
    then = visit_json("then", 1, after=[{"visit": "first", "min_gap": "PT1H"}])

    plan = plan_json(day_json([first, then]))

    assert (instant("9:15"), instant("10:15")) == (stop_of(plan, "first")["finish"], stop_of(plan, "then")["start"])


def test_without_a_gap_the_way_is_all_that_lies_between() -> None:
    """Five minutes there, ten of service, four back to house 1: 9:19."""
    plan = plan_json(day_json([visit_json("first", 5), visit_json("then", 1, after=AFTER_FIRST)]))

    assert (instant("9:05"), instant("9:19")) == (stop_of(plan, "first")["start"], stop_of(plan, "then")["start"])


def test_the_gap_holds_between_two_agents_too() -> None:
    """A is done at 9:13, so B, who could be there at 9:03, begins at 9:43."""
    first = visit_json("first", 3, agents={"only": ["A"]}, time_windows=[window_json("9:03", "9:13")])
    then = visit_json("then", 3, agents={"only": ["B"]}, after=[{"visit": "first", "min_gap": "PT30M"}])

    plan = plan_json(day_json([first, then], agents=[agent_json("A"), agent_json("B")]))

    assert (["first"], ["then"]) == (stops(plan, 0), stops(plan, 1))
    assert instant("9:43") == stop_of(plan, "then")["start"]


@pytest.mark.parametrize(("end", "made"), [("9:46", ["first", "then"]), ("9:45", ["first"])])
def test_a_gap_that_the_day_does_not_hold_keeps_the_later_visit_out(end: str, made: list[str]) -> None:
    """3 + 10 + 20 of gap + 10 + 3 = 46 minutes."""
    then = visit_json("then", 3, after=[{"visit": "first", "min_gap": "PT20M"}])

    plan = plan_json(day_json([visit_json("first", 3), then], agents=[agent_json("A", [shift_json(end=end)])]))

    assert made == stops(plan)


def test_a_chain_of_three_is_made_in_its_order() -> None:
    visits = [
        visit_json("first", 5),
        visit_json("then", 9, after=[{"visit": "first"}]),
        visit_json("last", 1, after=[{"visit": "then"}]),
    ]

    plan = plan_json(day_json(visits))

    assert ["first", "then", "last"] == stops(plan)


def test_a_visit_of_little_value_is_taken_along_for_the_one_that_needs_it() -> None:
    """Room for two at house 1 (22 minutes): 1 + 100 together beat 90 with either of them."""
    visits = [
        visit_json("first", priority=1),
        visit_json("then", priority=100, after=AFTER_FIRST),
        visit_json("other", priority=90),
    ]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:22")])]))

    assert ["first", "then"] == stops(plan)


def test_an_orphan_is_left_out_since_nobody_can_make_the_visit_before_it() -> None:
    visits = [visit_json("first", skills={"kyc": 1}), visit_json("then", after=AFTER_FIRST)]

    plan = plan_json(day_json(visits))

    assert [] == found(plan, "itineraries")
    assert ["predecessor_unassigned"] == reasons(plan, "then")
    assert "first" in str(found(entry_of(plan, "then"), "reasons", 0, "detail"))


def test_an_orphan_of_a_visit_that_may_not_be_made_is_left_out_and_so_is_whoever_follows() -> None:
    visits = [
        visit_json("first", flags=["do_not_visit"]),
        visit_json("then", after=AFTER_FIRST),
        visit_json("last", after=[{"visit": "then"}]),
    ]

    plan = plan_json(day_json(visits))

    assert ["do_not_visit"] == reasons(plan, "first")
    assert ["predecessor_unassigned"] == reasons(plan, "then")
    assert ["predecessor_unassigned"] == reasons(plan, "last")
