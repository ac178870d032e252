"""Travel times of a request, as a plan would have them."""

from service.day.request import DayRequest
from service.locate import locate
from service.travel.estimate import Estimate
from service.travel.of_a_day import DayTravel, ask
from service.travel.roads import Roads


def travel_of(request: DayRequest) -> DayTravel:
    """The request's own matrices, or estimates."""
    return ask(request, locate(request), Roads(Estimate()))
