"""What a caller should know about the policies that a request is planned by."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from service.day.place import Place
from service.day.plan import Warned
from service.day.policy import Policy
from service.day.request import DayRequest
from service.day.visit import Visit
from service.faults.references import close_matches
from service.faults.visits import zone_names
from service.hours.in_force import in_force
from service.hours.packs import Packs
from service.hours.rules import Rules
from service.zones import ZoneAt, zone_at

NAMED: Final = 5
"""Policies that are named in one sentence."""


def policy_warnings(request: DayRequest, packs: Packs, at: ZoneAt = zone_at) -> Iterator[Warned]:
    """No policy; unknown or overdue ones; holidays, clocks, daylight and earlier visits that nobody knows of."""
    yield from _no_policy(request)
    rules = {name: in_force(packs, request.policy or Policy(), name) for name in _jurisdictions(request)}
    yield from _unknown(request, packs, rules)
    yield from _overdue(request, rules)
    yield from _holidays_unknown(rules)
    yield from _caps(rules)
    yield from _consent_idle(request, rules)
    yield from _sun_unknown(request, rules)
    yield from _other_clock(request, rules, at)


def _jurisdictions(request: DayRequest) -> dict[str | None, None]:
    """Each that some visit is judged by, in order; ``None`` = the policy's own."""
    judged = (visit.jurisdiction for visit in request.visits)
    return dict.fromkeys(name for name in judged if name is not None or request.policy is not None)


def _no_policy(request: DayRequest) -> Iterator[Warned]:
    if request.policy is not None:
        return
    without = sum(visit.jurisdiction is None for visit in request.visits)
    if without == len(request.visits):
        yield Warned("no_policy", "No policy is given: only the request's own windows apply.", ("policy",))
    elif without:
        detail = f"No policy is given for {without} of {len(request.visits)} visits: only their own windows apply."
        yield Warned("no_policy", detail, ("policy",))


def _unknown(request: DayRequest, packs: Packs, rules: dict[str | None, Rules]) -> Iterator[Warned]:
    for name, found in rules.items():
        jurisdiction = name or (request.policy.jurisdiction if request.policy else None)
        if found.unknown is None or jurisdiction is None:
            continue
        alone = "nobody goes there but at hours of your own."
        near = packs.lineage(jurisdiction)
        if near and near[-1].id == jurisdiction:
            detail = f"The policy {jurisdiction!r} is about {near[-1].activity!r} and no other activity: {alone}"
        else:
            within = f", within those of {near[-1].id!r}" if found.packs else ""
            meant = close_matches(jurisdiction, packs.by_id, "GET /v1/policies lists them.")
            detail = f"No policy is known of {jurisdiction!r}: {alone.rstrip('.')}{within}. {meant}"
        yield Warned("jurisdiction_unknown", detail, _path(request, name))


def _overdue(request: DayRequest, rules: dict[str | None, Rules]) -> Iterator[Warned]:
    last = max((shift.end.date() for agent in request.agents for shift in agent.shifts), default=date.min)
    late = sorted({pack.id for one in rules.values() for pack in one.all_packs if _before(pack.review_by, last)})
    if late:
        detail = f"Read anew what the law says: {_named(late)} should have been reviewed before this day."
        yield Warned("policy_overdue", detail, ("policy",))


def _holidays_unknown(rules: dict[str | None, Rules]) -> Iterator[Warned]:
    if any(found.holidays_unknown for found in rules.values()):
        detail = "Other hours hold on public holidays, and which days these are is not known: none is taken for one."
        yield Warned("holidays_unknown", detail, ("policy",))


def _caps(rules: dict[str | None, Rules]) -> Iterator[Warned]:
    capped = sorted({pack.id for one in rules.values() for pack in one.all_packs if pack.caps or pack.spacing})
    if capped:
        detail = f"{_named(capped)} limit how often somebody may be visited; earlier visits are not counted here."
        yield Warned("caps_not_counted", detail, ("policy",))


def _consent_idle(request: DayRequest, rules: dict[str | None, Rules]) -> Iterator[Warned]:
    for v, visit in enumerate(request.visits):
        found = rules.get(visit.jurisdiction)
        if visit.consent and not (found and found.consent_widens):
            detail = "Consent opens no other hours here: not every policy in force lets it, or there is none."
            yield Warned("consent_idle", detail, ("visits", v, "consent"))


def _sun_unknown(request: DayRequest, rules: dict[str | None, Rules]) -> Iterator[Warned]:
    for v, visit in enumerate(request.visits):
        found = rules.get(visit.jurisdiction)
        crew = found.crew_after_dark if found else None
        if crew and crew[0] > visit.party_size and any(place.known and place.point is None for place in _places(visit)):
            detail = f"Without coordinates nobody knows when it is dark there: a party of {crew[0]} goes at any hour."
            yield Warned("daylight_unknown", detail, ("visits", v, "location"))


def _other_clock(request: DayRequest, rules: dict[str | None, Rules], at: ZoneAt) -> Iterator[Warned]:
    """The plan's zone is not that of a door: told once, hours would be shifted."""
    shifts = [shift for agent in request.agents for shift in agent.shifts]
    if not rules or not shifts or request.timezone is None or request.timezone not in zone_names():
        return
    start = shifts[0].start
    told = start.astimezone(ZoneInfo(request.timezone)).utcoffset()
    for v, visit in enumerate(request.visits):
        if visit.timezone is not None or visit.jurisdiction not in rules:
            continue
        zones = {at(place.point) for place in _places(visit) if place.point is not None} - {None}
        if any(start.astimezone(ZoneInfo(name)).utcoffset() != told for name in zones if name):
            detail = "By its coordinates the door has another clock than the plan's timezone, by which hours go."
            yield Warned("timezone_differs", detail, ("visits", v, "timezone"))
            return


def _places(visit: Visit) -> Iterator[Place]:
    yield visit.place
    yield from (option.place for option in visit.options if option.place is not None)


def _path(request: DayRequest, name: str | None) -> tuple[str | int, ...]:
    if name is None:
        return ("policy", "jurisdiction")
    return ("visits", next(v for v, visit in enumerate(request.visits) if visit.jurisdiction == name), "jurisdiction")


def _before(review_by: date | None, day: date) -> bool:
    return review_by is not None and review_by < day


def _named(ids: list[str]) -> str:
    return ", ".join(ids[:NAMED]) + (f" and {len(ids) - NAMED} more" if len(ids) > NAMED else "")
