"""Why visits are not in the plan, agent by agent, and the one thing that would get each of them in.

The solver has tried every insertion and says what is lacking least in every shift; eligibility says which rule keeps an
agent away whatever the time. Here both become sentences: for each agent the easiest obstacle, for each visit a handful,
the easiest to remove first, and the remedy of that one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Final

from service.codebook import Call, Codebook, Compiled, Duty, LeftOut
from service.day.plan import BestInsertion, Reason, Unassigned
from service.day.window import TimeWindow
from service.geocoding.protocol import Geocoded
from service.horizon import seconds_up
from service.presence import in_utc
from service.reason_words import (
    AFTER_DARK,
    LATE_FOR_ANOTHER,
    NOBODY_MET,
    NOT_ASKED,
    NOT_LOOKED_AT,
    OFF_ROAD,
    WORDS,
    ReasonCode,
    Unit,
    Words,
    as_lacking,
    told,
    told_to_suffice,
    words_of,
)
from service.scale import amount as money
from service.ways import Bound, bound_of
from service.zones import Zones
from solver.reasons import Insertion, Obstacle, Unserved
from solver.solution import Solution
from solver.units import VisitIndex

HANDFUL: Final = 5
"""More reasons than that nobody reads."""

BY_CHECK: Final[Mapping[str, ReasonCode]] = {
    "shift_start": ReasonCode.SHIFT_TOO_SHORT,
    "shift_too_short": ReasonCode.SHIFT_TOO_SHORT,
    "unreachable": ReasonCode.UNREACHABLE,
    "travel_time": ReasonCode.TIME_WINDOW,
    "setup_time": ReasonCode.TIME_WINDOW,
    "service_time": ReasonCode.TIME_WINDOW,
    "time_window": ReasonCode.TIME_WINDOW,
    "min_gap": ReasonCode.TIME_WINDOW,
    "break_missing": ReasonCode.BREAK_CONFLICT,
    "break_not_due": ReasonCode.BREAK_CONFLICT,
    "break_time": ReasonCode.BREAK_CONFLICT,
    "break_overlap": ReasonCode.BREAK_CONFLICT,
    "max_visits": ReasonCode.MAX_VISITS,
    "max_driving": ReasonCode.MAX_DRIVING,
    "max_distance": ReasonCode.MAX_DISTANCE,
    "max_duration": ReasonCode.MAX_DURATION,
    "capacity": ReasonCode.CAPACITY,
    "agent_not_allowed": ReasonCode.AGENT_NOT_ALLOWED,
    "position": ReasonCode.FROZEN_PLAN,
    "begun": ReasonCode.FROZEN_PLAN,
    "predecessor_unassigned": ReasonCode.PREDECESSOR_UNASSIGNED,
    "not_worth_cost": ReasonCode.NOT_WORTH_COST,
    "search_limit": ReasonCode.SEARCH_LIMIT,
}
"""What the solver finds lacking, in the planner's words."""

EASE: Final = (
    ReasonCode.SEARCH_LIMIT,
    ReasonCode.NOT_WORTH_COST,
    ReasonCode.PREDECESSOR_UNASSIGNED,
    ReasonCode.SHIFT_TOO_SHORT,
    ReasonCode.TIME_WINDOW,
    ReasonCode.PERMITTED_HOURS,
    ReasonCode.MAX_DURATION,
    ReasonCode.MAX_DRIVING,
    ReasonCode.MAX_VISITS,
    ReasonCode.MAX_DISTANCE,
    ReasonCode.CAPACITY,
    ReasonCode.BREAK_CONFLICT,
    ReasonCode.FROZEN_PLAN,
    ReasonCode.SKILL_LEVEL,
    ReasonCode.SKILL_MISSING,
    ReasonCode.TERRITORY,
    ReasonCode.PARTY_SIZE,
    ReasonCode.AGENT_NOT_ALLOWED,
    ReasonCode.UNREACHABLE,
)
"""Obstacles of one agent, the easiest to remove first."""

BY_BOUND: Final[Mapping[Bound, Words]] = {Bound.MET: NOBODY_MET, Bound.LIGHT: AFTER_DARK}
"""Hours that are told in words of their own."""

LAST_AMOUNT: Final = EASE.index(ReasonCode.BREAK_CONFLICT)
"""Where the obstacles end that an amount could remove."""

MORE: Final = "That is not all that is in the way."
"""Said where several rules keep the visit out."""

