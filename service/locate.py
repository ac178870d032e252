"""Which places the day has, each once, and which row of the travel matrix it is."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from service.day.place import Place
from service.day.request import DayRequest
from service.travel.choice import brings_matrices
from solver.units import PlaceIndex


@dataclass(frozen=True, slots=True)
class Located:
    """Places in the order of the travel matrix. Two calls at one door share a row, so set-up is spent there once."""

    by_index: bool
    places: tuple[Place, ...]
    rows: dict[Hashable, PlaceIndex] = field(repr=False)

    def row(self, place: Place) -> PlaceIndex | None:
        """Row of a place; ``None`` if it is not known where it is."""
        key = _key(place, by_index=self.by_index)
        return None if key is None else self.rows[key]


def locate(request: DayRequest) -> Located:
    """Every place of shifts and visits that travel times can be found for."""
    by_index = brings_matrices(request.travel)
    rows: dict[Hashable, PlaceIndex] = {}
    places: list[Place] = []
    for place in _places_of(request):
        key = _key(place, by_index=by_index)
        if key is not None and key not in rows:
            rows[key] = len(places)
            places.append(place)
    return Located(by_index, tuple(places), rows)


def _places_of(request: DayRequest) -> Iterator[Place]:
    for agent in request.agents:
        for shift in agent.shifts:
            yield shift.start_place
            if shift.end_place is not None:
                yield shift.end_place
    for visit in request.visits:
        yield visit.place
        yield from (option.place for option in visit.options if option.place is not None)


def _key(place: Place, *, by_index: bool) -> Hashable:
    return place.index if by_index else place.point
