"""A visit of which only the address is known is left out with that reason; it holds nobody else up."""

from tests.features.json_answers import reasons, stop_of, stops
from tests.features.json_street import Json, day_json, found, plan_json, visit_json


def at_an_address(name: str, **keys: object) -> Json:
    return {"id": name, "duration": "PT10M", "address": "Mannerheimintie 1, Helsinki"} | keys


def test_an_address_without_a_location_is_told_and_the_others_are_planned() -> None:
    plan = plan_json(day_json([at_an_address("V"), visit_json("W", 3)]))

    assert (["W"], "done") == (stops(plan), found(plan, "status"))
    assert ["location_missing"] == reasons(plan, "V")
    assert "location" in str(found(plan, "unassigned", 0, "remedy"))


def test_a_required_one_is_missed() -> None:
    plan = plan_json(day_json([at_an_address("V", required=True)]))

    assert 1 == found(plan, "score", "required_missed")


def test_an_option_that_knows_its_place_will_do() -> None:
    plan = plan_json(day_json([at_an_address("V", options=[{"id": "work", "location": {"index": 3}}])]))

    assert "work" == stop_of(plan, "V")["option"]


def test_a_location_is_enough_where_an_address_is_given_too() -> None:
    plan = plan_json(day_json([visit_json("V", 3, address="Mannerheimintie 1, Helsinki")]))

    assert ["V"] == stops(plan)
