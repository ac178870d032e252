"""Questions over HTTP to somebody who knows the roads: asked with patience, and never told in a log.

What went wrong is told by kind: the library's own words name the URL, in which older services want to have places.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

import httpx2

from service.travel.protocol import RoadsDownError

for _library in ("httpx2", "httpcore2.http11", "httpcore2.http2", "httpcore2.connection", "httpcore2.proxy"):
    logging.getLogger(_library).addFilter(lambda _: False)  # they tell URLs, asked for and referred to

TRIES: Final = 3
SHORTLY: Final = timedelta(seconds=0.2)
"""Before somebody who broke off is asked again."""
LONGEST_WAIT: Final = timedelta(seconds=10)
"""Who wants to be asked again later than that is taken for down."""
TOO_MANY: Final = 429
OVERLOADED: Final = 503
NOT_IMPLEMENTED: Final = 501
"""By whoever is asked in a way that it does not know."""
SECONDS: Final = re.compile("[0-9]{1,6}")
LONGEST_ANSWER: Final = 200_000_000
"""Bytes; a million pairs are 15."""
FAILED: Final = 500
"""This status and those above it."""


class Trouble(StrEnum):
    """Why there is no answer."""

    SLOW = "it took too long"
    GONE = "it cannot be reached, or breaks off"
    NOWHERE = "its address makes no sense"
    ENDLESS = "its answer has no end"
    BUSY = "it is asked too much"
    FAILING = "it answers with an error"
    REFUSING = "it refuses the question"
    UNREADABLE = "its answer cannot be read"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question came to, be it answered or refused."""

    status: int
    content: bytes
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """How ``source`` is asked: ``timeout`` for each answer, from the question to its last byte."""

    source: str
    timeout: timedelta
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        client = httpx2.Client(timeout=_seconds(self.timeout), trust_env=False, follow_redirects=False)
        object.__setattr__(self, "_client", client)

    def get(self, where: Callable[[], str], path: str) -> Reply:
        """The reply to a GET. ``where`` is the server, which may be another one after it has broken off."""
        return self._ask(lambda: self._client.build_request("GET", where() + path))

    def post(self, where: Callable[[], str], path: str, document: Mapping[str, object]) -> Reply:
        """The reply to a POST of JSON."""
        return self._ask(lambda: self._client.build_request("POST", where() + path, json=document))

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _ask(self, question: Callable[[], httpx2.Request]) -> Reply:
        """Raises RoadsDownError if there is none, or only one of the kind that has nothing to do with the question."""
        left = TRIES
        while True:
            left -= 1
            try:
                answer = self._answer(question())
            except httpx2.TimeoutException:
                raise self.down(Trouble.SLOW) from None
            except httpx2.HTTPError:
                # Also what a server does to a line that it has not been asked on for some seconds.
                if not left:
                    raise self.down(Trouble.GONE) from None
                self.sleep(_seconds(SHORTLY))
                continue
            except (httpx2.InvalidURL, UnicodeError):
                raise self.down(Trouble.NOWHERE) from None
            if answer.status not in {TOO_MANY, OVERLOADED}:
                break
            if not left or answer.retry_after is None or answer.retry_after > LONGEST_WAIT:
                raise self.down(Trouble.BUSY, retry_after=answer.retry_after)
            self.sleep(_seconds(answer.retry_after))
        if answer.status >= FAILED and answer.status != NOT_IMPLEMENTED:
            raise self.down(Trouble.FAILING, str(answer.status))
        return answer

    def _answer(self, question: httpx2.Request) -> Reply:
        """Read to its end. The library's own patience is with each part of an answer, of which there may be many."""
        until = self.clock() + _seconds(self.timeout)
        answer = self._client.send(question, stream=True)
        with closing(answer):
            content = bytearray()
            for part in answer.iter_bytes():
                content += part
                if self.clock() > until:
                    raise self.down(Trouble.SLOW)
                if len(content) > LONGEST_ANSWER:
                    raise self.down(Trouble.ENDLESS)
        return Reply(answer.status_code, bytes(content), _retry_after(answer))

    def down(self, trouble: Trouble, code: str = "", retry_after: timedelta | None = None) -> RoadsDownError:
        """What to raise; ``code`` is theirs."""
        return RoadsDownError(self.source, f"{trouble} ({code})" if code else trouble, retry_after)


def _retry_after(answer: httpx2.Response) -> timedelta | None:
    """In seconds, as nearly everybody says it; ``None`` for a date, or what makes no sense."""
    said = answer.headers.get("Retry-After", "")
    if not said:
        return SHORTLY
    return timedelta(seconds=int(said)) if SECONDS.fullmatch(said) else None


def _seconds(span: timedelta) -> float:
    return span / timedelta(seconds=1)
