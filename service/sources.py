"""Where a plan takes from what its request does not say itself."""

from dataclasses import dataclass, field

from service.geocoding.chain import Chain
from service.geocoding.protocol import Geocoder
from service.hours.packs import Packs
from service.places import Accepted
from service.travel.roads import Roads


@dataclass(frozen=True, slots=True)
class Sources:
    """Whose travel times, the policies that a request may name, and who knows where addresses are, by default nobody.

    ``accepted``: how well an address has to be found for somebody to be sent there.
    """

    roads: Roads
    packs: Packs
    geocoder: Geocoder = field(default_factory=Chain)
    accepted: Accepted = field(default_factory=Accepted)
