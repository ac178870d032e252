"""The addresses of version 1.

Whatever takes long, reading a large body as well as writing a large plan, happens in worker threads: the event loop
only passes things on.
"""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final, TypeAlias, cast

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel

from api.auth import WHO_MAY_READ, MayPlan, MayRead
from api.bodies import read_body
from api.demos import demo_bytes, demo_document, demo_names
from api.errors import MOST_ERRORS, CallbackUnknownError, PlanFailedError, PlanUnknownError, fault_json, rate_headers
from api.json_document import read_json
from api.state import limits_of, settings_of, wiring_of
from api.v1 import mapping_out, responses
from api.v1.issue_types import issue_types
from api.v1.openapi import body_of, problems
from api.v1.reading import Limits, judge_day, read_day, read_evaluation
from api.v1.requests import EvaluateRequest, PlanRequest
from api.wiring import Wiring
from service.day.request import DayRequest
from service.evaluate_plan import evaluate_plan
from service.faults import find_warnings
from service.jobs.plan_jobs import PlanJobs
from service.jobs.queue import Urgency
from service.jobs.watch import Watch
from service.store.protocol import IdempotencyKey, PlanState, StoreDownError
from service.travel.of_a_day import told_sources

router = APIRouter(prefix="/v1")

WAIT: Final = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d+)\"?\s*(?:[;,]|$)", re.IGNORECASE)
JSON: Final = "application/json"


async def _wiring(request: Request) -> Wiring:
    return wiring_of(request)


async def _limits(request: Request) -> Limits:
    return limits_of(settings_of(request))


Wired: TypeAlias = Annotated[Wiring, Depends(_wiring)]
Limited: TypeAlias = Annotated[Limits, Depends(_limits)]
Body: TypeAlias = Annotated[bytes, Depends(read_body)]
PlanId: TypeAlias = Annotated[str, Path(description="As `POST /v1/plans` returned it.")]


@dataclass(frozen=True, slots=True)
class Sent:
    """A day that came in, and what tells its body from any other."""

    request: DayRequest
    fingerprint: str


def sent_day(body: Body, limits: Limited, wiring: Wired) -> Sent:
    """The day in the body; a plain function, so that it runs in a thread."""
    with wiring.at_work:
        return Sent(read_day(read_json(body), limits), sha256(body).hexdigest())


@router.post(
    "/plans",
    status_code=202,
    summary="Plan a day",
    response_model=responses.Accepted,
    responses={
        200: {"model": responses.Plan, "description": "Prefer: wait was given, and the plan is finished."},
        **problems(400, 401, 403, 408, 413, 415, 422, 429, 500, 503),
    },
    openapi_extra=body_of(PlanRequest),
    tags=["plans"],
)
async def submit_plan(  # noqa: PLR0913, PLR0917 - what the framework hands in
    jobs: MayPlan,
    sent: Annotated[Sent, Depends(sent_day)],
    wiring: Wired,
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=255,
            pattern=r"^[\x21-\x7e]+$",
            description="Your name for this submission: the same key with the same body is the same plan, for 24 h.",
        ),
    ] = None,
    prefer: Annotated[
        str | None,
        Header(
            description="`wait=20`: answer with the finished plan if it is done within 20 seconds.",
            examples=["wait=20"],
        ),
    ] = None,
) -> Response:
    """Takes a day and plans it in the background; `Location` says where the plan will be.

    With `Prefer: wait=N` the finished plan comes back at once if it is done in time.
    """
    key = None if idempotency_key is None else IdempotencyKey(idempotency_key, sent.fingerprint)
    waited = WAIT.search(prefer or "")
    granted = 0.0 if waited is None else min(float(waited[1]), settings_of(request).max_wait_seconds)
    urgency = Urgency.WAITED_FOR if granted else Urgency.BATCH
    state = await run_sync(jobs.submit, sent.request, key, urgency)
    headers = {"Location": mapping_out.links(state.id).self}
    with suppress(StoreDownError):  # what was accepted is
        headers |= rate_headers(await run_sync(lambda: jobs.room))
    if waited is not None:
        state = await _finished(wiring.watch, jobs, state, granted)
        headers["Preference-Applied"] = f"wait={granted:.0f}"
    if waited is None or not state.status.final:
        return _json(mapping_out.accepted(state), 202, headers)
    if state.failure is not None:
        raise PlanFailedError(state.failure)
    headers["ETag"] = _etag(state)
    return await run_sync(_plan, state, jobs, wiring, headers)


