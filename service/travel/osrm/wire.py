"""How an OSRM server is asked: by POST, or by GET if it is one that takes nothing else.

A question by POST leaves no places in a URL, where proxies keep them; servers before 26.x cannot be asked so.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final, TypeAlias

import msgspec

from service.day.place import Place
from service.travel.exchange import Exchange, Reply, Trouble
from service.travel.parts import TooBigError

Options: TypeAlias = Mapping[str, str | bool | Sequence[str] | Sequence[int]]
"""As the API of OSRM names them; words are joined by commas in a URL, numbers by semicolons."""

OK: Final = 200
DIGITS: Final = 6
"""Of a degree: a tenth of a metre."""
COMMON: Final[Options] = {"generate_hints": False}


class NoWayError(Exception):
    """There is no way from one of the places to the next."""


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

    @property
    def source(self) -> str:
        """Who is asked."""
        return self._exchange.source

    def ask(self, service: str, places: Sequence[Place], options: Options) -> bytes:
        """The answer of a service, ``table`` or ``route``. Raises TooBigError, NoWayError, RoadsDownError."""
        options = {**COMMON, **options}
        if self._takes is not _Takes.GET:
            reply = self._exchange.post(
                self._where, f"/{service}/v1/driving", {"coordinates": [_pair(place) for place in places], **options}
            )
            if reply.status == OK:
                self._takes = _Takes.POST
            if self._takes is _Takes.POST or _code(reply) in ANSWERS:
                return self._judged(reply)
        reply = self._exchange.get(self._where, _path(service, places, options))
        if reply.status == OK:
            self._takes = _Takes.GET
        return self._judged(reply)

    def unreadable(self) -> Exception:
        """What to raise if an answer makes no sense."""
        return self._exchange.down(Trouble.UNREADABLE)

    def close(self) -> None:
        """Hang up."""
        self._exchange.close()

    def _judged(self, reply: Reply) -> bytes:
        if reply.status == OK:
            return reply.content
        code = _code(reply)
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


def _path(service: str, places: Sequence[Place], options: Options) -> str:
    at = ";".join(f"{lon},{lat}" for lon, lat in map(_pair, places))
    return f"/{service}/v1/driving/{at}?" + "&".join(f"{name}={_said(value)}" for name, value in options.items())


def _said(value: str | bool | Sequence[str] | Sequence[int]) -> str:  # noqa: FBT001 - an option is what it is
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    return (";" if any(isinstance(each, int) for each in value) else ",").join(map(str, value))


def _pair(place: Place) -> tuple[float, float]:
    """Longitude first, as GeoJSON has it."""
    if place.point is None:
        message = "roads are asked about coordinates."
        raise ValueError(message)
    return round(place.point.lon, DIGITS), round(place.point.lat, DIGITS)
