"""A request can be checked without being planned: all that is wrong with it at once, and what to know if it is not."""

from typing import cast

import pytest
from starlette.testclient import TestClient

from tests.features.json_answers import each, listed
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)
from tests.web import client

CALLER: TestClient = client()


def validated(document: object) -> Json:
    answer = CALLER.post("/v1/validate", json=document)
    assert 200 == answer.status_code
    return cast("Json", answer.json())


def faults(answer: Json) -> set[tuple[object, object]]:
    return {(error["code"], error["pointer"]) for error in listed(answer, "errors")}


def test_a_request_that_can_be_planned_is_valid() -> None:
    answer = validated(day_json([visit_json("V", 3)]))

    assert (True, []) == (answer["valid"], answer["errors"])


def test_all_errors_are_told_at_once_with_where_they_are() -> None:
    """A shape, a value and references, each in another corner."""
    visits = [
        visit_json("V", 3, duration="ten minutes"),
        visit_json("W", 99),
        visit_json("X", 1, after=[{"visit": "nobody"}]),
        visit_json("X", 2),
        visit_json("Y", 2, time_windows=[window_json("10:00", "9:00")]),
        visit_json("Z", 2, lock={"agent": "A-9"}),
    ]

    answer = validated(day_json(visits))

    assert False is answer["valid"]
    assert {
        "/visits/0/duration",
        "/visits/1/location/index",
        "/visits/2/after/0/visit",
        "/visits/3/id",
        "/visits/4/time_windows/0",
        "/visits/5/lock/agent",
    } == {pointer for _, pointer in faults(answer)}
    assert 6 == answer["errors_total"]


@pytest.mark.parametrize(
    ("visit", "code", "pointer"),
    [
        (visit_json("V", 3, after=[{"visit": "V"}]), "cyclic_after", "/visits/0/after"),
        (visit_json("V", 3, after=[{"visit": "V-9"}]), "unknown_visit", "/visits/0/after/0/visit"),
        (visit_json("V", 3, lock={"agent": "A-9"}), "unknown_agent", "/visits/0/lock/agent"),
        (visit_json("V", 3, time_windows=[window_json("9:30", "9:00")]), "window_order", "/visits/0/time_windows/0"),
    ],
)
def test_an_error_has_a_code_and_a_pointer(visit: Json, code: str, pointer: str) -> None:
    errors = faults(validated(day_json([visit])))

    assert (code, pointer) in {(found_code, str(found)[: len(pointer)]) for found_code, found in errors}


def test_a_key_nobody_knows_is_refused_with_the_one_that_was_meant() -> None:
    answer = validated(day_json([visit_json("V", 3, time_window=[])]))

    (error,) = listed(answer, "errors")
    assert ("/visits/0/time_window", True) == (error["pointer"], "time_windows" in str(error["hint"]))


def test_warnings_come_without_an_error() -> None:
    """Nobody knows A-9, no metres are given, no agent limits parcels, A may not serve what is locked to A."""
    visits = [
        visit_json("V", 3, agents={"forbidden": ["A-9"]}, load={"parcels": 1}),
        visit_json("W", 3, lock={"agent": "A"}, skills={"kyc": 1}),
    ]
    minute = [[60 * abs(here - there) for there in range(4)] for here in range(4)]

    answer = validated(day_json(visits, travel={"matrices": [{"profile": "car", "seconds": minute}]}))

    assert True is answer["valid"]
    assert {
        ("no_policy", "/policy"),
        ("unknown_agent", "/visits/0/agents/forbidden"),
        ("load_unlimited", "/visits/0/load/parcels"),
        ("metres_missing", "/travel/matrices/0/metres"),
        ("locked_agent_barred", "/visits/1/lock/agent"),
    } == {(warning["code"], warning["pointer"]) for warning in listed(answer, "warnings")}


def test_what_is_warned_of_stands_on_the_plan_as_well() -> None:
    document = day_json([visit_json("V", 3, agents={"forbidden": ["A-9"]})])

    assert validated(document)["warnings"] == plan_json(document)["warnings"]
    assert ["no_policy", "unknown_agent"] == each(plan_json(document), "warnings", of="code")


def test_a_shift_with_a_fault_does_not_hide_the_faults_of_visits() -> None:
    broken = shift_json("A/mon", start="17:00", end="9:00")

    answer = validated(
        day_json([visit_json("V", 3, lock={"start": instant("9:00"), "agent": "B"})], [agent_json("A", [broken])])
    )

    assert {"/visits/0/lock/agent"} < {pointer for _, pointer in faults(answer)}
