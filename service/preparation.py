"""What every use case does before it can plan or measure.

refuse faults -> look addresses up -> ask for travel times -> rule on permitted hours -> compile
"""

from collections.abc import Iterable, Iterator
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
from service.travel.of_a_day import DayTravel, ask
from service.zones import Zones


class PlanRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The request cannot be planned; ``faults`` has everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """The text has codes only."""
        self.faults = faults
        super().__init__(", ".join(sorted({fault.code for fault in faults})))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A day without faults, ready to be planned or measured."""

    compiled: Compiled
    whereabouts: Whereabouts
    travel: DayTravel
    sources: Sources

    @property
    def request(self) -> DayRequest:
        """With the places of addresses that were found."""
        return self.whereabouts.request

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What the caller should know of the request."""
        return (
            *place_warnings(self.whereabouts),
            *_road_warnings(self.request, self.travel),
            *find_warnings(self.request, self.sources.packs, self.travel.sources),
        )


def refuse(faults: tuple[Fault, ...]) -> None:
    """Raise PlanRefused if there are faults."""
    if faults:
        raise PlanRefused(faults)


def _road_warnings(request: DayRequest, travel: DayTravel) -> Iterator[Warned]:
    """What roads have to say of a request."""
    if travel.outage is not None:
        detail = f"Roads were asked for and not to be had ({travel.outage.kind}): all travel times are estimates."
        yield Warned("roads_replaced", detail, ("travel",))
    for a, agent in enumerate(request.agents):
        far = travel.from_road.get(agent.profile, {})
        for s, shift in enumerate(agent.shifts):
            for key, place in (("start_location", shift.start_place), ("end_location", shift.end_place)):
                same = key == "end_location" and place == shift.start_place
                if place is not None and not same and travel.located.row(place) in far:
                    detail = "The shift starts or ends here, too far from every road: nobody gets anywhere."
                    yield Warned("shift_off_road", detail, ("agents", a, "shifts", s, key))


def prepare(request: DayRequest, sources: Sources, given: Iterable[GivenItinerary] = ()) -> Prepared:
    """A day without faults in whole numbers. ``given`` are itineraries that will be measured.

    Raises OutageError if an address cannot be looked up or travel times cannot be had.
    """
    whereabouts = find_places(request, sources.geocoder, sources.accepted)
    request = whereabouts.request
    travel = ask(request, locate(request), sources.roads)
    doors = Doors.of(request, sources.packs, Zones.of(request))
    return Prepared(compile_day(request, travel, doors, given), whereabouts, travel, sources)