RULES: Final = frozenset(
    {
        ReasonCode.AGENT_NOT_ALLOWED,
        ReasonCode.SKILL_MISSING,
        ReasonCode.SKILL_LEVEL,
        ReasonCode.PARTY_SIZE,
        ReasonCode.TERRITORY,
    }
)
"""Obstacles that keep an agent away whatever the time."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """One obstacle before it is put into words."""

    code: ReasonCode
    duty: Duty | None = None
    amount: int | None = None
    skill: str | None = None
    other: str | None = None
    several: bool = False
    """Whether the amount alone would not be enough."""
    bound: Bound = Bound.ASKED
    """Whose hours it is a matter of, where it is one of time."""

    @property
    def ease(self) -> tuple[int, bool, int]:
        """Sort key: the easiest obstacle first, the least lacking before the most.

        One among several comes after all amounts that would be enough.
        """
        ease = EASE.index(self.code)
        return max(ease, LAST_AMOUNT) if self.several else ease, self.several, self.amount or 0

    @property
    def words(self) -> Words:
        """How it is told."""
        if self.code is ReasonCode.TIME_WINDOW and self.other is not None:
            return LATE_FOR_ANOTHER
        if self.bound in BY_BOUND:
            return BY_BOUND[self.bound]
        return WORDS[self.code]

    @property
    def detail(self) -> str:
        """The sentence that tells it."""
        detail = self._filled(self.words.detail, self.words.bare, told)
        return f"{detail} {MORE}" if self.several else detail

    @property
    def remedy(self) -> str:
        """What would remove it; no amount is promised to do so where it would not be enough."""
        if self.several and self.words.bare_remedy is not None:
            return self.words.bare_remedy
        return self._filled(self.words.remedy, self.words.bare_remedy, told_to_suffice)

    def _filled(self, sentence: str, bare: str | None, say: Callable[[int, Unit], str]) -> str:
        """The sentence with what it names, or the bare one if some of that is not known."""
        known = {
            "agent": self.duty.agent.id if self.duty else None,
            "shift": self.duty.shift.id if self.duty else None,
            "amount": say(self.amount, self.words.unit) if self.amount and self.words.unit else None,
            "skill": self.skill,
            "other": self.other,
        }
        named = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        return bare if bare is not None and any(known[name] is None for name in named) else sentence.format(**known)


def explain(
    compiled: Compiled,
    solution: Solution,
    unserved: Sequence[Unserved],
    zones: Zones,
    found: Mapping[str, Geocoded],
) -> tuple[Unassigned, ...]:
    """Every visit that is not in the plan, in the order of the request.

    ``found``: what is known of addresses that were looked up, by visit.
    """
    codebook = compiled.codebook
    planned = {stop.visit for route in solution.routes for stop in route.stops}
    entry_of = {entry.visit: entry for entry in unserved}
    served = {codebook.calls[index].visit.id for index in planned}
    entries = {left.visit.id: _left_out(left, found.get(left.visit.id)) for left in codebook.left_out}
    for index, call in enumerate(codebook.calls):
        if index not in planned:
            entries[call.visit.id] = _unassigned(codebook, index, entry_of.get(index), served, zones)
    return tuple(entries[visit.id] for visit in codebook.request.visits if visit.id in entries)


def _left_out(left: LeftOut, found: Geocoded | None) -> Unassigned:
    if left.code == "location_missing" and found is not None:
        words = words_of(found)
        reason = Reason(ReasonCode.LOCATION_MISSING, words.detail)
        return Unassigned(left.visit.id, (reason,), words.remedy, candidates=found.candidates)
    if left.off_road is not None:
        detail = OFF_ROAD.detail.format(amount=told(left.off_road, "m"))
        reason = Reason(ReasonCode.UNREACHABLE, detail, lacking=left.off_road)
        return Unassigned(left.visit.id, (reason,), OFF_ROAD.remedy)
    amount = None if left.would_need is None else seconds_up(left.would_need)
    finding = _Finding(
        ReasonCode(left.code), amount=amount, other=left.other, bound=Bound.MET if left.nobody_met else Bound.ASKED
    )
    return Unassigned(left.visit.id, (_reason(finding),), finding.remedy)


def _unassigned(
    codebook: Codebook, index: VisitIndex, unserved: Unserved | None, served: set[str], zones: Zones
) -> Unassigned:
    call = codebook.calls[index]
    if unserved is None:
        return Unassigned(call.visit.id, (), NOT_LOOKED_AT if codebook.request.options.explain else NOT_ASKED)
    by_agent = _easiest_by_agent(_finding(codebook, call, obstacle, served) for obstacle in unserved.obstacles)
    findings = (*_of_the_visit(unserved, by_agent), *by_agent)[:HANDFUL]
    return Unassigned(
        visit_id=call.visit.id,
        reasons=tuple(_reason(finding) for finding in findings),
        remedy=_remedy(findings),
        best_insertion=_best_insertion(codebook, call, unserved.insertion, zones),
    )


def _finding(codebook: Codebook, call: Call, obstacle: Obstacle, served: set[str]) -> _Finding:
    duty = codebook.duties[obstacle.shift]
    code = BY_CHECK[obstacle.code]
    if code is ReasonCode.AGENT_NOT_ALLOWED:
        return _barred(codebook, call, duty)
    if code is ReasonCode.PREDECESSOR_UNASSIGNED:
        other = next((after.visit for after in call.visit.after if after.visit not in served), None)
        return _Finding(code, duty, other=other)
    late = None if obstacle.late is None else codebook.calls[obstacle.late].visit.id
    if code is not ReasonCode.TIME_WINDOW or late is not None:
        return _Finding(code, duty, obstacle.amount, other=late, several=obstacle.several)
    bound = _bound(codebook, call, duty)
    code = ReasonCode.PERMITTED_HOURS if bound in {Bound.PERMITTED, Bound.LIGHT} else code
    return _Finding(code, duty, obstacle.amount, several=obstacle.several, bound=bound)


def _bound(codebook: Codebook, call: Call, duty: Duty) -> Bound:
    """Whose hours keep the agent from the visit: of all ways that are open to the agent, the first in order."""
    shift = in_utc(TimeWindow(duty.shift.start, duty.shift.end))
    may = [
        way for way in call.ways if codebook.eligibility.bar(call.visit, way.place, duty.agent, way.party_size) is None
    ]
    return min((bound_of(call.visit, way, shift) for way in may), key=lambda bound: bound.value, default=Bound.ASKED)


def _barred(codebook: Codebook, call: Call, duty: Duty) -> _Finding:
    """The rule that keeps the agent away: of the visit's ways the one whose rule is easiest to change."""
    bars = (codebook.eligibility.bar(call.visit, way.place, duty.agent, way.party_size) for way in call.ways)
    findings = [_Finding(ReasonCode(bar.barrier), duty, bar.lacking, bar.skill) for bar in bars if bar is not None]
    return min(findings, key=lambda finding: finding.ease, default=_Finding(ReasonCode.AGENT_NOT_ALLOWED, duty))


