"""What a plan says of the chance to meet somebody."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from service.codebook import Way
from service.contact.slots import Slot, slot_at
from service.day.plan import ContactTold, VisitStop
from service.day.visit import Visit
from service.day.window import TimeWindow
from service.scale import DECIMALS


def contact_told(visit: Visit, way: Way, start: datetime, zone: tzinfo) -> ContactTold | None:
    """Of a stop: the slot that its value counts with, or if value is not expected value the one that it begins in.

    ``None`` if the request says nothing of contact with this visit.
    """
    if not visit.contact:
        return None
    counts = way.slot is not None or way.any_time
    slot = way.slot if counts else slot_at(visit.contact, start)
    probability = slot.probability if slot else 0.0
    value = visit.worth * (way.share if counts else way.share * probability)
    return ContactTold(round(probability, DECIMALS), _window(slot, zone), round(value, DECIMALS))


def expected_contacts(stops: Iterable[VisitStop]) -> float | None:
    """How many people will be met on average, at stops of which that is known; ``None`` if there are none."""
    known = [stop.contact.probability for stop in stops if stop.contact is not None]
    return round(sum(known), DECIMALS) if known else None


def _window(slot: Slot | None, zone: tzinfo) -> TimeWindow | None:
    if slot is None:
        return None
    return TimeWindow(slot.window.start.astimezone(zone), slot.window.end.astimezone(zone))
