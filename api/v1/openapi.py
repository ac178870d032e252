"""What the OpenAPI document says beyond what the framework finds out by itself.

Bodies are read in threads and not by the framework, so their schemas are added here; errors are problem documents.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Final, Literal, TypeAlias, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.demos import demo_document
from api.errors import (
    PROBLEM,
    BodyTooLargeError,
    BodyTooSlowError,
    KeyMissingError,
    MediaTypeError,
    PlanFailedError,
    PlanUnknownError,
    RefusedError,
    RoleTooSmallError,
    problem_of,
    response_of,
)
from api.json_document import MalformedError
from api.v1.reading import Limits
from api.v1.requests import EraseRequest, EvaluateRequest, GeocodeRequest, PlanRequest
from api.v1.responses import Plan, Problem
from service.day.fault import Fault
from service.store.protocol import Failure, QueueFullError, TenantQueueFullError

Node: TypeAlias = dict[str, object]
Nodes: TypeAlias = dict[str, Node]

REFERENCE: Final = "#/components/schemas/{model}"
SMALL_DAY: Final = "one-street"
SMALL_PLAN: Final = files("api") / "v1" / "examples" / "one-street.plan.json"
"""What planning the small day gives."""

SAMPLES: Final[Mapping[int, Exception]] = {
    400: MalformedError(
        code="json_malformed",
        detail="The body is not JSON: expecting value, line 1, column 9.",
        hint="Send one JSON object in UTF-8.",
    ),
    401: KeyMissingError(),
    403: RoleTooSmallError(),
    404: PlanUnknownError(),
    408: BodyTooSlowError(60.0),
    413: BodyTooLargeError(20_000_000),
    415: MediaTypeError(),
    422: RefusedError(
        [
            Fault("unknown_key", ("visits", 0, "duraton"), "This key is not known here.", "Did you mean 'duration'?"),
            Fault("required", ("visits", 0, "duration"), "This key is missing.", "Add the key 'duration'."),
        ]
    ),
    429: TenantQueueFullError(1000),
    500: PlanFailedError(
        Failure("plan_failed", "A finished plan broke a rule when it was checked, so it was withheld.", "Qm9yZWQ_no")
    ),
    503: QueueFullError(),
}
"""One error for every status that is answered with a problem document."""


def body_of(model: type[BaseModel]) -> Node:
    """The body that a route reads, for its ``openapi_extra``."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _reference(model)}}}}


def problems(*statuses: int) -> dict[int | str, Node]:
    """The problem documents that a route answers with, for its ``responses``."""
    return {status: _problem(status) for status in statuses}


def completed(document: Node, limits: Limits) -> Node:
    """The framework's document with the schemas of bodies and problems, and with examples.

    These come in late because the framework takes every null out of what it is given.
    """
    models: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [
        (PlanRequest, "validation"),
        (EvaluateRequest, "validation"),
        (GeocodeRequest, "validation"),
        (EraseRequest, "validation"),
        (Problem, "serialization"),
    ]
    _, found = models_json_schema(models, ref_template=REFERENCE)
    schemas = cast("Nodes", found["$defs"])
    properties = cast("Nodes", schemas["PlanRequest"]["properties"])
    properties["visits"]["maxItems"] = limits.visits
    properties["agents"]["maxItems"] = limits.shifts
    cast("dict[str, Nodes]", document["components"])["schemas"].update(schemas)
    for methods in cast("dict[str, dict[str, Node]]", document["paths"]).values():
        for operation in methods.values():
            _add_examples(operation)
    return document


def _reference(model: type[BaseModel]) -> Node:
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _problem(status: int) -> Node:
    node: Node = {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM: {"schema": _reference(Problem)}},
    }
    if isinstance(SAMPLES[status], QueueFullError | TenantQueueFullError):
        node["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return node


def _add_examples(operation: Node) -> None:
    if "requestBody" in operation:
        media = cast("dict[str, dict[str, Nodes]]", operation)["requestBody"]["content"]["application/json"]
        summary, value = _body(media["schema"])
        media["examples"] = {SMALL_DAY: {"summary": summary, "value": value}}
    for status, answer in cast("Nodes", operation["responses"]).items():
        for kind, media in cast("Nodes", answer.get("content", {})).items():
            if kind == PROBLEM:
                media["example"] = _sample(int(status))
            elif media.get("schema") == _reference(Plan):
                media["example"] = json.loads(SMALL_PLAN.read_text("utf-8"))


def _body(schema: object) -> tuple[str, Node]:
    if schema == _reference(GeocodeRequest):
        asked = {"id": "V-1", "address": "Dorfstrasse 24, 9495 Triesen", "country": "LI"}
        return "One address", {"addresses": [asked]}
    if schema == _reference(EraseRequest):
        return "One person", {"account": "loan-4711"}
    day = demo_document(SMALL_DAY)
    if schema == _reference(PlanRequest):
        return "One street, one agent", day
    given: Node = {"request": day, "itineraries": [{"shift_id": "A-1/mon", "visits": ["V-2", "V-1"]}]}
    return "One street, one agent", given


def _sample(status: int) -> Node:
    response = response_of(problem_of(SAMPLES[status], "Qm9yZWQ_no"), "b7c1f0", "/v1/plans")
    return cast("Node", json.loads(bytes(response.body)))
