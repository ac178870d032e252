"""How the making of a plan goes on, as it happens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.auth import MayRead
from api.errors import PlanUnknownError
from api.state import wiring_of
from api.v1 import mapping_out
from api.v1 import responses_parts as part
from api.v1.openapi import problems
from service.store.protocol import PlanState

router = APIRouter(prefix="/v1", tags=["plans"])

LONGEST_NUMBER: Final = 18


def known_state(
    plan_id: Annotated[str, Path(description="As `POST /v1/plans` returned it.")], jobs: MayRead
) -> PlanState:
    """Where the plan stands; asked before anything is answered, so that an unknown one is 404."""
    state = jobs.plans.state(plan_id)
    if state is None:
        raise PlanUnknownError
    return state


@router.get(
    "/plans/{plan_id}/events",
    summary="Watch a plan",
    response_class=EventSourceResponse,
    responses=problems(401, 403, 404, 422, 503),
)
async def watch_plan(
    state: Annotated[PlanState, Depends(known_state)],
    jobs: MayRead,
    request: Request,
    last_event_id: Annotated[
        str | None, Header(description="The `id` of the last event that was got: what came after it follows.")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `progress` with every better plan, `done` when nothing more will change.

    Better plans that follow within a twentieth of a second are told as one. A plan that is erased meanwhile ends the
    stream without `done`.
    """
    watch, seen, now = wiring_of(request).watch, _number(last_event_id), state
    while True:
        for revision, progress in await run_sync(jobs.plans.improvements, now.id, seen):
            seen = revision
            yield ServerSentEvent(event="progress", id=str(revision), data=part.Progress.model_validate(progress))
        if now.status.final:
            yield ServerSentEvent(event="done", id=str(now.revision), data=mapping_out.accepted(now))
            return
        await asyncio.wrap_future(watch.changed(now.id, now.revision))
        found = await run_sync(jobs.plans.state, now.id)
        if found is None:
            return
        now = found


def _number(last_event_id: str | None) -> int:
    """The revision that an event told; what is none tells nothing."""
    said = (last_event_id or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER else 0
