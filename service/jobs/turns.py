"""Threads that plan take turns, except while their solvers run or others are asked.

Python runs one thread at a time. Threads that prepare and write plans all at once would be no faster for it, but
whoever else needs a moment, above all the event loop of a server, would have to wait for each of them in turn: with
eight of them and more processes than processors that was 0.2 to 0.5 s.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.day.plan import Plan
from service.day.request import DayRequest
from service.geocoding.protocol import Address, Geocoded, Geocoder
from service.jobs.plan_jobs import Planner
from service.jobs.solving import Answer, DaySolver
from service.plan_day import Progress
from solver.solution import Solution
from solver.wire import Task


@dataclass(frozen=True, slots=True)
class TakingTurns:
    """A planner of which one call at a time goes on; its solver must be a ``StepsAside`` with the same ``turn``."""

    planner: Planner
    turn: threading.Lock

    def __call__(self, request: DayRequest, *, on_progress: Callable[[Progress], None], stop: threading.Event) -> Plan:
        """See Planner."""
        with self.turn:
            return self.planner(request, on_progress=on_progress, stop=stop)


@dataclass(frozen=True, slots=True)
class StepsAside:
    """A DaySolver that gives up the turn of its thread until the answer is there."""

    solver: DaySolver
    turn: threading.Lock

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """See DaySolver."""
        self.turn.release()
        try:
            return self.solver.solve(task, on_better=on_better, stop=stop)
        finally:
            self.turn.acquire()


@dataclass(frozen=True, slots=True)
class AsksAside:
    """A Geocoder that gives up the turn of its thread until the answer is there."""

    geocoder: Geocoder
    turn: threading.Lock

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder."""
        self.turn.release()
        try:
            return self.geocoder.find(addresses)
        finally:
            self.turn.acquire()
