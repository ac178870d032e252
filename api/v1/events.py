"""How the making of a plan goes on, as it happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.auth import MayRead
from api.errors import PlanUnknownError
from api.state import wiring_of
from api.v1 import mapping_out
from api.v1 import responses_parts as part
from api.v1.openapi import problems
from service.store.protocol import PlanState, StoreDownError

router = APIRouter(prefix="/v1", tags=["plans"])

LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Watched:
    """Where a plan stands, and the last revision that whoever watches it has heard of."""

    state: PlanState
    seen: int


class NothingMore(Exception):  # noqa: N818 - named after what is the case
    """Whoever comes back has heard the end: browsers come back until they are told so."""


async def no_content(_request: Request, _error: Exception) -> Response:
    """The answer that makes them stay away."""
    return Response(status_code=204)


def watched(
    plan_id: Annotated[str, Path(description="As `POST /v1/plans` returned it.")],
    jobs: MayRead,
    last_event_id: Annotated[
        str | None, Header(description="The `id` of the last event that was got: what came after it follows.")
    ] = None,
) -> Watched:
    """Found out before anything is answered. Raises PlanUnknownError, NothingMore."""
    state, seen = jobs.plans.state(plan_id), _number(last_event_id)
    if state is None:
        raise PlanUnknownError
    if state.status.final and seen == state.revision:
        raise NothingMore
    return Watched(state, seen)


@router.get(
    "/plans/{plan_id}/events",
    summary="Watch a plan",
    response_class=EventSourceResponse,
    responses={204: {"description": "The end has been told already."}, **problems(401, 403, 404, 422, 503)},
)
async def watch_plan(
    known: Annotated[Watched, Depends(watched)], jobs: MayRead, request: Request
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `progress` with every better plan, `done` when nothing more will change.

    Better plans that follow within a twentieth of a second are told as one. A plan that is erased meanwhile ends the
    stream without `done`, and so does a database that is away: come back with `Last-Event-ID`.
    """
    watch, state, seen = wiring_of(request).watch, known.state, known.seen
    with suppress(StoreDownError):
        while True:
            for revision, progress in await run_sync(jobs.plans.improvements, state.id, seen):
                seen = revision
                yield ServerSentEvent(event="progress", id=str(revision), data=part.Progress.model_validate(progress))
            if state.status.final:
                yield ServerSentEvent(event="done", id=str(state.revision), data=mapping_out.accepted(state))
                return
            await asyncio.wrap_future(watch.changed(state.id, state.revision))
            now = await run_sync(jobs.plans.state, state.id)
            if now is None:
                return
            state = now


def _number(last_event_id: str | None) -> int:
    """The revision that an event told; what is none tells nothing."""
    said = (last_event_id or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER else 0
