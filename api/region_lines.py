"""Addresses and roads of a region for reading in a terminal."""

from collections.abc import Iterator

from service.geocoding.build_index import Built as Index
from service.geocoding.protocol import Geocoded
from service.travel.osrm.build import Built as Roads


def indexed(index: Index, file: str) -> Iterator[str]:
    """What was built, and how to use it."""
    yield f"{index.houses} addresses on {index.streets} streets, in {file}"
    yield f"Use it: DAYROUTE_ADDRESSES={file}"


def built(roads: Roads) -> Iterator[str]:
    """What was built, and how to use it."""
    of = f" of {roads.date}" if roads.date else ""
    yield f"Roads for {roads.profile}{of}, {roads.bytes / 1e6:.1f} MB, in {roads.folder}"
    yield f"Use them: DAYROUTE_ROADS={roads.folder}"


def found(answer: Geocoded) -> Iterator[str]:
    """What is known of one address, a line for each place that it may mean."""
    if not answer.candidates:
        yield "unmatched: nobody who was asked knows this address"
    for place in answer.candidates:
        spelt = "" if place.exact else " (spelt otherwise)"
        yield f"{place.quality}: {place.label}{spelt}  {place.point.lat:.6f},{place.point.lon:.6f}"
    if answer.ambiguous:
        yield "It may mean several places: add the town or the postcode."
