"""Plans watched while they are made."""

import json
import threading
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from tests.plans import Held
from tests.web import Json, client, small_day, wait_until, wiring_of


@dataclass
class Event:
    kind: str
    id: str
    data: Json


def events(web: TestClient, plan_id: str, **headers: str) -> list[Event]:
    """All that is told until the stream ends."""
    answer = web.get(f"/v1/plans/{plan_id}/events", headers=headers)
    assert "text/event-stream; charset=utf-8" == answer.headers["content-type"]
    told = [dict(line.split(": ", 1) for line in block.split("\n")) for block in answer.text.strip().split("\n\n")]
    return [Event(each["event"], each["id"], json.loads(each["data"])) for each in told]


def finished(web: TestClient, held: Held) -> str:
    """A plan of which one better one was told before it was finished."""
    plan_id = str(web.post("/v1/plans", json=small_day()).json()["id"])
    wait_until(web, plan_id, lambda state: state.progress is not None)
    held.go_on.set()
    wait_until(web, plan_id)
    return plan_id


def test_every_better_plan_is_told_and_then_the_end() -> None:
    held = Held()
    web = client(held)
    plan_id = finished(web, held)
    progress, done = events(web, plan_id)

    assert ("progress", {"value": 5.0, "cost": 1.0, "planned": 2, "elapsed": "PT1S"}) == (progress.kind, progress.data)
    links = {"self": f"/v1/plans/{plan_id}", "stop": f"/v1/plans/{plan_id}/stop"}
    assert ("done", {"id": plan_id, "status": "done", "links": links}) == (done.kind, done.data)


def test_who_comes_back_is_told_only_what_came_after() -> None:
    held = Held()
    web = client(held)
    plan_id = finished(web, held)
    progress, done = events(web, plan_id)

    assert [done] == events(web, plan_id, **{"Last-Event-ID": progress.id})


def test_who_has_heard_the_end_is_told_to_stay_away() -> None:
    held = Held()
    web = client(held)
    plan_id = finished(web, held)
    _, done = events(web, plan_id)
    again = web.get(f"/v1/plans/{plan_id}/events", headers={"Last-Event-ID": done.id})

    assert (204, b"") == (again.status_code, again.content)


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 30, "1e3"])
def test_who_remembers_nonsense_is_told_everything(last: str) -> None:
    held = Held()
    web = client(held)
    plan_id = finished(web, held)

    assert 2 == len(events(web, plan_id, **{"Last-Event-ID": last}))


def test_nobody_watches_what_is_not_there() -> None:
    answer = client().get("/v1/plans/nothing/events")

    assert (404, "plan_unknown") == (answer.status_code, answer.json()["errors"][0]["code"])


def test_a_plan_that_is_cancelled_before_it_begins_is_told_so() -> None:
    held = Held()
    with client(held, slots=1) as web:
        web.post("/v1/plans", json=small_day())
        held.began.acquire()
        plan_id = str(web.post("/v1/plans", json=small_day()).json()["id"])
        web.post(f"/v1/plans/{plan_id}/stop")
        (done,) = events(web, plan_id)
        held.go_on.set()

    assert ("done", "cancelled") == (done.kind, done.data["status"])


def test_a_stream_ends_with_a_plan_that_is_erased_while_it_is_watched() -> None:
    held = Held()
    web = client(held)
    plan_id = str(web.post("/v1/plans", json=small_day()).json()["id"])
    wait_until(web, plan_id, lambda state: state.progress is not None)
    parts = wiring_of(web)

    def erase() -> None:
        while not parts.watch._waiting:  # pyright: ignore[reportPrivateUsage]
            pass
        parts.jobs("default").plans.remove(plan_id)

    eraser = threading.Thread(target=erase)
    eraser.start()
    (progress,) = events(web, plan_id)
    eraser.join()

    assert "progress" == progress.kind
