"""Two tables, visits and shifts, as one request document: for planners whose day lives in a spreadsheet.

Clock times are those of one day in one zone: ``09:00-17:00``; several spans, skills (``kyc:2``) or ids stand side by
side, separated by spaces. Durations are minutes or ISO 8601. Whether the day makes sense is decided where every
request is checked; here only what cannot be read is refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from api import table_cells as cells
from api.table_cells import Day, JsonObject, UnreadableError
from api.table_files import Column, Line, read_lines
from service.day.place import Point
from service.zones import ZoneAt, zone_at

Pointer: TypeAlias = tuple[str | int, ...]
T = TypeVar("T")

SKILLS: Final = "Level by skill; without a level it is 1."
VISIT_COLUMNS: Final[Mapping[str, Column]] = {
    "id": Column("Unique among all visits.", "V-077", required=True),
    "address": Column("Kept and shown.", "Kirkkokatu 18, 00170 Helsinki"),
    "lat": Column("Degrees north of the door; a visit without `lat` and `lon` comes back unassigned.", "60.170682"),
    "lon": Column("Degrees east of the door.", "24.952114"),
    "duration": Column("Time of the service.", "15", required=True),
    "priority": Column("1 to 100: the simple way to say what the visit is worth; empty = 50.", "80"),
    "value": Column("What the visit is worth, instead of its priority.", "12.5"),
    "required": Column("`yes`: comes before all value. Empty = `no`.", "yes"),
    "setup": Column("Spent on arrival, and not again for the next visit at the same place.", "2"),
    "time_windows": Column("The whole service lies in one of them; empty = any time.", "08:00-09:30 16:30-20:00"),
    "skills": Column(f"What whoever comes must be able to do. {SKILLS}", "kyc:2 swedish"),
    "party_size": Column("How many people must come.", "2"),
    "load": Column("What the visit takes of the agent's capacity.", "parcels:3"),
    "only": Column("Ids of the only agents who may come; empty = everybody.", "aino onni"),
    "preferred": Column("What it is worth to be served by that agent.", "onni:5"),
    "forbidden": Column("Ids of agents who may not come.", "eero crew"),
    "after": Column("Visits that come before this one; after `/`, the least time between.", "V-020/30 V-021"),
    "lock_agent": Column("Nobody but this agent; a visit with any lock is required.", "aino"),
    "lock_start": Column("Service starts exactly then.", "14:00"),
    "lock_position": Column("`first` or `last` stop of its itinerary.", "first"),
    "jurisdiction": Column("That of the door: a policy of `dayroute policy list`.", "US-MA"),
    "flags": Column("`do_not_visit`: nobody calls there, whatever it is worth.", "do_not_visit"),
}
AGENT_COLUMNS: Final[Mapping[str, Column]] = {
    "id": Column("Who it is. Several lines with one id are several shifts of one agent.", "aino", required=True),
    "name": Column("For people to read.", "Aino"),
    "profile": Column("How the agent travels; empty = `car`.", "foot"),
    "skills": Column(SKILLS, "kyc:2 swedish"),
    "party_size": Column("How many people come; empty = 1.", "2"),
    "capacity": Column("How much of each load fits; a load that no agent names is not limited.", "parcels:12"),
    "cost_fixed": Column("For every shift that is used.", "20"),
    "cost_per_hour": Column("For working time without unpaid breaks.", "24"),
    "cost_per_km": Column("For distance, way out and back included.", "0.45"),
    "overtime_per_hour": Column("For time after the end of the shift; empty = `cost_per_hour`.", "36"),
    "start_lat": Column("Degrees north of where the shift starts.", "60.17132", required=True),
    "start_lon": Column("Degrees east of where the shift starts.", "24.941457", required=True),
    "end": Column("`open`: the shift ends at its last stop. Empty = at `end_lat`, `end_lon`.", "open"),
    "end_lat": Column("Degrees north of where the shift ends; empty = back at the start.", "60.17132"),
    "end_lon": Column("Degrees east of where the shift ends.", "24.941457"),
    "shift": Column("The agent leaves not before, and is back by. An end before the start is on the next day.",
                    "09:00-17:00", required=True),
    "overtime": Column("How much longer the shift may last, at a price.", "30"),
    "max_visits": Column("The most visits of the shift.", "22"),
    "max_driving": Column("The most travel of the shift.", "120"),
    "max_duration": Column("The longest the shift may last, from departure to finish.", "PT7H30M"),
    "breaks": Column(
        "When it may start, `/` how long it lasts. After `>`: due only if the shift lasts longer. "
        "With `+paid`: counts as working time.",
        "11:00-13:00/30>360 15:00-16:00/10+paid",
    ),
}  # fmt: skip


class TableError(ValueError):
    """What cannot be read; the text has one line each: file, line, column and what was expected."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one line. What cannot be read is noted in ``faults`` and left out; nobody will use the rest then."""

    line: Line
    day: Day
    faults: list[str]

    def read(self, column: str, reader: Callable[[str], T]) -> Iterator[T]:
        """What ``reader`` makes of a cell; nothing of an empty one."""
        text = self.line.cells.get(column, "")
        if not text:
            return
        try:
            yield reader(text)
        except UnreadableError as expected:
            self.faults.append(f"{self.line.where}, column {column}: expected {expected}.")

    def keyed(self, column: str, reader: Callable[[str], object], key: str = "") -> Iterator[tuple[str, object]]:
        """The same with its key in the document, which is the column's name unless given."""
        for value in self.read(column, reader):
            yield key or column, value

    def location(self, key: str, prefix: str = "") -> Iterator[tuple[str, object]]:
        """A point from two columns; half a point is handed on, to be refused with all else that is wrong."""
        yield from _unless_empty(key, (item for axis in ("lat", "lon") for item in self._axis(prefix, axis)))

    def number(self, text: str) -> float:
        """A number as this table writes them."""
        return cells.number(text.replace(self.line.decimal, "."))

    def _axis(self, prefix: str, axis: str) -> Iterator[tuple[str, object]]:
        return self.keyed(prefix + axis, self.number, axis)


