"""Where visits are whose request gives only an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from service.day.place import Place, Quality
from service.day.plan import Warned
from service.day.request import DayRequest
from service.geocoding.choice import BETTER_FIRST
from service.geocoding.protocol import Address, Geocoded, Geocoder
from service.travel.choice import brings_matrices


@dataclass(frozen=True, slots=True)
class Accepted:
    """How well an address has to be found.

    ``quality`` or a better one; ``slips``: also if something is spelt otherwise than where it was found.
    """

    quality: Quality = Quality.ROOFTOP
    slips: bool = False

    def takes(self, found: Geocoded) -> bool:
        """Whether somebody may be sent there: only if the address means one place."""
        if not found.candidates or found.ambiguous:
            return False
        near_enough = BETTER_FIRST.index(found.quality) <= BETTER_FIRST.index(self.quality)
        return near_enough and (self.slips or found.exact)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A request with the places that were found, and what was found of each address that was looked up, by visit."""

    request: DayRequest
    found: Mapping[str, Geocoded]
    accepted: Accepted


def find_places(request: DayRequest, geocoder: Geocoder, accepted: Accepted) -> Whereabouts:
    """Look up the addresses of all visits without a location. Raises GeocoderDownError if that cannot be done.

    A request that brings its own matrices is left as it is: an address is no row of them.
    """
    open_ones = [visit for visit in request.visits if not visit.place.known and visit.place.address is not None]
    if not open_ones or brings_matrices(request.travel):
        return Whereabouts(request, {}, accepted)
    answers = geocoder.find([Address(visit.place.address or "") for visit in open_ones])
    found = {visit.id: answer for visit, answer in zip(open_ones, answers, strict=True)}
    places = {
        visit.id: Place(found[visit.id].candidates[0].point, address=visit.place.address)
        for visit in open_ones
        if accepted.takes(found[visit.id])
    }
    visits = tuple(replace(one, place=places[one.id]) if one.id in places else one for one in request.visits)
    return Whereabouts(replace(request, visits=visits), found, accepted)


def place_warnings(whereabouts: Whereabouts) -> Iterator[Warned]:
    """Visits that are planned at a place which is not surely the house that was meant."""
    for v, visit in enumerate(whereabouts.request.visits):
        found = whereabouts.found.get(visit.id)
        if found is None or not visit.place.known:
            continue
        best = found.candidates[0]
        if best.quality is not Quality.ROOFTOP:
            detail = f"The house of this address is not known: the visit is planned at its {best.quality}."
            yield Warned("address_imprecise", detail, ("visits", v, "address"))
        elif not best.exact:
            detail = "The address is spelt otherwise where it was found: make sure that it is the right house."
            yield Warned("address_respelt", detail, ("visits", v, "address"))
