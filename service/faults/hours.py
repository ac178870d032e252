"""Consent that cannot be meant, and permitted hours that no clock is known for."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Final

from service.day.fault import Fault
from service.day.request import DayRequest
from service.day.visit import Visit

FARTHEST_EAST: Final = timedelta(hours=14)
"""Nowhere do clocks show a later day: whose clock counts need not be known."""


def consent(request: DayRequest) -> Iterator[Fault]:
    """Consent is given before the time that it opens, or on that day."""
    for v, visit in enumerate(request.visits):
        for c, agreed in enumerate(visit.consent):
            latest = (agreed.window.start.astimezone(UTC) + FARTHEST_EAST).date()
            if agreed.given_on > latest:
                detail = "Consent was given after the time for which it is meant."
                hint = "given_on is the day on which the customer agreed."
                yield Fault("consent_late", ("visits", v, "consent", c, "given_on"), detail, hint, agreed.given_on)


def clocks(request: DayRequest) -> Iterator[Fault]:
    """Hours go by the clock at the door: where a place has no coordinates, its zone has to be named."""
    if request.timezone is not None:
        return
    for v, visit in enumerate(request.visits):
        if (request.policy or visit.jurisdiction) and visit.timezone is None and _nowhere(visit):
            detail = "Permitted hours go by the clock at the door, and its time zone is not known."
            hint = "Name the timezone of the visit or the plan, or give the place lat and lon."
            yield Fault("timezone_needed", ("visits", v, "timezone"), detail, hint)


def _nowhere(visit: Visit) -> bool:
    """Whether some place of the visit is known to the travel matrix only."""
    places = [visit.place, *(option.place for option in visit.options if option.place is not None)]
    return any(place.index is not None and place.point is None for place in places)
