"""Where a plan takes from what its request does not say itself."""

from dataclasses import dataclass, field

from service.geocoding.chain import Chain
from service.geocoding.protocol import Geocoder
from service.hours.packs import Packs
from service.places import Accepted
from service.travel.protocol import TravelTimes


@dataclass(frozen=True, slots=True)
class Sources:
    """Travel times, the policies that a request may name, and who knows where addresses are; by default nobody does.

    ``accepted``: how well an address has to be found for somebody to be sent there.
    """

    travel: TravelTimes
    packs: Packs
    geocoder: Geocoder = field(default_factory=Chain)
    accepted: Accepted = field(default_factory=Accepted)
