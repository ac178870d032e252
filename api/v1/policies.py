"""The addresses of the policy packs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.errors import PolicyUnknownError
from api.state import wiring_of
from api.v1 import responses
from api.v1.openapi import problems
from service.hours.pack import Pack

router = APIRouter(prefix="/v1", tags=["policies"])


@router.get("/policies", summary="List policies", response_model=responses.PolicyPage)
def list_policies(request: Request) -> responses.PolicyPage:
    """Every policy that a plan may name as its jurisdiction. Those that come with us are no legal advice."""
    packs = wiring_of(request).sources.packs.by_id.values()
    shown = (responses.PolicySummary.model_validate(pack) for pack in packs)
    return responses.PolicyPage(policies=sorted(shown, key=lambda policy: policy.id))


@router.get(
    "/policies/{policy_id}",
    summary="Read a policy",
    response_model=responses.Policy,
    responses=problems(404, 422),
)
def read_policy(
    policy_id: Annotated[str, Path(description="As `GET /v1/policies` lists it.")], request: Request
) -> responses.Policy:
    """Hours, caps and sources of one policy. Its parents' rules hold besides, within the same activity."""
    pack = wiring_of(request).sources.packs.by_id.get(policy_id)
    if pack is None:
        raise PolicyUnknownError
    return policy_answer(pack)


def policy_answer(pack: Pack) -> responses.Policy:
    """A pack as it is told."""
    hours = {day: None if spans is None else [str(span) for span in spans] for day, spans in pack.hours.items()}
    told = {name: getattr(pack, name) for name in responses.Policy.model_fields}
    return responses.Policy.model_validate(told | {"hours": hours})
