"""The OpenAPI document is whole, and what it shows as examples is true."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import cast

import jsonschema
import pytest
from pydantic import BaseModel

from api.v1 import requests, requests_parts, responses, responses_parts
from api.v1.openapi import SMALL_PLAN
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.web import Json, app, at, client, small_day

DOCUMENT = cast("Json", app().openapi())
OPERATIONS = [
    (f"{method.upper()} {path}", cast("Json", operation))
    for path, methods in at(DOCUMENT, "paths").items()
    for method, operation in cast("Json", methods).items()
]
MODELS = [
    model
    for module in (requests, requests_parts, responses, responses_parts)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
]

REQUEST_KEYS = """
    name timezone currency policy agents visits travel baseline objective options agents.id agents.name
    agents.skills agents.profile agents.territory agents.party_size agents.capacity agents.history
    agents.history.worked agents.cost agents.cost.fixed agents.cost.per_hour agents.cost.per_km
    agents.cost.overtime_per_hour agents.shifts agents.shifts.id agents.shifts.start agents.shifts.end
    agents.shifts.overtime agents.shifts.start_location agents.shifts.start_location.lat
    agents.shifts.start_location.lon agents.shifts.start_location.index agents.shifts.end_location
    agents.shifts.limits agents.shifts.limits.visits agents.shifts.limits.driving agents.shifts.limits.distance_m
    agents.shifts.limits.duration agents.shifts.breaks agents.shifts.breaks.id agents.shifts.breaks.duration
    agents.shifts.breaks.earliest agents.shifts.breaks.latest agents.shifts.breaks.paid
    agents.shifts.breaks.only_if_shift_over visits.id visits.address visits.location visits.priority visits.value
    visits.required visits.duration visits.setup visits.time_windows visits.time_windows.start
    visits.time_windows.end visits.options visits.options.id visits.options.location visits.options.time_windows
    visits.options.value_factor visits.contact visits.contact.start visits.contact.end visits.contact.probability
    visits.segment visits.skills visits.party_size visits.load
    visits.agents visits.agents.only visits.agents.preferred visits.agents.forbidden visits.after visits.after.visit
    visits.after.min_gap visits.lock visits.lock.agent visits.lock.start visits.lock.position visits.timezone
    visits.jurisdiction visits.account visits.flags visits.data travel.source travel.matrices
    travel.matrices.profile travel.matrices.seconds travel.matrices.metres travel.speed_factor travel.slowdowns
    travel.slowdowns.from travel.slowdowns.to travel.slowdowns.factor
    baseline.itineraries baseline.itineraries.shift_id baseline.itineraries.visits objective.mode objective.fairness
    objective.expected_value options.time_limit options.stall_limit options.seed options.geometry options.explain
"""
PLAN_KEYS = """
    id status parent_id score score.value score.value_bound score.gap_percent score.required_missed score.cost
    score.cost.total score.cost.travel score.cost.overtime itineraries itineraries.agent_id itineraries.shift_id
    itineraries.start itineraries.finish itineraries.stops itineraries.stops.type itineraries.stops.visit_id
    itineraries.stops.option itineraries.stops.location itineraries.stops.arrive itineraries.stops.wait
    itineraries.stops.start itineraries.stops.finish itineraries.stops.depart itineraries.stops.travel
    itineraries.stops.distance_m itineraries.stops.latest_start itineraries.stops.permitted
    itineraries.stops.permitted.window itineraries.stops.permitted.basis itineraries.stops.permitted.basis.policy
    itineraries.stops.permitted.basis.version itineraries.stops.permitted.basis.rule itineraries.stops.break_id
    itineraries.metrics itineraries.geometry unassigned unassigned.visit_id unassigned.reasons
    unassigned.reasons.code unassigned.reasons.agent_id unassigned.reasons.detail unassigned.reasons.would_need
    unassigned.remedy unassigned.best_insertion metrics changes baseline warnings travel travel.source travel.engine
    travel.data_date checks checks.violations solver solver.seed solver.elapsed solver.stopped_because solver.engine
    links
