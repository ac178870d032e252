"""Requests and plans as they are kept: JSON in UTF-8, compressed.

Read again, an instant has the offset that it had and no longer the name of its time zone. A field that was added since
takes its default, one that is gone is passed over.
"""

import zlib
from collections.abc import Mapping
from typing import Final

import msgspec

from service.day.plan import Plan, PlanScore
from service.day.request import DayRequest, GivenItinerary
from service.geocoding.protocol import Geocoded
from service.progress import Progress

EFFORT: Final = 1
"""The least that zlib can be asked for: a tenth of the size, at 100 MB a second."""


def write_request(request: DayRequest) -> bytes:
    """The request to be read by ``read_request``."""
    return zlib.compress(_TO_JSON.encode(request), EFFORT)


def read_request(document: bytes) -> DayRequest:
    """The request that was written."""
    return _REQUEST.decode(zlib.decompress(document))


def write_plan(plan: Plan) -> bytes:
    """The plan to be read by ``read_plan``."""
    return zlib.compress(_TO_JSON.encode(plan), EFFORT)


def read_plan(document: bytes) -> Plan:
    """The plan that was written."""
    return _PLAN.decode(zlib.decompress(document))


def write_itineraries(itineraries: tuple[GivenItinerary, ...]) -> bytes:
    """The itineraries to be read by ``read_itineraries``."""
    return zlib.compress(_TO_JSON.encode(itineraries), EFFORT)


def read_itineraries(document: bytes) -> tuple[GivenItinerary, ...]:
    """The itineraries that were written."""
    return _ITINERARIES.decode(zlib.decompress(document))


def write_geocoded(answer: Geocoded) -> bytes:
    """The answer to be read by ``read_geocoded``."""
    return zlib.compress(_TO_JSON.encode(answer), EFFORT)


def read_geocoded(document: bytes) -> Geocoded:
    """The answer that was written."""
    return _GEOCODED.decode(zlib.decompress(document))


def write_progress(progress: Progress) -> str:
    """The progress to be read by ``read_progress``; small, and legible in the database."""
    return _TO_JSON.encode(progress).decode()


def read_progress(document: str) -> Progress:
    """The progress that was written."""
    return _PROGRESS.decode(document)


def write_score(score: PlanScore) -> str:
    """The score to be read by ``read_score``; small, and legible in the database."""
    return _TO_JSON.encode(score).decode()


def read_score(document: str) -> PlanScore:
    """The score that was written."""
    return _SCORE.decode(document)


def _plain(strange: object) -> object:
    """What the encoder does not know: mappings that are no dictionaries."""
    if isinstance(strange, Mapping):
        return dict(strange)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise TypeError(type(strange).__name__)


_TO_JSON: Final = msgspec.json.Encoder(enc_hook=_plain)
_REQUEST: Final = msgspec.json.Decoder(DayRequest)
_PLAN: Final = msgspec.json.Decoder(Plan)
_ITINERARIES: Final = msgspec.json.Decoder(tuple[GivenItinerary, ...])
_GEOCODED: Final = msgspec.json.Decoder(Geocoded)
_PROGRESS: Final = msgspec.json.Decoder(Progress)
_SCORE: Final = msgspec.json.Decoder(PlanScore)
