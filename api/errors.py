"""Every error that leaves as HTTP: one table, one shape (RFC 9457), never a traceback."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, isfinite
from typing import Final, TypeAlias, cast

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.durations import iso_duration
from api.json_document import MalformedError, pointer_text
from service.day.fault import Fault
from service.geocoding.protocol import GeocoderDownError
from service.outage import OutageError
from service.store.protocol import (
    LATE,
    Failure,
    KeyReusedError,
    QueueFullError,
    Room,
    StoreDownError,
    TenantQueueFullError,
)
from service.travel.protocol import RoadsDownError

PROBLEM: Final = "application/problem+json"
MOST_ERRORS: Final = 100
LONGEST_VALUE: Final = 100
RETRY_AFTER_SECONDS: Final = 5
OUTAGES: Final[tuple[type[OutageError], ...]] = (GeocoderDownError, RoadsDownError, StoreDownError)
BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404
METHOD_NOT_ALLOWED: Final = 405
SERVER_ERROR: Final = 500

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


class RefusedError(Exception):
    """The content of a request is wrong; ``faults`` has everything that is."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """The text has codes only."""
        self.faults = tuple(faults)
        super().__init__(", ".join(sorted({fault.code for fault in faults})))


class BodyTooLargeError(Exception):
    """More bytes than are read."""

    def __init__(self, limit: int) -> None:
        """``limit`` in bytes."""
        self.limit = limit
        super().__init__(limit)


class BodyTooSlowError(Exception):
    """The body has not come to its end in time."""

    def __init__(self, seconds: float) -> None:
        """``seconds`` is how long it may take."""
        self.seconds = seconds
        super().__init__(seconds)


class MediaTypeError(Exception):
    """The body is not said to be JSON in plain UTF-8."""


class PlanUnknownError(Exception):
    """There is no such plan, or no longer."""


class CallbackUnknownError(Exception):
    """Nobody is to be told of the plan."""


class DemoUnknownError(Exception):
    """There is no such example day."""


class PolicyUnknownError(Exception):
    """There is no such policy."""


class KeyMissingError(Exception):
    """No key came with the request."""


class KeyUnknownError(Exception):
    """The key that came with the request opens nothing, or no longer."""


class RoleTooSmallError(Exception):
    """The key is not good for that."""


class DeadlinePassedError(Exception):
    """The plan was needed before anybody could begin with it."""


class PlanFailedError(Exception):
    """No plan came out of it."""

    def __init__(self, failure: Failure) -> None:
        """``failure`` says why."""
        self.failure = failure
        super().__init__(failure.incident_id or failure.code)


@dataclass(frozen=True, slots=True)
class Kind:
    """How an error is answered; ``hint`` is what to do where the error itself does not say."""

    status: int
    code: str
    title: str
    hint: str | None = None


KINDS: Final[Mapping[type[Exception], Kind]] = {
    MalformedError: Kind(400, "malformed_json", "The body is not JSON"),
    RefusedError: Kind(422, "invalid_request", "The request cannot be planned as it is"),
    RequestValidationError: Kind(
        422, "invalid_parameter", "A parameter or header is wrong", "GET /docs says what it may be."
    ),
    KeyReusedError: Kind(
        422,
        "idempotency_key_reused",
        "This Idempotency-Key came with another body before",
        "A key stands for one body for 24 hours. Send this body with a new key.",
    ),
    BodyTooLargeError: Kind(413, "body_too_large", "The body is too large"),
    BodyTooSlowError: Kind(
        408, "body_too_slow", "The body did not come to its end in time", "Send it again, over a better line."
    ),
    MediaTypeError: Kind(
        415,
        "unsupported_media_type",
        "The body must be JSON",
        "Send UTF-8 JSON with Content-Type: application/json and without Content-Encoding.",
    ),
    KeyMissingError: Kind(
        401, "key_missing", "A key is needed", "Send Authorization: Bearer KEY, or the header X-API-Key."
    ),
    KeyUnknownError: Kind(
        401, "key_unknown", "This key opens nothing", "Ask whoever runs this service; keys are revoked now and then."
    ),
    RoleTooSmallError: Kind(
        403, "role_too_small", "This key is not good for that", "Use a key of the role that the address asks for."
    ),
    PlanUnknownError: Kind(
        404, "plan_unknown", "There is no such plan", "It was never made here, was deleted, or was forgotten since."
    ),
    CallbackUnknownError: Kind(
        404, "callback_unknown", "Nobody is called back for this plan", "Name whom to call in the request's `callback`."
    ),
    DemoUnknownError: Kind(
        404, "demo_unknown", "There is no such example", "GET /v1/demo-data lists the examples there are."
    ),
    PolicyUnknownError: Kind(
        404, "policy_unknown", "There is no such policy", "GET /v1/policies lists the policies there are."
    ),
    QueueFullError: Kind(
        503, "queue_full", "Too many plans are waiting", "Send the request again after the seconds in Retry-After."
    ),
    TenantQueueFullError: Kind(
        429,
        "tenant_queue_full",
        "Too many of your plans are waiting",
        "Send the request again after the seconds in Retry-After.",
    ),
    **{
        outage: Kind(
            503,
            outage.code,
            outage.consequence,
            "Nothing is lost: send the request again after the seconds in Retry-After.",
        )
        for outage in OUTAGES
    },
    DeadlinePassedError: Kind(
        503,
        "deadline_passed",
        "The plan was needed before anybody could begin with it",
        "Send it again with a later deadline, or have more solvers.",
    ),
    PlanFailedError: Kind(500, "plan_failed", "No plan came out of it", "Report the incident id."),
    Exception: Kind(500, "internal_error", "Something went wrong here", "Report the incident id."),
}
"""Error type -> status, code and words. The first entry that an error is an instance of counts."""

ROUTES: Final[Mapping[int, Kind]] = {
    BAD_REQUEST: Kind(400, "bad_request", "The request could not be read", "Its headers or its body are broken off."),
    NOT_FOUND: Kind(
        404, "route_unknown", "There is nothing at this address", "GET /docs shows the addresses there are."
    ),
    METHOD_NOT_ALLOWED: Kind(
        405, "method_not_allowed", "The address does not take this method", "The header Allow names those it takes."
    ),
}
"""What the router itself refuses, by its status."""


_NOTHING_SAID: Final[dict[str, Json]] = dict.fromkeys(("code", "pointer", "parameter", "detail", "value", "hint"))
"""The keys of every entry of ``errors``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer in the shape of RFC 9457; ``errors`` is never empty and holds the first MOST_ERRORS of ``total``."""

    kind: Kind
    detail: str
    errors: tuple[Mapping[str, Json], ...]
    total: int
    headers: Mapping[str, str]
    incident_id: str | None = None


def problem_of(error: Exception, incident_id: str) -> Problem:  # noqa: PLR0911 - one answer per kind of error
    """What an error is answered with. ``incident_id`` is told where a person has to look into it."""
    match error:
        case RefusedError():
            return _refusal(_kind(error), error.faults)
        case RequestValidationError():
            return _parameters(_kind(error), error)
        case MalformedError():
            pointed = _sendable(pointer_text(error.pointer))
            return _single(_kind(error), error.detail, code=error.code, pointer=pointed, hint=error.hint)
        case BodyTooLargeError():
            detail = f"The body has more than the {error.limit} bytes that are read."
            return _single(_kind(error), detail, pointer="", value=error.limit, hint="Plan by day or by area.")
        case PlanFailedError():
            return _failed(error.failure)
        case QueueFullError() | TenantQueueFullError():
            own = rate_headers(Room(error.limit, 0)) if isinstance(error, TenantQueueFullError) else {}
            return _single(_kind(error), headers={**_later(None), **own})
        case KeyMissingError() | KeyUnknownError():
            return _single(_kind(error), headers={"WWW-Authenticate": "Bearer"})
        case OutageError():
            return _single(_kind(error), error.detail, headers=_later(error.retry_after))
        case HTTPException():
            kind = ROUTES.get(error.status_code, ROUTES[BAD_REQUEST])
            return _single(kind, headers=dict(error.headers or {}))
        case _:
            kind = _kind(error)
            return _single(kind, incident_id=incident_id if kind.status == SERVER_ERROR else None)


def rate_headers(room: Room) -> dict[str, str]:
    """How many plans of the caller may wait, and for how many more there is room, as draft-ietf-httpapi-ratelimit says.

    There is no time after which there is room again: there is whenever one of them begins.
    """
    return {"RateLimit-Policy": f'"waiting";q={room.limit}', "RateLimit": f'"waiting";r={room.left}'}


def response_of(problem: Problem, request_id: str, instance: str) -> Response:
    """The problem as it is sent."""
    kind = problem.kind
    body: dict[str, Json] = {
        "type": f"/v1/issue-types#{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "instance": instance,
        "request_id": request_id,
        "errors": problem.errors,
        "errors_total": problem.total,
        "incident_id": problem.incident_id,
    }
    return Response(json.dumps(body, ensure_ascii=False), kind.status, dict(problem.headers), PROBLEM)


def fault_json(fault: Fault) -> Mapping[str, Json]:
    """A fault as it stands in ``errors``."""
    said: dict[str, Json] = {
        "code": fault.code,
        "pointer": _sendable(pointer_text(fault.path)),
        "detail": _sendable(fault.detail),
        "hint": None if fault.hint is None else _sendable(fault.hint),
        "value": _told(fault.value),
    }
    return _NOTHING_SAID | said


def _sendable(text: str) -> str:
    """The text with halves of surrogate pairs, which no encoding has, written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _failed(failure: Failure) -> Problem:
    if failure.code == LATE.code:
        return _single(KINDS[DeadlinePassedError], failure.detail)
    outage = next((KINDS[outage] for outage in OUTAGES if outage.code == failure.code), None)
    if outage is None:
        return _single(KINDS[PlanFailedError], failure.detail, incident_id=failure.incident_id)
    return _single(outage, failure.detail, headers=_later(failure.retry_after))


