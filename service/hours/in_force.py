"""Which rules are in force for a jurisdiction and an activity."""

from service.day.policy import Policy
from service.hours.calendars import knows
from service.hours.pack import Calendar, Pack
from service.hours.packs import Packs
from service.hours.rules import Rules


def in_force(packs: Packs, policy: Policy, jurisdiction: str | None = None) -> Rules:
    """What ``policy`` comes to, at a door in a ``jurisdiction`` of its own if it has one.

    A pack narrows its parents within one activity. A jurisdiction without a pack, or with packs for other activities
    only, is unknown: then the tenant has to supply hours.
    """
    place = jurisdiction or policy.jurisdiction
    line = packs.lineage(place or "")
    activity = policy.activity or (line[-1].activity if line else None)
    found = tuple(pack for pack in line if pack.activity in {None, activity})
    known = bool(found) and found[-1] is line[-1]
    return Rules(
        packs=found,
        unknown=None if known else place,
        house=packs.house if policy.house_default else None,
        own=policy.extra,
        calendar=_calendar(found, place),
    )


def _calendar(packs: tuple[Pack, ...], place: str | None) -> Calendar | None:
    """The nearest pack's, or else that of the place itself: its name begins as ISO 3166 has it."""
    named = next((pack.calendar for pack in reversed(packs) if pack.calendar is not None), None)
    if named is not None or place is None:
        return named
    country, *subdivision = place.split("-")
    candidates = (Calendar(country, *subdivision[:1]), Calendar(country))
    return next((calendar for calendar in candidates if knows(calendar)), None)
