"""A day as JSON and an application to send it to, both as small as can be."""

import copy
import threading
from itertools import count
from typing import cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.demos import demo_document
from api.settings import Settings
from api.wiring import Wiring
from service.hours.packs import Packs
from service.jobs.plan_jobs import PlanJobs, Planner
from service.sources import Sources
from service.store.memory import MemoryPlanStore
from service.travel.estimate import Estimate
from service.travel.roads import Roads
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


def wiring(planner: Planner = plans_nothing, *, slots: int = 2, queue: int = 100) -> Wiring:
    """The application's parts with a planner of the test's choice, a clock that stands and ids that count."""
    store = MemoryPlanStore(most_finished=1000)
    numbers = count(1)

    def counted() -> str:
        return f"id-{next(numbers)}"

    jobs = PlanJobs(store, planner, slots=slots, most_queued=queue, clock=lambda: MONDAY, new_id=counted)
    return Wiring(store, jobs, Sources(Roads(Estimate()), Packs.of()), counted, threading.Semaphore(2))


def app(planner: Planner = plans_nothing, *, slots: int = 2, queue: int = 100, **settings: float) -> FastAPI:
    """The application with a planner of the test's choice."""
    return create_app(
        Settings.model_validate({"host": "127.0.0.1"} | settings), wiring(planner, slots=slots, queue=queue)
    )


def client(planner: Planner = plans_nothing, *, slots: int = 2, queue: int = 100, **settings: float) -> TestClient:
    """A client that sees what a caller over the network would see, crashes included."""
    return TestClient(app(planner, slots=slots, queue=queue, **settings), raise_server_exceptions=False)
