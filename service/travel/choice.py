"""Whose travel times a request is planned with, and how fast its agents are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from service.day.place import Place
from service.day.plan import TravelSource
from service.day.request import Travel
from service.travel.given import GivenTravel
from service.travel.protocol import TravelTimes
from solver.problem import TravelMatrix
from solver.units import UNREACHABLE

NOISE: Final = 1e-6
"""A division may end a hair above a whole second; that is no reason to add one."""


def brings_matrices(travel: Travel) -> bool:
    """Whether the request is planned with its own matrices."""
    return travel.source == "matrix" or (travel.source == "auto" and bool(travel.matrices))


def travel_for(travel: Travel, engine: TravelTimes) -> TravelTimes:
    """The request's own matrices, or else ``engine``; at the request's speed."""
    source = GivenTravel.of(travel.matrices) if brings_matrices(travel) else engine
    return source if travel.speed_factor == 1 else AtSpeed(source, travel.speed_factor)


@dataclass(frozen=True, slots=True)
class AtSpeed:
    """Travel times of agents who are ``factor`` times as fast as ``source`` says."""

    source: TravelTimes
    factor: float

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """See TravelTimes. Seconds are divided by the factor and rounded up; no way remains no way."""
        usual = self.source.matrix(places, profile)
        seconds = np.minimum(np.ceil(usual.seconds / self.factor - NOISE), UNREACHABLE - 1)
        return TravelMatrix(np.where(usual.seconds == UNREACHABLE, UNREACHABLE, seconds).astype(np.int32), usual.metres)

    def info(self) -> TravelSource:
        """See TravelTimes."""
        return self.source.info()
