"""What every use case does before it can plan or measure.

refuse faults -> look addresses up -> ask for travel times -> rule on permitted hours -> compile
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service.codebook import Compiled
from service.compile import compile_day
from service.day.fault import Fault
from service.day.plan import Warned
from service.day.request import DayRequest, GivenItinerary
from service.faults import find_warnings
from service.hours.doors import Doors
from service.locate import locate
from service.places import Whereabouts, find_places, place_warnings
from service.sources import Sources
from service.travel.choice import travel_for
from service.travel.protocol import TravelTimes
from service.zones import Zones


class PlanRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The request cannot be planned; ``faults`` has everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """The text has codes only."""
        self.faults = faults
        super().__init__(", ".join(sorted({fault.code for fault in faults})))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A day without faults, ready to be planned or measured; its travel times are at the request's speed."""

    compiled: Compiled
    whereabouts: Whereabouts
    travel: TravelTimes
    sources: Sources

    @property
    def request(self) -> DayRequest:
        """With the places of addresses that were found."""
        return self.whereabouts.request

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What the caller should know of the request."""
        return (*place_warnings(self.whereabouts), *find_warnings(self.request, self.sources.packs))


def refuse(faults: tuple[Fault, ...]) -> None:
    """Raise PlanRefused if there are faults."""
    if faults:
        raise PlanRefused(faults)


def prepare(request: DayRequest, sources: Sources, given: Iterable[GivenItinerary] = ()) -> Prepared:
    """A day without faults in whole numbers. ``given`` are itineraries that will be measured.

    Raises GeocoderDownError if an address cannot be looked up.
    """
    whereabouts = find_places(request, sources.geocoder, sources.accepted)
    request = whereabouts.request
    travel = travel_for(request.travel, sources.travel)
    located = locate(request)
    profiles = dict.fromkeys(agent.profile for agent in request.agents)
    matrices = {profile: travel.matrix(located.places, profile) for profile in profiles}
    doors = Doors.of(request, sources.packs, Zones.of(request))
    return Prepared(compile_day(request, located, matrices, doors, given), whereabouts, travel, sources)
