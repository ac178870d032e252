"""What frames every answer: an id for the request, headers that keep browsers safe, and the last resort for errors."""

import logging
import re
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem_of, response_of
from api.figures import RequestFigures
from api.logs import CURRENT_REQUEST
from service.incidents import where

LOG: Final = logging.getLogger(__name__)

REQUEST_ID: Final = "X-Request-ID"
UNKNOWN: Final = "unknown"
"""Route of what came to no address that there is."""
CONSTANTLY: Final = {"/healthz", "/readyz", "/metrics"}
"""Asked every few seconds, which nobody wants to read of."""
PLAN_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What those of ours look like, and hardly anything that somebody else may have put there."""
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

    def __init__(self, app: ASGIApp, new_id: Callable[[], str], figures: RequestFigures) -> None:
        """``new_id`` makes ids for requests that bring none and for incidents."""
        self._app = app
        self._new_id = new_id
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        CURRENT_REQUEST.set(request_id)
        started, began = False, monotonic()

        async def send_framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._note(scope, message["status"], monotonic() - began)
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
            LOG.error("incident %s\n%s", incident, where(error))  # noqa: TRY400 - no text of it
            response = response_of(problem_of(error, incident), request_id, scope["path"])
            await response(scope, receive, send_framed)

    def _note(self, scope: Scope, status: int, took: float) -> None:
        """Count it and tell it: by its address as the documentation has it, which has nobody's id or words in it."""
        method, route = scope["method"], getattr(scope.get("route"), "path", UNKNOWN)
        self._figures.note(method, route, status, took)
        level = logging.DEBUG if route in CONSTANTLY else logging.INFO
        said = str(scope.get("path_params", {}).get("plan_id", ""))
        plan_id = said if PLAN_ID.fullmatch(said) else None  # who asks may write anything there
        told = {"method": method, "route": route, "status": status, "seconds": round(took, 4)}
        LOG.log(level, "answered", extra=told | ({} if plan_id is None else {"plan_id": plan_id}))

    def _request_id(self, given: str | None) -> str:
        return given if given is not None and ACCEPTED_ID.fullmatch(given) else self._new_id()
