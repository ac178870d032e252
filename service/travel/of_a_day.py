"""All travel times of one day: asked once, of one source, at the speed of the request, and then held.

A road service that dies half-way through a plan can so neither change its travel times nor spoil it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.day.request import DayRequest
from service.locate import Located
from service.travel.choice import brings_matrices
from service.travel.given import GivenTravel
from service.travel.protocol import Drawn, RoadsDownError, TravelEngine
from service.travel.roads import Roads
from solver.problem import TravelMatrix
from solver.units import UNREACHABLE, Metres, PlaceIndex

GIVEN: Final = TravelSource(source="matrix", engine="request")
NO_ROADS: Final = frozenset({"estimate", "matrix"})
FARTHEST_TOLD: Final[Metres] = 1_000_000
NOISE: Final = 1e-6
"""A division may end a hair above a whole second; that is no reason to add one."""


@dataclass(frozen=True, slots=True, eq=False)
class DayTravel:
    """Travel between the places of a day, by profile, and where it is from.

    ``from_road`` are the metres from places to the nearest road, by profile, as far as they are more than anybody gets.
    ``engine`` is who was asked, ``None`` if the request brings its own matrices; ``outage`` why it is an estimate if
    somebody else should have been.
    """

    located: Located
    matrices: Mapping[str, TravelMatrix]
    sources: Mapping[str, TravelSource]
    from_road: Mapping[str, Mapping[PlaceIndex, Metres]]
    engine: TravelEngine | None = None
    outage: RoadsDownError | None = None

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """See TravelTimes; of places of this day."""
        rows = np.array([self.located.row(place) for place in places], dtype=np.intp)
        whole, pairs = self.matrices[profile], np.ix_(rows, rows)
        return TravelMatrix(whole.seconds[pairs], whole.metres[pairs])

    @property
    def off_road(self) -> Mapping[PlaceIndex, Metres]:
        """Places that are too far from the roads of every profile, with the metres to the nearest one."""
        first, *others = self.from_road.values() or [dict[PlaceIndex, Metres]()]
        everywhere = [row for row in first if all(row in far for far in others)]
        return {row: min(far[row] for far in self.from_road.values()) for row in everywhere}

    def info(self) -> TravelSource:
        """Where all of it is from; told by profile where that is not the same for all."""
        first, *others = dict.fromkeys(self.sources.values())
        if not others:
            return first
        engines = "; ".join(f"{profile}: {source.engine}" for profile, source in self.sources.items())
        attributions = dict.fromkeys(source.attribution for source in self.sources.values() if source.attribution)
        return TravelSource("mixed", engines, attribution="; ".join(attributions) or None)

    @property
    def on_roads(self) -> bool:
        """Whether any of it is by roads that somebody knows."""
        return any(source.source not in NO_ROADS for source in self.sources.values())

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine; nothing where the request brings its own matrices. Raises RoadsDownError."""
        return [None] * (len(stops) - 1) if self.engine is None else self.engine.draw(stops, profile)


def ask(request: DayRequest, located: Located, roads: Roads) -> DayTravel:
    """Travel times between all places of a request without faults.

    Raises RoadsDownError where they cannot be had, unless an estimate is to do then.
    """
    if brings_matrices(request.travel):
        return _given(request, located)
    try:
        return _asked(request, located, roads.asked_by(request.travel), roads.within_m)
    except RoadsDownError as outage:
        if not roads.estimate_when_down:
            raise
        return replace(_asked(request, located, roads.estimator, roads.within_m), outage=outage)


def told_sources(request: DayRequest, roads: Roads) -> Mapping[str, TravelSource]:
    """Whom ``ask`` would ask, by profile."""
    if brings_matrices(request.travel):
        return dict.fromkeys(_profiles(request), GIVEN)
    engine = roads.asked_by(request.travel)
    return {profile: engine.info(profile) for profile in _profiles(request)}


def at_speed(usual: NDArray[np.int32], factor: float) -> NDArray[np.int32]:
    """Seconds of agents who are ``factor`` times as fast, rounded up; no way remains no way."""
    if factor == 1:
        return usual
    seconds = np.minimum(np.ceil(usual / factor - NOISE), UNREACHABLE - 1).astype(np.int32)
    return np.where(usual == UNREACHABLE, usual, seconds)


def _given(request: DayRequest, located: Located) -> DayTravel:
    given = GivenTravel.of(request.travel.matrices)
    matrices = {profile: given.matrix(located.places, profile) for profile in _profiles(request)}
    return DayTravel(located, _at_speed_of(request, matrices), dict.fromkeys(matrices, GIVEN), {})


def _asked(request: DayRequest, located: Located, engine: TravelEngine, within: Metres) -> DayTravel:
    told = {profile: _between(located.places, profile, engine, within) for profile in _profiles(request)}
    matrices = {profile: each.matrix for profile, each in told.items()}
    return DayTravel(
        located,
        _at_speed_of(request, matrices),
        {profile: engine.info(profile) for profile in told},
        {profile: _far(each.from_road, within) for profile, each in told.items()},
        engine,
    )


class _Told(NamedTuple):
    matrix: TravelMatrix
    from_road: NDArray[np.float64]


def _between(places: Sequence[Place], profile: str, engine: TravelEngine, within: Metres) -> _Told:
    """Travel between places, and how far each is from a road: one that is too far would spoil the table for all."""
    from_road = engine.snap(places, profile)
    near = np.flatnonzero(from_road <= within)
    reached = [places[int(row)] for row in near]
    table = engine.table(reached, reached, profile)
    if len(near) == len(places):
        return _Told(TravelMatrix(table.seconds, table.metres), from_road)
    seconds = np.full((len(places), len(places)), UNREACHABLE, dtype=np.int32)
    metres = np.zeros_like(seconds)
    np.fill_diagonal(seconds, 0)
    pairs = np.ix_(near, near)
    seconds[pairs], metres[pairs] = table
    return _Told(TravelMatrix(seconds, metres), from_road)


def _far(from_road: NDArray[np.float64], within: Metres) -> Mapping[PlaceIndex, Metres]:
    """Places that are too far from a road."""
    return {int(row): round(min(float(from_road[row]), FARTHEST_TOLD)) for row in np.flatnonzero(from_road > within)}


def _at_speed_of(request: DayRequest, matrices: Mapping[str, TravelMatrix]) -> Mapping[str, TravelMatrix]:
    factor = request.travel.speed_factor
    return {
        profile: TravelMatrix(at_speed(matrix.seconds, factor), matrix.metres) for profile, matrix in matrices.items()
    }


def _profiles(request: DayRequest) -> Sequence[str]:
    return tuple(dict.fromkeys(agent.profile for agent in request.agents))
