"""Signs of life, for whoever watches over the process."""

from fastapi import APIRouter, Request, Response

from api.state import wiring_of
from api.v1.responses import Health

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is it alive")
async def read_health() -> Health:
    """Always ok: whoever answers lives."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="Does it take plans",
    responses={503: {"model": Health, "description": "It is going down; send plans elsewhere."}},
)
async def read_readiness(request: Request, response: Response) -> Health:
    """Whether new plans are taken."""
    if wiring_of(request).jobs.open:
        return Health(status="ready")
    response.status_code = 503
    return Health(status="closing")