def _easiest_by_agent(findings: Iterable[_Finding]) -> list[_Finding]:
    """One finding per agent, the easiest of their shifts; the easiest agent first."""
    easiest: dict[str, _Finding] = {}
    for finding in sorted(findings, key=lambda finding: finding.ease):
        if finding.duty is not None:
            easiest.setdefault(finding.duty.agent.id, finding)
    return list(easiest.values())


def _of_the_visit(unserved: Unserved, by_agent: Sequence[_Finding]) -> tuple[_Finding, ...]:
    """What can be said of the visit as a whole."""
    codes = {finding.code for finding in by_agent}
    if unserved.fits_alone and unserved.insertion is None and ReasonCode.PREDECESSOR_UNASSIGNED not in codes:
        return (_Finding(ReasonCode.LOST_TO_HIGHER_VALUE),)
    if len(codes) > 1 and codes <= RULES:
        return (_Finding(ReasonCode.NO_AGENT),)
    return ()


def _reason(finding: _Finding) -> Reason:
    would_need, lacking = as_lacking(finding.amount, finding.words.unit)
    return Reason(
        code=finding.code,
        detail=finding.detail,
        agent_id=finding.duty.agent.id if finding.duty else None,
        shift_id=finding.duty.shift.id if finding.duty else None,
        would_need=would_need,
        lacking=lacking,
    )


def _remedy(findings: Sequence[_Finding]) -> str:
    """The remedy of the easiest obstacle. Who lost to better visits has two ways in: be worth more, or more room."""
    if not findings:
        return WORDS[ReasonCode.NO_AGENT].remedy
    first = findings[0].remedy
    if findings[0].code is ReasonCode.LOST_TO_HIGHER_VALUE and len(findings) > 1:
        room = findings[1].remedy
        return f"{first} Or make room: {room[0].lower()}{room[1:]}"
    return first


def _best_insertion(codebook: Codebook, call: Call, insertion: Insertion | None, zones: Zones) -> BestInsertion | None:
    if insertion is None:
        return None
    duty = codebook.duties[insertion.shift]
    zone = zones.of_visit(call.visit, call.ways[insertion.option].place)
    return BestInsertion(
        agent_id=duty.agent.id,
        shift_id=duty.shift.id,
        position=insertion.position,
        start=codebook.horizon.instant(insertion.start, zone),
        value=money(insertion.prize),
        cost=money(insertion.cost),
    )
