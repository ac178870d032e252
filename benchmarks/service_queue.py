"""Thousands of plans that wait: whose turn it is."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from queue import SimpleQueue
from time import sleep
from typing import Final

import httpx2
from sqlalchemy import select

from api.durations import iso_duration
from api.processes import keys_of
from benchmarks.generators.requests import small_day
from benchmarks.samples import Sample
from benchmarks.serving import Served, installed
from service.access import Role
from service.jobs.queue import Urgency
from service.store.database import Database
from service.store.schema import PLANS

TENANTS: Final = 50
SENT: Final = 5_000
EFFORTS: Final = (timedelta(seconds=1), timedelta(seconds=2))
"""What tenants ask for in turn: those who ask for more have fewer plans made."""
SLOTS: Final = 2
SUBMITTERS: Final = 8
URGENT: Final = 60
APART_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 1.0


def queue(database: str) -> Iterator[Sample]:
    """Plans are sent while nobody makes any; then somebody begins, and others come who wait for theirs."""
    with installed(database, DAYROUTE_QUEUE_LIMIT=str(2 * SENT), DAYROUTE_SOLVER_SLOTS=str(SLOTS)) as served:
        keys = keys_of(served.known)
        secrets = [keys.add(_tenant(number), Role.PLAN, "").secret for number in range(TENANTS)]
        served.await_answer(served.start("web", "--port", served.address.rpartition(":")[2]))
        accepted = _fill(served, secrets)
        yield Sample("submit, while the queue fills up, 8 clients", "ms", accepted)
        served.start("worker")
        waited = [1000 * each for each in _urgent(served, keys.add("dispatch", Role.PLAN, "").secret)]
        yield Sample("from accepted to begun, for who waits", "ms", waited, None, 300)
        shares = _shares(served)
        mean = sum(shares) / len(shares)
        yield Sample(
            "share of a tenant, off the mean", "%", [100 * abs(share - mean) / mean for share in shares], None, 10
        )


def _fill(served: Served, secrets: Sequence[str]) -> list[float]:
    """Milliseconds until each plan was accepted."""
    days = {effort: {**small_day(1), "options": {"time_limit": iso_duration(effort)}} for effort in EFFORTS}
    took: SimpleQueue[float] = SimpleQueue()

    def submit(first: int) -> None:
        with served.client() as client:
            for number in range(first, SENT, SUBMITTERS):
                tenant = number % TENANTS
                key = {"X-API-Key": secrets[tenant]}
                answer = client.post("/v1/plans", json=days[_effort(tenant)], headers=key)
                answer.raise_for_status()
                took.put(1000 * answer.elapsed.total_seconds())

    threads = [threading.Thread(target=submit, args=(first,)) for first in range(SUBMITTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [took.get() for _ in range(took.qsize())]


def _urgent(served: Served, secret: str) -> list[float]:
    """Seconds from accepted to begun."""
    waited: list[float] = []
    with httpx2.Client(base_url=served.address, headers={"X-API-Key": secret}, timeout=120) as client:
        client.post("/v1/plans", json=small_day(2), headers={"Prefer": "wait=60"})  # until there is a worker
        for seed in range(URGENT):
            plan = client.post("/v1/plans", json=small_day(seed), headers={"Prefer": "wait=60"}).json()
            began, ended = (datetime.fromisoformat(plan[key]) for key in ("created_at", "started_at"))
            waited.append((ended - began).total_seconds())
            sleep(APART_SECONDS)
    return waited


def _shares(served: Served) -> list[float]:
    """Seconds of solving that each tenant had been given when half of all plans had been begun."""
    database = Database.open(served.known.database)
    waiting = select(PLANS.c.tenant, PLANS.c.started_at).where(PLANS.c.urgency == Urgency.BATCH.value)
    begun: list[tuple[datetime, str]] = []
    while len(begun) < SENT / 2:
        sleep(LOOK_SECONDS)
        with database.read() as connection:
            begun = sorted((row.started_at, row.tenant) for row in connection.execute(waiting) if row.started_at)
    database.close()
    counts = Counter(tenant for _, tenant in begun[: SENT // 2])
    return [counts[_tenant(number)] * _effort(number).total_seconds() for number in range(TENANTS)]


def _tenant(number: int) -> str:
    return f"tenant-{number}"


def _effort(number: int) -> timedelta:
    return EFFORTS[number % len(EFFORTS)]
