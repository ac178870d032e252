"""What frames every answer: an id for the request, headers that keep browsers safe, and the last resort for errors."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem_of, response_of
from service.incidents import where

LOG: Final = logging.getLogger(__name__)

REQUEST_ID: Final = "X-Request-ID"
ACCEPTED_ID: Final = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")

SECURITY: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Unless the answer sets them itself: plans are full of people's addresses, so nothing keeps or embeds them."""


class Frame:
    """ASGI middleware around everything, so that what goes wrong anywhere is answered in the same shape."""

    def __init__(self, app: ASGIApp, new_id: Callable[[], str]) -> None:
        """``new_id`` makes ids for requests that bring none and for incidents."""
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        started = False

        async def send_framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_framed)
        except Exception as error:  # the last resort: whatever it was, the caller gets an incident and the log no text
            if started:
                raise
            incident = self._new_id()
            LOG.error("incident %s, request %s\n%s", incident, request_id, where(error))  # noqa: TRY400 - no text of it
            response = response_of(problem_of(error, incident), request_id, scope["path"])
            await response(scope, receive, send_framed)

    def _request_id(self, given: str | None) -> str:
        return given if given is not None and ACCEPTED_ID.fullmatch(given) else self._new_id()
