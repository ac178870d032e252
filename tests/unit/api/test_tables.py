"""Two spreadsheets as one request document."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from api.table_cells import Day, UnreadableError
from api.tables import JsonObject, TableError, request_from_tables, table_lines
from service.day.place import Point
from tests.tree import ROOT

MONDAY = date(2026, 3, 2)
HELSINKI = ZoneInfo("Europe/Helsinki")
EXAMPLE = ROOT / "examples" / "helsinki"
AGENTS = "id,start_lat,start_lon,shift\nA-1,60.17,24.94,09:00-17:00\n"
VISITS = "id,lat,lon,duration\nV-1,60.16,24.95,15\n"


def read(folder: Path, visits: str = VISITS, agents: str = AGENTS) -> JsonObject:
    return read_bytes(folder, visits.encode(), agents.encode())


def read_bytes(folder: Path, visits: bytes, agents: bytes = AGENTS.encode()) -> JsonObject:
    (folder / "visits.csv").write_bytes(visits)
    (folder / "agents.csv").write_bytes(agents)
    return request_from_tables(folder / "visits.csv", folder / "agents.csv", MONDAY, HELSINKI, never)


def read_somewhere(folder: Path, agents: str, zone: str | None) -> tuple[JsonObject, list[Point]]:
    """The document of a day in a zone that is looked up, and where it was looked up."""
    asked: list[Point] = []

    def at(point: Point) -> str | None:
        asked.append(point)
        return zone

    (folder / "visits.csv").write_text(VISITS, encoding="utf-8")
    (folder / "agents.csv").write_text(agents, encoding="utf-8")
    document = request_from_tables(folder / "visits.csv", folder / "agents.csv", MONDAY, None, never, at=at)
    return document, asked


def refusal(folder: Path, visits: str | bytes = VISITS, agents: str = AGENTS) -> list[str]:
    with pytest.raises(TableError) as error:
        read_bytes(folder, visits.encode() if isinstance(visits, str) else visits, agents.encode())
    return str(error.value).splitlines()


def never(zone: ZoneInfo) -> date:
    message = f"nobody needs to know the day in {zone}"
    raise AssertionError(message)


def objects(value: object) -> list[JsonObject]:
    return cast("list[JsonObject]", value)


def test_the_least_that_a_table_needs_is_a_door_and_a_shift(tmp_path: Path) -> None:
    expected = {
        "name": "visits, 2026-03-02",
        "timezone": "Europe/Helsinki",
        "agents": [
            {
                "id": "A-1",
                "shifts": [
                    {
                        "id": "A-1/1",
                        "start": "2026-03-02T09:00:00+02:00",
                        "end": "2026-03-02T17:00:00+02:00",
                        "start_location": {"lat": 60.17, "lon": 24.94},
                    }
                ],
            }
        ],
        "visits": [{"id": "V-1", "duration": "PT15M", "location": {"lat": 60.16, "lon": 24.95}}],
    }

    assert read(tmp_path) == expected


def test_every_column_of_a_visit_becomes_its_key(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "id,address,lat,lon,duration,priority,value,required,setup,time_windows,skills,party_size,only,forbidden,"
        "load,preferred,after,lock_agent,lock_start,lock_position,flags\n"
        'V-1,"Street 1, Town",60.1,24.9,PT20M,80,12.5,yes,2,09:00-12:00 16:00-20:00,kyc:2 sv,2,A-1 A-2,A-9,'
        "parcels:3 kegs:1,A-1:2.5,V-2/30 V-3 V/4/PT1H,A-1,14:00,last,do_not_visit\n",
    )
    expected = {
        "id": "V-1",
        "duration": "PT20M",
        "location": {"lat": 60.1, "lon": 24.9},
        "address": "Street 1, Town",
        "priority": 80,
        "value": 12.5,
        "required": True,
        "setup": "PT2M",
        "time_windows": [
            {"start": "2026-03-02T09:00:00+02:00", "end": "2026-03-02T12:00:00+02:00"},
            {"start": "2026-03-02T16:00:00+02:00", "end": "2026-03-02T20:00:00+02:00"},
        ],
        "skills": {"kyc": 2, "sv": 1},
        "party_size": 2,
        "load": {"parcels": 3, "kegs": 1},
        "agents": {"only": ["A-1", "A-2"], "preferred": {"A-1": 2.5}, "forbidden": ["A-9"]},
        "after": [
            {"visit": "V-2", "min_gap": "PT30M"},
            {"visit": "V-3"},
            {"visit": "V/4", "min_gap": "PT1H"},
        ],
        "lock": {"agent": "A-1", "start": "2026-03-02T14:00:00+02:00", "position": "last"},
        "flags": ["do_not_visit"],
    }

    assert document["visits"] == [expected]


def test_several_rows_of_one_agent_are_several_shifts(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        agents="id,name,profile,start_lat,start_lon,shift,breaks\n"
        "A-1,Aino,foot,60.1,24.9,08:00-12:00,\n"
        "A-1,,,60.2,24.8,16:00-20:00,17:00-18:00/30\n",
    )
    agent = objects(document["agents"])[0]
    shifts = objects(agent["shifts"])
    lunch = {
        "id": "break-1",
        "earliest": "2026-03-02T17:00:00+02:00",
        "latest": "2026-03-02T18:00:00+02:00",
        "duration": "PT30M",
    }

    assert (agent["name"], agent["profile"]) == ("Aino", "foot")
    assert [shift["id"] for shift in shifts] == ["A-1/1", "A-1/2"]
    assert shifts[1]["breaks"] == [lunch]


def test_a_shift_that_ends_before_it_starts_ends_on_the_next_day(tmp_path: Path) -> None:
    document = read(tmp_path, agents="id,start_lat,start_lon,shift\nA-1,60.17,24.94,22:00-06:00\n")
    shifts = objects(objects(document["agents"])[0]["shifts"])

    assert shifts[0]["end"] == "2026-03-03T06:00:00+02:00"


def test_a_day_that_changes_its_clocks_gives_each_instant_its_own_offset() -> None:
    spring = Day(date(2026, 3, 29), HELSINKI)

    assert spring.span("02:00-09:00") == ("2026-03-29T02:00:00+02:00", "2026-03-29T09:00:00+03:00")


def test_of_a_time_that_clocks_show_twice_the_span_takes_the_reading_that_makes_it_shorter() -> None:
    """On 25 October 2026 clocks in Paris go from 03:00 back to 02:00."""
    day = Day(date(2026, 10, 25), ZoneInfo("Europe/Paris"))

    assert ("2026-10-25T02:30:00+01:00", "2026-10-25T09:00:00+01:00") == day.span("02:30-09:00")
    assert ("2026-10-25T00:00:00+02:00", "2026-10-25T02:30:00+02:00") == day.span("00:00-02:30")


@pytest.mark.parametrize(
    ("on", "read", "text"),
    [
        (date(2026, 3, 29), Day.span, "02:30-09:00"),
        (date(2026, 3, 28), Day.span, "22:00-02:30"),
        (date(2026, 3, 29), Day.moment, "02:30"),
        (date(2026, 10, 25), Day.moment, "02:30"),
    ],
)
def test_a_time_that_clocks_never_show_is_refused_and_a_moment_that_they_show_twice(
    on: date, read: Callable[[Day, str], object], text: str
) -> None:
    with pytest.raises(UnreadableError, match="a time that clocks in Europe/Paris show"):
        read(Day(on, ZoneInfo("Europe/Paris")), text)


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path: Path) -> None:
    visits = (
        "id,lat,lon,durration,priority,required,time_windows\n"
        "V-1,60,25,15,high,,\nV-2,60,25,15,1,maybe,\nV-3,1,1,,1,,9-12\n"
    )
    agents = "id,start_lat,start_lon,shift\nA-1,sixty,24.94,09:00-25:00\n"
    expected = [
        "agents.csv, line 2, column shift: expected clock times between 00:00 and 23:59.",
        "agents.csv, line 2, column start_lat: expected a number with a decimal point.",
        "visits.csv: there is no column 'durration'; did you mean 'duration'?",
        "visits.csv, line 2, column priority: expected a whole number.",
        "visits.csv, line 3, column required: expected yes or no.",
        "visits.csv, line 4, column time_windows: expected a span of clock times like 09:00-17:00.",
    ]

    assert expected == refusal(tmp_path, visits, agents)


def test_every_column_of_an_agent_becomes_its_key(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        agents="id,name,profile,skills,party_size,capacity,cost_fixed,cost_per_hour,cost_per_km,overtime_per_hour,"
        "start_lat,start_lon,end_lat,end_lon,shift,overtime,max_visits,max_driving,max_duration,breaks\n"
        "A-1,Aino,foot,kyc:2,2,parcels:12,20,24,0.45,36,60.1,24.9,60.2,24.8,09:00-17:00,30,22,120,PT7H,"
        "11:00-13:00/30>PT6H 15:00-16:00/10+paid 16:00-16:30/5>420+paid\n",
    )
    breaks = [
        {"duration": "PT30M", "only_if_shift_over": "PT6H"},
        {"duration": "PT10M", "paid": True},
        {"duration": "PT5M", "paid": True, "only_if_shift_over": "PT420M"},
    ]
    agent = objects(document["agents"])[0]
    shift = objects(agent.pop("shifts"))[0]
    rests = [
        {key: rest[key] for key in rest if key not in {"id", "earliest", "latest"}} for rest in objects(shift["breaks"])
    ]
    person = {
        "id": "A-1",
        "name": "Aino",
        "profile": "foot",
        "skills": {"kyc": 2},
        "party_size": 2,
        "capacity": {"parcels": 12},
        "cost": {"fixed": 20, "per_hour": 24, "per_km": 0.45, "overtime_per_hour": 36},
    }

    assert person == agent
    assert breaks == rests
    assert shift["end_location"] == {"lat": 60.2, "lon": 24.8}
    assert shift["limits"] == {"visits": 22, "driving": "PT120M", "duration": "PT7H"}


def test_a_shift_with_an_open_end_ends_at_its_last_stop(tmp_path: Path) -> None:
    document = read(tmp_path, agents="id,start_lat,start_lon,shift,end\nA-1,60.17,24.94,09:00-17:00,open\n")
    shift = objects(objects(document["agents"])[0]["shifts"])[0]

    assert "end_location" in shift
    assert shift["end_location"] is None


def test_a_shift_ends_anywhere_or_at_a_place_but_not_both(tmp_path: Path) -> None:
    agents = "id,start_lat,start_lon,shift,end,end_lat,end_lon\nA-1,60.17,24.94,09:00-17:00,open,60.1,24.9\n"

    assert ["agents.csv, line 2, column end: expected either open or a place, not both."] == refusal(
        tmp_path, agents=agents
    )


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("load", "parcels", "names with a number each, like parcels:3"),
        ("load", "parcels:many", "a whole number"),
        ("preferred", "A-1:lots", "a number with a decimal point"),
        ("lock_start", "noon", "clock times between 00:00 and 23:59"),
        ("value", "nan", "a number with a decimal point"),
    ],
)
def test_a_cell_of_a_visit_that_cannot_be_read_says_what_it_should_be(
    tmp_path: Path, column: str, cell: str, expected: str
) -> None:
    told = refusal(tmp_path, f"id,duration,{column}\nV-1,15,{cell}\n")

    assert [f"visits.csv, line 2, column {column}: expected {expected}."] == told


@pytest.mark.parametrize("text", ["11:00-13:00", "11:00-13:00/30>", "11:00-13:00/30+free", "lunch"])
def test_a_break_that_cannot_be_read_says_how_one_is_written(tmp_path: Path, text: str) -> None:
    told = refusal(tmp_path, agents=f"id,start_lat,start_lon,shift,breaks\nA-1,60.17,24.94,09:00-17:00,{text}\n")

    assert len(told) == 1
    assert told[0].startswith("agents.csv, line 2, column breaks: expected a span and a duration like ")


def test_semicolons_with_decimal_commas_and_tabs_are_read_like_commas(tmp_path: Path) -> None:
    expected = read(tmp_path)

    assert expected == read(tmp_path, "id;lat;lon;duration\nV-1;60,16;24.95;15\n")
    assert expected == read(tmp_path, VISITS.replace(",", "\t"), AGENTS.replace(",", "\t"))


def test_empty_lines_and_blanks_around_cells_and_a_byte_order_mark_are_nothing(tmp_path: Path) -> None:
    expected = read(tmp_path)

    assert expected == read(tmp_path, "\ufeff" + VISITS.replace(",", " , ") + "\n,,,\n")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_table_that_is_not_in_utf_8_is_refused_in_a_sentence(tmp_path: Path, encoding: str) -> None:
    told = refusal(tmp_path, "id,duration,address\nV-1,15,Yrjönkatu 38\n".encode(encoding))
    line = 1 if encoding == "utf-16" else 2

    assert [f"visits.csv, line {line}: not in UTF-8; save the table as UTF-8."] == told


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ("", "visits.csv: empty; expected a first line with the names of the columns."),
        (" \n\n", "visits.csv: empty; expected a first line with the names of the columns."),
        ("id\nV-1\n", "visits.csv: the column 'duration' is missing."),
        ("id,duration,id\nV-1,15,V-2\n", "visits.csv: the column 'id' is there twice."),
        ("id,duration,\nV-1,15,\n", "visits.csv: column 3 has no name."),
        ("id,duration\nV-1,15,80\n", "visits.csv, line 2: expected 2 cells as in the first line, found 3."),
        ("id,duration\n\nV-1\n", "visits.csv, line 3: expected 2 cells as in the first line, found 1."),
        ('id,duration\n"V-1,15\n', "visits.csv, line 2: expected each quotation mark to have its partner."),
    ],
)
def test_a_table_with_something_amiss_is_refused_by_file_and_line(tmp_path: Path, visits: str, expected: str) -> None:
    assert [expected] == refusal(tmp_path, visits)


def test_tables_in_the_wrong_order_are_missed_by_their_columns(tmp_path: Path) -> None:
    told = refusal(tmp_path, AGENTS, VISITS)

    assert "agents.csv: the column 'shift' is missing." in told
    assert "visits.csv: the column 'duration' is missing." in told


def test_a_zone_that_is_not_given_is_that_of_the_first_place_where_a_shift_starts(tmp_path: Path) -> None:
    agents = "id,start_lat,start_lon,shift\nA-0,,,09:00-17:00\nA-1,60.17,24.94,09:00-17:00\nA-2,1,2,09:00-17:00\n"
    document, asked = read_somewhere(tmp_path, agents, "America/Lima")
    shift = objects(objects(document["agents"])[0]["shifts"])[0]

    assert [Point(60.17, 24.94)] == asked
    assert document["timezone"] == "America/Lima"
    assert shift["start"] == "2026-03-02T09:00:00-05:00"


def test_a_place_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"agents\.csv, line 2: no time zone is known at 60\.17, 24\.94"):
        read_somewhere(tmp_path, AGENTS, None)


def test_a_place_that_is_none_is_left_to_be_refused_with_the_rest(tmp_path: Path) -> None:
    document, asked = read_somewhere(tmp_path, AGENTS.replace("60.17", "600"), "America/Lima")

    assert [] == asked
    assert document["timezone"] == "UTC"


def test_a_day_that_is_not_given_is_today_in_the_zone_of_the_tables(tmp_path: Path) -> None:
    read(tmp_path)
    days = {"Europe/Helsinki": date(2026, 3, 3)}
    document = request_from_tables(
        tmp_path / "visits.csv", tmp_path / "agents.csv", None, HELSINKI, lambda zone: days[zone.key]
    )

    assert document["name"] == "visits, 2026-03-03"


def test_visits_agents_and_shifts_know_the_lines_that_they_come_from(tmp_path: Path) -> None:
    read(
        tmp_path,
        "id,duration\nV-1,15\n\nV-2,15\n",
        AGENTS + "A-2,60.17,24.94,09:00-17:00\nA-1,60.17,24.94,18:00-19:00\n",
    )
    expected = {
        ("visits", 0): "visits.csv, line 2",
        ("visits", 1): "visits.csv, line 4",
        ("agents", 0): "agents.csv, line 2",
        ("agents", 0, "shifts", 0): "agents.csv, line 2",
        ("agents", 0, "shifts", 1): "agents.csv, line 4",
        ("agents", 1): "agents.csv, line 3",
        ("agents", 1, "shifts", 0): "agents.csv, line 3",
    }

    assert expected == table_lines(tmp_path / "visits.csv", tmp_path / "agents.csv")


def test_the_tables_of_the_example_say_what_its_request_says() -> None:
    """All but other ways to serve a visit; shifts and breaks have other ids."""
    request = cast("JsonObject", json.loads((EXAMPLE / "request.json").read_text(encoding="utf-8")))
    tables = request_from_tables(EXAMPLE / "visits.csv", EXAMPLE / "agents.csv", MONDAY, None, never)
    visits = [without({"options"}, visit) for visit in objects(request["visits"])]

    assert request["timezone"] == tables["timezone"]
    assert visits == tables["visits"]
    assert nameless(objects(request["agents"])) == nameless(objects(tables["agents"]))


def without(keys: set[str], thing: JsonObject) -> JsonObject:
    """The rest of an object; what is empty says nothing."""
    return {key: value for key, value in thing.items() if key not in keys and value not in ({}, [])}


def nameless(agents: Iterable[JsonObject]) -> list[JsonObject]:
    """Agents whose shifts and breaks have no ids."""
    return [{**agent, "shifts": [_nameless_shift(shift) for shift in objects(agent["shifts"])]} for agent in agents]


def _nameless_shift(shift: JsonObject) -> JsonObject:
    rests = [without({"id"}, rest) for rest in objects(shift.get("breaks", []))]
    return without({"id"}, {**shift, "breaks": rests})
