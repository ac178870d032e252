"""Spans go to a collector where a setting says so, and have nothing of the day in them."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue

from tests.e2e.killed import PATIENCE, is_final, serving
from tests.web import small_day


class Collector(BaseHTTPRequestHandler):
    """Whatever is sent to it."""

    got: "SimpleQueue[tuple[str, bytes]]"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.got.put((self.path, self.rfile.read(length)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        del format, args


@contextmanager
def collecting() -> Generator[tuple[str, "SimpleQueue[tuple[str, bytes]]"]]:
    Collector.got = SimpleQueue()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", Collector.got
    finally:
        server.shutdown()
        server.server_close()


def test_spans_of_requests_are_sent_where_a_setting_says_and_say_nothing_of_the_day(tmp_path: Path) -> None:
    day = small_day() | {"name": "Kallio and nowhere else"}
    settings = {"DAYROUTE_TELEMETRY": "true", "OTEL_BSP_SCHEDULE_DELAY": "100", "OTEL_TRACES_SAMPLER": "always_on"}
    with (
        collecting() as (address, got),
        serving(tmp_path / "data", OTEL_EXPORTER_OTLP_ENDPOINT=address, **settings) as service,
    ):
        service.client.get("/v1/plans?cursor=Mannerheimintie")
        service.client.get("/somewhere/Mannerheimintie")
        plan_id = service.submit(day)
        service.once(plan_id, is_final)
        told = b""
        while b"/v1/plans/{plan_id}" not in told:
            path, body = got.get(timeout=PATIENCE)
            told += body if path == "/v1/traces" else b""

    assert b"POST /v1/plans" in told
    for word in (b"Kallio", b"Mannerheimintie", plan_id.encode()):
        assert word not in told


def test_without_that_setting_nothing_is_sent(tmp_path: Path) -> None:
    with collecting() as (address, got), serving(tmp_path / "data", OTEL_EXPORTER_OTLP_ENDPOINT=address) as service:
        service.once(service.submit(small_day()), is_final)

    assert got.empty()
