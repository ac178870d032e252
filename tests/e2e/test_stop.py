"""A real plan, stopped while it is being made."""

import time
from typing import cast

import httpx2

AT_ONCE = 1.0
TRIES = 3
"""Other work on the machine may delay any process; what takes too long by itself does so every time."""
PATIENCE = 30.0
"""Seconds after which a test that would hang fails; no test waits for them."""


def read(server: httpx2.Client, address: str, *, until: str) -> dict[str, object]:
    """The plan as soon as a key of it has something to say."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        plan = cast("dict[str, object]", server.get(address).json())
        if plan[until] is not None:
            return plan
        time.sleep(0.01)
    message = f"no {until} in time."
    raise TimeoutError(message)


def stopped(server: httpx2.Client) -> tuple[float, dict[str, object]]:
    """Seconds from asking for the best so far to having it, and what it was."""
    day = cast("dict[str, object]", server.get("/v1/demo-data/helsinki").json())
    day["options"] = {"time_limit": "PT5M"}
    address = server.post("/v1/plans", json=day).headers["location"]
    read(server, address, until="progress")
    began = time.monotonic()
    assert 202 == server.post(f"{address}/stop").status_code
    plan = read(server, address, until="score")
    return time.monotonic() - began, plan


def test_a_plan_is_stopped_within_a_second_and_keeps_the_best_so_far(server: httpx2.Client) -> None:
    times: list[float] = []
    while len(times) < TRIES and min(times, default=2.0) > AT_ONCE:
        taken, plan = stopped(server)
        times.append(taken)
        score, solver = (cast("dict[str, object]", plan[key]) for key in ("score", "solver"))

        assert ("stopped", "stopped") == (plan["status"], solver["stopped_because"])
        assert cast("float", score["value"]) > 0

    assert min(times) <= AT_ONCE, times
