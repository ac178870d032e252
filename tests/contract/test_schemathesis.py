"""Made-up requests, sound and broken, find no answer outside the document and nothing that falls over.

Requests are planned in earnest, by an engine that looks at two plans and no more.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
import schemathesis
from hypothesis import settings
from schemathesis import Case
from schemathesis.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.config import CoveragePhaseConfig, PhasesConfig, ProjectConfig, ProjectsConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth  # pyright: ignore[reportUnknownVariableType]
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.auth import EVERYBODY
from api.settings import Settings
from service.access import Role
from service.day.plan import Plan
from service.day.request import DayRequest, Options
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.progress import Incumbent
from service.sources import Sources
from service.store.protocol import Status
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.background import is_final, once
from tests.web import wiring

TWO_PLANS = Options(solution_limit=2)
PLAN_FEW = partial(plan_day, sources=Sources(Roads(Estimate()), Packs.of()), solver=InProcess())


def planner(
    request: DayRequest,
    *,
    on_better: Callable[[Incumbent], None],
    stop: threading.Event,
    go_on_from: Incumbent | None = None,
) -> Plan:
    return PLAN_FEW(replace(request, options=TWO_PLANS), on_better=on_better, stop=stop, go_on_from=go_on_from)


WIRING = wiring(planner, slots=1, lasting=True)
APP = create_app(Settings(keys="always"), WIRING)
KEY = WIRING.keys.add(EVERYBODY, Role.PLAN, "schemathesis").secret


async def app_that_goes_on(scope: Scope, receive: Receive, send: Send) -> None:
    """The application without its end: every case is a client of its own, and would shut it down behind itself."""
    if scope["type"] == "lifespan":
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})
    else:
        await APP(scope, receive, send)


def schema(*, with_edges: bool) -> BaseSchema:
    """``with_edges``: besides random requests, every edge of every key: 1,400 requests for a body with a day in it."""
    phases = PhasesConfig(coverage=CoveragePhaseConfig(enabled=with_edges))
    config = schemathesis.Config(
        projects=ProjectsConfig(default=ProjectConfig(phases=phases, headers={"Authorization": f"Bearer {KEY}"}))
    )
    return schemathesis.openapi.from_asgi("/openapi.json", app_that_goes_on, config=config)


DAY_IN_ANOTHER_BODY = ["/v1/validate", "/v1/evaluate"]
EDGES = schema(with_edges=True).exclude(path=DAY_IN_ANOTHER_BODY)  # pyright: ignore[reportUnknownMemberType]
RANDOM = schema(with_edges=False).include(path=DAY_IN_ANOTHER_BODY)  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture(scope="module", autouse=True)
def _every_plan_is_made() -> Iterator[None]:
    yield
    jobs = WIRING.jobs(EVERYBODY)
    plans = [once(jobs, WIRING.watch, plan.id, is_final) for plan in jobs.plans.page(None, 10_000)]
    failed = [plan.failure for plan in plans if plan.status is Status.FAILED]

    assert [] == failed


def check(case: Case) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]
    """All checks but three.

    What fits the schema is not always accepted: no schema could say that ids are unique. And a request that is checked
    on purpose is answered 200, whatever is wrong with it. Every case brings the key, also those that are to have a
    wrong one: test_keys.py has those.
    """
    answers_200 = [negative_data_rejection] if case.path == "/v1/validate" else []
    case.call_and_validate(  # pyright: ignore[reportUnknownMemberType]
        excluded_checks=[positive_data_acceptance, ignored_auth, *answers_200]
    )


@EDGES.parametrize()  # pyright: ignore[reportUntypedFunctionDecorator, reportUnknownMemberType]
@settings(max_examples=10)
def test_every_answer_is_as_documented(case: Case) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]
    check(case)


@RANDOM.parametrize()  # pyright: ignore[reportUntypedFunctionDecorator, reportUnknownMemberType]
@settings(max_examples=10)
def test_a_day_inside_another_body_is_answered_as_documented(case: Case) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]
    check(case)
