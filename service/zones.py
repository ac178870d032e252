"""Which clock hangs on the wall: the time zone of a visit and of a shift.

A visit's own zone, else the plan's, else that of the coordinates, else the offset in which the day's first shift was
written. Only for showing times; what is planned are instants.
"""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import TYPE_CHECKING, Self, TypeAlias, cast
from zoneinfo import ZoneInfo

from service.day.agent import Shift
from service.day.place import Place, Point
from service.day.request import DayRequest
from service.day.visit import Visit

if TYPE_CHECKING:
    from types import ModuleType


@contextmanager
def _without(package: str) -> Generator[None]:
    """Within, ``package`` is not there to be imported."""
    loaded = sys.modules.get(package)
    sys.modules[package] = cast("ModuleType", None)  # Python's own way of saying so
    try:
        yield
    finally:
        del sys.modules[package]
        if loaded is not None:
            sys.modules[package] = loaded


# timezonefinder takes numba before its own C extension: 100 MB and 0.3 s more for a server that compiles nothing, and
# no import at all where its folder cannot be written to.
with _without("numba"):
    from timezonefinder import TimezoneFinder

ZoneAt: TypeAlias = Callable[[Point], str | None]
"""IANA name of the zone at a point."""


def zone_at(point: Point) -> str | None:
    """Name of the zone at a point, from boundaries that come with the package timezonefinder."""
    return boundaries().timezone_at(lng=point.lon, lat=point.lat)


@cache
def boundaries() -> TimezoneFinder:
    """Of all zones; read once, when first asked: it takes half a second."""
    return TimezoneFinder()


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones of one request. ``written`` is the offset of its instants, ``plan`` its zone if it names one."""

    plan: tzinfo | None
    written: tzinfo
    at: ZoneAt

    @classmethod
    def of(cls, request: DayRequest, at: ZoneAt = zone_at) -> Self:
        """Zones of a request that has no faults."""
        first = request.agents[0].shifts[0].start
        if first.tzinfo is None:
            message = "instants need an offset."
            raise ValueError(message)
        return cls(ZoneInfo(request.timezone) if request.timezone else None, first.tzinfo, at)

    def of_visit(self, visit: Visit, place: Place) -> tzinfo:
        """Zone at the door: ``place`` is where the visit is served."""
        return ZoneInfo(visit.timezone) if visit.timezone else self._of(place)

    def of_shift(self, shift: Shift) -> tzinfo:
        """Zone in which the agent's day is told."""
        return self._of(shift.start_place)

    def _of(self, place: Place) -> tzinfo:
        if self.plan is not None:
            return self.plan
        name = self.at(place.point) if place.point else None
        return ZoneInfo(name) if name else self.written