@router.get(
    "/plans",
    summary="List plans",
    response_model=responses.PlanPage,
    responses=problems(401, 403, 422, 503),
    tags=["plans"],
)
def list_plans(
    jobs: MayRead,
    cursor: Annotated[
        str | None, Query(pattern="^[0-9]{1,9}$", description="`next_cursor` of the page before; absent = newest.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Most plans of a page.")] = 20,
) -> Response:
    """Plans, newest first."""
    found = jobs.plans.page(None if cursor is None else int(cursor), limit + 1)
    shown = found[:limit]
    return _json(mapping_out.page(shown, str(shown[-1].number) if len(found) > limit else None))


@router.get(
    "/plans/{plan_id}",
    summary="Read a plan",
    response_model=responses.Plan,
    responses={304: {"description": "It is still as If-None-Match has it."}, **problems(401, 403, 404, 422, 503)},
    tags=["plans"],
)
def read_plan(
    plan_id: PlanId,
    wiring: Wired,
    jobs: MayRead,
    if_none_match: Annotated[str | None, Header(description="An `ETag` that was got before.")] = None,
) -> Response:
    """The plan as it stands, with progress while it is being made."""
    state = _known(jobs.plans.state(plan_id))
    etag = _etag(state)
    if if_none_match is not None and _names(if_none_match, etag):
        return Response(status_code=304, headers={"ETag": etag})
    return _plan(state, jobs, wiring, {"ETag": etag})


@router.get(
    "/plans/{plan_id}/callback",
    summary="Read what was told of a plan",
    response_model=responses.Callback,
    responses=problems(401, 403, 404, 422, 503),
    tags=["plans"],
)
def read_callback(plan_id: PlanId, jobs: MayRead) -> Response:
    """Whether whoever the request names in `callback` has heard that the plan has ended."""
    _known(jobs.plans.state(plan_id))
    callback = jobs.plans.callback(plan_id)
    if callback is None:
        raise CallbackUnknownError
    return _json(mapping_out.callback(callback))


@router.post(
    "/plans/{plan_id}/stop",
    status_code=202,
    summary="Stop a plan",
    response_model=responses.Accepted,
    responses=problems(401, 403, 404, 422, 503),
    tags=["plans"],
)
def stop_plan(plan_id: PlanId, jobs: MayPlan) -> Response:
    """Keeps the best so far: the plan is `stopped` within a second. One that had not begun is `cancelled`.

    A plan that is finished stays as it is.
    """
    return _json(mapping_out.accepted(_known(jobs.stop(plan_id))), 202)


@router.delete(
    "/plans/{plan_id}",
    status_code=204,
    summary="Erase a plan",
    responses=problems(401, 403, 404, 422, 503),
    tags=["plans"],
)
def delete_plan(plan_id: PlanId, jobs: MayPlan) -> Response:
    """Cancels the plan if it is still being made, and erases it with everything that was sent."""
    if not jobs.plans.remove(plan_id):
        raise PlanUnknownError
    return Response(status_code=204)


