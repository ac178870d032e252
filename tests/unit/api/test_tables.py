"""Two spreadsheets as one request document."""

from datetime import date
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from api.tables import Day, JsonObject, TableError, request_from_tables

HELSINKI = Day(date(2026, 3, 2), ZoneInfo("Europe/Helsinki"))
AGENTS = "id,start_lat,start_lon,shift\nA-1,60.17,24.94,09:00-17:00\n"
VISITS = "id,lat,lon,duration\nV-1,60.16,24.95,15\n"


def read(folder: Path, visits: str = VISITS, agents: str = AGENTS) -> JsonObject:
    (folder / "visits.csv").write_text(visits, encoding="utf-8")
    (folder / "agents.csv").write_text(agents, encoding="utf-8")
    return request_from_tables(folder / "visits.csv", folder / "agents.csv", HELSINKI)


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
        "id,address,lat,lon,duration,priority,value,required,setup,time_windows,skills,party_size,only,forbidden\n"
        'V-1,"Street 1, Town",60.1,24.9,PT20M,80,12.5,yes,2,09:00-12:00 16:00-20:00,kyc:2 sv,2,A-1 A-2,A-9\n',
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
        "agents": {"only": ["A-1", "A-2"], "forbidden": ["A-9"]},
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
    spring = Day(date(2026, 3, 29), ZoneInfo("Europe/Helsinki"))

    assert spring.span("02:00-09:00") == ("2026-03-29T02:00:00+02:00", "2026-03-29T09:00:00+03:00")


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path: Path) -> None:
    visits = (
        "id,lat,lon,durration,priority,required,time_windows\n"
        "V-1,60,25,15,high,,\nV-2,60,25,15,1,maybe,\nV-3,1,1,,1,,9-12\n"
    )
    with pytest.raises(TableError) as refusal:
        read(tmp_path, visits, "id,start_lat,start_lon,shift\nA-1,sixty,24.94,09:00-25:00\n")
    expected = [
        "agents.csv, line 2, column shift: expected clock times between 00:00 and 23:59.",
        "agents.csv, line 2, column start_lat: expected a number with a decimal point.",
        "visits.csv: there is no column 'durration'; did you mean 'duration'?",
        "visits.csv, line 2, column priority: expected a whole number.",
        "visits.csv, line 3, column required: expected yes or no.",
        "visits.csv, line 4, column time_windows: expected a span of clock times like 09:00-17:00.",
    ]

    assert str(refusal.value).splitlines() == expected
