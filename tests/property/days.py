"""Days that somebody might send: request documents of up to eight visits, with some features or with all of them.

    days(family)
    ├── Dice      what is drawn: numbers, choices, and whether a feature of the family is used here
    ├── Setting   where and when: a zone and a morning or night of it, the places, how instants are written
    └── agents and their shifts, visits, travel, objective, baseline

Every document is meant to be accepted. Zero, absent and first are the plainest choices, so that days shrink to what a
person can check.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

from hypothesis import strategies as st

from tests.features.json_street import Json
from tests.property.setting import Dice, Feature, Setting, duration, setting_of

F: Final = Feature
FAMILIES: Final[Mapping[str, frozenset[Feature]]] = {
    "windows": frozenset({F.WINDOWS, F.FRACTIONS, F.SETUP, F.OPEN_END}),
    "options": frozenset({F.OPTIONS, F.WINDOWS, F.SETUP, F.WORTH, F.NOWHERE}),
    "people": frozenset({F.SKILLS, F.AGENT_RULES, F.TERRITORY, F.SHIFTS, F.REQUIRED}),
    "loads": frozenset({F.LOADS, F.OPTIONS, F.SKILLS, F.WORTH}),
    "order": frozenset({F.AFTER, F.LOCKS, F.WINDOWS, F.FRACTIONS, F.NOWHERE}),
    "breaks": frozenset({F.BREAKS, F.SHIFTS, F.FRACTIONS, F.COST, F.OPEN_END}),
    "limits": frozenset({F.LIMITS, F.OVERTIME, F.BREAKS, F.REQUIRED}),
    "money": frozenset({F.COST, F.PROFIT, F.OVERTIME, F.WORTH, F.AGENT_RULES, F.OPTIONS}),
    "fairness": frozenset({F.FAIRNESS, F.COST, F.PROFIT, F.SHIFTS, F.OVERTIME, F.AGENT_RULES}),
    "roads": frozenset({F.MATRIX, F.PROFILES, F.OPTIONS, F.LIMITS, F.SETUP, F.OPEN_END}),
    "clocks": frozenset({F.CLOCKS, F.WINDOWS, F.BREAKS, F.LOCKS, F.OVERTIME}),
    "several days": frozenset({F.LONG, F.SHIFTS, F.CLOCKS, F.AFTER, F.WINDOWS, F.BREAKS}),
    "slow roads": frozenset({F.SLOWDOWNS, F.BREAKS, F.LIMITS, F.COST, F.CLOCKS, F.PROFILES, F.OVERTIME, F.SETUP}),
    "contact": frozenset({F.CONTACT, F.OPTIONS, F.WINDOWS, F.WORTH, F.REQUIRED, F.AFTER, F.BASELINE, F.PROFIT}),
    "permitted hours": frozenset({F.POLICY, F.WINDOWS, F.CONTACT, F.OPTIONS, F.SKILLS, F.CLOCKS, F.BREAKS, F.BASELINE}),
    "links and breaks": frozenset({F.AFTER, F.LOCKS, F.BREAKS, F.OPTIONS, F.COST, F.BASELINE}),
    "everything by estimate": frozenset(F) - {F.MATRIX},
    "everything by matrix": frozenset(F) - {F.LONG},
}
"""What days of a family may use; no day need use all of it."""

FEW: Final = 10
MOST_VISITS: Final = 8
MOST_LINKED_VISITS: Final = 5
PLACES: Final = 5
FRACTIONS: Final = (0, 500_000, 1, 999_999)
"""Microseconds."""


@st.composite
def days(draw: st.DrawFn, family: str) -> Json:
    """A request document with some features of a family."""
    dice = _dice(draw(st.randoms()), FAMILIES[family])
    setting = setting_of(dice)
    agents = list(_agents(dice, setting))
    visits = list(_visits(dice, setting, [str(agent["id"]) for agent in agents]))
    shift = dice.number(0, len(setting.working) - 1)
    return {
        "agents": agents,
        "visits": visits,
        "travel": _travel(dice, setting),
        "objective": {
            "mode": "profit" if dice.uses(F.PROFIT) else "value_first",
            "fairness": dice.one_of(0.5, 3, 40) if dice.uses(F.FAIRNESS) else 0,
            "expected_value": not dice.uses(F.CONTACT, 4),
        },
        "options": {"solution_limit": dice.one_of(2, 5, 15), "seed": dice.number(0, 3)},
        **({"timezone": setting.scene.zone, **_policy(dice, setting)} if dice.number(0, 3) else {}),
        **(_baseline(dice, f"S-{shift}", visits) if dice.uses(F.BASELINE) else {}),
    }


def _policy(dice: Dice, setting: Setting) -> Json:
    """Hours of every day, from some time of the day on, within those of a jurisdiction or not."""
    if not dice.uses(F.POLICY):
        return {}
    begin = dice.number(-60, 240)
    opens, closes = setting.clock(begin), setting.clock(begin + dice.number(20, 400))
    hours = [f"{opens}-{closes}"] if opens < closes else [f"{opens}-24:00"]
    own = {"days": [*["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]], "hours": hours}
    return {
        "policy": {
            **({"extra": [own]} if dice.number(0, 4) else {}),
            **({"jurisdiction": dice.one_of("US-MA", "RU", "BE", "GR")} if dice.number(0, 3) == 0 else {}),
            **({"house_default": True} if dice.number(0, 3) == 0 else {}),
        }
    }


def _dice(random: Random, family: frozenset[Feature]) -> Dice:
    """A day with everything at once serves hardly anybody: of a large family it has some, and all in the long run."""
    features = [one for one in F if one in family]
    if len(features) > FEW:
        features = [one for one in features if one is F.MATRIX or random.randint(0, 1)]
    return Dice(random, frozenset(features))


def _agents(dice: Dice, setting: Setting) -> Iterator[Json]:
    for number in range(dice.number(1, 3)):
        yield {
            "id": f"A-{number}",
            "shifts": list(_shifts(dice, setting)),
            **({"profile": dice.one_of(*setting.profiles)} if len(setting.profiles) > 1 else {}),
            **({"skills": {"kyc": dice.number(1, 3)}, "party_size": dice.number(1, 2)} if dice.uses(F.SKILLS) else {}),
            **({"territory": _territory(dice, setting)} if dice.uses(F.TERRITORY) else {}),
            **({"capacity": {"parcels": dice.number(0, 6)}} if dice.uses(F.LOADS) else {}),
            **({"history": {"worked": duration(dice.number(0, 9) * 3000)}} if dice.uses(F.FAIRNESS) else {}),
            **({"cost": _cost(dice)} if dice.uses(F.COST) else {}),
        }


def _territory(dice: Dice, setting: Setting) -> list[Json]:
    """A rectangle of the places' map; some corners are places, and so stand on the border."""
    west, south = dice.number(0, 2), dice.number(-1, 1)
    east, north = west + dice.number(1, 3), south + dice.number(1, 4)
    return [setting.point(*corner) for corner in ((west, south), (east, south), (east, north), (west, north))]


