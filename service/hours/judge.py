"""Whether one presence at a door is allowed, denied, or nobody has said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from service.day.policy import Basis
from service.day.visit import Consent
from service.day.window import TimeWindow
from service.hours.caps import Knock, too_soon
from service.hours.rules import Rules
from service.hours.windows import permitted_windows
from service.presence import common, in_utc


class Verdict(StrEnum):
    """What the rules say of a presence."""

    ALLOW = "allow"
    DENY = "deny"
    NEED_POLICY = "need_policy"
    """Nobody forbids it, and somebody who should say does not: the tenant has to."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the reason code where it is no permission, and the rules that say something about it."""

    verdict: Verdict
    code: str | None
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A door in ``zone`` and what is in force there.

    ``asked``: when the customer wants to be called upon, ``None`` = at any time. ``knocks``: the calls so far.
    """

    rules: Rules
    zone: tzinfo
    asked: Sequence[TimeWindow] | None = None
    consent: Sequence[Consent] = ()
    knocks: Sequence[Knock] = ()


def judge(door: Door, presence: TimeWindow) -> Judgement:
    """What the rules say of being at the door from the start to the end of ``presence``; a denial beats a question."""
    rules = door.rules
    today = presence.start.astimezone(door.zone).date()
    basis = rules.on(today).basis
    capped = too_soon(rules, door.knocks, today)
    if rules.barred_by is not None:
        return Judgement(Verdict.DENY, "visits_barred", basis)
    if capped is not None:
        return Judgement(Verdict.DENY, "contact_cap", (capped.basis,))
    if door.asked is not None and not any(_within(presence, window) for window in door.asked):
        return Judgement(Verdict.DENY, "time_window", basis)
    for as_if_supplied in (False, True):
        for permitted in permitted_windows(
            rules, door.zone, presence.start, presence.end, door.consent, as_if_supplied=as_if_supplied
        ):
            if _within(presence, permitted.window):
                needed = (Verdict.NEED_POLICY, "policy_needed") if as_if_supplied else (Verdict.ALLOW, None)
                return Judgement(*needed, permitted.basis_of(in_utc(presence)))
    return Judgement(Verdict.DENY, "permitted_hours", basis)


def _within(presence: TimeWindow, window: TimeWindow) -> bool:
    whole = in_utc(presence)
    return common((whole,), (in_utc(window),)) == (whole,)
