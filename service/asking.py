"""Services elsewhere, with somebody who counts how often and how long they are asked."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.geocoding.protocol import Address, Geocoded, Geocoder
from service.outage import OutageError
from service.travel.protocol import Drawn, Table, TravelEngine


class Heard(Protocol):
    """Whoever counts it."""

    def __call__(self, source: str, took: timedelta, *, answered: bool) -> None:
        """``source`` was asked, and answered or not."""
        ...


@dataclass(frozen=True, slots=True)
class Timing:
    """How long ``source`` takes to answer, and whether it does."""

    source: str
    heard: Heard
    clock: Callable[[], float] = time.monotonic

    @contextmanager
    def asked(self) -> Generator[None]:
        """Around one question."""
        began, answered = self.clock(), True
        try:
            yield
        except OutageError:
            answered = False
            raise
        finally:
            self.heard(self.source, timedelta(seconds=self.clock() - began), answered=answered)


@dataclass(frozen=True, slots=True)
class TimedGeocoder:
    """A Geocoder."""

    geocoder: Geocoder
    timing: Timing

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder."""
        with self.timing.asked():
            return self.geocoder.find(addresses)


@dataclass(frozen=True, slots=True)
class TimedEngine:
    """A TravelEngine."""

    engine: TravelEngine
    timing: Timing

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine."""
        with self.timing.asked():
            return self.engine.snap(places, profile)

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine."""
        with self.timing.asked():
            return self.engine.table(origins, destinations, profile)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine."""
        with self.timing.asked():
            return self.engine.draw(stops, profile)

    def info(self, profile: str) -> TravelSource:
        """See TravelEngine."""
        return self.engine.info(profile)


def unheard(source: str, took: timedelta, *, answered: bool) -> None:
    """A Heard that counts nothing."""
