"""Bodies of requests: bounded, JSON only, and read off the event loop."""

import asyncio
import re
from typing import Final

from fastapi import Request

from api.errors import BodyTooLargeError, BodyTooSlowError, MediaTypeError
from api.state import settings_of

LONGEST_TYPE: Final = 200
"""Content types are matched by a pattern on the event loop; no true one is nearly as long."""

JSON_TYPE: Final = re.compile(
    r"application/(?:json|[\w.-]+\+json)\s*(?:;\s*charset\s*=\s*\"?utf-?8\"?\s*)?;?\s*", re.ASCII | re.IGNORECASE
)


async def read_body(request: Request) -> bytes:
    """The body as it came. Raises BodyTooLargeError as soon as it is known, MediaTypeError unless it is JSON.

    BodyTooSlowError if it has not come to its end in time: whoever sends it byte by byte holds up a connection.

    The framework's own limit answers in plain text when the length is announced; ours has to be a problem document.
    """
    limit = settings_of(request).max_body_bytes
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise BodyTooLargeError(limit)
    seconds = settings_of(request).max_body_seconds
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLargeError(limit)
    except TimeoutError:
        raise BodyTooSlowError(seconds) from None
    has_coding = request.headers.get("content-encoding", "identity") != "identity"
    kind = request.headers.get("content-type", "")
    if has_coding or len(kind) > LONGEST_TYPE or not JSON_TYPE.fullmatch(kind):
        raise MediaTypeError
    return bytes(body)
