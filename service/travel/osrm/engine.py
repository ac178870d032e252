"""Travel times by OSRM.

It finds a road for every place, however far: the distance to it is asked first, and the table only for those that are
near one.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

import msgspec
import numpy as np
import polyline
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.extract import ATTRIBUTION
from service.travel.osrm.wire import ENDS_OF_THE_WORLD, Options, Wire
from service.travel.parts import Parts, TooBigError, legs, slices, whole_numbers
from service.travel.protocol import PRECISION, Drawn, Table
from solver.units import UNREACHABLE

D = TypeVar("D")
T = TypeVar("T", bound="_Answer")

MOST_PAIRS: Final = 1_000_000
"""Asked for at a time, 500 x 2,000: more origins save nothing."""
ROUNDING: Final = 1.0
"""Of two doors on one stretch of road it tells -0.3 m now and then."""
MOST_SNAPPED: Final = 500
MOST_STOPS: Final = 100
"""Of a route at a time: what servers answer by default."""


class _Answer(msgspec.Struct):
    code: str
    data_version: str | None = None


class _Waypoint(msgspec.Struct):
    distance: float


class _Near(_Answer):
    destinations: Sequence[_Waypoint] = ()


class _Rows(_Answer):
    """Row by row: decoded all at once, a large table would keep every other thread of the process waiting."""

    durations: Sequence[msgspec.Raw] = ()
    distances: Sequence[msgspec.Raw] = ()


class _Line(msgspec.Struct):
    coordinates: Sequence[tuple[float, float]]


class _Step(msgspec.Struct):
    mode: str
    geometry: _Line


class _Leg(msgspec.Struct):
    steps: Sequence[_Step]


class _Route(msgspec.Struct):
    legs: Sequence[_Leg]


class _Routes(_Answer):
    routes: Sequence[_Route] = ()


class Osrm:
    """A server of OSRM, with data of one profile, whatever that is asked as."""

    def __init__(self, wire: Wire, data_date: str | None = None, most_pairs: int = MOST_PAIRS) -> None:
        self._wire = wire
        self._data_date = data_date
        self._parts = Parts(most_pairs)

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:  # noqa: ARG002 - see the class
        """See TravelEngine."""
        metres = np.empty(len(places))
        for some in slices(len(places), MOST_SNAPPED):
            metres[some] = self._near(places[some])
        return metres

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:  # noqa: ARG002
        """See TravelEngine."""
        try:
            return self._parts.table(origins, destinations, self._part)
        except TooBigError:
            raise self._wire.unreadable() from None

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:  # noqa: ARG002
        """See TravelEngine."""
        return legs(stops, MOST_STOPS, self._legs)

    def info(self, profile: str) -> TravelSource:  # noqa: ARG002
        """See TravelEngine."""
        return TravelSource("osrm", "OSRM", self._data_date, ATTRIBUTION)

    def _near(self, places: Sequence[Place]) -> Sequence[float]:
        """From an end of the world to all of them: a table of one row tells what each was taken for."""
        asked = [*ENDS_OF_THE_WORLD, *places]
        options = {"sources": [0], "destinations": _from(asked, len(ENDS_OF_THE_WORLD)), "annotations": ["duration"]}
        try:
            answer = self._ask("table", asked, options, _Near)
        except TooBigError:
            if len(places) == 1:
                raise self._wire.unreadable() from None
            half = len(places) // 2
            return [*self._near(places[:half]), *self._near(places[half:])]
        if len(answer.destinations) != len(places):
            raise self._wire.unreadable()
        return [waypoint.distance for waypoint in answer.destinations]

    def _part(self, origins: Sequence[Place], destinations: Sequence[Place]) -> Table:
        asked = [*ENDS_OF_THE_WORLD, *origins, *destinations]
        answer = self._ask(
            "table",
            asked,
            {
                "sources": _from(asked[: -len(destinations)], len(ENDS_OF_THE_WORLD)),
                "destinations": _from(asked, len(ENDS_OF_THE_WORLD) + len(origins)),
                "annotations": ["duration", "distance"],
                "skip_waypoints": True,
            },
            _Rows,
        )
        shape = len(origins), len(destinations)
        seconds, metres = self._numbers(answer.durations, shape), self._numbers(answer.distances, shape)
        return whole_numbers(seconds, metres)

    def _numbers(self, rows: Sequence[msgspec.Raw], shape: tuple[int, int]) -> NDArray[np.float64]:
        """Numbers of a table, NaN where there is no way."""
        if len(rows) != shape[0]:
            raise self._wire.unreadable()
        numbers = np.empty(shape)
        for row, told in zip(numbers, rows, strict=True):
            each = np.array(self._decoded(told, list[float | None]), dtype=np.float64)
            if len(each) != shape[1] or (each <= -ROUNDING).any() or (each >= UNREACHABLE).any():
                raise self._wire.unreadable()
            row[:] = np.maximum(each, 0)
        return numbers

    def _legs(self, stops: Sequence[Place]) -> Sequence[Drawn | None]:
        options = {"steps": True, "geometries": "geojson", "overview": "false"}
        answer = self._ask("route", stops, options, _Routes)
        drawn = answer.routes[0].legs if answer.routes else ()
        if len(drawn) != len(stops) - 1:
            raise self._wire.unreadable()
        return [_drawn(leg) for leg in drawn]

    def _ask(self, service: str, places: Sequence[Place], options: Options, kind: type[T]) -> T:
        answer = self._decoded(self._wire.ask(service, places, options), kind)
        if answer.code != "Ok":
            raise self._wire.unreadable()
        self._data_date = answer.data_version or self._data_date
        return answer

    def _decoded(self, told: bytes | msgspec.Raw, kind: type[D]) -> D:
        try:
            return msgspec.json.decode(told, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._wire.unreadable() from None


def _from(places: Sequence[Place], first: int) -> list[int]:
    return list(range(first, len(places)))


def _drawn(leg: _Leg) -> Drawn | None:
    """Steps in one line; each begins where the one before it ended."""
    points = [(lat, lon) for step in leg.steps for lon, lat in step.geometry.coordinates]
    line = [here for here, before in zip(points, [None, *points[:-1]], strict=True) if here != before]
    if not line:
        return None
    return Drawn(polyline.encode(line, PRECISION), ferry=any(step.mode == "ferry" for step in leg.steps))
