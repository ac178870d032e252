"""A plan of nothing, and planners that make it: for tests of what happens around planning."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from service.day.plan import CostBreakdown, Plan, PlanMetrics, PlanScore, SolverNote, TravelSource
from service.day.request import DayRequest
from service.plan_day import Progress

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


def plans_nothing(request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
    """A planner that is done at once."""
    del request, on_progress, stop
    return EMPTY_PLAN


class Held:
    """A planner that says when it began and goes on until it is let go or stopped."""

    def __init__(self) -> None:
        self.began = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()

    def __call__(self, request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        del request
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        on_progress(Progress(5.0, 1.0, 2, timedelta(seconds=1)))
        self.began.release()
        while not (stop.wait(0.001) or self.go_on.is_set()):
            pass
        with self._lock:
            self._now -= 1
        return EMPTY_PLAN