def _cost(dice: Dice) -> Json:
    return {
        **dice.whole("fixed", 0, 30),
        "per_hour": dice.one_of(0, 20, 17.333),
        "per_km": dice.one_of(0, 0.4, 1.037),
        **({"overtime_per_hour": dice.one_of(30, 10, 0)} if dice.uses(F.OVERTIME) else {}),
    }


def _shifts(dice: Dice, setting: Setting) -> Iterator[Json]:
    """One after the other, on the same day or not."""
    clear = 0
    for _ in range(dice.number(1, 2) if F.SHIFTS in dice.features else 1):
        begin = clear + dice.number(0, 30) * 60 + (dice.one_of(0, 86_400, 80_000) if F.LONG in dice.features else 0)
        end = begin + (dice.number(9, 47) * 3600 if dice.uses(F.LONG, 4) else dice.number(30, 270) * 60)
        overtime = dice.number(1, 40) * 60 if dice.uses(F.OVERTIME) else 0
        clear = end + overtime + 1
        setting.working.append((begin, end))
        yield {
            "id": f"S-{len(setting.working) - 1}",
            "start": setting.instant(begin, _micro(dice)),
            "end": setting.instant(end, _micro(dice)),
            "start_location": setting.place(dice.number(0, PLACES - 1)),
            **({"end_location": _end(dice, setting)} if dice.uses(F.OPEN_END) else {}),
            **({"overtime": duration(overtime)} if overtime else {}),
            **({"limits": _limits(dice)} if dice.uses(F.LIMITS) else {}),
            **({"breaks": list(_breaks(dice, setting, begin, end))} if dice.uses(F.BREAKS) else {}),
        }


def _end(dice: Dice, setting: Setting) -> Json | None:
    return None if dice.number(0, 1) == 0 else setting.place(dice.number(0, PLACES - 1))


def _limits(dice: Dice) -> Json:
    return {
        **dice.whole("visits", 0, 4),
        **dice.span("driving", 0, 3000),
        **dice.whole("distance_m", 0, 15_000),
        **dice.span("duration", 600, 9000),
    }