"""
ROUTES = {
    "POST /v1/erasures",
    "POST /v1/geocode",
    "POST /v1/plans",
    "GET /v1/plans",
    "GET /v1/plans/{plan_id}",
    "DELETE /v1/plans/{plan_id}",
    "POST /v1/plans/{plan_id}/stop",
    "GET /v1/plans/{plan_id}/events",
    "POST /v1/validate",
    "POST /v1/evaluate",
    "GET /v1/issue-types",
    "GET /v1/demo-data",
    "GET /v1/demo-data/{name}",
    "GET /v1/policies",
    "GET /v1/policies/{policy_id}",
    "GET /healthz",
    "GET /metrics",
    "GET /v1/plans/{plan_id}/callback",
    "GET /readyz",
}


def resolved(schema: Json) -> Json:
    """The schema that a reference means."""
    while "$ref" in schema:
        schema = at(DOCUMENT, "components", "schemas", str(schema["$ref"]).rpartition("/")[2])
    return schema


def keys(schema: Json, prefix: str = "") -> Iterator[str]:
    """Every key of a schema with those of what lies in it, dotted."""
    schema = resolved(schema)
    for part in ("anyOf", "oneOf"):
        for each in cast("list[Json]", schema.get(part, [])):
            yield from keys(each, prefix)
    if "items" in schema:
        yield from keys(at(schema, "items"), prefix)
    for key, inner in cast("Json", schema.get("properties", {})).items():
        yield prefix + key
        yield from keys(cast("Json", inner), f"{prefix}{key}.")


def properties(name: str) -> dict[str, Json]:
    return cast("dict[str, Json]", resolved(schema_named(name)).get("properties", {}))


def schema_named(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}


def examples(node: object) -> Iterator[tuple[Json, object]]:
    """Every example of a media type with the schema it has to satisfy."""
    if isinstance(node, dict):
        inner = cast("Json", node)
        if "schema" in inner:
            schema = at(inner, "schema") | {"components": DOCUMENT["components"]}
            if "example" in inner:
                yield schema, inner["example"]
            for example in cast("dict[str, Json]", inner.get("examples", {})).values():
                yield schema, example["value"]
        for each in inner.values():
            yield from examples(each)
    if isinstance(node, list):
        for each in cast("list[object]", node):
            yield from examples(each)


def test_every_address_is_there() -> None:
    assert ROUTES == {name for name, _ in OPERATIONS}


def test_every_key_of_the_request_is_there_by_its_name() -> None:
    assert set() == set(REQUEST_KEYS.split()) - set(keys(schema_named("PlanRequest")))


def test_every_key_of_the_plan_is_there_by_its_name() -> None:
    assert set() == set(PLAN_KEYS.split()) - set(keys(schema_named("Plan")))


def test_every_status_of_a_plan_is_there() -> None:
    assert ["queued", "running", "done", "stopped", "failed", "cancelled"] == resolved(schema_named("Status"))["enum"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_described(model: type[BaseModel]) -> None:
    assert model.__doc__


def test_every_list_of_a_request_has_a_limit() -> None:
    boundless = [
        f"{model.__name__}.{key}"
        for model in MODELS
        if model.__module__ in {requests.__name__, requests_parts.__name__}
        for key, schema in properties(model.__name__).items()
        for each in (schema, *cast("list[Json]", schema.get("anyOf", [])))
        if each.get("type") == "array" and "maxItems" not in each
    ]

    assert [] == boundless


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_error_is_declared_as_a_problem_document(name: str, operation: Json) -> None:
    answers = cast("Json", operation["responses"])
    errors = {status: at(answer, "content") for status, answer in answers.items() if status >= "400"}

    assert operation["summary"]
    assert all(["application/problem+json"] == list(content) for content in errors.values()) or "z" in name


@pytest.mark.parametrize(("schema", "example"), list(examples(DOCUMENT["paths"])))
def test_every_example_satisfies_its_schema(schema: Json, example: object) -> None:
    jsonschema.validate(example, schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(("name", "operation"), [entry for entry in OPERATIONS if "requestBody" in entry[1]])
def test_every_example_of_a_body_is_taken(name: str, operation: Json) -> None:
    method, path = name.split(" ")
    for example in at(operation, "requestBody", "content", "application/json", "examples").values():
        answer = client().request(method, path, json=at(example)["value"])

        assert answer.status_code in {200, 202}


@pytest.mark.parametrize("text", ["PT0S", "P1D", "P1W", "PT1H30M", "PT90S", "P1DT2H", "PT36H"])
def test_the_pattern_of_durations_takes_what_is_taken(text: str) -> None:
    schema = at(DOCUMENT, "components", "schemas", "History", "properties", "worked")
    day = small_day()
    at(day, "agents", 0)["history"] = {"worked": text}

    assert re.search(str(schema["pattern"]), text)
    assert [] == client().post("/v1/validate", json=day).json()["errors"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T07:00:00Z",
        "2026-03-02t07:00:00z",
        "2026-03-02T09:00:00.5+02:00",
        "2026-03-02T09:00:00.0000000+02:00",
    ],
)
def test_the_pattern_of_instants_takes_what_is_taken(text: str) -> None:
    schema = at(DOCUMENT, "components", "schemas", "Shift", "properties", "start")
    day = small_day()
    at(day, "agents", 0, "shifts", 0)["start"] = text

    assert re.search(str(schema["pattern"]), text)
    assert [] == client().post("/v1/validate", json=day).json()["errors"]


def test_the_example_of_a_plan_is_the_plan_of_the_example() -> None:
    """Ids and clock times aside."""
    example = json.loads(SMALL_PLAN.read_text("utf-8"))
    planner = partial(plan_day, sources=Sources(Roads(Estimate()), Packs.of()), solver=InProcess())
    plan = client(planner).post("/v1/plans", json=small_day(), headers={"Prefer": "wait=30"}).json()
    plan["solver"]["elapsed"] = example["solver"]["elapsed"]
    of_its_own = {key: example[key] for key in ("id", "links", "created_at", "started_at", "finished_at")}

    assert example == plan | of_its_own