def request_from_tables(  # noqa: PLR0913 - what a table leaves open, each with its own default
    visits: Path,
    agents: Path,
    on: date | None,
    zone: ZoneInfo | None,
    today: Callable[[ZoneInfo], date],
    *,
    at: ZoneAt = zone_at,
) -> JsonObject:
    """The request document of two CSV files. Raises TableError with everything that cannot be read.

    ``on`` is the day of the clock times, else what is ``today`` in their zone; ``zone`` is theirs, else that of the
    first place where a shift starts.
    """
    faults: list[str] = []
    shift_lines = read_lines(agents, AGENT_COLUMNS, faults)
    zone = zone or _zone_of(shift_lines, at, faults)
    day = Day(on or today(zone), zone)
    document: JsonObject = {
        "name": f"{visits.stem}, {day.on}",
        "timezone": zone.key,
        "agents": [_agent([_Row(line, day, faults) for line in mine]) for mine in _by_agent(shift_lines)],
        "visits": [dict(_visit(_Row(line, day, faults))) for line in read_lines(visits, VISIT_COLUMNS, faults)],
    }
    if faults:
        raise TableError("\n".join(faults))
    return document


def table_lines(visits: Path, agents: Path) -> Mapping[Pointer, str]:
    """Names of the lines that visits, agents and shifts of the document come from, by the way to them."""
    lines: dict[Pointer, str] = {
        ("visits", position): line.where for position, line in enumerate(read_lines(visits, VISIT_COLUMNS, []))
    }
    for position, mine in enumerate(_by_agent(read_lines(agents, AGENT_COLUMNS, []))):
        lines["agents", position] = mine[0].where
        lines.update({("agents", position, "shifts", count): line.where for count, line in enumerate(mine)})
    return lines


