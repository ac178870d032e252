"""What a planner types, and what comes of it."""

import json
import re
import socket
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.demo import listen
from api.demos import demo_document
from api.settings import Settings
from api.tables import JsonObject
from service.day.place import Place
from tests.adapters.map_of_islands import LARGE_ISLAND, TOWN, at, draw_map

WRONG_INPUT = 2
BROKEN = 1


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    """The small example day, bounded by plans to look at rather than by time."""
    path = tmp_path / "request.json"
    day = demo_document("one-street") | {"options": {"solution_limit": 20}}
    path.write_text(json.dumps(day), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_DATA", str(tmp_path / "data"))


def read(path: Path) -> JsonObject:
    return cast("JsonObject", json.loads(path.read_text(encoding="utf-8")))


def location(place: Place) -> JsonObject:
    assert place.point is not None
    return {"lat": place.point.lat, "lon": place.point.lon}


def run(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and all that was said, on lines as long as they like to be."""
    result = CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "300"})
    return result.exit_code, result.output


def test_plan_shows_itineraries_and_writes_the_plan(request_file: Path, tmp_path: Path) -> None:
    code, said = run("plan", request_file, "-o", tmp_path / "plan.json")
    plan = read(tmp_path / "plan.json")

    assert code == 0, said
    assert plan["status"] == "done"
    assert all(str(itinerary["shift_id"]) in said for itinerary in cast("list[JsonObject]", plan["itineraries"]))
    assert "violations 0" in said


def test_plan_reads_two_tables(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("id,lat,lon,duration\nV-1,60.17,24.94,10\nV-2,60.18,24.95,10\n")
    (tmp_path / "agents.csv").write_text("id,start_lat,start_lon,shift\nA-1,60.17,24.95,09:00-12:00\n")
    code, said = run(
        "plan",
        tmp_path / "visits.csv",
        tmp_path / "agents.csv",
        "--date",
        "2026-03-02",
        "--timezone",
        "Europe/Helsinki",
    )

    assert code == 0, said
    assert "2 visits" in said


def test_what_is_refused_in_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("id,lat,lon,duration,flags\nV-1,60.17,24.94,10,\nV-2,60.18,24.95,10,gone\n")
    (tmp_path / "agents.csv").write_text("id,start_lat,start_lon,shift\nA-1,60.17,24.95,09:00-12:00\n")
    code, said = run("plan", tmp_path / "visits.csv", tmp_path / "agents.csv")

    assert code == WRONG_INPUT
    assert "visits.csv, line 3 (/visits/1/flags/0): " in said


def test_check_finds_nothing_wrong_with_a_plan_of_ours(request_file: Path, tmp_path: Path) -> None:
    run("plan", request_file, "-o", tmp_path / "plan.json")
    code, said = run("check", request_file, tmp_path / "plan.json")

    assert code == 0
    assert "0 broken rules" in said


def test_check_names_the_rules_that_a_plan_breaks(request_file: Path, tmp_path: Path) -> None:
    """The first stop is brought forward to the stroke of midnight."""
    run("plan", request_file, "-o", tmp_path / "plan.json")
    plan = read(tmp_path / "plan.json")
    itineraries = cast("list[dict[str, list[JsonObject]]]", plan["itineraries"])
    stop = next(stop for stop in itineraries[0]["stops"] if stop["type"] == "visit")
    stop["start"] = str(stop["start"])[:11] + "00:00:00" + str(stop["start"])[19:]
    (tmp_path / "early.json").write_text(json.dumps(plan), encoding="utf-8")
    code, said = run("check", request_file, tmp_path / "early.json")

    assert code == BROKEN
    assert "broken shift_start" in said


def test_everything_that_is_wrong_with_a_request_is_named_at_once(request_file: Path) -> None:
    day = read(request_file)
    visits = cast("list[JsonObject]", day["visits"])
    visits[0]["duraton"] = "PT5M"
    visits[1]["lock"] = {"agent": "nobody"}
    request_file.write_text(json.dumps(day), encoding="utf-8")
    code, said = run("plan", request_file)

    assert code == WRONG_INPUT
    assert "/visits/0/duraton" in said
    assert "Did you mean 'duration'?" in said
    assert "/visits/1/lock/agent" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "is not JSON"), ("[1]", "expected one JSON object"), ('{"a": NaN}', "is not a JSON number")],
)
def test_a_file_that_is_no_request_is_refused_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "request.json").write_text(text, encoding="utf-8")
    code, said = run("plan", tmp_path / "request.json")

    assert code == WRONG_INPUT
    assert told in said


def test_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    for name in ("visits.csv", "agents.csv"):
        (tmp_path / name).write_text("id\n")
    code, said = run("plan", tmp_path / "visits.csv", tmp_path / "agents.csv", "--timezone", "Mars/Olympus")

    assert code == WRONG_INPUT
    assert "There is no time zone Mars/Olympus" in said


class TestKeys:
    def test_a_key_is_shown_once_and_then_only_that_it_is_there(self) -> None:
        code, made = run("keys", "add", "us", "--role", "read", "--name", "wall display")
        secret = made.splitlines()[0]
        _, listed = run("keys", "list")

        assert code == 0, made
        assert secret.startswith("dr_")
        assert secret not in listed
        assert re.search(r"us +read +wall display", listed)

    def test_a_key_is_revoked_by_its_id_once(self) -> None:
        _, made = run("keys", "add")
        (key,) = re.findall(r"Key (\w+) of default", made)
        first, _ = run("keys", "revoke", key)
        again, said = run("keys", "revoke", key)

        assert (0, WRONG_INPUT) == (first, again)
        assert f"There is no key {key}" in said


def test_a_database_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_DATABASE_URL", "mysql://somewhere")
    for command in (["serve", "--port", "0"], ["web", "--port", "0"], ["worker"], ["migrate"], ["keys", "list"]):
        code, said = run(*command)

        assert (WRONG_INPUT, True) == (code, "sqlite:///FILE" in said), command


def test_a_database_that_was_not_migrated_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAYROUTE_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    before, said = run("worker")
    migrated, _ = run("migrate")
    after, _ = run("keys", "list")

    assert (WRONG_INPUT, 0, 0) == (before, migrated, after)
    assert "does not have the tables of this version" in said


def test_nobody_serves_beyond_this_host_by_accident() -> None:
    code, said = run("serve", "--host", "0.0.0.0")  # noqa: S104 - refused, which is the point

    assert code == WRONG_INPUT
    assert "--without-keys" in said


def test_warm_says_where_the_compiled_search_is_kept() -> None:
    code, said = run("warm")

    assert code == 0, said
    assert re.fullmatch(r"The search is compiled \(\d+\.\d s\) and kept in \S.*/kernels-\w+-\w+\n", said)


def test_warm_keeps_nothing_where_others_could_change_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setenv("DAYROUTE_KERNELS", str(shared))
    code, said = run("warm")

    assert code == WRONG_INPUT
    assert said.startswith("There is no folder to keep compiled kernels in: set DAYROUTE_KERNELS")


def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_PORT", "eighty")
    code, said = run("serve")

    assert code == WRONG_INPUT
    assert "DAYROUTE_PORT" in said


def test_settings_that_make_no_sense_together_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    monkeypatch.setenv("DAYROUTE_TELEMETRY", "true")
    code, said = run("migrate")

    assert code == WRONG_INPUT
    assert said.startswith("DAYROUTE_TELEMETRY needs to be told where to")


def test_the_demo_plans_over_http_and_shows_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.demo.DAY", "one-street")
    code, said = run("demo", "--once", "--port", "0")

    assert code == 0, said
    assert "POST http://127.0.0.1:" in said
    assert "violations 0" in said


def test_no_answer_of_the_demo_waits_for_an_acknowledgement_of_its_own_headers() -> None:
    with listen(Settings(port=0)) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_check_takes_the_option_that_the_plan_says(tmp_path: Path) -> None:
    """At home only in the evening, at work by day: the plan's noon at work is fine, the same noon at home is not."""
    home, work = {"lat": 60.17, "lon": 24.94}, {"lat": 60.17, "lon": 24.95}
    evening = [{"start": "2026-03-02T16:00:00+02:00", "end": "2026-03-02T17:00:00+02:00"}]
    noon = [{"start": "2026-03-02T12:00:00+02:00", "end": "2026-03-02T13:00:00+02:00"}]
    shift = {"id": "A/mon", "start": "2026-03-02T09:00:00+02:00", "end": "2026-03-02T14:00:00+02:00"}
    met = {"id": "work", "location": work, "time_windows": noon}
    visit = {"id": "V", "duration": "PT10M", "location": home, "time_windows": evening, "options": [met]}
    day = {"agents": [{"id": "A", "shifts": [{**shift, "start_location": home}]}], "visits": [visit]}
    (tmp_path / "day.json").write_text(json.dumps(day | {"options": {"solution_limit": 20}}), encoding="utf-8")
    run("plan", tmp_path / "day.json", "-o", tmp_path / "plan.json")
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    (tmp_path / "at_home.json").write_text(text.replace('"option": "work"', '"option": null'), encoding="utf-8")

    assert '"option": "work"' in text
    assert run("check", tmp_path / "day.json", tmp_path / "plan.json")[0] == 0
    assert run("check", tmp_path / "day.json", tmp_path / "at_home.json")[0] == BROKEN


@pytest.mark.parametrize("itineraries", ["[1]", '[{"stops": []}]', '[{"shift_id": "x", "stops": [1]}]', "{}"])
def test_check_refuses_in_a_sentence_what_is_no_plan(request_file: Path, tmp_path: Path, itineraries: str) -> None:
    (tmp_path / "plan.json").write_text(f'{{"itineraries": {itineraries}}}', encoding="utf-8")

    assert run("check", request_file, tmp_path / "plan.json")[0] == WRONG_INPUT


def test_where_the_plan_cannot_be_written_is_said_before_it_is_made(request_file: Path, tmp_path: Path) -> None:
    code, said = run("plan", request_file, "-o", tmp_path / "nowhere" / "plan.json")

    assert code == WRONG_INPUT
    assert "There is no folder" in said


def test_the_demo_stays_on_this_host_whatever_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_HOST", "0.0.0.0")  # noqa: S104 - not followed, which is the point
    monkeypatch.setattr("api.demo.DAY", "one-street")
    _, said = run("demo", "--once", "--port", "0")

    assert "Serving on http://127.0.0.1:" in said


class TestRegion:
    def test_from_a_map_to_a_plan_on_its_roads(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        draw_map(tmp_path / "islands.osm.pbf")
        code, said = run("roads", "build", tmp_path / "islands.osm.pbf")
        assert code == 0, said
        (told,) = re.findall(r"DAYROUTE_ROADS=(\S+)", said)
        monkeypatch.setenv("DAYROUTE_ROADS", told)
        doors = {"V-1": at(TOWN, 3, 3), "V-2": at(TOWN, 30, 20), "V-3": at(LARGE_ISLAND, 1, 1), "V-4": at(TOWN, -20, 9)}
        home = {"start_location": location(at(TOWN, 0, 0))}
        shift = {"id": "A/mon", "start": "2026-03-02T09:00:00+02:00", "end": "2026-03-02T12:00:00+02:00"}
        visits = [{"id": name, "location": location(door), "duration": "PT10M"} for name, door in doors.items()]
        day = {"agents": [{"id": "A", "shifts": [shift | home]}], "visits": visits, "options": {"solution_limit": 20}}
        (tmp_path / "day.json").write_text(json.dumps(day), encoding="utf-8")

        code, said = run("plan", tmp_path / "day.json", "-o", tmp_path / "plan.json")
        checked, _ = run("check", tmp_path / "day.json", tmp_path / "plan.json")

        assert code == 0, said
        assert "travel times: osrm" in said
        assert 0 == checked
        assert ["V-3", "V-4"] == [
            left["visit_id"] for left in cast("list[JsonObject]", read(tmp_path / "plan.json")["unassigned"])
        ]

    def test_addresses_and_roads_of_a_region_are_made_at_once(self, tmp_path: Path) -> None:
        draw_map(tmp_path / "islands.osm.pbf")
        _, said = run("region", "build", tmp_path / "islands.osm.pbf", "--profile", "foot")

        assert re.search(r"1 addresses on 1 streets.*Roads for foot, .*islands\.foot\.osrm", said, re.DOTALL)

    @pytest.mark.parametrize("command", ["roads", "region", "addresses"])
    def test_what_is_no_map_is_told(self, command: str, tmp_path: Path) -> None:
        (tmp_path / "letters.osm.pbf").write_bytes(b"letters")
        code, said = run(command, "build", tmp_path / "letters.osm.pbf")

        assert (WRONG_INPUT, True) == (code, "cannot be read as an extract" in said)

    @pytest.mark.parametrize("arguments", [["plan", "day.json"], ["serve", "--port", "0"], ["demo", "--once"]])
    def test_roads_that_are_not_there_are_told(
        self, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("DAYROUTE_ROADS", "nothing.osrm")
        (tmp_path / "day.json").write_text(json.dumps(demo_document("one-street")), encoding="utf-8")
        code, said = run(*arguments)

        assert (WRONG_INPUT, True) == (code, "There are no road data at nothing.osrm" in said)


class TestPolicies:
    def explained(self, *more: str) -> tuple[int, str]:
        return run("policy", "explain", *more)

    def test_a_permitted_visit_is_told_with_its_rules(self) -> None:
        code, said = self.explained("--jurisdiction", "US-MA", "--at", "2026-07-04T19:30", "--place", "42.36,-71.06")

        assert code == 0, said
        assert "a public holiday\nAllowed.\n" in said
        assert "US-MA 2026-11: public_holiday 08:00-21:00" in said

    def test_one_that_is_not_has_exit_code_1(self) -> None:
        code, said = self.explained("--jurisdiction", "IE", "--at", "2026-11-29T12:00", "--timezone", "Europe/Dublin")

        assert (BROKEN, True) == (code, "Denied: permitted_hours.\n  IE 2026-11: sunday closed" in said)

    def test_calls_before_and_what_the_customer_agreed_to_count(self) -> None:
        """In Massachusetts a creditor may call in person once in 30 days, and nobody after 21:00."""
        by_day = ("--jurisdiction", "US-MA", "--activity", "debt_collection", "--place", "42.36,-71.06")
        noon, evening = ("--at", "2026-07-06T12:00"), ("--at", "2026-07-06T21:30")
        agreed = ("--consent", "2026-07-06T21:00/2026-07-06T23:00/2026-07-01")

        assert 0 == self.explained(*by_day, *noon)[0]
        assert BROKEN == self.explained(*by_day, *noon, "--called", "2026-07-01=reached", "--called", "2026-07-02")[0]
        assert BROKEN == self.explained(*by_day, *evening)[0]
        assert "the customer agreed to this time" in self.explained(*by_day, *evening, *agreed)[1]

    def test_where_nobody_has_said_it_says_who_has_to(self) -> None:
        code, said = self.explained("--jurisdiction", "FI", "--at", "2026-11-24T12:00", "--place", "60.17,24.94")

        assert (BROKEN, True) == (code, "no hours are known of FI: supply them" in said)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            (["--at", "tomorrow", "--timezone", "Europe/Paris"], "times are written like"),
            (["--at", "2026-11-24T12:00"], "say --place LAT,LON or --timezone"),
            (["--at", "2026-11-24T12:00", "--timezone", "Mars/Olympus"], "there is no such zone"),
            (["--at", "2026-11-24T12:00", "--place", "Paris"], "it is written like 42.36,-71.06"),
            (["--at", "2026-11-24T12:00", "--place", "91,0"], "lat must lie in"),
            (["--at", "2026-03-29T02:30", "--timezone", "Europe/Paris"], "clocks never show that"),
            (["--at", "2026-10-25T02:30", "--timezone", "Europe/Paris"], "clocks show that twice"),
            (["--at", "2026-11-24T12:00", "--timezone", "Europe/Paris", "--duration", "soon"], "written like PT15M"),
            (["--at", "2026-11-24T12:00", "--timezone", "Europe/Paris", "--duration", "-PT1M"], "before it begins"),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_a_sentence(self, wrong: list[str], told: str) -> None:
        code, said = self.explained("--jurisdiction", "IE", *wrong)

        assert code == WRONG_INPUT, said
        assert told in said

    def test_all_of_them_are_listed(self) -> None:
        code, said = run("policy", "list")

        assert code == 0
        assert "US-NY-process" in said

    def test_a_pack_that_cannot_be_taken_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "own.json").write_text("{}")
        monkeypatch.setenv("DAYROUTE_POLICIES", str(tmp_path))

        for command in (["policy", "list"], ["serve"]):
            code, said = run(*command)

            assert code == WRONG_INPUT, said
            assert "own.json" in said
