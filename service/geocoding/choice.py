"""Which of several places an address means, and whether that is sure."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from typing import Final

from service.day.place import Candidate, Point, Quality
from service.geocoding.protocol import Geocoded

SAME_HOUSE_METRES: Final = 150.0
"""A house is in the map twice, as a building and as its entrance."""
DEGREE_METRES: Final = 111_195.0
BETTER_FIRST: Final = tuple(Quality)


def chosen(source: str, found: Iterable[Candidate], *, doubtful: bool = False) -> Geocoded:
    """The best first, each place once. It is ambiguous if another is as good, or if it is ``doubtful`` anyway."""
    candidates = _apart(sorted(found, key=goodness))
    alike = [place for place in candidates if goodness(place) == goodness(candidates[0])]
    return Geocoded(source, tuple(candidates), ambiguous=bool(candidates) and (doubtful or len(alike) > 1))


def goodness(place: Candidate) -> tuple[bool, int]:
    """Sort key: what is written as it was asked comes first, then the house before its street."""
    return not place.exact, BETTER_FIRST.index(place.quality)


def _apart(found: Sequence[Candidate]) -> list[Candidate]:
    """Without those that stand for the same house or street."""
    kept: list[Candidate] = []
    for place in found:
        near = (other for other in kept if _metres(place.point, other.point) <= SAME_HOUSE_METRES)
        if not any(place.quality == other.quality for other in near):
            kept.append(place)
    return kept


def _metres(one: Point, other: Point) -> float:
    """Near enough for neighbours."""
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return DEGREE_METRES * hypot(north, east)
