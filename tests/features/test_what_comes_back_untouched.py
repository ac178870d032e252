"""What the caller hangs on a visit or on the plan comes back as it was sent."""

import pytest

from tests.features.json_answers import entry_of, measured, stop_of
from tests.features.json_street import Json, day_json, found, instant, plan_json, visit_json

DATA = {"note": "ring twice, ääkköset", "sum": 12.5, "nothing": None, "tags": ["a", {"deep": [1, 2, True]}], "": 0}


def test_account_and_data_of_a_visit_come_back_with_its_stop() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V", account="opaque-ref", data=DATA), visit_json("W")])), "V")

    assert ("opaque-ref", DATA) == (stop["account"], stop["data"])


def test_account_and_data_come_back_with_the_reasons_too() -> None:
    plan = plan_json(day_json([visit_json("V", account="opaque-ref", data=DATA, flags=["do_not_visit"])]))

    entry = entry_of(plan, "V")
    assert ("opaque-ref", DATA) == (entry["account"], entry["data"])


def test_a_visit_that_brings_nothing_gets_nothing() -> None:
    stop = stop_of(plan_json(day_json([visit_json("V")])), "V")

    assert (None, {}) == (stop["account"], stop["data"])


def test_data_does_not_change_what_is_planned() -> None:
    data: Json = {"priority": 1, "time_windows": [], "required": False}

    stop = stop_of(plan_json(day_json([visit_json("V", 3, data=data)])), "V")

    assert instant("9:03") == stop["start"]


@pytest.mark.parametrize(("name", "currency"), [("Mon south", "EUR"), ("ma etelä", "SEK")])
def test_name_and_currency_of_the_request_stand_on_the_plan(name: str, currency: str) -> None:
    plan = plan_json(day_json([visit_json("V")], name=name, currency=currency))

    assert (name, currency) == (found(plan, "name"), found(plan, "currency"))


def test_a_plan_without_name_and_currency_has_neither() -> None:
    plan = plan_json(day_json([visit_json("V")]))

    assert (None, None) == (found(plan, "name"), found(plan, "currency"))


def test_an_evaluation_says_its_currency_and_returns_accounts_and_data() -> None:
    document = day_json([visit_json("V", account="opaque-ref", data=DATA)], currency="EUR")

    answer = measured(document, {"shift_id": "A/mon", "visits": ["V"]})

    stop = stop_of(answer, "V")
    assert ("EUR", "opaque-ref", DATA) == (found(answer, "currency"), stop["account"], stop["data"])
