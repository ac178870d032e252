"""A day as JSON and an application to send it to, both as small as can be."""

import copy
from collections.abc import Callable
from typing import cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.demos import demo_document
from api.figures import RequestFigures
from api.settings import Settings
from api.wiring import Wiring
from service.hours.packs import Packs
from service.jobs.planner import Planner
from service.sources import Sources
from service.store.protocol import PlanState
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.background import Background, is_final, once
from tests.plans import MONDAY, plans_nothing

Json = dict[str, object]


def small_day() -> Json:
    """One street, one agent, three visits; a copy of its own for whoever wants to spoil it."""
    return copy.deepcopy(demo_document("one-street"))


def at(document: object, *path: str | int) -> Json:
    """The object that a path leads to."""
    for step in path:
        document = cast("dict[str | int, object]", document)[step]
    return cast("Json", document)


def wiring(
    planner: Planner = plans_nothing,
    *,
    slots: int = 2,
    queue: int = 100,
    lasting: bool = False,
    trouble: str | None = None,
) -> Wiring:
    """The application's parts with a planner of the test's choice, a clock that stands and ids that count."""
    made = Background(planner, slots, queue, lasting=lasting, trouble=trouble)
    sources = Sources(Roads(Estimate()), Packs.of())
    return Wiring(
        made.database, made.queue, made.limits, sources, lambda: MONDAY, made.new_id, made.watch, RequestFigures()
    )


def app(planner: Planner = plans_nothing, *, slots: int = 2, queue: int = 100, **settings: float | str) -> FastAPI:
    """The application with a planner of the test's choice."""
    return create_app(
        Settings.model_validate({"host": "127.0.0.1"} | settings), wiring(planner, slots=slots, queue=queue)
    )


def wiring_of(web: TestClient) -> Wiring:
    """What the application of a client was made of."""
    served = web.app
    assert isinstance(served, FastAPI)
    return cast("Wiring", served.state.wiring)


def wait_until(web: TestClient, plan_id: str, true: Callable[[PlanState], bool] = is_final) -> None:
    """Return as soon as that is true of the plan."""
    parts = wiring_of(web)
    once(parts.jobs("default"), parts.watch, plan_id, true)


def client(
    planner: Planner = plans_nothing, *, slots: int = 2, queue: int = 100, **settings: float | str
) -> TestClient:
    """A client that sees what a caller over the network would see, crashes included."""
    return TestClient(app(planner, slots=slots, queue=queue, **settings), raise_server_exceptions=False)
