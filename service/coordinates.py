"""Coordinates of other systems: those that maps of China show lie some hundred metres beside the world's.

GCJ-02 is WGS 84 shifted by a wave that nobody publishes and everybody knows; BD-09, Baidu's, shifts that once more.
Inside, everything is WGS 84: requests are converted on their way in, plans on their way out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Final

import polyline

from service.day.agent import Agent, Shift
from service.day.place import Candidate, Place, Point
from service.day.plan import BreakStop, Itinerary, Plan, Unassigned, VisitStop
from service.day.request import Crs, DayRequest
from service.day.visit import Visit
from service.travel.protocol import PRECISION

SEMI_MAJOR_AXIS: Final = 6_378_245.0
ECCENTRICITY_SQUARED: Final = 0.00669342162296594323
"""Of the ellipsoid of Krasovsky, 1940."""
SOUTH, NORTH, WEST, EAST = 0.8293, 55.8271, 72.004, 137.8347
"""Beyond these degrees GCJ-02 is WGS 84."""
BAIDU: Final = pi * 3000 / 180
NEAR_ENOUGH: Final = 1e-10
"""Degrees; a hundredth of a millimetre."""
ROUNDS: Final = 30
DIGITS: Final = 7
"""Of a degree told in another system: a centimetre."""


def to_wgs84(point: Point, crs: Crs) -> Point:
    """What a point of another system is in WGS 84."""
    return point if crs == "wgs84" else _inverse(point, SHIFTED[crs])


def from_wgs84(point: Point, crs: Crs) -> Point:
    """What a point is called in another system."""
    if crs == "wgs84":
        return point
    lat, lon = SHIFTED[crs](point.lat, point.lon)
    return Point(round(lat, DIGITS), round(lon, DIGITS))


def request_in_wgs84(request: DayRequest) -> DayRequest:
    """A request with all its places where they are. It still says what system it came in."""
    crs = request.crs
    if crs == "wgs84":
        return request

    def at(place: Place) -> Place:
        return _moved(place, lambda point: to_wgs84(point, crs))

    def shift(each: Shift) -> Shift:
        return replace(each, start_place=at(each.start_place), end_place=each.end_place and at(each.end_place))

    def agent(each: Agent) -> Agent:
        corners = each.territory and tuple(to_wgs84(corner, crs) for corner in each.territory)
        return replace(each, shifts=tuple(map(shift, each.shifts)), territory=corners)

    def visit(each: Visit) -> Visit:
        options = tuple(replace(way, place=way.place and at(way.place)) for way in each.options)
        return replace(each, place=at(each.place), options=options)

    return replace(request, agents=tuple(map(agent, request.agents)), visits=tuple(map(visit, request.visits)))


def plan_in(plan: Plan, crs: Crs) -> Plan:
    """A plan with all its places as another system calls them."""
    if crs == "wgs84":
        return plan

    def at(place: Place) -> Place:
        return _moved(place, lambda point: from_wgs84(point, crs))

    def stop(each: VisitStop | BreakStop) -> VisitStop | BreakStop:
        return replace(each, place=at(each.place)) if isinstance(each, VisitStop) else each

    def itinerary(each: Itinerary) -> Itinerary:
        return replace(
            each,
            stops=tuple(map(stop, each.stops)),
            way_back=each.way_back and replace(each.way_back, place=at(each.way_back.place)),
            geometry=each.geometry and tuple(leg and _line_in(leg, crs) for leg in each.geometry),
        )

    def unassigned(each: Unassigned) -> Unassigned:
        return replace(each, candidates=candidates_in(each.candidates, crs))

    return replace(
        plan,
        itineraries=tuple(map(itinerary, plan.itineraries)),
        unassigned=tuple(map(unassigned, plan.unassigned)),
    )


def candidates_in(candidates: Sequence[Candidate], crs: Crs) -> tuple[Candidate, ...]:
    """Places that an address may mean, as another system calls them."""
    return tuple(replace(one, point=from_wgs84(one.point, crs)) for one in candidates)


def _moved(place: Place, move: Callable[[Point], Point]) -> Place:
    return place if place.point is None else replace(place, point=move(place.point))


def _line_in(line: str, crs: Crs) -> str:
    points = [SHIFTED[crs](lat, lon) for lat, lon in polyline.decode(line, PRECISION)]
    return polyline.encode(points, PRECISION)


def _gcj02(lat: float, lon: float) -> tuple[float, float]:
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
        return lat, lon
    east, north = lon - 105, lat - 35
    common = 20 * sin(6 * pi * east) + 20 * sin(2 * pi * east)
    northward = (
        -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * sqrt(abs(east))
        + 2 / 3 * (common + 20 * sin(pi * north) + 40 * sin(pi * north / 3))
        + 2 / 3 * (160 * sin(pi * north / 12) + 320 * sin(pi * north / 30))
    )  # fmt: skip
    eastward = (
        300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * sqrt(abs(east))
        + 2 / 3 * (common + 20 * sin(pi * east) + 40 * sin(pi * east / 3))
        + 2 / 3 * (150 * sin(pi * east / 12) + 300 * sin(pi * east / 30))
    )  # fmt: skip
    curve = 1 - ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    metres_of_lat = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / (curve * sqrt(curve)) * radians(1)
    metres_of_lon = SEMI_MAJOR_AXIS / sqrt(curve) * cos(radians(lat)) * radians(1)
    return lat + northward / metres_of_lat, lon + eastward / metres_of_lon


def _bd09(lat: float, lon: float) -> tuple[float, float]:
    lat, lon = _gcj02(lat, lon)
    far = hypot(lon, lat) + 0.00002 * sin(lat * BAIDU)
    turned = atan2(lat, lon) + 0.000003 * cos(lon * BAIDU)
    return far * sin(turned) + 0.006, far * cos(turned) + 0.0065


SHIFTED: Final[Mapping[Crs, Callable[[float, float], tuple[float, float]]]] = {"gcj02": _gcj02, "bd09": _bd09}
"""Latitude and longitude in another system of those in WGS 84."""


def _inverse(point: Point, shifted: Callable[[float, float], tuple[float, float]]) -> Point:
    """By going back by what one would be shifted from there, until that is right."""
    lat, lon = point.lat, point.lon
    for _ in range(ROUNDS):
        there = shifted(lat, lon)
        off = point.lat - there[0], point.lon - there[1]
        lat, lon = lat + off[0], lon + off[1]
        if max(map(abs, off)) < NEAR_ENOUGH:
            break
    return Point(lat, lon)
