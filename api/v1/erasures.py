"""One person's data taken out of plans, for systems that learn of such wishes."""

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends

from api.auth import MayPlan
from api.bodies import read_body
from api.json_document import read_json
from api.v1 import responses
from api.v1.openapi import body_of, problems
from api.v1.requests import EraseRequest
from api.v1.shape_faults import read_as

router = APIRouter(prefix="/v1", tags=["plans"])

Body: TypeAlias = Annotated[bytes, Depends(read_body)]


@router.post(
    "/erasures",
    summary="Erase a person",
    responses=problems(400, 401, 403, 408, 413, 415, 422, 503),
    openapi_extra=body_of(EraseRequest),
)
def erase_account(jobs: MayPlan, body: Body) -> responses.Erased:
    """Takes the data of one account out of all plans that were sent by now, or within five minutes from now.

    Clocks differ: wait for so long before sending a day with that account again. In plans that are finished a tombstone
    takes the place of each of its visits; all others are made without them. It may be asked for again, and has to be
    after a 503: only a part is done then.
    """
    erased = jobs.erase(read_as(EraseRequest, read_json(body)).account)
    return responses.Erased(plans=erased.plans, running=erased.running)
