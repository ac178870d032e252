"""Many who ask at once, and many plans one after the other."""

import asyncio
from collections.abc import Iterator
from time import perf_counter
from typing import Final

import httpx2
import psutil

from api.demos import demo_document
from benchmarks.generators.requests import small_day
from benchmarks.samples import Sample
from benchmarks.serving import Served, serving

POLLERS: Final = 100
STREAMS: Final = 100
EVERY_SECONDS: Final = 1.0
"""How often each poller asks."""
LOAD_SECONDS: Final = 60.0
SOLVES: Final = 4
FAILED: Final = 500
"""This status and those above it."""

SOAKED: Final = 1_000
AT_A_TIME: Final = 4
LOOKS: Final = 10
"""At the memory, evenly over all plans."""
WARM: Final = 100
"""Plans after which a process has what it needs."""
GROWTH: Final = 10
"""Megabytes that may be chance."""
MEGABYTE: Final = 1 << 20


def load(database: str) -> Iterator[Sample]:
    """Clients that poll and watch, while as many days are planned as there are slots."""
    with serving(database, DAYROUTE_SOLVER_SLOTS=str(SOLVES)) as served:
        polled, statuses, events = asyncio.run(_under_load(served))
    yield Sample("GET of a plan, 100 clients poll and 100 watch", "ms", polled, None, 100)
    yield Sample("answers of 5xx meanwhile", "answers", [sum(status >= FAILED for status in statuses)], 0)
    yield Sample("news that those who watch were told", "events", [events])


async def _under_load(served: Served) -> tuple[list[float], list[int], int]:
    """Milliseconds and statuses of all GETs, and how many events came."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=served.address, timeout=120, limits=limits) as client:
        options = {"time_limit": f"PT{LOAD_SECONDS + 60:.0f}S", "explain": False}
        day = demo_document("helsinki") | {"options": options}
        plans = [(await client.post("/v1/plans", json=day)).json()["id"] for _ in range(SOLVES)]
        polled: list[float] = []
        statuses: list[int] = []
        until = perf_counter() + LOAD_SECONDS

        async def poll(number: int) -> None:
            await asyncio.sleep(EVERY_SECONDS * number / POLLERS)
            while perf_counter() < until:
                began = perf_counter()
                answer = await client.get(f"/v1/plans/{plans[number % SOLVES]}")
                took = perf_counter() - began
                polled.append(1000 * took)
                statuses.append(answer.status_code)
                await asyncio.sleep(max(0.0, EVERY_SECONDS - took))

        async def watch(number: int) -> int:
            events = 0
            async with client.stream("GET", f"/v1/plans/{plans[number % SOLVES]}/events") as stream:
                statuses.append(stream.status_code)
                async for line in stream.aiter_lines():
                    events += line.startswith("event: ")
            return events

        watching = [asyncio.create_task(watch(number)) for number in range(STREAMS)]
        await asyncio.gather(*(poll(number) for number in range(POLLERS)))
        for plan_id in plans:
            await client.post(f"/v1/plans/{plan_id}/stop")
        return polled, statuses, sum(await asyncio.gather(*watching))


def soak(database: str) -> Iterator[Sample]:
    """Plans one after the other: whether processes grow."""
    with serving(database, DAYROUTE_SOLVER_SLOTS="2") as served:
        memory = asyncio.run(_soaked(served))
    for process in memory[0]:
        grown = memory[-1][process] - memory[0][process]
        yield Sample(f"memory of {process} after {WARM} plans", "MB", [memory[0][process]])
        yield Sample(f"growth of {process} in {SOAKED} plans more", "MB", [grown], GROWTH)


async def _soaked(served: Served) -> list[dict[str, float]]:
    """Megabytes of each process, from time to time."""
    async with httpx2.AsyncClient(base_url=served.address, timeout=120) as client:
        seeds = iter(range(WARM + SOAKED))
        await _plan(client, seeds, WARM)
        memory = [_memory()]
        for _ in range(LOOKS):
            await _plan(client, seeds, SOAKED // LOOKS)
            memory.append(_memory())
        return memory


async def _plan(client: httpx2.AsyncClient, seeds: Iterator[int], plans: int) -> None:
    """So many more, some at a time."""
    days = asyncio.Semaphore(AT_A_TIME)

    async def one(seed: int) -> None:
        async with days:
            answer = await client.post("/v1/plans", json=small_day(seed), headers={"Prefer": "wait=60"})
            answer.raise_for_status()

    await asyncio.gather(*(one(next(seeds)) for _ in range(plans)))


def _memory() -> dict[str, float]:
    """Megabytes of whoever takes requests and of whoever makes plans."""
    found: dict[str, float] = {}
    for process in psutil.Process().children(recursive=True):
        for name in ("web", "worker"):
            if ["api", name] == process.cmdline()[3:5]:
                found[name] = process.memory_info().rss / MEGABYTE
    return found
