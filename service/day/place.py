"""Where things are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_NORTHERN: Final = 90.0
MOST_EASTERN: Final = 180.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if abs(self.lat) > MOST_NORTHERN or abs(self.lon) > MOST_EASTERN:
            message = "lat must lie in -90..90 and lon in -180..180."
            raise ValueError(message)
        if self.lat == 0 and self.lon == 0:
            message = "(0, 0) is the mark of a failed look-up, not a place."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Place:
    """A point, a row of the request's own travel matrix, or both; neither if only an address is known."""

    point: Point | None = None
    index: int | None = None
    address: str | None = None

    @property
    def known(self) -> bool:
        """Whether travel times to it can be found without looking an address up."""
        return self.point is not None or self.index is not None


class Quality(StrEnum):
    """How well an address was found."""

    ROOFTOP = "rooftop"
    """The house."""
    STREET = "street"
    """Its street; the house is not known there."""
    LOCALITY = "locality"
    """A town or a part of one."""
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an address may mean; ``label`` is how whoever found it writes it.

    Not ``exact``: something is spelt otherwise there than in what was asked.
    """

    point: Point
    quality: Quality
    label: str
    exact: bool = True
