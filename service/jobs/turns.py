"""Threads that plan take turns, except while their solvers run or others are asked.

Python runs one thread at a time. Threads that prepare and write plans all at once would be no faster for it, but
whoever else needs a moment, above all the event loop of a server, would have to wait for each of them in turn: with
eight of them and more processes than processors that was 0.2 to 0.5 s.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import Plan, TravelSource
from service.day.request import DayRequest
from service.geocoding.protocol import Address, Geocoded, Geocoder
from service.jobs.planner import Planner
from service.jobs.solving import Answer, DaySolver
from service.progress import Incumbent
from service.travel.protocol import Drawn, Table, TravelEngine
from solver.solution import Solution
from solver.wire import Task


class Turn(Protocol):
    """What a thread holds while it works: a lock, or one of several permits."""

    def acquire(self) -> bool:
        """Wait for it."""
        ...

    def release(self) -> None:
        """Let another have it."""
        ...


@dataclass(frozen=True, slots=True)
class TakingTurns:
    """A planner of which one call at a time goes on; its solver must be a ``StepsAside`` with the same ``turn``."""

    planner: Planner
    turn: threading.Lock

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        """See Planner."""
        with self.turn:
            return self.planner(request, on_better=on_better, stop=stop, go_on_from=go_on_from)


@dataclass(frozen=True, slots=True)
class StepsAside:
    """A DaySolver that gives up the turn of its thread until the answer is there."""

    solver: DaySolver
    turn: threading.Lock

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """See DaySolver."""
        with _aside(self.turn):
            return self.solver.solve(task, on_better=on_better, stop=stop)


@dataclass(frozen=True, slots=True)
class TravelsAside:
    """A TravelEngine that gives up the turn of its thread until the answer is there."""

    engine: TravelEngine
    turn: Turn

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine."""
        with _aside(self.turn):
            return self.engine.snap(places, profile)

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine."""
        with _aside(self.turn):
            return self.engine.table(origins, destinations, profile)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine."""
        with _aside(self.turn):
            return self.engine.draw(stops, profile)

    def info(self, profile: str) -> TravelSource:
        """See TravelEngine."""
        return self.engine.info(profile)


@contextmanager
def _aside(turn: Turn) -> Generator[None]:
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


@dataclass(frozen=True, slots=True)
class AsksAside:
    """A Geocoder that gives up the turn of its thread until the answer is there."""

    geocoder: Geocoder
    turn: Turn

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder."""
        with _aside(self.turn):
            return self.geocoder.find(addresses)