def _breaks(dice: Dice, setting: Setting, begin: int, end: int) -> Iterator[Json]:
    """In any order; the second after a shift's begin and the one before its end stay free, for fractions."""
    for number in range(dice.number(1, 3)):
        length = dice.number(1, min(1800, end - begin - 3))
        earliest = dice.number(begin + 1, end - length - 2)
        latest = min(end - length - 1, earliest + dice.one_of(1, 600, 3600))
        yield {
            "id": f"B-{number}",
            "duration": duration(length),
            "earliest": setting.instant(earliest, _micro(dice)),
            "latest": setting.instant(latest, _micro(dice)),
            "paid": dice.number(0, 1) == 1,
            **dice.span("only_if_shift_over", 0, 9000),
        }


def _visits(dice: Dice, setting: Setting, agents: Sequence[str]) -> Iterator[Json]:
    # Breaks and links together make every timetable a search of its own: eight such visits may take ten seconds.
    most = MOST_LINKED_VISITS if {F.AFTER, F.BREAKS} <= dice.features else MOST_VISITS
    for number in range(dice.number(1, most)):
        yield {
            "id": f"V-{number}",
            "duration": duration(dice.one_of(600, 0, dice.number(1, 2400))),
            **(_nowhere(dice) or {"location": setting.place(dice.number(0, PLACES - 1))}),
            **({"setup": duration(dice.number(1, 400))} if dice.uses(F.SETUP) else {}),
            **(_worth(dice) if dice.uses(F.WORTH) else {}),
            **({"required": True} if dice.uses(F.REQUIRED, 4) else {}),
            **({"time_windows": _windows(dice, setting)} if dice.uses(F.WINDOWS) else {}),
            **({"options": list(_options(dice, setting))} if dice.uses(F.OPTIONS) else {}),
            **({"contact": _contact(dice, setting)} if dice.uses(F.CONTACT) else {}),
            **({"consent": [_consent(dice, setting)]} if dice.uses(F.POLICY, 4) else {}),
            **({"skills": {"kyc": dice.number(1, 3)}, "party_size": dice.number(1, 2)} if dice.uses(F.SKILLS) else {}),
            **({"load": {"parcels": dice.number(0, 3)}} if dice.uses(F.LOADS) else {}),
            **_rules(dice, setting, agents),
            **({"after": list(_after(dice, number))} if number and dice.uses(F.AFTER, 3) else {}),
            **({"timezone": "Asia/Kolkata"} if dice.uses(F.CLOCKS, 6) else {}),
        }


def _nowhere(dice: Dice) -> Json:
    """Only an address, or a door that nobody calls at."""
    if not dice.uses(F.NOWHERE, 8):
        return {}
    address: Json = {"address": "Mannerheimintie 1"}
    return address | ({"flags": ["do_not_visit"]} if dice.number(0, 1) else {})


def _worth(dice: Dice) -> Json:
    worth: Json = {"priority": dice.number(1, 100)}
    return worth | ({"value": dice.one_of(0, 0.001, 33.3)} if dice.number(0, 1) else {})


def _windows(dice: Dice, setting: Setting) -> list[Json]:
    """Around the hours of one shift, each touching, overlapping or some time after the one before; in any order."""
    begin, end = dice.one_of(*setting.working)
    windows: list[Json] = []
    edge, micro = dice.number(begin - 900, end), _micro(dice)
    for _ in range(dice.number(1, 3)):
        opens = edge + dice.one_of(0, -120, 1, 1800)
        edge = max(opens, edge) + dice.one_of(600, 0, 1, dice.number(1, 5400))
        start = setting.instant(opens, micro)
        micro = max(micro, _micro(dice))
        windows.append({"start": start, "end": setting.instant(edge, micro)})
    return windows[:: dice.one_of(1, -1)]


def _options(dice: Dice, setting: Setting) -> Iterator[Json]:
    for number in range(dice.number(1, 2)):
        yield {
            "id": f"O-{number}",
            "value_factor": dice.one_of(1, 0.6, 0, 1.5),
            **({"location": setting.place(dice.number(0, PLACES - 1))} if dice.number(0, 1) else {}),
            **({"time_windows": _windows(dice, setting)} if dice.number(0, 1) else {}),
        }


