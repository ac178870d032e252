"""How far the making of a plan has come."""

from dataclasses import dataclass
from datetime import timedelta

from service.day.request import GivenItinerary


@dataclass(frozen=True, slots=True)
class Progress:
    """The best plan so far: its value and cost in the request's units, and how many visits it serves."""

    value: float
    cost: float
    planned: int
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The best plan so far, to go on from."""

    progress: Progress
    itineraries: tuple[GivenItinerary, ...]
