"""Who sent a request, and whether they may.

Every address asks for a key but signs of life and what is the same for everybody. Where no key has been made and nobody
else can reach the service, everybody is the one tenant there is.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from anyio.to_thread import run_sync
from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.datastructures import Headers

from api.errors import KeyMissingError, KeyUnknownError, RoleTooSmallError
from api.state import settings_of, wiring_of
from service.access import Keys, Role
from service.jobs.plan_jobs import PlanJobs

EVERYBODY: Final = "default"
"""The one tenant where nobody is asked for a key."""

BEARER: Final = HTTPBearer(auto_error=False, description="A key made by `dayroute keys add`.")
HEADER: Final = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same, in a header of its own.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose plans a request may see, and what it may do with them."""

    tenant: str
    roles: Collection[Role]


async def caller_of(request: Request) -> Caller:
    """Whoever has the key that came with the request. Raises KeyMissingError, KeyUnknownError, StoreDownError."""
    return await run_sync(_caller, wiring_of(request).keys, _secrets(request.headers), settings_of(request).keys)


def _secrets(headers: Headers) -> frozenset[str]:
    """All that is said to be a key, whether it is or not."""
    scheme, _, secret = headers.get("Authorization", "").partition(" ")
    said = {secret.strip() if scheme.lower() == "bearer" else ""} if "Authorization" in headers else set[str]()
    return frozenset(said | ({headers["X-API-Key"]} if "X-API-Key" in headers else set[str]()))


def _caller(keys: Keys, secrets: frozenset[str], asked_for: str) -> Caller:
    if asked_for == "never":
        return Caller(EVERYBODY, Role)
    if not secrets:
        if asked_for == "always" or keys.store.any_valid():
            raise KeyMissingError
        return Caller(EVERYBODY, Role)
    key = keys.opened_by(next(iter(secrets))) if len(secrets) == 1 else None
    if key is None:
        raise KeyUnknownError
    return Caller(key.tenant, {key.role})


def whoever_may(*roles: Role) -> Callable[..., object]:
    """A dependency: the plans of whoever called, if their key is good for that."""

    async def jobs_of(
        request: Request,
        caller: Annotated[Caller, Depends(caller_of)],
        _bearer: Annotated[object, Depends(BEARER)],  # these two are there for the OpenAPI document
        _header: Annotated[object, Depends(HEADER)],
    ) -> PlanJobs:
        if not any(role in roles for role in caller.roles):
            raise RoleTooSmallError
        return wiring_of(request).jobs(caller.tenant)

    return jobs_of


WHO_MAY_READ: Final = Depends(whoever_may(Role.PLAN, Role.READ))
WHO_MAY_WATCH: Final = Depends(whoever_may(Role.WATCH))

MayPlan: TypeAlias = Annotated[PlanJobs, Depends(whoever_may(Role.PLAN))]
"""The plans of a caller who may make, change and erase them."""
MayRead: TypeAlias = Annotated[PlanJobs, WHO_MAY_READ]
"""The plans of a caller who may read them."""
