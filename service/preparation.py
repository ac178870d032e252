"""What every use case does before it can plan or measure.

refuse faults -> locate -> ask for travel times -> rule on permitted hours -> compile
"""

from collections.abc import Iterable

from service.codebook import Compiled
from service.compile import compile_day
from service.day.fault import Fault
from service.day.request import DayRequest, GivenItinerary
from service.hours.doors import Doors
from service.hours.packs import Packs
from service.locate import locate
from service.travel.protocol import TravelTimes
from service.zones import Zones


class PlanRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The request cannot be planned; ``faults`` has everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """The text has codes only."""
        self.faults = faults
        super().__init__(", ".join(sorted({fault.code for fault in faults})))


def refuse(faults: tuple[Fault, ...]) -> None:
    """Raise PlanRefused if there are faults."""
    if faults:
        raise PlanRefused(faults)


def prepare(request: DayRequest, travel: TravelTimes, packs: Packs, given: Iterable[GivenItinerary] = ()) -> Compiled:
    """A day without faults in whole numbers, with the travel times that ``travel`` knows and the hours of ``packs``.

    ``given`` are itineraries that will be measured.
    """
    located = locate(request)
    profiles = dict.fromkeys(agent.profile for agent in request.agents)
    matrices = {profile: travel.matrix(located.places, profile) for profile in profiles}
    doors = Doors.of(request, packs, Zones.of(request))
    return compile_day(request, located, matrices, doors, given)
