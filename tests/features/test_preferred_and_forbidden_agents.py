"""Which agents a visit asks for, which it would rather have, and which it does not want."""

import pytest

from tests.features.json_answers import each, entry_of, listed, reasons, stops
from tests.features.json_street import Json, agent_json, day_json, found, plan_json, shift_json, visit_json

A_COIN_A_MINUTE = {"per_hour": 60}


@pytest.mark.parametrize("rules", [{"only": ["B"]}, {"forbidden": ["A", "C"]}])
def test_only_who_is_allowed_is_sent(rules: Json) -> None:
    """B is dearer than both others."""
    agents = [agent_json("A"), agent_json("B", cost=A_COIN_A_MINUTE), agent_json("C")]

    plan = plan_json(day_json([visit_json("V", agents=rules)], agents))

    assert ["B"] == sent(plan)


@pytest.mark.parametrize("rules", [{"only": ["B"]}, {"forbidden": ["A"]}])
def test_who_is_not_allowed_is_told(rules: Json) -> None:
    """B may come, but works only five minutes: 1 + 10 + 1 = 12, seven lacking."""
    agents = [agent_json("A"), agent_json("B", [shift_json("B/mon", end="9:05")])]

    plan = plan_json(day_json([visit_json("V", agents=rules)], agents))

    assert {("A", "agent_not_allowed", None), ("B", "shift_too_short", "PT7M")} == {
        (reason["agent_id"], reason["code"], reason["would_need"]) for reason in listed(entry_of(plan, "V"), "reasons")
    }


def test_where_every_agent_is_barred_by_another_rule_nobody_fits_and_each_rule_is_told() -> None:
    """A comes alone where two are needed, B is not wanted."""
    agents = [agent_json("A"), agent_json("B", party_size=2)]

    plan = plan_json(day_json([visit_json("V", party_size=2, agents={"forbidden": ["B"]})], agents))

    assert "no_agent" == reasons(plan, "V")[0]
    assert {("A", "party_size"), ("B", "agent_not_allowed")} == {
        (reason["agent_id"], reason["code"])
        for reason in listed(entry_of(plan, "V"), "reasons")
        if reason["agent_id"] is not None
    }


@pytest.mark.parametrize("name", ["A", "B"])
def test_a_preferred_agent_comes_where_it_costs_nothing(name: str) -> None:
    visit = visit_json("V", agents={"preferred": {name: 5}})

    plan = plan_json(day_json([visit], [agent_json("A"), agent_json("B")]))

    assert ([name], 0) == (sent(plan), found(plan, "score", "cost", "preferences"))


@pytest.mark.parametrize(("worth", "name", "cost"), [(17, "A", 29), (19, "B", 30)])
def test_a_preferred_agent_comes_as_long_as_the_detour_costs_less_than_that_is_worth(
    worth: float, name: str, cost: float
) -> None:
    """A minute is one coin. A from house 0: 1 + 10 + 1 = 12. B, preferred, from house 11: 10 + 10 + 10 = 30.

    Sending A costs 12 and what the preference is worth: 29 at 17, 31 at 19.
    """
    agents = [
        agent_json("A", cost=A_COIN_A_MINUTE),
        agent_json("B", [shift_json("B/mon", start_location={"index": 11})], cost=A_COIN_A_MINUTE),
    ]

    plan = plan_json(day_json([visit_json("V", agents={"preferred": {"B": worth}})], agents))

    assert ([name], cost) == (sent(plan), found(plan, "score", "cost", "total"))


def test_of_two_preferred_agents_the_more_preferred_one_comes() -> None:
    visit = visit_json("V", agents={"preferred": {"A": 3, "B": 8}})

    plan = plan_json(day_json([visit], [agent_json("A"), agent_json("B")]))

    assert (["B"], 0) == (sent(plan), found(plan, "score", "cost", "preferences"))


def test_a_less_preferred_agent_costs_the_difference() -> None:
    """8 less 3, since B works too little."""
    agents = [agent_json("A"), agent_json("B", [shift_json("B/mon", end="9:05")])]

    plan = plan_json(day_json([visit_json("V", agents={"preferred": {"A": 3, "B": 8}})], agents))

    assert (["A"], 5) == (sent(plan), found(plan, "score", "cost", "preferences"))


def test_a_preference_never_keeps_a_visit_out() -> None:
    """B, preferred, works too little; A comes and the preference of 80 is what it costs."""
    agents = [agent_json("A"), agent_json("B", [shift_json("B/mon", end="9:05")])]

    plan = plan_json(day_json([visit_json("V", agents={"preferred": {"B": 80}})], agents))

    assert (["V"], 80) == (stops(plan), found(plan, "score", "cost", "preferences"))


@pytest.mark.parametrize("rules", [{"only": ["A", "A-9"]}, {"forbidden": ["A-9"]}, {"preferred": {"A-9": 5}}])
def test_an_agent_nobody_knows_is_pointed_out(rules: Json) -> None:
    plan = plan_json(day_json([visit_json("V", agents=rules)]))

    assert f"/visits/0/agents/{next(iter(rules))}" in each(plan, "warnings", of="pointer")


def sent(plan: Json) -> list[object]:
    return each(plan, "itineraries", of="agent_id")
