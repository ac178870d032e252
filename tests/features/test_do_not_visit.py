"""A visit flagged do_not_visit is never made, whatever else is said of it."""

import pytest

from tests.features.json_answers import reasons, stops
from tests.features.json_street import Json, day_json, found, instant, plan_json, visit_json


@pytest.mark.parametrize(
    "keys",
    [
        {"priority": 100},
        {"value": 100_000},
        {"required": True},
        {"lock": {"agent": "A", "start": instant("11:00")}},
        {"options": [{"id": "work", "location": {"index": 2}}]},
    ],
)
def test_a_visit_that_is_flagged_is_not_made(keys: Json) -> None:
    plan = plan_json(day_json([visit_json("V", 3, flags=["do_not_visit"], **keys), visit_json("W", 3)]))

    assert ["W"] == stops(plan)
    assert ["do_not_visit"] == reasons(plan, "V")


def test_a_visit_without_the_flag_is_made() -> None:
    plan = plan_json(day_json([visit_json("V", 3, flags=[])]))

    assert ["V"] == stops(plan)


def test_a_flagged_visit_says_what_would_have_to_change() -> None:
    plan = plan_json(day_json([visit_json("V", 3, flags=["do_not_visit"])]))

    assert "flag" in str(found(plan, "unassigned", 0, "remedy"))
