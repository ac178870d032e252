"""There are more visits than the day holds: the most valuable ones are made.

A visit at house 1 costs its ten minutes; the first one a minute there and a minute back as well. So a shift of
22 minutes holds two of them and one of 12 minutes a single one.
"""

from tests.features.json_answers import each, stops
from tests.features.json_street import agent_json, day_json, found, plan_json, shift_json, visit_json

ROOM_FOR_ONE = agent_json("A", [shift_json(end="9:12")])
ROOM_FOR_TWO = agent_json("A", [shift_json(end="9:22")])


def test_the_visits_of_the_highest_priority_are_made() -> None:
    """80 + 60 beats every other two of the three."""
    visits = [visit_json("V", priority=30), visit_json("W", priority=80), visit_json("X", priority=60)]

    plan = plan_json(day_json(visits, agents=[ROOM_FOR_TWO]))

    assert {"W", "X"} == set(stops(plan))
    assert ["V"] == each(plan, "unassigned", of="visit_id")
    assert 140 == found(plan, "score", "value")


def test_a_visit_without_priority_counts_as_fifty() -> None:
    visits = [visit_json("V", priority=49), visit_json("W"), visit_json("X", priority=51)]

    plan = plan_json(day_json(visits, agents=[ROOM_FOR_TWO]))

    assert {"W", "X"} == set(stops(plan))
    assert 101 == found(plan, "score", "value")


def test_a_value_is_taken_instead_of_the_priority() -> None:
    visits = [visit_json("V", priority=100, value=2.5), visit_json("W", priority=3)]

    plan = plan_json(day_json(visits, agents=[ROOM_FOR_ONE]))

    assert ["W"] == stops(plan)


def test_a_value_of_nothing_is_a_value_too() -> None:
    """Were 0 taken for "not said", V would count as its 100."""
    visits = [visit_json("V", priority=100, value=0), visit_json("W", priority=1)]

    plan = plan_json(day_json(visits, agents=[ROOM_FOR_ONE]))

    assert ["W"] == stops(plan)


def test_values_may_have_decimals_and_exceed_any_priority() -> None:
    plan = plan_json(day_json([visit_json("V", value=1250.75), visit_json("W", value=0.5)]))

    assert 1251.25 == found(plan, "score", "value")


def test_two_near_visits_are_worth_more_than_a_better_one_far_away() -> None:
    """Far: 15 + 10 + 15 = 40 minutes for 90. Near: 1 + 10 + 10 + 1 = 22 minutes for 100. The shift has 40."""
    visits = [visit_json("far", 15, priority=90), visit_json("V"), visit_json("W")]

    plan = plan_json(day_json(visits, agents=[agent_json("A", [shift_json(end="9:40")])]))

    assert {"V", "W"} == set(stops(plan))


def test_what_one_agent_cannot_hold_goes_to_the_next() -> None:
    agents = [agent_json(name, [shift_json(f"{name}/mon", end="9:12")]) for name in ("A", "B")]

    plan = plan_json(day_json([visit_json("V"), visit_json("W"), visit_json("X", priority=1)], agents=agents))

    assert {"V", "W"} == {*stops(plan, 0), *stops(plan, 1)}
    assert (2, 1, 2) == tuple(found(plan, "metrics", key) for key in ("planned", "unassigned", "shifts_used"))


def test_nobody_is_left_out_as_long_as_there_is_room() -> None:
    plan = plan_json(day_json([*(visit_json(f"V-{number}", number, priority=1) for number in range(1, 9))]))

    assert (8, []) == (found(plan, "metrics", "planned"), found(plan, "unassigned"))
