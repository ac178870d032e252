"""A geocoder that is asked over HTTP, by geopy. Addresses leave the host: only one that a setting names is ever asked.

geopy's own words for what went wrong name the address or the URL with it; none of them leaves this module.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal, Protocol, TypeAlias, cast
from urllib.parse import urlsplit

from geopy import exc, geocoders
from geopy.adapters import URLLibAdapter
from geopy.location import Location

from service.day.place import Candidate, Point, Quality
from service.geocoding.address_text import Written, plain_number
from service.geocoding.choice import chosen
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError

logging.getLogger("geopy").addFilter(lambda _: False)  # it tells every question, at level DEBUG

Found: TypeAlias = Mapping[str, object]
"""What a geocoder says of one place, in its own keys."""

ENOUGH: Final = 2
"""Places asked for: a second one shows that an address is ambiguous."""
LONGEST_WAIT: Final = timedelta(seconds=10)
"""Who wants to be asked again later than that is taken for down."""
TRIES: Final = 3
HOUSE_RANK: Final = 28
STREET_RANK: Final = 26
EXTENT: Final = 0.00011
"""Degrees; a place without any is told as a box of 0.0001."""
"""Nominatim's place_rank."""
TOWNS: Final = ("city", "town", "village", "municipality", "hamlet")
BOROUGHS: Final = ("city_district", "borough")
"""Parts of a town that have a name of their own, which many people write in its place."""
BESIDE: Final = ("suburb", "quarter", "neighbourhood", "county", "state", "country", "country_code")
"""What may stand beside a town and says nothing alone: each has an old town. A country may be one town."""
STATE_CODE: Final = "ISO3166-2-lvl4"
WIDER: Final = ("county", "state", "country")
"""Photon's."""
ERRORS: Final[Mapping[type[Exception], str]] = {
    exc.GeocoderTimedOut: "it took too long",
    exc.GeocoderRateLimited: "it was asked too often",
    exc.GeocoderQuotaExceeded: "its quota is used up",
    exc.GeocoderAuthenticationFailure: "it does not know us",
    exc.GeocoderInsufficientPrivileges: "it does not let us ask",
    exc.GeocoderUnavailable: "it cannot be reached",
    exc.GeocoderParseError: "its answer cannot be read",
}
"""The first that fits."""


class UnknownServiceError(ValueError):
    """A setting names a geocoder that cannot be asked."""


