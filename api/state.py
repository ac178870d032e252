"""What the application was put together from, for whoever serves a request."""

from typing import cast

from starlette.requests import HTTPConnection

from api.settings import Settings
from api.v1.reading import SizeLimits
from api.wiring import Wiring


def settings_of(connection: HTTPConnection) -> Settings:
    """The settings the app was made with."""
    return cast("Settings", connection.app.state.settings)


def wiring_of(connection: HTTPConnection) -> Wiring:
    """The parts the app was made of."""
    return cast("Wiring", connection.app.state.wiring)


def limits_of(settings: Settings) -> SizeLimits:
    """How much one request may hold."""
    return SizeLimits(visits=settings.max_visits, shifts=settings.max_shifts)
