"""The main job in front of your eyes: a service, one request over HTTP, a plan, and a service that keeps running."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, cast

import httpx2
import uvicorn
from rich.console import Console

from api import logs
from api.app import create_app
from api.render import progress_line, render
from api.settings import Settings
from api.tables import JsonObject

DAY: Final = "helsinki"
BETWEEN_LOOKS_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 30.0


class CannotListenError(Exception):
    """The address cannot be had; the text says why and what to do."""


def run(settings: Settings, console: Console, *, keep_serving: bool, own_day: JsonObject | None = None) -> None:
    """Serve, plan the demo day or ``own_day`` through the API, print it, and go on serving until Ctrl-C if wanted."""
    with _serving(settings) as (server, address), httpx2.Client(base_url=address, timeout=PATIENCE_SECONDS) as client:
        console.print(f"Serving on {address} (documentation at {address}/docs)")
        request = own_day or _answer(client.get(f"/v1/demo-data/{DAY}"))
        whose = "a day of your region" if own_day else f"the day of GET /v1/demo-data/{DAY}"
        console.print(f"POST {address}/v1/plans with {whose}")
        accepted = _answer(client.post("/v1/plans", json=request))
        plan = _await_plan(client, cast("str", accepted["id"]), console)
        render(request, plan, console)
        console.print(
            f"Addresses © OpenStreetMap contributors, ODbL. The plan stays at {address}/v1/plans/{plan['id']}"
        )
        if keep_serving:
            console.print("Still serving; Ctrl-C stops.")
            _until_interrupted(server)


@contextmanager
def _serving(settings: Settings) -> Generator[tuple[threading.Thread, str]]:
    """A service in a thread of its own, and the address at which it listens."""
    logs.begin("text", "WARNING", "demo")
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_config=None))
    listener = listen(settings)
    address = f"http://{settings.host}:{listener.getsockname()[1]}"
    thread = threading.Thread(target=server.run, args=([listener],), name="service")
    thread.start()
    try:
        yield thread, address
    finally:
        server.should_exit = True
        thread.join()


def listen(settings: Settings) -> socket.socket:
    """Bound before anything starts: a port that is taken is told at once, and requests wait until they are served."""
    try:
        listener = socket.create_server((settings.host, settings.port))
    except OSError as error:
        message = f"Port {settings.port} cannot be had: {error.strerror}. Name another with --port; 0 is any free one."
        raise CannotListenError(message) from None
    # Inherited by every connection. The event loop sets it only for sockets that it has made itself, and without it
    # each answer waits 40 ms for the acknowledgement of its own headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _await_plan(client: httpx2.Client, plan_id: str, console: Console) -> JsonObject:
    with console.status("Looking for a first plan") as status:
        while True:
            plan = _answer(client.get(f"/v1/plans/{plan_id}"))
            if plan["status"] not in {"queued", "running"}:
                return plan
            if (progress := cast("JsonObject | None", plan.get("progress"))) is not None:
                status.update(
                    progress_line(
                        cast("float", progress["value"]),
                        cast("float", progress["cost"]),
                        cast("int", progress["planned"]),
                        None,
                    )
                )
            time.sleep(BETWEEN_LOOKS_SECONDS)


def _until_interrupted(server: threading.Thread) -> None:
    try:
        server.join()
    except KeyboardInterrupt:
        return


def _answer(response: httpx2.Response) -> JsonObject:
    response.raise_for_status()
    return cast("JsonObject", response.json())