def _zone_of(lines: Sequence[Line], at: ZoneAt, faults: list[str]) -> ZoneInfo:
    """The zone where the first shift starts. UTC if no line says where: the day is then refused for that."""
    for line in lines:
        try:
            lat, lon = (
                cells.number(line.cells.get(name, "").replace(line.decimal, ".")) for name in ("start_lat", "start_lon")
            )
            name = at(Point(lat, lon))
        except ValueError:
            continue
        if name is None:
            faults.append(f"{line.where}: no time zone is known at {lat}, {lon}; name one with --timezone.")
            break
        return ZoneInfo(name)
    return ZoneInfo("UTC")


def _visit(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("id", str)
    yield from row.keyed("address", str)
    yield from row.location("location")
    yield from row.keyed("duration", cells.duration)
    yield from row.keyed("priority", cells.whole)
    yield from row.keyed("value", row.number)
    yield from row.keyed("required", cells.flag)
    yield from row.keyed("setup", cells.duration)
    yield from row.keyed("time_windows", row.day.windows)
    yield from _abilities(row)
    yield from row.keyed("load", lambda text: cells.amounts(text, cells.whole))
    yield from _unless_empty("agents", _choice_of_agents(row))
    yield from row.keyed("after", cells.predecessors)
    yield from _unless_empty("lock", _lock(row))
    yield from row.keyed("jurisdiction", str)
    yield from row.keyed("flags", str.split)


def _choice_of_agents(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("only", str.split)
    yield from row.keyed("preferred", lambda text: cells.amounts(text, row.number))
    yield from row.keyed("forbidden", str.split)


def _lock(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("lock_agent", str, "agent")
    yield from row.keyed("lock_start", row.day.moment, "start")
    yield from row.keyed("lock_position", str, "position")


def _by_agent(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each agent, agents in the order of their first."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.cells.get("id", ""), []).append(line)
    return list(found.values())


def _agent(rows: Sequence[_Row]) -> JsonObject:
    """What is said of the person is taken from the first row; every row is a shift."""
    person = dict(_person(rows[0]))
    shifts = [{"id": f"{person.get('id', '')}/{count}", **dict(_shift(row))} for count, row in enumerate(rows, start=1)]
    return {**person, "shifts": shifts}


def _person(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("id", str)
    yield from row.keyed("name", str)
    yield from row.keyed("profile", str)
    yield from _abilities(row)
    yield from row.keyed("capacity", lambda text: cells.amounts(text, cells.whole))
    yield from _unless_empty("cost", _cost(row))


def _abilities(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("skills", cells.levels)
    yield from row.keyed("party_size", cells.whole)


def _cost(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("cost_fixed", row.number, "fixed")
    yield from row.keyed("cost_per_hour", row.number, "per_hour")
    yield from row.keyed("cost_per_km", row.number, "per_km")
    yield from row.keyed("overtime_per_hour", row.number)


def _shift(row: _Row) -> Iterator[tuple[str, object]]:
    for start, end in row.read("shift", row.day.span):
        yield "start", start
        yield "end", end
    yield from row.location("start_location", "start_")
    yield from _end(row)
    yield from row.keyed("overtime", cells.duration)
    yield from _unless_empty("limits", _limits(row))
    yield from row.keyed("breaks", row.day.breaks)


def _end(row: _Row) -> Iterator[tuple[str, object]]:
    place = dict(row.location("end_location", "end_"))
    is_open = dict(row.keyed("end", cells.open_end, "end_location"))
    if place and is_open:
        row.faults.append(f"{row.line.where}, column end: expected either open or a place, not both.")
    yield from (place | is_open).items()


def _limits(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("max_visits", cells.whole, "visits")
    yield from row.keyed("max_driving", cells.duration, "driving")
    yield from row.keyed("max_duration", cells.duration, "duration")


def _unless_empty(key: str, items: Iterator[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """An object under its key, if there is anything in it."""
    if found := dict(items):
        yield key, found
