"""Signs of life, for whoever watches over the process."""

from typing import Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from api.state import wiring_of
from api.v1.responses import Health
from api.v1.responses_parts import Answer

router = APIRouter(tags=["health"])


class Unable(Answer):
    """Plans would be taken, but none can be made."""

    status: Literal["unable"] = "unable"
    detail: str
    """Why, and what to do about it if that is known."""


@router.get("/healthz", summary="Is it alive")
async def read_health() -> Health:
    """Always ok: whoever answers lives."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="Does it take plans",
    responses={
        503: {"model": Unable, "description": "Plans cannot be kept, or nobody makes them; `detail` says which."}
    },
)
async def read_readiness(request: Request, response: Response) -> Health | Unable:
    """Whether new plans are taken and, as far as is known, can be made."""
    found = await run_sync(lambda: wiring_of(request).readiness)
    if found.trouble is not None:
        response.status_code = 503
        return Unable(detail=found.trouble)
    return Health(status="ready")
