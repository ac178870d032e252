"""Which rules are in force for a jurisdiction and an activity."""

from typing import Final

from service.day.policy import Policy
from service.hours.calendars import knows
from service.hours.pack import Calendar, Pack
from service.hours.packs import Packs
from service.hours.rules import Rules

UNNAMED: Final = "an unnamed jurisdiction"
"""Where neither the policy nor the visit names one: nobody has said anything."""


def in_force(packs: Packs, policy: Policy, jurisdiction: str | None = None) -> Rules:
    """What ``policy`` comes to, at a door in a ``jurisdiction`` of its own if it has one.

    A pack narrows its parents within one activity. A jurisdiction without a pack of its own, or with one for another
    activity only, is unknown: then the tenant has to supply hours, within those of its country.
    """
    place = jurisdiction or policy.jurisdiction
    line = packs.lineage(place or "")
    activity = policy.activity or (line[-1].activity if line else None)
    found = tuple(pack for pack in line if pack.activity in {None, activity})
    known = bool(found) and found[-1].id == place
    house = packs.house if policy.house_default and packs.house not in found else None
    return Rules(
        packs=found,
        unknown=None if known else place or UNNAMED,
        house=house,
        own=policy.extra,
        calendar=_calendar(found, place),
    )


def _calendar(packs: tuple[Pack, ...], place: str | None) -> Calendar | None:
    """That of the place's own pack; else of the place itself as ISO 3166 names it; else of the nearest pack."""
    named = next((pack for pack in reversed(packs) if pack.calendar is not None), None)
    country, *subdivision = (place or "").split("-")
    itself = Calendar(country, *subdivision[:1])
    if (named is None or named.id != place) and knows(itself):
        return itself
    if named is not None:
        return named.calendar
    return Calendar(country) if knows(Calendar(country)) else None
