"""What is asked of a geocoder, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.day.place import Candidate, Quality
from service.outage import OutageError


@dataclass(frozen=True, slots=True)
class Address:
    """An address as somebody wrote it; ``country`` by ISO 3166-1, two letters, if it is said."""

    text: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Geocoded:
    """What a geocoder knows of an address: places that it may mean, the best first; none if it knows of none.

    ``ambiguous``: it may as well mean another place.
    """

    source: str
    candidates: tuple[Candidate, ...] = ()
    ambiguous: bool = False

    @property
    def quality(self) -> Quality:
        """Of the best candidate."""
        return self.candidates[0].quality if self.candidates else Quality.UNMATCHED

    @property
    def exact(self) -> bool:
        """Whether the best candidate is written as it was asked."""
        return bool(self.candidates) and self.candidates[0].exact


class GeocoderDownError(OutageError):
    """A geocoder gives no answer. The text names the geocoder and the kind of failure, never an address."""

    code = "geocoder_down"
    what = "geocoder"
    consequence = "An address could not be looked up"


class Geocoder(Protocol):
    """Somebody who knows where addresses are."""

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """What is known of each address, in their order. Raises GeocoderDownError if one cannot be asked."""
        ...
