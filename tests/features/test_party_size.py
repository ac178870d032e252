"""A visit that needs several people is served by a crew of at least as many, which goes as one."""

from tests.features.json_street import agent_json, day_json, found, plan_json, planned, reason, served, told, visit_json
from tests.worlds import agent, day, visit


def test_a_visit_for_two_goes_to_a_crew_of_two() -> None:
    """A goes alone, B are two."""
    plan = planned(day(visit("V", 3, party_size=2), agents=[agent("A"), agent("B", party_size=2)]))

    assert {"B/mon": ["9:00 off", "9:03-9:13 V", "9:16 end"]} == told(plan)


def test_a_larger_crew_serves_smaller_visits_too() -> None:
    """Three people can do the work of two, and of one."""
    plan = planned(day(visit("V", 3, party_size=2), visit("W", 3), agents=[agent("A", party_size=3)]))

    assert {"V", "W"} == set(served(plan)["A/mon"])


def test_two_agents_alone_do_not_make_a_pair() -> None:
    """A and B are one person each: one is lacking to both."""
    plan = planned(day(visit("V", 3, party_size=2), agents=[agent("A"), agent("B")]))

    assert {} == served(plan)
    assert [("party_size", 1), ("party_size", 1)] == [
        (why.code, why.lacking) for why in (reason(plan, "V", "A"), reason(plan, "V", "B"))
    ]


def test_the_reason_says_how_many_people_are_lacking() -> None:
    """Three are asked for and one is there."""
    why = reason(planned(day(visit("V", 3, party_size=3))), "V")

    assert ("party_size", 2) == (why.code, why.lacking)
    assert "2 people" in why.detail


def test_the_party_sizes_of_the_document_decide_who_is_sent() -> None:
    """V asks for 2, W for 3; A is alone and B are two."""
    visits = [visit_json("V", 3, party_size=2), visit_json("W", 3, party_size=3)]
    plan = plan_json(day_json(visits, [agent_json("A", party_size=1), agent_json("B", party_size=2)]))

    assert ("B", "V") == (
        found(plan, "itineraries", 0, "agent_id"),
        found(plan, "itineraries", 0, "stops", 0, "visit_id"),
    )
    assert ("W", "party_size", "B", 1) == (
        found(plan, "unassigned", 0, "visit_id"),
        found(plan, "unassigned", 0, "reasons", 0, "code"),
        found(plan, "unassigned", 0, "reasons", 0, "agent_id"),
        found(plan, "unassigned", 0, "reasons", 0, "lacking"),
    )
