"""Figures for whoever watches over the service."""

from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from api.figures import AskedFigures, WorkFigures
from service.access import Role
from service.day.plan import Plan, Reason, Unassigned
from service.jobs.queue import Urgency
from tests.plans import EMPTY_PLAN, MONDAY, Held
from tests.web import client, small_day, wiring_of

Labels = tuple[tuple[str, str], ...]


def figures(web: TestClient, **headers: str) -> dict[tuple[str, Labels], float]:
    answer = web.get("/metrics", headers=headers)
    assert (200, True) == (answer.status_code, answer.headers["content-type"].startswith("text/plain"))
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def tell(web: TestClient, worker: str, counted: WorkFigures) -> None:
    work = wiring_of(web).work
    work.beat(worker, MONDAY, None)
    work.tell_figures(worker, counted.told())


@pytest.fixture
def web() -> TestClient:
    return client()


def test_requests_are_counted_by_their_address_without_anybodys_id(web: TestClient) -> None:
    web.get("/v1/plans/somebody")
    web.get("/nowhere")
    web.request("MAYHEM-1", "/nowhere")
    web.request("MAYHEM-2", "/nowhere")
    found = {labels: value for (name, labels), value in figures(web).items() if name.endswith("request_seconds_count")}

    unknown = (("method", "GET"), ("route", "unknown"), ("status", "404"))
    other = (("method", "other"), ("route", "unknown"), ("status", "404"))
    assert {
        (("method", "GET"), ("route", "/v1/plans/{plan_id}"), ("status", "404")): 1.0,
        unknown: 1.0,
        other: 2.0,
    } == found


def test_what_waits_and_what_runs_is_told_with_its_age() -> None:
    planner = Held()
    web = client(planner, slots=1)
    web.post("/v1/plans", json=small_day())
    planner.began.acquire()
    web.post("/v1/plans", json=small_day())
    told = figures(web)
    planner.go_on.set()

    batch, urgent = (("urgency", "batch"),), (("urgency", "waited_for"),)
    assert (1, 1, 0) == tuple(
        told[key]
        for key in (
            ("dayroute_plans_running", ()),
            ("dayroute_plans_waiting", batch),
            ("dayroute_plans_waiting", urgent),
        )
    )
    assert 0 == told["dayroute_plans_waiting_longest_seconds", batch]
    assert 1 == told["dayroute_workers_able", ()]


def test_every_worker_tells_what_it_has_counted_under_its_name(web: TestClient) -> None:
    registry = CollectorRegistry()
    counted, asked = WorkFigures(registry), AskedFigures(registry)
    counted.began(Urgency.BATCH, timedelta(seconds=2), again=False)
    counted.began(Urgency.BATCH, timedelta(seconds=3), again=True)
    counted.found(timedelta(seconds=4))
    counted.solver_died()
    counted.recovered(2)
    counted.ended("done", "", timedelta(seconds=5), EMPTY_PLAN)
    counted.ended("failed", "roads_down", timedelta(seconds=1), None)
    asked.heard("osrm", timedelta(seconds=0.5), answered=True)
    asked.heard("osrm", timedelta(seconds=0.5), answered=False)
    for worker in ("one", "two"):
        tell(web, worker, counted)
    told = figures(web)

    def of(worker: str, name: str, **labels: str) -> float:
        return told[f"dayroute_{name}", tuple(sorted({"worker": worker, **labels}.items()))]

    for worker in ("one", "two"):
        assert 1 == of(worker, "attempts_total", urgency="batch", again="true")
        assert 1 == of(worker, "queue_seconds_count", urgency="batch")
        assert (4, 6, 0) == tuple(of(worker, f"{what}_seconds_sum") for what in ("first_plan", "plan", "solve"))
        assert (1, 2) == (of(worker, "solvers_died_total"), of(worker, "plans_recovered_total"))
        assert 1 == of(worker, "plans_ended_total", status="failed", code="roads_down")
        assert 0.5 == of(worker, "asked_seconds_sum", source="osrm")
        assert 1 == of(worker, "asked_in_vain_total", source="osrm")


def test_visits_are_counted_by_whether_they_are_planned_and_why_not(web: TestClient) -> None:
    counted = WorkFigures(CollectorRegistry())
    left_out = (Unassigned("V-1", (Reason("capacity", ""), Reason("territory", "")), ""), Unassigned("V-2", (), ""))
    plan = _with(left_out, planned=3)
    counted.ended("done", "", timedelta(), plan)
    tell(web, "one", counted)
    told = figures(web)

    assert {"yes": 3, "no": 2} == _by(told, "dayroute_visits_total", "planned")
    assert {"capacity": 1, "unknown": 1} == _by(told, "dayroute_unassigned_total", "reason")


def test_where_keys_are_asked_for_figures_of_all_tenants_need_one_of_their_own(web: TestClient) -> None:
    keys = wiring_of(web).keys
    plan, watch = keys.add("us", Role.PLAN, "dispatch").secret, keys.add("ops", Role.WATCH, "prometheus").secret

    assert [401, 403, 200] == [
        web.get("/metrics", headers=headers).status_code
        for headers in ({}, {"X-API-Key": plan}, {"Authorization": f"Bearer {watch}"})
    ]
    assert [403, 403] == [
        web.request(method, "/v1/plans", json=small_day(), headers={"X-API-Key": watch}).status_code
        for method in ("GET", "POST")
    ]


def _with(left_out: tuple[Unassigned, ...], planned: int) -> Plan:
    metrics = replace(EMPTY_PLAN.metrics, planned=planned, unassigned=len(left_out))
    return replace(EMPTY_PLAN, unassigned=left_out, metrics=metrics)


def _by(told: dict[tuple[str, Labels], float], name: str, label: str) -> dict[str, float]:
    return {dict(labels)[label]: value for (found, labels), value in told.items() if found == name}