def _contact(dice: Dice, setting: Setting) -> list[Json]:
    """Around the hours of one shift, each touching the one before or some time after it; in any order."""
    begin, end = dice.one_of(*setting.working)
    spans: list[Json] = []
    edge = dice.number(begin - 3600, end)
    for _ in range(dice.number(1, 4)):
        opens = edge + dice.one_of(0, 0, 1, 1800)
        edge = opens + dice.one_of(3600, 600, dice.number(1, 9000))
        met: Json = {"probability": dice.one_of(0.5, 0.55, 0.62, 0, 1, 0.1)}
        spans.append(met | {"start": setting.instant(opens), "end": setting.instant(edge)})
    return spans[:: dice.one_of(1, -1)]


def _consent(dice: Dice, setting: Setting) -> Json:
    """To be called upon about the hours of one shift."""
    begin, end = dice.one_of(*setting.working)
    opens = dice.number(begin - 1800, end)
    return {
        "start": setting.instant(opens),
        "end": setting.instant(opens + dice.number(0, 7200)),
        "given_on": "2026-01-15",
    }


def _rules(dice: Dice, setting: Setting, agents: Sequence[str]) -> Json:
    """Who may come, and a lock that does not contradict it."""
    rules: Json = {}
    allowed = list(agents)
    if dice.uses(F.AGENT_RULES):
        only, forbidden = dice.some(agents, 2), dice.some(agents, 1)
        preferred = {agent: dice.one_of(5, 0.5, 200) for agent in dice.some(agents, 2)}
        allowed = [agent for agent in only or agents if agent not in forbidden]
        rules["agents"] = {"only": only, "forbidden": forbidden, "preferred": preferred}
    if dice.uses(F.LOCKS, 4):
        begin, end = dice.one_of(*setting.working)
        start = setting.instant(dice.number(begin, end))
        rules["lock"] = {
            **({"agent": dice.one_of(*allowed)} if allowed and dice.number(0, 1) else {}),
            **({"start": start} if dice.number(0, 1) else {}),
            **({"position": dice.one_of("first", "last")} if dice.number(0, 2) == 0 else {}),
        }
    return rules


def _after(dice: Dice, number: int) -> Iterator[Json]:
    for first in dice.some(range(number), 2):
        yield {"visit": f"V-{first}"} | dice.span("min_gap", 0, 3600)


def _travel(dice: Dice, setting: Setting) -> Json:
    """One way streets and detours are drawn, so that a matrix need be neither symmetric nor a map."""
    travel: Json = {"source": dice.one_of("auto", "matrix" if setting.by_index else "estimate")}
    if setting.by_index:
        travel["matrices"] = [_matrix(dice, profile) for profile in setting.profiles]
    if dice.uses(F.PROFILES):
        travel["speed_factor"] = dice.one_of(0.7, 1.3, 3)
    if dice.uses(F.SLOWDOWNS):
        travel["slowdowns"] = list(_slowdowns(dice, setting))
    return travel


def _slowdowns(dice: Dice, setting: Setting) -> Iterator[Json]:
    """Some that touch, some that go on over midnight, within a day from an hour before its begin."""
    minute = dice.number(-60, 240)
    for _ in range(dice.number(1, 3)):
        ends = minute + dice.number(1, 180)
        yield {"from": setting.clock(minute), "to": setting.clock(ends), "factor": dice.one_of(2, 1.35, 1, 10)}
        minute = ends + dice.one_of(0, 1, 60)


def _matrix(dice: Dice, profile: str) -> Json:
    at = [(dice.number(0, 9), dice.number(0, 9)) for _ in range(PLACES)]
    seconds: list[list[int | None]] = [[60 * abs(a - c) + 71 * abs(b - d) for c, d in at] for a, b in at]
    metres: list[list[int | None]] = [[leg and leg * 9 for leg in row] for row in seconds]
    for _ in range(dice.number(0, 4)):
        origin, destination = dice.number(0, PLACES - 1), dice.number(0, PLACES - 1)
        seconds[origin][destination] = dice.one_of(None, 0, 1500)
        metres[origin][destination] = dice.one_of(None, 0, 20_000)
    given: Json = {"profile": profile, "seconds": seconds}
    return given | ({"metres": metres} if dice.number(0, 3) else {})


def _baseline(dice: Dice, shift: str, visits: Sequence[Json]) -> Json:
    """Some visits, often not as they may be, which a baseline is measured for."""
    served = dice.some([visit["id"] for visit in visits], 3)
    return {"baseline": {"itineraries": [{"shift_id": shift, "visits": served}]}}


def _micro(dice: Dice) -> int:
    return dice.one_of(*FRACTIONS) if dice.uses(F.FRACTIONS) else 0
