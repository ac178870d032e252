"""The event loop never stalls, however much is being solved."""

from concurrent.futures import ThreadPoolExecutor
from typing import cast

import httpx2

SOLVES = 8
LONGEST_GAP = 0.1
TRIES = 3
"""Other work on the machine may hold up any process; what holds up the loop does so every time."""


def solve(server: httpx2.Client, day: dict[str, object]) -> dict[str, object]:
    answer = server.post("/v1/plans", json=day, headers={"Prefer": "wait=60"})
    assert 200 == answer.status_code
    return cast("dict[str, object]", answer.json())


def longest_gap(server: httpx2.Client, day: dict[str, object]) -> float:
    """Seconds the loop was late at most while eight days were planned at the same time."""
    server.get("/pulse")
    with ThreadPoolExecutor(SOLVES) as callers:
        plans = list(callers.map(solve, [server] * SOLVES, [day] * SOLVES))

    assert ["done"] * SOLVES == [plan["status"] for plan in plans]
    return float(server.get("/pulse").json())


def test_the_event_loop_is_never_late_by_more_than_a_tenth_of_a_second(server: httpx2.Client) -> None:
    day = cast("dict[str, object]", server.get("/v1/demo-data/helsinki").json())
    day["options"] = {"time_limit": "PT3S"}
    gaps: list[float] = []
    while len(gaps) < TRIES and min(gaps, default=1.0) > LONGEST_GAP:
        gaps.append(longest_gap(server, day))

    assert min(gaps) <= LONGEST_GAP, gaps
