"""Travel times by Valhalla, asked over HTTP.

One place that is near no road would spoil a whole table, so where places are on its roads is asked first. Its ways are
those of the profile that it is asked for: one server does for all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.day.place import Place, Point
from service.day.plan import TravelSource
from service.extract import ATTRIBUTION
from service.travel.exchange import Exchange, Trouble
from service.travel.great_circle import metres_between
from service.travel.parts import NoWayError, Parts, TooBigError, legs, slices, whole_numbers
from service.travel.protocol import NOWHERE, Drawn, Table
from solver.units import UNREACHABLE

A = TypeVar("A")

COSTINGS: Final[Mapping[str, str]] = {
    "car": "auto",
    "motorcycle": "motorcycle",
    "truck": "truck",
    "bicycle": "bicycle",
    "foot": "pedestrian",
}
"""How Valhalla calls our profiles."""

MOST_PAIRS: Final = 40_000
"""Asked for at a time; what servers answer by default is 2,500."""
MOST_SNAPPED: Final = 500
MOST_STOPS: Final = 20
"""Of a route at a time: what servers answer by default."""
OK: Final = 200
TOO_MANY: Final = frozenset({150, 157})
"""Locations, or pairs of them."""
NO_WAY: Final = frozenset({170, 442})


class _Refusal(msgspec.Struct):
    error_code: int


class _Edge(msgspec.Struct):
    correlated_lat: float
    correlated_lon: float


class _Located(msgspec.Struct):
    edges: Sequence[_Edge] | None = None


class _Rows(msgspec.Struct):
    durations: Sequence[Sequence[float | None]]
    distances: Sequence[Sequence[float | None]]


class _Tables(msgspec.Struct):
    sources_to_targets: _Rows


class _Summary(msgspec.Struct):
    has_ferry: bool = False


class _Leg(msgspec.Struct):
    shape: str
    summary: _Summary


class _Way(msgspec.Struct):
    legs: Sequence[_Leg]


class _Route(msgspec.Struct, rename={"way": "trip"}):
    way: _Way


class Valhalla:
    """A server of Valhalla; ``where`` tells its URL."""

    def __init__(self, where: Callable[[], str], exchange: Exchange, most_pairs: int = MOST_PAIRS) -> None:
        self._where = where
        self._exchange = exchange
        self._parts = Parts(most_pairs)

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine."""
        metres = np.empty(len(places))
        for some in slices(len(places), MOST_SNAPPED):
            metres[some] = self._near(places[some], profile)
        return metres

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine."""
        try:
            return self._parts.table(origins, destinations, lambda some, others: self._part(some, others, profile))
        except TooBigError:
            raise self._exchange.down(Trouble.UNREADABLE) from None

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine."""
        return legs(stops, MOST_STOPS, lambda some: self._legs(some, profile))

    def info(self, profile: str) -> TravelSource:
        """See TravelEngine."""
        return TravelSource("valhalla", f"Valhalla, {COSTINGS[profile]}", attribution=ATTRIBUTION)

    def _near(self, places: Sequence[Place], profile: str) -> Sequence[float]:
        try:
            located = self._ask("locate", {"locations": _at(places), "verbose": False}, profile, list[_Located])
        except TooBigError:
            raise self._exchange.down(Trouble.UNREADABLE) from None
        if len(located) != len(places):
            raise self._exchange.down(Trouble.UNREADABLE)
        return [self._nearest(place, found.edges or ()) for place, found in zip(places, located, strict=True)]

    def _nearest(self, place: Place, edges: Sequence[_Edge]) -> float:
        try:
            points = [Point(edge.correlated_lat, edge.correlated_lon) for edge in edges]
        except ValueError:
            raise self._exchange.down(Trouble.UNREADABLE) from None
        return min((metres_between(_point(place), point) for point in points), default=NOWHERE)

    def _part(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        if not origins or not destinations:
            return whole_numbers(*np.empty((2, len(origins), len(destinations))))
        wanted = {"sources": _at(origins), "targets": _at(destinations), "verbose": False, "units": "kilometers"}
        rows = self._ask("sources_to_targets", wanted, profile, _Tables).sources_to_targets
        shape = len(origins), len(destinations)
        return whole_numbers(self._numbers(rows.durations, shape), 1000 * self._numbers(rows.distances, shape))

    def _numbers(self, rows: Sequence[Sequence[float | None]], shape: tuple[int, int]) -> NDArray[np.float64]:
        """Numbers of a table, NaN where there is no way."""
        if [len(row) for row in rows] != [shape[1]] * shape[0]:
            raise self._exchange.down(Trouble.UNREADABLE)
        numbers = np.array(rows, dtype=np.float64)
        if (numbers < 0).any() or (numbers >= UNREACHABLE).any():
            raise self._exchange.down(Trouble.UNREADABLE)
        return numbers

    def _legs(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        route = self._ask("route", {"locations": _at(stops), "directions_type": "none"}, profile, _Route)
        if len(route.way.legs) != len(stops) - 1:
            raise self._exchange.down(Trouble.UNREADABLE)
        return [Drawn(leg.shape, leg.summary.has_ferry) for leg in route.way.legs]

    def _ask(self, action: str, question: Mapping[str, object], profile: str, kind: type[A]) -> A:
        """Raises TooBigError, NoWayError, RoadsDownError."""
        reply = self._exchange.post(self._where, f"/{action}", {**question, "costing": COSTINGS[profile]})
        if reply.status == OK:
            return self._decoded(reply.content, kind)
        try:
            code = msgspec.json.decode(reply.content, type=_Refusal).error_code
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._exchange.down(Trouble.REFUSING, str(reply.status)) from None
        if code in TOO_MANY:
            raise TooBigError
        if code in NO_WAY:
            raise NoWayError
        raise self._exchange.down(Trouble.REFUSING, str(code))

    def _decoded(self, content: bytes, kind: type[A]) -> A:
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._exchange.down(Trouble.UNREADABLE) from None


def _at(places: Sequence[Place]) -> list[dict[str, float]]:
    return [{"lat": point.lat, "lon": point.lon} for point in map(_point, places)]


def _point(place: Place) -> Point:
    if place.point is None:
        message = "roads are asked about coordinates."
        raise ValueError(message)
    return place.point
