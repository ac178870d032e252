"""Travel times of a request: as a plan has them, and asked anew by whoever does not believe it."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.day.place import Place
from service.day.request import DayRequest
from service.locate import locate
from service.travel.choice import brings_matrices
from service.travel.estimate import Estimate
from service.travel.given import GivenTravel
from service.travel.of_a_day import DayTravel, ask, at_speed
from service.travel.roads import Roads
from solver.problem import TravelMatrix


def travel_of(request: DayRequest) -> DayTravel:
    """The request's own matrices, or estimates, of all places at once."""
    return ask(request, locate(request), Roads(Estimate()))


@dataclass(frozen=True)
class AskedAnew:
    """The same of any places, whatever their rows in a plan are."""

    request: DayRequest

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        travel = self.request.travel
        if brings_matrices(travel):
            usual = GivenTravel.of(travel.matrices).matrix(places, profile)
        else:
            usual = TravelMatrix(*Estimate().table(places, places, profile))
        return TravelMatrix(at_speed(usual.seconds, travel.speed_factor), usual.metres)
