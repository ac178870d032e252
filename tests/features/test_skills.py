"""Who is sent has every skill that a visit asks for, at the level it asks for or above."""

from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    left_out,
    plan_json,
    planned,
    reason,
    served,
    visit_json,
)
from tests.worlds import agent, day, visit


def test_a_visit_goes_to_the_agent_who_has_the_skill() -> None:
    """A is listed first and has no skill; B knows kyc."""
    plan = planned(day(visit("V", 3, skills={"kyc": 1}), agents=[agent("A"), agent("B", skills={"kyc": 1})]))

    assert {"B/mon": ["V"]} == served(plan)


def test_a_visit_goes_to_the_agent_whose_level_is_high_enough() -> None:
    """Level 2 is asked: A has 1, B has 3."""
    agents = [agent("A", skills={"kyc": 1}), agent("B", skills={"kyc": 3})]
    plan = planned(day(visit("V", 3, skills={"kyc": 2}), agents=agents))

    assert {"B/mon": ["V"]} == served(plan)


def test_the_level_that_is_asked_is_enough() -> None:
    """Level 2 is asked and there."""
    plan = planned(day(visit("V", 3, skills={"kyc": 2}), agents=[agent("A", skills={"kyc": 2})]))

    assert {"A/mon": ["V"]} == served(plan)


def test_every_skill_is_needed() -> None:
    """A knows kyc, B knows Swedish, C knows both."""
    agents = [agent("A", skills={"kyc": 1}), agent("B", skills={"sv": 1}), agent("C", skills={"kyc": 1, "sv": 1})]
    plan = planned(day(visit("V", 3, skills={"kyc": 1, "sv": 1}), agents=agents))

    assert {"C/mon": ["V"]} == served(plan)


def test_who_has_skills_still_serves_visits_that_ask_for_none() -> None:
    """W asks for nothing."""
    plan = planned(day(visit("W", 3), agents=[agent("A", skills={"kyc": 1})]))

    assert {"A/mon": ["W"]} == served(plan)


def test_a_missing_skill_is_the_reason() -> None:
    """Nobody knows kyc."""
    why = reason(planned(day(visit("V", 3, skills={"kyc": 1}))), "V")

    assert ("skill_missing", None, None) == (why.code, why.would_need, why.lacking)
    assert "kyc" in why.detail


def test_the_reason_says_how_many_levels_are_lacking() -> None:
    """Level 3 is asked and 1 is there: 2 are lacking."""
    why = reason(planned(day(visit("V", 3, skills={"kyc": 3}), agents=[agent("A", skills={"kyc": 1})])), "V")

    assert ("skill_level", 2) == (why.code, why.lacking)
    assert "2 levels" in why.detail


def test_agents_short_of_the_skill_in_different_ways_each_have_their_own_reason() -> None:
    """A does not know kyc at all, B lacks one level of two: nobody may go, and B is nearest to it."""
    plan = planned(day(visit("V", 3, skills={"kyc": 2}), agents=[agent("A"), agent("B", skills={"kyc": 1})]))
    unassigned = left_out(plan, "V")

    assert [("no_agent", None, None), ("skill_level", "B", 1), ("skill_missing", "A", None)] == [
        (each.code, each.agent_id, each.lacking) for each in unassigned.reasons
    ]


def test_the_skills_of_the_document_decide_who_is_sent() -> None:
    """Level 2 is asked: A has 1, B has 2. For level 3 both are too low, B by one."""
    agents = [agent_json("A", skills={"kyc": 1}), agent_json("B", skills={"kyc": 2})]
    plan = plan_json(day_json([visit_json("V", 3, skills={"kyc": 2}), visit_json("W", 3, skills={"kyc": 3})], agents))

    assert "B" == found(plan, "itineraries", 0, "agent_id")
    assert "V" == found(plan, "itineraries", 0, "stops", 0, "visit_id")
    assert "W" == found(plan, "unassigned", 0, "visit_id")
    assert ("skill_level", "B", 1) == (
        found(plan, "unassigned", 0, "reasons", 0, "code"),
        found(plan, "unassigned", 0, "reasons", 0, "agent_id"),
        found(plan, "unassigned", 0, "reasons", 0, "lacking"),
    )
