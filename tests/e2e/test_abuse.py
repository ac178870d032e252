"""Whoever means ill, or knows no better: a real service goes on answering others."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.e2e.killed import PATIENCE, Service, is_final, serving
from tests.web import Json, at, small_day

LIMIT = 20_000_000
JSON = {"Content-Type": "application/json"}
CROWD = 300
HALF = b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("abused") / "data", DAYROUTE_MAX_BODY_SECONDS="2") as started:
        yield started


def connection(service: Service) -> socket.socket:
    where = urlsplit(str(service.client.base_url))
    assert where.hostname is not None
    assert where.port is not None
    return socket.create_connection((where.hostname, where.port), PATIENCE)


def goes_on(service: Service) -> bool:
    """Whether others are served: the service lives, and plans a day."""
    plan = service.once(service.submit(small_day()), is_final)
    return service.client.get("/healthz").status_code == 200 and plan["status"] == "done"


def code(answer: httpx2.Response) -> object:
    return at(answer.json(), "errors", 0)["code"]


def nested(depth: int) -> bytes:
    return b'{"agents":' + b"[" * depth + b"]" * depth + b"}"


def many_visits() -> bytes:
    visit: Json = {"id": "V", "location": {"lat": 60.0, "lon": 25.0}, "duration": "PT5M"}
    return json.dumps(small_day() | {"visits": [visit] * 100_000}).encode()


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (lambda: b" " * (LIMIT + 1), 413, "body_too_large"),
        (lambda: nested(LIMIT // 2 - 10), 400, "json_nested_too_deep"),
        (lambda: b'{"name": "' + b"x" * (LIMIT - 100), 400, "json_malformed"),
        (many_visits, 422, "too_many"),
        (lambda: b'{"a":1,' * 1_000_000, 400, "json_malformed"),
        (lambda: b"\xff" * 1_000_000, 400, "json_not_utf8"),
    ],
    ids=["too large", "deep", "a long name", "100,000 visits", "a million objects", "no text"],
)
def test_large_and_twisted_bodies_are_refused(
    service: Service, body: Callable[[], bytes], status: int, expected: str
) -> None:
    answer = service.client.post("/v1/plans", content=body(), headers=JSON)

    assert (status, expected) == (answer.status_code, code(answer))
    assert goes_on(service)


def test_a_body_that_does_not_come_to_its_end_is_given_up(service: Service) -> None:
    with connection(service) as slow:
        slow.sendall(
            b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        )
        answer = b"".join(iter(lambda: slow.recv(10_000), b""))  # until it hangs up

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"body_too_slow" in answer


def test_a_crowd_that_sends_half_of_a_request_keeps_nobody_out(service: Service) -> None:
    with ExitStack() as crowd:
        for number in range(CROWD):
            slow = crowd.enter_context(connection(service))
            slow.sendall(HALF if number % 2 else HALF + b"Content-Length: 1000000\r\n\r\n[")
        served = goes_on(service)

    assert served


@pytest.mark.parametrize(
    "headers",
    [b"".join(b"X-%d: y\r\n" % number for number in range(20_000)), b"X-Long: " + b"y" * 1_000_000 + b"\r\n"],
    ids=["many", "long"],
)
def test_a_flood_of_headers_is_refused(service: Service, headers: bytes) -> None:
    with connection(service) as flood:
        try:
            flood.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n")
            answer = flood.recv(1000)
        except ConnectionError:  # it hung up before it had heard everything
            answer = b"HTTP/1.1 4"

    assert answer.startswith(b"HTTP/1.1 4")
    assert goes_on(service)


def test_a_disk_that_is_full_loses_nothing_that_was_accepted(tmp_path: Path) -> None:
    """No process of the service may make a file longer than it is: what a full disk looks like to a database."""
    with serving(tmp_path / "data") as service:
        accepted = [service.submit(small_day()) for _ in range(3)]
        service.bound_files(0)
        refused = service.client.post("/v1/plans", json=small_day())
        service.bound_files(None)
        accepted.append(service.submit(small_day()))
        plans = [service.once(plan_id, is_final) for plan_id in accepted]

    assert (503, "store_down") == (refused.status_code, code(refused))
    assert ["done"] * 4 == [plan["status"] for plan in plans]
