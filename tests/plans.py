"""A plan of nothing, and planners that make it: for tests of what happens around planning."""

import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from service.day.plan import CostBreakdown, Plan, PlanMetrics, PlanScore, SolverNote, TravelSource
from service.day.request import DayRequest, GivenItinerary
from service.jobs.queue import Urgency
from service.progress import Incumbent, Progress

NO_TIME = timedelta()
EMPTY_PLAN = Plan(
    score=PlanScore(0, 0, CostBreakdown(0, 0, 0, 0, 0, 0, 0)),
    itineraries=(),
    unassigned=(),
    metrics=PlanMetrics(0, 0, 0, 0, NO_TIME, NO_TIME, NO_TIME, NO_TIME, NO_TIME, 0),
    travel=TravelSource("estimate", "none"),
    solver=SolverNote(1, NO_TIME, "exhausted", "none"),
)
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


FOUND = (GivenItinerary("A-1/mon", ("V-1", "V-2")),)
"""What somebody finds on the way to a plan."""


class NoQueue:
    """A queue that a test does the work of."""

    def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None: ...

    def listen(self, make: Callable[[str], None], slots: int, worker: str) -> None: ...

    def in_hand(self) -> Collection[str]:
        return ()

    def recover(self, workers: Collection[str]) -> None: ...

    def forget(self, plan_ids: Sequence[str]) -> None: ...

    def drain(self) -> None: ...


def plans_nothing(request: DayRequest, **how: object) -> Plan:
    """A planner that is done at once."""
    del request, how
    return EMPTY_PLAN


class Held:
    """A planner that says when it began and goes on until it is let go or stopped."""

    def __init__(self) -> None:
        self.began = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.most_at_once = 0
        self.order: list[str | None] = []
        self._now = 0
        self._lock = threading.Lock()

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        del go_on_from
        self.order.append(request.name)
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        on_better(Incumbent(Progress(5.0, 1.0, 2, timedelta(seconds=1)), FOUND))
        self.began.release()
        while not (stop.wait(0.001) or self.go_on.is_set()):
            pass
        with self._lock:
            self._now -= 1
        return EMPTY_PLAN
