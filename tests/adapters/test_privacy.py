"""Whatever happens to a day, nothing of whom it is about gets into a log, at any level."""

import logging
import logging.config
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from starlette.testclient import TestClient
from uvicorn.config import LOGGING_CONFIG

from api.app import create_app
from api.settings import Settings
from service.day.plan import Plan
from service.day.request import DayRequest
from service.geocoding.chain import Chain
from service.geocoding.online import Manners, online
from service.hours.packs import Packs
from service.jobs.planner import Planner
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.exchange import Exchange
from service.travel.osrm.engine import Osrm
from service.travel.osrm.wire import Wire
from service.travel.roads import Roads
from tests.adapters.stub_server import Reply, answer, stub
from tests.web import Json, wiring

MARKS = ("Zebulon", "Quendelgasse", "60.1357", "24.9246", "4711-81", "Xanthippe")
MANNERS = Manners("tests", 1000, timedelta(seconds=5))
NOTHING: Json = {}
HOUSE: Json = {"lat": "60.1357913", "lon": "24.9246802", "place_rank": 30, "address": NOTHING}
FOUND = answer([HOUSE | {"display_name": "Quendelgasse 7"}])


def marked_day(**change: object) -> Json:
    """A day that is full of what nobody else should know."""
    place = {"lat": 60.1357913, "lon": 24.9246802}
    shift = {
        "id": "A/mon",
        "start": "2026-03-02T09:00:00+02:00",
        "end": "2026-03-02T12:00:00+02:00",
        "start_location": place,
    }
    near = {"id": "V-1", "address": "Quendelgasse 5", "location": place, "duration": "PT10M", "account": "4711-81"}
    found = {"id": "V-2", "address": "Quendelgasse 7", "duration": "PT10M", "data": {"who": "Xanthippe"}}
    day: Json = {
        "name": "Zebulon's Monday",
        "agents": [{"id": "A", "name": "Zebulon", "shifts": [shift]}],
        "visits": [near, found],
        "options": {"solution_limit": 5},
    }
    return day | change


def crash(request: DayRequest, **how: object) -> Plan:
    message = f"{request}, {how}"
    raise LookupError(message)


def client(sources: Sources, planner: Planner | None = None) -> TestClient:
    made = wiring(planner or partial(plan_day, sources=sources, solver=InProcess()))
    return TestClient(create_app(Settings(), replace(made, sources=sources)), raise_server_exceptions=False)


def send(web: TestClient, path: str, body: object) -> str:
    return web.post(path, json=body, headers={"Prefer": "wait=30"}).text


def plans(web: TestClient) -> str:
    return send(web, "/v1/plans", marked_day())


def measures(web: TestClient) -> str:
    given = {"request": marked_day(), "itineraries": [{"shift_id": "A/mon", "visits": ["V-1", "V-2"]}]}
    return send(web, "/v1/evaluate", given)


def looks_up(web: TestClient) -> str:
    return send(web, "/v1/geocode", {"addresses": [{"id": "a", "address": "Quendelgasse 7"}]})


def is_refused(web: TestClient) -> str:
    return send(
        web, "/v1/plans", marked_day(visits=[{"id": "V-1", "address": "Quendelgasse 5", "duration": "an hour"}])
    )


DOINGS: list[Callable[[TestClient], str]] = [plans, measures, looks_up, is_refused]
REPLIES: list[Reply] = [FOUND, answer([]), (503, {}, b"Quendelgasse 7 is too much"), (200, {}, b'[{"lat": "60.1357913')]


@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.__name__)
@pytest.mark.parametrize("reply", REPLIES, ids=["found", "unmatched", "down", "half an answer"])
def test_nothing_that_marks_a_person_is_logged(
    doing: Callable[[TestClient], str], reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    logging.config.dictConfig(LOGGING_CONFIG)  # as the server does
    caplog.set_level(logging.DEBUG)
    with stub(reply) as served:
        sources = Sources(Roads(Estimate()), Packs.of(), Chain((online(f"nominatim={served.url}", MANNERS),)))
        assert doing(client(sources))

    assert [] == [mark for mark in MARKS if mark in caplog.text]


TABLE = answer(
    {
        "code": "Ok",
        "durations": [[0, 60], [60, 0]],
        "distances": [[0, 900], [900, 0]],
        "destinations": [{"distance": 1}] * 2,
    }
)


ROADS: dict[str, Reply] = {
    "found": TABLE,
    "referred": (301, {"Location": "/table/24.924680,60.135791"}, b""),
    "down": (503, {}, b"60.1357"),
    "refused": (400, {}, b'{"code": "NoSegment", "message": "60.1357"}'),
    "half an answer": (200, {}, b"60.1357"),
}


@pytest.mark.parametrize("doing", [plans, measures], ids=lambda doing: doing.__name__)
@pytest.mark.parametrize("post", [None, (405, {}, b"")], ids=["by POST", "by GET"])
@pytest.mark.parametrize("reply", ROADS.values(), ids=ROADS)
def test_who_asks_for_roads_logs_no_places(
    doing: Callable[[TestClient], str], reply: Reply, post: Reply | None, caplog: pytest.LogCaptureFixture
) -> None:
    logging.config.dictConfig(LOGGING_CONFIG)
    caplog.set_level(logging.DEBUG)
    with stub(FOUND) as houses, stub(reply, to_post=post) as roads:
        chain = Chain((online(f"nominatim={houses.url}", MANNERS),))
        with closing(Exchange("osrm", timedelta(seconds=20), sleep=lambda _: None)) as exchange:
            engine = Osrm(Wire(lambda: roads.url, exchange))
            assert doing(client(Sources(Roads(engine), Packs.of(), chain)))
        assert roads.asked

    assert [] == [mark for mark in MARKS if mark in caplog.text]


@pytest.mark.parametrize("doing", [plans, is_refused], ids=lambda doing: doing.__name__)
def test_a_crash_tells_where_it_was_and_not_whom_it_was_about(
    doing: Callable[[TestClient], str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    doing(client(Sources(Roads(Estimate()), Packs.of()), crash))

    assert [] == [mark for mark in MARKS if mark in caplog.text]


def test_the_marks_would_be_seen(caplog: pytest.LogCaptureFixture) -> None:
    """A test that cannot fail shows nothing."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("any").debug("%s", marked_day())

    assert [] != [mark for mark in MARKS if mark in caplog.text]
