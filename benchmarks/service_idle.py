"""A service that has nothing else to do."""

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from queue import SimpleQueue
from time import monotonic, perf_counter, sleep
from typing import Final, cast

import httpx2

from api.demos import demo_document
from benchmarks.generators.requests import small_day
from benchmarks.samples import Sample
from benchmarks.serving import serving

DAYS: Final = 200
LONG_DAYS: Final = 20
"""Of those that are watched and stopped, each for some seconds."""
WATCHED_SECONDS: Final = 3.0
FINAL: Final = {"done", "stopped", "failed", "cancelled"}

Json = Mapping[str, object]


def idle(database: str) -> Iterator[Sample]:
    """Until a day is accepted, begun, told of, stopped."""
    with serving(database, DAYROUTE_SOLVER_SLOTS="1") as served, served.client() as client:
        for seed in range(1001, 1006):
            _finished(client, _submitted(client, small_day(seed))[0])
        accepted: list[float] = []
        begun: list[float] = []
        whole: list[float] = []
        for seed in range(DAYS):
            plan_id, milliseconds = _submitted(client, small_day(seed))
            accepted.append(milliseconds)
            plan = _finished(client, plan_id)
            begun.append(_between(plan, "created_at", "started_at"))
            whole.append(_between(plan, "created_at", "finished_at"))
        yield Sample("submit", "ms", accepted, 15, 50)
        yield Sample("from accepted to begun", "ms", begun, 60, 150)
        yield Sample("from accepted to finished, 20 visits", "ms", whole)
        news: list[float] = []
        stopped: list[float] = []
        for seed in range(LONG_DAYS):
            events, milliseconds = _watched_and_stopped(client, seed)
            news += events
            stopped.append(milliseconds)
        yield Sample("a better plan on its way to who watches, beyond the quickest", "ms", news, None, 100)
        yield Sample("from stop to the best plan", "ms", stopped, 300, 1000)


def _submitted(client: httpx2.Client, day: Json) -> tuple[str, float]:
    began = perf_counter()
    answer = client.post("/v1/plans", json=day)
    milliseconds = 1000 * (perf_counter() - began)
    answer.raise_for_status()
    return str(answer.json()["id"]), milliseconds


def _finished(client: httpx2.Client, plan_id: str) -> Json:
    while True:
        plan = cast("Json", client.get(f"/v1/plans/{plan_id}").json())
        if plan["status"] in FINAL:
            return plan
        sleep(0.01)


def _between(plan: Json, first: str, then: str) -> float:
    """Milliseconds."""
    begin, end = (datetime.fromisoformat(str(plan[key])) for key in (first, then))
    return 1000 * (end - begin).total_seconds()


def _watched_and_stopped(client: httpx2.Client, seed: int) -> tuple[list[float], float]:
    """How much later than the quickest of them news came, and how long it took to stop; milliseconds.

    Each tells when it was found, counted from an instant that nobody here knows: the news that took least is as late as
    all of them at least.
    """
    options = {"time_limit": "PT10M", "explain": False, "seed": seed}
    plan_id, _ = _submitted(client, demo_document("helsinki") | {"options": options})
    came: SimpleQueue[tuple[float, float]] = SimpleQueue()
    reader = threading.Thread(target=_read_events, args=(client, plan_id, came))
    reader.start()
    sleep(WATCHED_SECONDS)
    began = perf_counter()
    client.post(f"/v1/plans/{plan_id}/stop").raise_for_status()
    reader.join()
    stopped = 1000 * (perf_counter() - began)
    late = [received - found for received, found in iter(came.get, (0.0, 0.0))]
    return [1000 * (each - min(late)) for each in late], stopped


def _read_events(client: httpx2.Client, plan_id: str, came: "SimpleQueue[tuple[float, float]]") -> None:
    """Until the end of them."""
    event = ""
    with client.stream("GET", f"/v1/plans/{plan_id}/events") as stream:
        for line in stream.iter_lines():
            name, _, said = line.partition(": ")
            if name == "event":
                event = said
            elif name == "data" and event == "progress":
                came.put((monotonic(), _seconds(str(json.loads(said)["elapsed"]))))
    came.put((0.0, 0.0))


def _seconds(duration: str) -> float:
    """Of ISO 8601, minutes at most."""
    minutes, _, seconds = duration.removeprefix("PT").rpartition("M")
    return 60 * float(minutes or 0) + float(seconds.removesuffix("S") or 0)
