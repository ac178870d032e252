"""What the application was put together from, for whoever serves a request."""

from typing import cast

from starlette.requests import HTTPConnection

from api.settings import Settings
from api.v1.reading import Limits
from api.wiring import Wiring
from service.callbacks.rules import CallbackRules


def settings_of(connection: HTTPConnection) -> Settings:
    """The settings the app was made with."""
    return cast("Settings", connection.app.state.settings)


def wiring_of(connection: HTTPConnection) -> Wiring:
    """The parts the app was made of."""
    return cast("Wiring", connection.app.state.wiring)


def limits_of(settings: Settings) -> Limits:
    """How much one request may hold, and whom it may have called back."""
    callbacks = CallbackRules(allowed=settings.callback_secret is not None, private=settings.callback_private)
    return Limits(settings.max_visits, settings.max_shifts, callbacks)
