"""Two tables, visits and shifts, as one request document: for planners whose day lives in a spreadsheet.

    visits.csv   id, address, lat, lon, duration and any of priority, value, required, setup, time_windows, skills,
                 party_size, only, forbidden
    agents.csv   id, start_lat, start_lon, shift and any of name, profile, skills, party_size, end_lat, end_lon,
                 overtime, breaks; several rows with one id are several shifts of one agent

Clock times are those of the day and zone that come along: ``09:00-17:00``; several spans, skills (``kyc:2``) or ids
stand side by side, separated by spaces. Durations are minutes or ISO 8601. Whether the day makes sense is decided
where every request is checked; here only what cannot be read is refused.
"""

import csv
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

JsonObject: TypeAlias = dict[str, object]
T = TypeVar("T")

VISIT_COLUMNS: Final = (
    *("id", "address", "lat", "lon", "duration", "priority", "value", "required", "setup"),
    *("time_windows", "skills", "party_size", "only", "forbidden"),
)
AGENT_COLUMNS: Final = (
    *("id", "name", "start_lat", "start_lon", "end_lat", "end_lon", "shift"),
    *("profile", "skills", "party_size", "overtime", "breaks"),
)
SPAN: Final = re.compile(r"(\d\d?:\d\d)-(\d\d?:\d\d)")
FLAGS: Final = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False}


class TableError(ValueError):
    """Cells that cannot be read; the text has one line each: file, line, column and what was expected."""


class _UnreadableError(ValueError):
    """What a cell should have been."""


@dataclass(frozen=True, slots=True)
class Day:
    """The calendar day and zone that clock times in a table belong to."""

    on: date
    zone: ZoneInfo

    def span(self, text: str) -> tuple[str, str]:
        """``09:00-17:00`` as two instants; an end at or before the start lies on the next day."""
        matched = SPAN.fullmatch(text)
        if matched is None:
            message = "a span of clock times like 09:00-17:00"
            raise _UnreadableError(message)
        start, end = (_clock(clock) for clock in matched.groups())
        ends_on = self.on if end > start else self.on + timedelta(days=1)
        return self._instant(self.on, start), self._instant(ends_on, end)

    def _instant(self, on: date, clock: time) -> str:
        return datetime.combine(on, clock, self.zone).isoformat()


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one line. What cannot be read is noted in ``faults`` and left out; nobody will use the rest then."""

    where: str
    cells: Mapping[str, str]
    day: Day
    faults: list[str]

    def read(self, column: str, reader: Callable[[str], T]) -> Iterator[T]:
        """What ``reader`` makes of a cell; nothing of an empty one."""
        text = self.cells.get(column, "")
        if not text:
            return
        try:
            yield reader(text)
        except _UnreadableError as expected:
            self.faults.append(f"{self.where}, column {column}: expected {expected}.")

    def keyed(self, column: str, reader: Callable[[str], object]) -> Iterator[tuple[str, object]]:
        """The same with the column's name as the key of the document."""
        for value in self.read(column, reader):
            yield column, value

    def location(self, key: str, prefix: str = "") -> Iterator[tuple[str, object]]:
        """A point from two columns; half a point is handed on, to be refused with all else that is wrong."""
        point = {axis: value for axis in ("lat", "lon") for value in self.read(prefix + axis, _number)}
        if point:
            yield key, point


def request_from_tables(visits: Path, agents: Path, day: Day) -> JsonObject:
    """The request document of two CSV files; TableError names every cell that cannot be read."""
    faults: list[str] = []
    document: JsonObject = {
        "name": f"{visits.stem}, {day.on}",
        "timezone": day.zone.key,
        "agents": _agents(_rows(agents, AGENT_COLUMNS, day, faults)),
        "visits": [dict(_visit(row)) for row in _rows(visits, VISIT_COLUMNS, day, faults)],
    }
    if faults:
        raise TableError("\n".join(faults))
    return document


def _rows(path: Path, columns: Sequence[str], day: Day, faults: list[str]) -> list[_Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        faults.extend(f"{path.name}: {fault}" for fault in _unknown_columns(reader.fieldnames or (), columns))
        return [
            _Row(
                f"{path.name}, line {reader.line_num}",
                {name: row[name].strip() for name in columns if name in row},
                day,
                faults,
            )
            for row in reader
        ]


def _unknown_columns(names: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name not in columns:
            close = difflib.get_close_matches(name, columns, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(columns)}."
            yield f"there is no column {name!r}; {hint}"


def _visit(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("id", str)
    yield from row.keyed("address", str)
    yield from row.location("location")
    yield from row.keyed("duration", _duration)
    yield from row.keyed("priority", _whole)
    yield from row.keyed("value", _number)
    yield from row.keyed("required", _flag)
    yield from row.keyed("setup", _duration)
    yield from row.keyed("time_windows", lambda text: [_window(each, row.day) for each in text.split()])
    yield from _abilities(row)
    rules = dict(item for column in ("only", "forbidden") for item in row.keyed(column, str.split))
    if rules:
        yield "agents", rules


def _agents(rows: Sequence[_Row]) -> list[JsonObject]:
    """One agent per id, with the shifts of all its rows; what is said of the person is taken from the first."""
    agents: dict[str, JsonObject] = {}
    shifts: dict[str, list[JsonObject]] = {}
    for row in rows:
        agent_id = row.cells.get("id", "")
        mine = shifts.setdefault(agent_id, [])
        agents.setdefault(agent_id, {**dict(_person(row)), "shifts": mine})
        mine.append({"id": f"{agent_id}/{len(mine) + 1}", **dict(_shift(row))})
    return list(agents.values())


def _person(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("id", str)
    yield from row.keyed("name", str)
    yield from row.keyed("profile", str)
    yield from _abilities(row)


def _abilities(row: _Row) -> Iterator[tuple[str, object]]:
    yield from row.keyed("skills", lambda text: dict(_skill(each) for each in text.split()))
    yield from row.keyed("party_size", _whole)


def _shift(row: _Row) -> Iterator[tuple[str, object]]:
    for start, end in row.read("shift", row.day.span):
        yield "start", start
        yield "end", end
    yield from row.location("start_location", "start_")
    yield from row.location("end_location", "end_")
    yield from row.keyed("overtime", _duration)
    yield from row.keyed(
        "breaks", lambda text: [_break(each, row.day, count) for count, each in enumerate(text.split(), start=1)]
    )


def _break(text: str, day: Day, count: int) -> JsonObject:
    """``11:00-13:00/PT30M``: when it may begin, and how long it lasts."""
    span, slash, duration = text.partition("/")
    if not slash:
        message = "a span and a duration like 11:00-13:00/30"
        raise _UnreadableError(message)
    earliest, latest = day.span(span)
    return {"id": f"break-{count}", "earliest": earliest, "latest": latest, "duration": _duration(duration)}


def _window(text: str, day: Day) -> JsonObject:
    start, end = day.span(text)
    return {"start": start, "end": end}


def _skill(text: str) -> tuple[str, int]:
    name, _, level = text.partition(":")
    return name, _whole(level or "1")


def _duration(text: str) -> str:
    return f"PT{text}M" if text.isdecimal() else text


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        message = "clock times between 00:00 and 23:59"
        raise _UnreadableError(message) from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        message = "a number with a decimal point"
        raise _UnreadableError(message) from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = "a whole number"
        raise _UnreadableError(message) from None


def _flag(text: str) -> bool:
    try:
        return FLAGS[text.lower()]
    except KeyError:
        message = "yes or no"
        raise _UnreadableError(message) from None