def _later(span: timedelta | None) -> Mapping[str, str]:
    return {"Retry-After": str(RETRY_AFTER_SECONDS if span is None else ceil(span / timedelta(seconds=1)))}


def _kind(error: Exception) -> Kind:
    return next(kind for known, kind in KINDS.items() if isinstance(error, known))


def _single(
    kind: Kind,
    detail: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    incident_id: str | None = None,
    **more: str | int | None,
) -> Problem:
    told = detail or f"{kind.title}."
    error = _NOTHING_SAID | {"code": kind.code, "detail": told, "hint": kind.hint} | more
    return Problem(kind, told, (error,), 1, headers or {}, incident_id)


def _refusal(kind: Kind, faults: Sequence[Fault]) -> Problem:
    total = len(faults)
    first = faults[:MOST_ERRORS]
    detail = f"{total} things are wrong." if total > 1 else "One thing is wrong."
    if total > MOST_ERRORS:
        detail = f"{total} things are wrong; the first {MOST_ERRORS} are listed, {total - MOST_ERRORS} more are not."
    return Problem(kind, detail, tuple(map(fault_json, first)), total, {})


def _parameters(kind: Kind, error: RequestValidationError) -> Problem:
    found: Sequence[Mapping[str, object]] = error.errors()
    errors = tuple(_parameter(kind, each) for each in found)
    return Problem(kind, str(errors[0]["detail"]), errors, len(errors), {})


def _parameter(kind: Kind, found: Mapping[str, object]) -> Mapping[str, Json]:
    place, *name = cast("tuple[str, ...]", found["loc"])
    detail = f"The {place} parameter is wrong: {str(found['msg']).lower()}."
    said: dict[str, Json] = {"code": kind.code, "parameter": ".".join(name), "detail": detail, "hint": kind.hint}
    return _NOTHING_SAID | said | {"value": _told(found.get("input"))}


def _told(value: object) -> Json:  # noqa: PLR0911 - one answer per kind of value
    """What stood there, if it is short; whole lists and objects the caller knows already."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) < 1 << 53:
            return value
        case float() if isfinite(value):
            return value
        case str():
            return _sendable(value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…")
        case datetime():
            return value.isoformat()
        case timedelta():
            return iso_duration(value)
        case int() | float():
            return f"{value:.6g}" if isinstance(value, float) else "a very large number"
        case _:
            return None
