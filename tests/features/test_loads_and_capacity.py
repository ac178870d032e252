"""Nobody carries more than fits, load by load; what has no capacity is not limited, and the plan says so."""

from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    plan_json,
    planned,
    reason,
    served,
    visit_json,
)
from tests.worlds import agent, day, shift, visit


def test_the_visits_of_a_shift_fit_into_its_capacity() -> None:
    """3 parcels fit. U (2) and V (1) fill them; W, worth less, would need 1 more place: 2 + 1 + 1 = 4."""
    visits = [visit("U", 1, load={"parcels": 2}), visit("V", 2, load={"parcels": 1})]
    low = visit("W", 3, load={"parcels": 1}, priority=10)
    plan = planned(day(*visits, low, agents=[agent("A", capacity={"parcels": 3})]))
    why = reason(plan, "W")

    assert {"U", "V"} == set(served(plan)["A/mon"])
    assert ("capacity", 1) == (why.code, why.lacking)


def test_two_small_visits_may_be_worth_more_than_a_large_one() -> None:
    """2 places: either U (2 parcels, 60) or V and W (1 parcel and 40 each, 80 together)."""
    visits = [visit("U", 1, load={"parcels": 2}, priority=60)]
    visits += [visit(name, 2, load={"parcels": 1}, priority=40) for name in ("V", "W")]
    plan = planned(day(*visits, agents=[agent("A", capacity={"parcels": 2})]))

    assert {"V", "W"} == set(served(plan)["A/mon"])
    assert 80.0 == plan.score.value


def test_every_load_has_a_capacity_of_its_own() -> None:
    """Parcels are no trouble (2 of 9), but of two crates only one fits."""
    visits = [
        visit("U", 1, load={"parcels": 1, "crates": 1}),
        visit("V", 1, load={"parcels": 1, "crates": 1}, priority=10),
        visit("W", 1, load={"parcels": 5}),
    ]
    plan = planned(day(*visits, agents=[agent("A", capacity={"parcels": 9, "crates": 1})]))
    why = reason(plan, "V")

    assert {"U", "W"} == set(served(plan)["A/mon"])
    assert ("capacity", 1) == (why.code, why.lacking)


def test_what_is_too_much_for_one_agent_goes_to_another() -> None:
    """A takes 1, B takes 5; V is 4 and W is 1."""
    agents = [agent("A", capacity={"parcels": 1}), agent("B", capacity={"parcels": 4})]
    plan = planned(day(visit("V", 3, load={"parcels": 4}), visit("W", 3, load={"parcels": 1}), agents=agents))

    assert {"A/mon": ["W"], "B/mon": ["V"]} == served(plan)


def test_an_agent_without_a_capacity_for_a_load_carries_any_amount_of_it() -> None:
    """A takes one parcel, B says nothing about parcels."""
    agents = [agent("A", capacity={"parcels": 1}), agent("B")]
    plan = planned(day(visit("V", 3, load={"parcels": 1000}), agents=agents))

    assert {"B/mon": ["V"]} == served(plan)


def test_a_capacity_of_none_at_all_keeps_every_load_out() -> None:
    """0 parcels fit; a visit without load is no trouble."""
    plan = planned(day(visit("V", 3, load={"parcels": 2}), visit("W", 4), agents=[agent("A", capacity={"parcels": 0})]))
    why = reason(plan, "V")

    assert {"A/mon": ["W"]} == served(plan)
    assert ("capacity", 2) == (why.code, why.lacking)


def test_a_load_that_nobody_has_a_capacity_for_is_unlimited_and_told() -> None:
    """A says how many crates fit, but not how many parcels."""
    visits = [visit("V", 3, load={"parcels": 1000}), visit("W", 3, load={"crates": 1})]
    plan = planned(day(*visits, agents=[agent("A", capacity={"crates": 1})]))

    assert {"V", "W"} == set(served(plan)["A/mon"])
    assert [("visits", 0, "load", "parcels")] == [each.path for each in plan.warnings if each.code == "load_unlimited"]


def test_every_shift_of_an_agent_is_loaded_anew() -> None:
    """2 parcels fit into each of two shifts; V and W have 2 each."""
    shifts = [shift("9:00", "12:00", name="A/1"), shift("13:00", "17:00", name="A/2")]
    visits = [visit("V", 3, load={"parcels": 2}), visit("W", 3, load={"parcels": 2})]
    plan = planned(day(*visits, agents=[agent("A", *shifts, capacity={"parcels": 2})]))

    assert [1, 1] == [len(stops) for stops in served(plan).values()]


def test_capacity_and_load_of_the_document_decide_what_is_left_out() -> None:
    """2 fit, V and W have 2 each; parcels are counted, "sacks" are not and the plan warns of them."""
    visits = [visit_json("V", 3, load={"parcels": 2, "sacks": 7}, priority=60), visit_json("W", 3, load={"parcels": 2})]
    plan = plan_json(day_json(visits, [agent_json("A", capacity={"parcels": 2})]))

    assert "V" == found(plan, "itineraries", 0, "stops", 0, "visit_id")
    assert ("W", "lost_to_higher_value") == (
        found(plan, "unassigned", 0, "visit_id"),
        found(plan, "unassigned", 0, "reasons", 0, "code"),
    )
    assert ("capacity", "A", 2) == (
        found(plan, "unassigned", 0, "reasons", 1, "code"),
        found(plan, "unassigned", 0, "reasons", 1, "agent_id"),
        found(plan, "unassigned", 0, "reasons", 1, "lacking"),
    )
    assert ("load_unlimited", "/visits/0/load/sacks") == (
        found(plan, "warnings", 1, "code"),
        found(plan, "warnings", 1, "pointer"),
    )
