"""Addresses for reading in a terminal."""

from collections.abc import Iterator

from service.geocoding.build_index import Built
from service.geocoding.protocol import Geocoded


def built(index: Built, file: str) -> Iterator[str]:
    """What was built, and how to use it."""
    yield f"{index.houses} addresses on {index.streets} streets, in {file}"
    yield f"Use it: DAYROUTE_ADDRESSES={file}"


def found(answer: Geocoded) -> Iterator[str]:
    """What is known of one address, a line for each place that it may mean."""
    if not answer.candidates:
        yield "unmatched: nobody who was asked knows this address"
    for place in answer.candidates:
        spelt = "" if place.exact else " (spelt otherwise)"
        yield f"{place.quality}: {place.label}{spelt}  {place.point.lat:.6f},{place.point.lon:.6f}"
    if answer.ambiguous:
        yield "It may mean several places: add the town or the postcode."
