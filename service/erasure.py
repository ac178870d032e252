"""One person's data taken out of days, by the reference that the caller has for them (a visit's ``account``).

Of a plan that is finished the rest must go on to add up: where the visit stood, a tombstone stands, with the times that
the agent spent there, but neither where nor for whom. A day that has not been planned yet is planned without the visit.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import Final

from service.day.place import Place
from service.day.plan import Itinerary, Plan, Unassigned, Violated, VisitStop
from service.day.request import DayRequest, GivenItinerary
from service.day.visit import AgentRules, Option, Visit

NOWHERE: Final = Place()
ERASED: Final = "erased"
"""Flag of a tombstone, and what its id begins with."""


def fingerprint_of(account: str) -> str:
    """By which an account that was erased is known again, without being kept."""
    return sha256(account.encode()).hexdigest()


def concerns(request: DayRequest, fingerprints: frozenset[str]) -> bool:
    """Whether the day has a visit of such an account."""
    return bool(_of(request, fingerprints))


def without(request: DayRequest, fingerprints: frozenset[str]) -> DayRequest:
    """The day without the visits of such accounts, and without what speaks of them."""
    gone = {visit.id for visit in _of(request, fingerprints)}
    return replace(
        request,
        visits=tuple(
            replace(visit, after=tuple(each for each in visit.after if each.visit not in gone))
            for visit in request.visits
            if visit.id not in gone
        ),
        baseline=tuple(
            replace(
                given,
                visits=tuple(visit for visit in given.visits if visit not in gone),
                starts={visit: start for visit, start in given.starts.items() if visit not in gone},
                options={visit: option for visit, option in given.options.items() if visit not in gone},
            )
            for given in request.baseline
        ),
    )


def with_tombstones(
    request: DayRequest, plan: Plan | None, fingerprints: frozenset[str]
) -> tuple[DayRequest, Plan | None]:
    """A finished day with tombstones where visits of such accounts stood."""
    taken = {visit.id for visit in request.visits}
    free = (name for name in (f"{ERASED}-{number}" for number in count(1)) if name not in taken)
    names = {visit.id: next(free) for visit in _of(request, fingerprints)}
    return _request(request, names), None if plan is None else _plan(plan, names)


def _of(request: DayRequest, fingerprints: frozenset[str]) -> list[Visit]:
    return [
        visit for visit in request.visits if visit.account is not None and fingerprint_of(visit.account) in fingerprints
    ]


def _request(request: DayRequest, names: Mapping[str, str]) -> DayRequest:
    return replace(
        request,
        visits=tuple(_visit(visit, names) for visit in request.visits),
        baseline=tuple(_given(given, names) for given in request.baseline),
    )


def _visit(visit: Visit, names: Mapping[str, str]) -> Visit:
    """What of a visit the figures of the day need, if it is one of those; else the visit, with their new names."""
    after = tuple(replace(each, visit=names.get(each.visit, each.visit)) for each in visit.after)
    if visit.id not in names:
        return replace(visit, after=after)
    return replace(
        visit,
        id=names[visit.id],
        place=NOWHERE,
        time_windows=None,
        options=tuple(Option(str(number), value_factor=each.value_factor) for number, each in enumerate(visit.options)),
        contact=(),
        agents=AgentRules(),
        after=after,
        lock=None,
        timezone=None,
        consent=(),
        account=None,
        skills={},
        load={},
        flags=frozenset({ERASED}),
        data={},
    )


def _given(given: GivenItinerary, names: Mapping[str, str]) -> GivenItinerary:
    return replace(
        given,
        visits=tuple(names.get(visit, visit) for visit in given.visits),
        starts={names.get(visit, visit): start for visit, start in given.starts.items()},
        options={visit: option for visit, option in given.options.items() if visit not in names},
    )


def _plan(plan: Plan, names: Mapping[str, str]) -> Plan:
    baseline = plan.baseline and replace(
        plan.baseline, violations=tuple(_violated(each, names) for each in plan.baseline.violations)
    )
    return replace(
        plan,
        itineraries=tuple(_itinerary(itinerary, names) for itinerary in plan.itineraries),
        unassigned=tuple(_unassigned(each, names) for each in plan.unassigned),
        warnings=tuple(replace(each, detail=_renamed(each.detail, names)) for each in plan.warnings),
        violations=tuple(_violated(each, names) for each in plan.violations),
        baseline=baseline,
    )


def _itinerary(itinerary: Itinerary, names: Mapping[str, str]) -> Itinerary:
    """Its line goes with the first of them: it leads to the door."""
    if not any(stop.visit_id in names for stop in itinerary.visits):
        return itinerary
    stops = tuple(
        replace(stop, visit_id=names[stop.visit_id], option=None, place=NOWHERE, window=None, basis=(), contact=None)
        if isinstance(stop, VisitStop) and stop.visit_id in names
        else stop
        for stop in itinerary.stops
    )
    return replace(itinerary, stops=stops, geometry=None)


def _unassigned(left_out: Unassigned, names: Mapping[str, str]) -> Unassigned:
    """Its own, and what those of others say of it: sentences name the visit that another has to come after."""
    told = replace(
        left_out,
        reasons=tuple(replace(each, detail=_renamed(each.detail, names)) for each in left_out.reasons),
        remedy=_renamed(left_out.remedy, names),
    )
    if left_out.visit_id not in names:
        return told
    return replace(told, visit_id=names[left_out.visit_id], best_insertion=None, candidates=())


def _renamed(sentence: str, names: Mapping[str, str]) -> str:
    """The sentence with the new names; an id stands in it as a word of its own."""
    for old, new in names.items():
        sentence = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, sentence)
    return sentence


def _violated(violated: Violated, names: Mapping[str, str]) -> Violated:
    visit = names.get(violated.visit_id or "", violated.visit_id)
    return replace(violated, visit_id=visit, detail=_renamed(violated.detail, names))
