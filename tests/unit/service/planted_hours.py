"""Bugs in what a plan does and says about permitted hours."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from service.audit import Rule
from service.day.daytime import Hours, Span
from service.day.plan import BreakStop, Plan, Violated, VisitStop
from service.day.policy import Basis, DayName, OwnHours, Policy
from service.day.request import DayRequest
from service.hours.pack import DayClass, Pack
from tests.unit.service.planted import MONDAY, PLAN, REQUEST, Bug, with_stop

NINE_TO_TEN = (Span(9 * 60, 10 * 60),)
OWN = OwnHours(frozenset({DayName.MON}), NINE_TO_TEN)
BASIS = (Basis("request", None, "mon 09:00-10:00"),)


def ruled(policy: Policy, *basis: Basis, told: float = 60) -> tuple[DayRequest, Plan]:
    """The day under a policy; stops are told with rules, and with a window until ``told`` where they have none."""
    windows = {"V2": MONDAY.window(22, 29), "V3": MONDAY.window(34, 40)}

    def with_rules(stop: VisitStop | BreakStop) -> VisitStop | BreakStop:
        if isinstance(stop, BreakStop):
            return stop
        return replace(stop, basis=basis, window=windows.get(stop.visit_id, MONDAY.window(0, told)))

    itineraries = tuple(replace(one, stops=tuple(map(with_rules, one.stops))) for one in PLAN.itineraries)
    return replace(REQUEST, policy=policy), replace(PLAN, itineraries=itineraries)


def pack(name: str, hours: Hours | None = NINE_TO_TEN, **more: object) -> Pack:
    days = dict.fromkeys(DayClass, hours)
    told = {"version": "1", "name": name, "activity": None, "scope": "", "status": "", "visits_allowed": True}
    return msgspec.convert({"id": name, "hours": days, **told, **more}, Pack)


def ruled_bug(sentence: str, found: Violated, policy: Policy, *basis: Basis, packs: Sequence[Pack] = ()) -> Bug:
    request, plan = ruled(policy, *basis)
    return Bug(sentence, found, plan, request, packs={pack.id: pack for pack in packs})


def short_hours(minutes_open: int) -> Policy:
    return Policy(extra=(replace(OWN, hours=(Span(9 * 60, 9 * 60 + minutes_open),)),))


CITED = Basis("XX", "1", "weekday 09:00-10:00")
IN_XX = Policy("XX")
HOURS = [
    ruled_bug(
        "a visit ends a minute after the tenant's hours",
        Rule.PERMITTED_HOURS.broken(60, visit="V3", shift="A"),
        short_hours(38),
        *BASIS,
    ),
    ruled_bug(
        "a visit begins before the hours of a pack",
        Rule.PERMITTED_HOURS.broken(120, visit="V0", shift="A"),
        IN_XX,
        CITED,
        packs=[pack("XX", (Span(9 * 60 + 5, 10 * 60),))],
    ),
    ruled_bug(
        "the hours of a parent are overlooked",
        Rule.PERMITTED_HOURS.broken(120, visit="V0", shift="A"),
        IN_XX,
        CITED,
        packs=[pack("XX", parent="X"), pack("X", (Span(9 * 60 + 5, 10 * 60),))],
    ),
    ruled_bug(
        "a door is visited where nobody may",
        Rule.VISITS_BARRED.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        packs=[pack("XX", visits_allowed=False)],
    ),
    ruled_bug(
        "nobody knows the jurisdiction", Rule.POLICY_NEEDED.broken(visit="V0", shift="A"), IN_XX, CITED, packs=[]
    ),
    ruled_bug(
        "the pack gives no hours",
        Rule.POLICY_NEEDED.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        packs=[pack("XX", None)],
    ),
    ruled_bug(
        "no source says that visits are allowed",
        Rule.POLICY_NEEDED.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        packs=[pack("XX", visits_allowed=None)],
    ),
    ruled_bug("no rule is told", Rule.BASIS_TOLD.broken(visit="V0", shift="A"), Policy(extra=(OWN,))),
    ruled_bug(
        "a rule is told in another version",
        Rule.BASIS_TOLD.broken(visit="V0", shift="A"),
        IN_XX,
        replace(CITED, version="0"),
        packs=[pack("XX")],
    ),
    ruled_bug(
        "a rule is told that is not in force",
        Rule.BASIS_TOLD.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        Basis("YY", "1", ""),
        packs=[pack("XX"), pack("YY")],
    ),
    ruled_bug(
        "a rule is told in two versions",
        Rule.BASIS_TOLD.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        replace(CITED, version="0"),
        packs=[pack("XX")],
    ),
    ruled_bug(
        "consent is told that nobody gave",
        Rule.BASIS_TOLD.broken(visit="V0", shift="A"),
        IN_XX,
        CITED,
        Basis("consent", "2026-03-01", ""),
        packs=[pack("XX", consent_widens=True)],
    ),
    ruled_bug(
        "the law of the country is overlooked in one of its parts",
        Rule.VISITS_BARRED.broken(visit="V0", shift="A"),
        Policy("XX-A", extra=(OWN,)),
        *BASIS,
        packs=[pack("XX", visits_allowed=False)],
    ),
    Bug(
        "a rule is told where no policy is in force",
        Rule.BASIS_TOLD.broken(visit="V0", shift="A"),
        with_stop("V0", basis=BASIS),
    ),
    Bug(
        "the window told reaches beyond the permitted hours",
        Rule.WINDOW_TOLD.broken(visit="V0", shift="A"),
        ruled(Policy(extra=(OWN,)), *BASIS, told=61)[1],
        ruled(Policy(extra=(OWN,)), *BASIS)[0],
    ),
    Bug(
        "a latest start lies after the permitted hours",
        Rule.LATEST_START.broken(60, visit="V4", shift="B"),
        ruled(short_hours(59), *BASIS, told=59)[1],
        ruled(short_hours(59), *BASIS)[0],
    ),
]