class _Asked(Protocol):
    """A geocoder of geopy."""

    def geocode(self, query: str, *, exactly_one: Literal[False], **how: object) -> Sequence[Location] | None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """At most so many questions a second, whoever asks: threads wait for each other."""

    apart: timedelta
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: list[float] = field(default_factory=lambda: [0.0])

    def wait(self) -> None:
        """Until it is one's turn."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next[0])
            self._next[0] = turn + self.apart / timedelta(seconds=1)
        if turn > now:
            self.sleep(turn - now)


@dataclass(frozen=True, slots=True)
class OnlineGeocoder:
    """One service; ``read`` tells places in its answers apart."""

    source: str
    service: _Asked
    how: Callable[[Address], Mapping[str, object]]
    read: Callable[[Found], "House"]
    pace: Pace

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder."""
        return [self._find(address) for address in addresses]

    def _find(self, address: Address) -> Geocoded:
        written = Written.of(address.text)
        try:
            places = self._ask(address)
            candidates = [_candidate(self.read(place.raw), place, written) for place in places]
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            # Half an answer falls over somewhere in geopy, which reads without looking, or here.
            raise GeocoderDownError(self.source, ERRORS[exc.GeocoderParseError]) from None
        return chosen(self.source, candidates)

    def _ask(self, address: Address) -> Sequence[Location]:
        left = TRIES
        while True:
            self.pace.wait()
            left -= 1
            try:
                return self.service.geocode(address.text, exactly_one=False, **self.how(address)) or ()
            except exc.GeopyError as error:
                wait = _retry_after(error) or self.pace.apart
                if not (left and isinstance(error, exc.GeocoderRateLimited) and wait <= LONGEST_WAIT):
                    raise GeocoderDownError(self.source, _kind(error), _retry_after(error)) from None
                self.pace.sleep(wait / timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class House:
    """What a geocoder says of a place; empty where it says nothing."""

    number: str
    street: str
    postcode: str
    towns: Sequence[str]
    beside: Sequence[str]
    label: str
    coarse: Quality
    """What it is where it is not the house that was asked for."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How services are asked: who we say we are, how often a second at most, how long to wait for an answer."""

    caller: str
    per_second: float
    timeout: timedelta


def online(said: str, manners: Manners) -> OnlineGeocoder:
    """A geocoder as a setting names it: ``nominatim=https://maps.example.org``, ``photon=…`` or ``pelias=…``.

    Raises UnknownServiceError where it names none of them.
    """
    kind, _, url = said.partition("=")
    parts = urlsplit(url)
    if kind not in KINDS or parts.scheme not in {"http", "https"} or not parts.netloc:
        message = (
            f"{said!r}: a geocoder is named like nominatim=https://maps.example.org; known are {', '.join(KINDS)}."
        )
        raise UnknownServiceError(message)
    make, how, read = KINDS[kind]
    seconds = manners.timeout / timedelta(seconds=1)
    domain = (parts.netloc + parts.path).rstrip("/")
    # Where the package requests is installed geopy would take it, and sleep for as long as Retry-After says: an hour.
    service = make(
        domain=domain,
        scheme=parts.scheme,
        user_agent=manners.caller,
        timeout=seconds,
        adapter_factory=URLLibAdapter,
    )
    return OnlineGeocoder(kind, service, how, read, Pace(timedelta(seconds=1 / manners.per_second)))


def _candidate(house: House, place: Location, written: Written) -> Candidate:
    fit = written.fit(house.street, house.postcode, house.towns, house.beside) if house.street else None
    point = Point(float(place.latitude), float(place.longitude))
    asked_for = bool(house.number) and fit is not None and plain_number(house.number) in fit.numbers[:1]
    return Candidate(point, Quality.ROOFTOP if asked_for else house.coarse, house.label, fit is not None and fit.exact)


def _nominatim(found: Found) -> House:
    parts = _object(found, "address")
    rank = cast("int", found["place_rank"])
    towns = _texts(parts, (*TOWNS, *BOROUGHS)) or _texts(parts, ("country",))
    beside = (*_texts(parts, BESIDE), _text(parts, STATE_CODE).rpartition("-")[2])
    road = _text(parts, "road") or _text(parts, "place")
    coarse = Quality.STREET if rank >= STREET_RANK else Quality.LOCALITY
    number = "" if rank < HOUSE_RANK or _is_interpolated(found) else _text(parts, "house_number")
    return House(number, road, _text(parts, "postcode"), towns, beside, _text(found, "display_name"), coarse)


def _is_interpolated(found: Found) -> bool:
    """Whether a house is put somewhere along a line between two others: then it is a way and has no extent."""
    box = found.get("boundingbox")
    if found.get("osm_type") != "way" or found.get("class", found.get("category")) != "place":
        return False
    if not isinstance(box, list):
        return True
    south, north, west, east = (float(str(edge)) for edge in cast("list[object]", box))
    return max(north - south, east - west) < EXTENT


def _photon(found: Found) -> House:
    parts = _object(found, "properties")
    street = _text(parts, "street") or (_text(parts, "name") if parts.get("type") == "street" else "")
    towns = _texts(parts, ("city", "locality"))
    town = next(iter(towns), "")
    number = _text(parts, "housenumber")
    label = ", ".join(filter(None, (f"{street} {number}".strip(), f"{_text(parts, 'postcode')} {town}".strip())))
    coarse = Quality.STREET if street else Quality.LOCALITY
    return House(number, street, _text(parts, "postcode"), towns, _texts(parts, ("district", *WIDER)), label, coarse)


def _pelias(found: Found) -> House:
    parts = _object(found, "properties")
    street, towns = _text(parts, "street"), _texts(parts, ("locality", "localadmin", "borough"))
    beside = _texts(parts, ("neighbourhood", "county", "region", "region_a", "country", "country_a"))
    # An interpolated point lies somewhere along the street.
    number = _text(parts, "housenumber") if parts.get("accuracy") == "point" else ""
    coarse = Quality.STREET if street else Quality.LOCALITY
    return House(number, street, _text(parts, "postalcode"), towns, beside, _text(parts, "label"), coarse)


KINDS: Final[
    Mapping[str, tuple[Callable[..., _Asked], Callable[[Address], Mapping[str, object]], Callable[[Found], House]]]
] = {
    "nominatim": (
        geocoders.Nominatim,
        lambda address: {"addressdetails": True, "limit": ENOUGH, "country_codes": address.country},
        _nominatim,
    ),
    "photon": (geocoders.Photon, lambda _: {"limit": ENOUGH}, _photon),
    "pelias": (geocoders.Pelias, lambda address: {"countries": address.country and [address.country]}, _pelias),
}


def _kind(error: Exception) -> str:
    return next(
        (told for kind, told in ERRORS.items() if isinstance(error, kind)),
        "it cannot be reached, or answers with an error",
    )


def _retry_after(error: Exception) -> timedelta | None:
    seconds = error.retry_after if isinstance(error, exc.GeocoderRateLimited) else None
    return None if seconds is None else timedelta(seconds=seconds)


def _object(found: Found, key: str) -> Found:
    inner = found[key]
    if not isinstance(inner, dict):
        raise TypeError(key)
    return cast("Found", inner)


def _texts(found: Found, keys: Sequence[str]) -> tuple[str, ...]:
    """Those that are there."""
    return tuple(filter(None, (_text(found, key) for key in keys)))


def _text(found: Found, key: str) -> str:
    return str(found.get(key) or "")