@router.post(
    "/validate",
    summary="Check a request",
    response_model=responses.Validation,
    responses=problems(400, 401, 403, 408, 413, 415, 503),
    openapi_extra=body_of(PlanRequest),
    dependencies=[WHO_MAY_READ],
    tags=["checks"],
)
def validate(body: Body, limits: Limited, wiring: Wired) -> Response:
    """All errors and warnings of a request, without planning it. 200 also if it has errors."""
    with wiring.at_work:
        judged = judge_day(read_json(body), limits)
        warned = (
            ()
            if judged.request is None or judged.left_out
            else find_warnings(judged.request, wiring.sources.packs, told_sources(judged.request, wiring.sources.roads))
        )
    return _json(
        responses.Validation(
            valid=not judged.faults,
            errors=[responses.Error.model_validate(fault_json(fault)) for fault in judged.faults[:MOST_ERRORS]],
            errors_total=len(judged.faults),
            warnings=mapping_out.warnings(warned),
        )
    )


@router.post(
    "/evaluate",
    summary="Measure given itineraries",
    response_model=responses.Evaluation,
    responses=problems(400, 401, 403, 408, 413, 415, 422, 500, 503),
    openapi_extra=body_of(EvaluateRequest),
    dependencies=[WHO_MAY_READ],
    tags=["checks"],
)
def evaluate(body: Body, limits: Limited, wiring: Wired) -> Response:
    """Times, broken rules and score of itineraries that somebody else decided.

    Visits are timed as early as is legal where `starts` says nothing.
    """
    with wiring.at_work:
        request, itineraries = read_evaluation(read_json(body), limits)
        measured = evaluate_plan(request, itineraries, sources=wiring.sources_at_work)
        return _json(mapping_out.evaluation(measured, request))


@router.get("/issue-types", summary="List codes", response_model=list[responses.IssueType], tags=["reference"])
def list_issue_types() -> Sequence[responses.IssueType]:
    """Every code that errors, reasons, warnings and violations come with: its cause, and what to do."""
    return issue_types()


@router.get("/demo-data", summary="List example days", response_model=list[responses.Demo], tags=["reference"])
def list_demos() -> list[responses.Demo]:
    """Example days that come with the service."""
    return [_demo(name) for name in demo_names()]


@router.get(
    "/demo-data/{name}",
    summary="Read an example day",
    responses={
        200: {"content": {JSON: {"schema": {"$ref": "#/components/schemas/PlanRequest"}}}},
        **problems(404, 422),
    },
    tags=["reference"],
)
def read_demo(name: Annotated[str, Path(description="As `GET /v1/demo-data` lists it.")]) -> Response:
    """A request that `POST /v1/plans` takes as it is."""
    return Response(demo_bytes(name), media_type=JSON)


async def _finished(watch: Watch, jobs: PlanJobs, state: PlanState, seconds: float) -> PlanState:
    """The plan once it is finished, or as it stands after so many seconds."""
    with suppress(TimeoutError, StoreDownError):  # what was accepted is, though nobody can say how it stands
        async with asyncio.timeout(seconds):
            while not state.status.final:
                await asyncio.wrap_future(watch.changed(state.id, state.revision))
                state = _known(await run_sync(jobs.plans.state, state.id))
    return state


def _known(state: PlanState | None) -> PlanState:
    if state is None:
        raise PlanUnknownError
    return state


def _etag(state: PlanState) -> str:
    return f'"{state.id}.{state.revision}"'


def _names(if_none_match: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


def _plan(state: PlanState, jobs: PlanJobs, wiring: Wiring, headers: dict[str, str]) -> Response:
    with wiring.at_work:
        made = jobs.plans.made(state.id) if state.status.has_plan else None
        return _json(mapping_out.plan(state, made), 200, headers)


def _demo(name: str) -> responses.Demo:
    document = demo_document(name)
    agents, visits = (cast("list[object]", document[key]) for key in ("agents", "visits"))
    return responses.Demo(
        name=name,
        title=str(document.get("name", name)),
        agents=len(agents),
        visits=len(visits),
        href=f"/v1/demo-data/{name}",
    )


def _json(answer: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(answer.model_dump_json(), status, headers, JSON)
