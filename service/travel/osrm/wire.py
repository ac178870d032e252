"""How an OSRM server is asked: by POST, or by GET if it is one that takes nothing else.

A question by POST leaves no places in a URL, where proxies keep them; servers before 26.x cannot be asked so.

Which road a place is taken to be at depends on the other places of the question: if all are on one small piece of the
network that leads nowhere, on that piece, else on the main network. A plan asks many questions, and they have to agree.
So each names four places at the ends of the world too, which are on no one small piece: nobody is asked for ways to
them, but everybody else is on the main network.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final, TypeAlias

import msgspec

from service.day.place import Place, Point
from service.travel.exchange import Exchange, Reply, Trouble
from service.travel.parts import NoWayError, TooBigError

Options: TypeAlias = Mapping[str, str | bool | Sequence[str] | Sequence[int]]
"""As the API of OSRM names them; in a URL what belongs to a place is joined by semicolons, other words by commas."""

LOG: Final = logging.getLogger(__name__)

OK: Final = 200
DIGITS: Final = 6
"""Of a degree: a tenth of a metre."""
ENDS_OF_THE_WORLD: Final = tuple(Place(Point(lat, lon)) for lat, lon in ((85, 0), (-85, 0), (0, 90), (0, -90)))
KNOWS_NO_POST: Final = frozenset({404, 405, 501})
"""Statuses of those who have never heard of it, and with 400 the codes of those who look into the URL all the same."""
LOOKS_INTO_URL: Final = frozenset({"InvalidUrl", "InvalidQuery"})
TOO_LONG: Final = frozenset({413, 414, 431})
"""A body, or a URL, by those who have a limit for it."""
ANSWERS: Final[Mapping[str | None, type[Exception]]] = {"TooBig": TooBigError, "NoRoute": NoWayError}
"""Refusals that say something of what was asked."""


class _Takes(Enum):
    NOT_KNOWN = auto()
    POST = auto()
    GET = auto()


class _Refusal(msgspec.Struct):
    code: str


class Wire:
    """One server. ``where`` tells its URL, ``driving`` in its paths is a word without meaning there."""

    def __init__(self, where: Callable[[], str], exchange: Exchange) -> None:
        self._where = where
        self._exchange = exchange
        self._takes = _Takes.NOT_KNOWN

    def ask(self, service: str, places: Sequence[Place], options: Options) -> bytes:
        """The answer of a service, ``table`` or ``route``. Raises TooBigError, NoWayError, RoadsDownError."""
        options = {**options, "radiuses": ["unlimited"] * len(places), "generate_hints": False}
        if self._takes is not _Takes.GET:
            body = {"coordinates": [_pair(place) for place in places], **options}
            reply = self._exchange.post(self._where, f"/{service}/v1/driving", body)
            if reply.status == OK:
                self._takes = _Takes.POST
            if self._takes is _Takes.POST or not _knows_no_post(reply):
                return self._judged(reply)
        reply = self._exchange.get(self._where, _path(service, places, options))
        if reply.status == OK and self._takes is not _Takes.GET:
            self._takes = _Takes.GET
            LOG.warning("the road service takes no POST: places are in the URLs that it is asked by")
        return self._judged(reply)

    def unreadable(self) -> Exception:
        """What to raise if an answer makes no sense."""
        return self._exchange.down(Trouble.UNREADABLE)

    def _judged(self, reply: Reply) -> bytes:
        if reply.status == OK:
            return reply.content
        code = _code(reply)
        if reply.status in TOO_LONG:
            raise TooBigError
        if code in ANSWERS:
            raise ANSWERS[code]
        raise self._exchange.down(Trouble.REFUSING, code or str(reply.status))


def _code(reply: Reply) -> str | None:
    """What OSRM calls the refusal; ``None`` if it is another one."""
    try:
        code = msgspec.json.decode(reply.content, type=_Refusal).code
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return code if code.isalpha() else None


def _knows_no_post(reply: Reply) -> bool:
    return reply.status in KNOWS_NO_POST or _code(reply) in LOOKS_INTO_URL


def _path(service: str, places: Sequence[Place], options: Options) -> str:
    at = ";".join(f"{lon:.{DIGITS}f},{lat:.{DIGITS}f}" for lon, lat in map(_pair, places))
    return f"/{service}/v1/driving/{at}?" + "&".join(f"{name}={_said(value)}" for name, value in options.items())


def _said(value: str | bool | Sequence[str] | Sequence[int]) -> str:  # noqa: FBT001 - an option is what it is
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    by_place = any(isinstance(each, int) for each in value) or "unlimited" in value
    return (";" if by_place else ",").join(map(str, value))


def _pair(place: Place) -> tuple[float, float]:
    """Longitude first, as GeoJSON has it."""
    if place.point is None:
        message = "roads are asked about coordinates."
        raise ValueError(message)
    return round(place.point.lon, DIGITS), round(place.point.lat, DIGITS)
