"""The HTTP application."""

import gc
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Final, cast

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request, Response
from fastapi.middleware import Middleware
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from api import health, metrics, pages
from api.errors import KINDS, METHOD_NOT_ALLOWED, problem_of, response_of
from api.frame import Frame
from api.settings import Settings
from api.state import limits_of
from api.telemetry import telemetry_of
from api.v1 import erasures, events, geocode, policies, routes
from api.v1.openapi import completed
from api.wiring import Wiring, wire_alone

DESCRIPTION: Final = """
Plans the day of people who call at doors: who goes where, when, what is left out and why.

Instants are RFC 3339 with offset, durations ISO 8601 (`PT15M`), distances whole metres, points `{"lat": …, "lon": …}`.
Unknown keys are refused. Errors are RFC 9457 problem documents that name everything that is wrong at once; their codes
are listed at `GET /v1/issue-types`.
"""


SHORT_TURN_SECONDS: Final = 0.001
"""How long a thread may keep the interpreter while another, such as the event loop, waits for it; usually 5 ms.
"""

ROUTERS: Final = (
    routes.router,
    events.router,
    erasures.router,
    policies.router,
    geocode.router,
    health.router,
    metrics.router,
    pages.router,
)


class DayrouteApp(FastAPI):
    """FastAPI with the whole of our OpenAPI document."""

    def openapi(self) -> dict[str, object]:
        """The document, made once."""
        if self.openapi_schema is None:
            document = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
                license_info=self.license_info,
            )
            self.openapi_schema = completed(document, limits_of(cast("Settings", self.state.settings)))
        return self.openapi_schema


def create_app(settings: Settings | None = None, wiring: Wiring | None = None) -> FastAPI:
    """The application; settings come from the environment and adapters from ``api.wiring`` unless they are given.

    Raises pydantic.ValidationError if a setting makes no sense.
    """
    settings = settings or Settings()
    wiring = wiring or wire_alone(settings)
    app = DayrouteApp(
        title="dayroute",
        version=_version(),
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        lifespan=_lifespan,
        middleware=[Middleware(Frame, new_id=wiring.new_id, figures=wiring.requests)],
        telemetry=telemetry_of(wanted=settings.telemetry),
    )
    app.state.settings = settings
    app.state.wiring = wiring
    for router in ROUTERS:
        app.include_router(router)
    pages.add_files(app)
    app.add_exception_handler(events.NothingMore, events.no_content)
    for error in (HTTPException, *KINDS):
        if error is not Exception:  # the frame has those that nobody expects
            app.add_exception_handler(error, _answer)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    usual_turn = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURN_SECONDS)
    wiring = cast("Wiring", app.state.wiring)
    wiring.open()
    await run_sync(app.openapi)  # makes what would else be made during the first request, in the event loop
    gc.collect()
    gc.freeze()  # what is loaded by now is there to stay; looking through it each time stops everything for 0.1 s
    await run_sync(wiring.warm_up)
    yield
    gc.unfreeze()
    await run_sync(wiring.close)
    sys.setswitchinterval(usual_turn)


async def _answer(request: Request, error: Exception) -> Response:
    response = response_of(problem_of(error, incident_id=""), request.state.request_id, request.url.path)
    if response.status_code == METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


def _methods(request: Request) -> set[str]:
    """Methods that the path takes; the framework names those of the first matching route only."""
    known = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
    return {
        method for route in known if route.matches(request.scope)[0] is Match.PARTIAL for method in route.methods or ()
    }


def _operation_id(route: APIRoute) -> str:
    """What generated clients will call it: ``submit_plan``."""
    return route.name


def _version() -> str:
    try:
        return version("dayroute")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
