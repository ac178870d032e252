"""Whatever is wrong with a request, the answer names the spot, a code and what to do; and never blames itself."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import anyio.lowlevel
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from tests.web import Json, app, at, client, small_day

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Bad:
    """One way to spoil the small day: a value put somewhere, or a change; and what is said of it."""

    kind: str
    code: str
    pointer: str
    value: object = None
    put: Path = ()
    change: Callable[[Json], object] | None = None

    def __str__(self) -> str:
        return self.kind

    def spoilt(self) -> Json:
        day = small_day()
        if self.change is not None:
            self.change(day)
        if self.put:
            *parents, last = self.put
            cast("dict[str | int, object]", at(day, *parents))[last] = self.value
        return day


VISIT: Path = ("visits", 0)
CONSENT: Path = (*VISIT, "consent")
AGENT: Path = ("agents", 0)
SHIFT: Path = (*AGENT, "shifts", 0)
NINE, TEN, NOON = (f"2026-03-02T{clock}:00+02:00" for clock in ("09:00", "10:00", "12:00"))
LUNCH: Json = {"id": "lunch", "duration": "PT30M", "earliest": TEN, "latest": TEN}


def met(start: str, end: str, probability: object) -> Json:
    return {"start": start, "end": end, "probability": probability}


def slow(start: object, end: str, factor: float) -> Json:
    return {"from": start, "to": end, "factor": factor}


NO_DAYS: Json = {"days": list[str](), "hours": ["09:00-19:00"]}


def hours(told: str, *days: str) -> Json:
    return {"extra": [{"days": list(days) or ["mon"], "hours": [told]}]}


def agreed(given_on: str) -> list[Json]:
    return [{"start": NINE, "end": TEN, "given_on": given_on}]


def put(kind: str, code: str, pointer: str, path: Path, value: object) -> Bad:
    return Bad(kind, code, pointer, value, path)


def change(kind: str, code: str, pointer: str, how: Callable[[Json], object]) -> Bad:
    return Bad(kind, code, pointer, change=how)


def remove(path: Path) -> Callable[[Json], object]:
    return lambda day: at(day, *path[:-1]).pop(cast("str", path[-1]))


def chain(*afters: tuple[int, str]) -> Callable[[Json], object]:
    """Visits that come after others."""

    def linked(day: Json) -> None:
        for position, visit in afters:
            at(day, "visits", position)["after"] = [{"visit": visit}]

    return linked


def twice(day: Json) -> None:
    at(day, "visits", 1)["id"] = "V-1"


def second_agent_same_shift(day: Json) -> None:
    cast("list[object]", day["agents"]).append({**at(day, *AGENT), "id": "A-2"})


def matrix(seconds: object, *places: int) -> Callable[[Json], object]:
    """The day with a matrix of its own; the start and the three visits at these rows."""

    def given(day: Json) -> None:
        day["travel"] = {"source": "matrix", "matrices": [{"profile": "car", "seconds": seconds}]}
        at(day, *SHIFT)["start_location"] = {"index": places[0]}
        for position, index in enumerate(places[1:]):
            at(day, "visits", position)["location"] = {"index": index}

    return given


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


CONTENT = [
    change("no agents key", "required", "/agents", remove(("agents",))),
    change("no visit id", "required", "/visits/0/id", remove((*VISIT, "id"))),
    change("no duration", "required", "/visits/0/duration", remove((*VISIT, "duration"))),
    change("no start location", "required", "/agents/0/shifts/0/start_location", remove((*SHIFT, "start_location"))),
    change("neither place nor address", "place_missing", "/visits/0", remove((*VISIT, "location"))),
    put("unknown key at the top", "unknown_key", "/vehicles", ("vehicles",), []),
    put("unknown key deep down", "unknown_key", "/visits/0/time_window", (*VISIT, "time_window"), []),
    put("half a surrogate pair in a key", "text_invalid", "/visits/0", (*VISIT, "\ud800"), "\udfff"),
    put("key that needs escaping", "unknown_key", "/visits/0/a~1b~0c", (*VISIT, "a/b~c"), 1),
    put("number as string", "wrong_type", "/visits/0/priority", (*VISIT, "priority"), "80"),
    put("whole number with decimals", "wrong_type", "/visits/0/priority", (*VISIT, "priority"), 80.0),
    put("number for truth", "wrong_type", "/visits/0/required", (*VISIT, "required"), 1),
    put("truth for number", "wrong_type", "/visits/0/priority", (*VISIT, "priority"), True),
    put("null for a key that needs a value", "wrong_type", "/visits/0/duration", (*VISIT, "duration"), None),
    put("object for a list", "wrong_type", "/visits", ("visits",), {"V-1": {}}),
    put("list for an object", "wrong_type", "/objective", ("objective",), ["profit"]),
    put("point as array", "wrong_type", "/visits/0/location", (*VISIT, "location"), [60.17, 24.95]),
    put("number as id", "wrong_type", "/visits/0/id", (*VISIT, "id"), 17),
    put("empty id", "text_length", "/visits/0/id", (*VISIT, "id"), ""),
    put("id of 129 characters", "text_length", "/visits/0/id", (*VISIT, "id"), "V" * 129),
    put("null character in an id", "text_pattern", "/visits/0/id", (*VISIT, "id"), "V\x001"),
    put("null character in the data", "text_invalid", "/visits/0/data", (*VISIT, "data"), {"note": "\x00"}),
    put("half a surrogate pair in a name", "text_invalid", "/name", ("name",), "\ud800"),
    put("half a surrogate pair in the data", "text_invalid", "/visits/0/data", (*VISIT, "data"), {"\ud800": 1}),
    put("priority above 100", "out_of_range", "/visits/0/priority", (*VISIT, "priority"), 101),
    put("negative value", "out_of_range", "/visits/0/value", (*VISIT, "value"), -1),
    put("huge whole number", "out_of_range", "/visits/0/party_size", (*VISIT, "party_size"), 10**400),
    put("number too large for a double", "not_finite", "/visits/0/value", (*VISIT, "value"), "1e999"),
    put("latitude beyond the pole", "out_of_range", "/visits/0/location/lat", (*VISIT, "location", "lat"), 90.1),
    put("latitude alone", "location_incomplete", "/visits/0/location", (*VISIT, "location"), {"lat": 60.17}),
    put("null island", "location_zero", "/visits/0/location", (*VISIT, "location"), {"lat": 0, "lon": 0.0}),
    put("index without matrices", "place_without_point", "/visits/0/location", (*VISIT, "location"), {"index": 0}),
    put("duration in seconds", "wrong_type", "/visits/0/duration", (*VISIT, "duration"), 900),
    put("duration in words", "duration_format", "/visits/0/duration", (*VISIT, "duration"), "15 min"),
    put("duration of a month", "duration_format", "/visits/0/duration", (*VISIT, "duration"), "P1M"),
    put("duration of nothing", "duration_format", "/visits/0/duration", (*VISIT, "duration"), "PT"),
    put("negative duration", "duration_negative", "/visits/0/duration", (*VISIT, "duration"), "-PT15M"),
    put("fraction of a second", "duration_fraction", "/visits/0/duration", (*VISIT, "duration"), "PT0.5S"),
    put("duration of a year and more", "out_of_range", "/visits/0/duration", (*VISIT, "duration"), "P367D"),
    put("missing offset", "offset_missing", "/agents/0/shifts/0/start", (*SHIFT, "start"), "2026-03-02T09:00:00"),
    put("instant without time", "instant_format", "/agents/0/shifts/0/start", (*SHIFT, "start"), "2026-03-02"),
    put("30 February", "instant_format", "/agents/0/shifts/0/start", (*SHIFT, "start"), "2026-02-30T09:00:00+02:00"),
    put("instant as a number", "wrong_type", "/agents/0/shifts/0/start", (*SHIFT, "start"), 1772434800),
    put("year 1", "out_of_range", "/agents/0/shifts/0/start", (*SHIFT, "start"), "0001-01-01T00:00:00Z"),
    put(
        "window that ends before it starts",
        "window_order",
        "/visits/0/time_windows/0",
        (*VISIT, "time_windows"),
        [{"start": TEN, "end": NINE}],
    ),
    put("no windows", "time_windows_empty", "/visits/0/time_windows", (*VISIT, "time_windows"), []),
    put("no agents", "agents_empty", "/agents", ("agents",), []),
    put("no shifts", "shifts_empty", "/agents/0/shifts", (*AGENT, "shifts"), []),
    put("no visits", "visits_empty", "/visits", ("visits",), []),
    put(
        "territory of two corners",
        "list_length",
        "/agents/0/territory",
        (*AGENT, "territory"),
        [{"lat": 60, "lon": 24}] * 2,
    ),
    put(
        "shift that ends before it starts",
        "shift_end_before_start",
        "/agents/0/shifts/0/end",
        (*SHIFT, "end"),
        "2026-03-02T08:00:00+02:00",
    ),
    put(
        "shift of three days", "shift_too_long", "/agents/0/shifts/0/end", (*SHIFT, "end"), "2026-03-05T09:00:00+02:00"
    ),
    put(
        "break outside the shift",
        "break_outside_shift",
        "/agents/0/shifts/0/breaks/0/latest",
        (*SHIFT, "breaks"),
        [{**LUNCH, "latest": NOON}],
    ),
    put(
        "break of no time",
        "out_of_range",
        "/agents/0/shifts/0/breaks/0/duration",
        (*SHIFT, "breaks"),
        [{**LUNCH, "duration": "PT0S"}],
    ),
    change("duplicate visit", "duplicate_id", "/visits/1/id", twice),
    change("duplicate shift", "duplicate_id", "/agents/1/shifts/0/id", second_agent_same_shift),
    put("lock to an unknown agent", "unknown_agent", "/visits/0/lock/agent", (*VISIT, "lock"), {"agent": "A-l"}),
    put("after an unknown visit", "unknown_visit", "/visits/0/after/0/visit", (*VISIT, "after"), [{"visit": "V-9"}]),
    change("cyclic after", "cyclic_after", "/visits/0/after/0/visit", chain((0, "V-2"), (1, "V-1"))),
    change("after itself", "cyclic_after", "/visits/0/after/0/visit", chain((0, "V-1"))),
    put(
        "baseline of an unknown shift",
        "unknown_shift",
        "/baseline/itineraries/0/shift_id",
        ("baseline",),
        {"itineraries": [{"shift_id": "A-2/mon", "visits": ["V-1"]}]},
    ),
    put("unknown time zone", "unknown_timezone", "/timezone", ("timezone",), "Europe/Helsingfors"),
    put("unknown profile", "unknown_profile", "/agents/0/profile", (*AGENT, "profile"), "tram"),
    put("misspelt word", "not_one_of", "/objective/mode", ("objective",), {"mode": "value-first"}),
    put("misspelt flag", "not_one_of", "/visits/0/flags/0", (*VISIT, "flags"), ["do_not_vist"]),
    put("hours of no clock", "hours_format", "/policy/extra/0/hours/0", ("policy",), hours("9-19")),
    put("hours over midnight", "hours_format", "/policy/extra/0/hours/0", ("policy",), hours("22:00-02:00")),
    put("misspelt day", "not_one_of", "/policy/extra/0/days/0", ("policy",), hours("09:00-19:00", "monday")),
    put("rule of no days", "days_empty", "/policy/extra/0/days", ("policy",), {"extra": [NO_DAYS]}),
    put("consent of no day", "day_format", "/visits/0/consent/0/given_on", CONSENT, agreed("2026-02-30")),
    put("consent afterwards", "consent_late", "/visits/0/consent/0/given_on", CONSENT, agreed("2026-03-03")),
    *(
        put(f"contact that {kind}", code, f"/visits/0/contact/{where}", (*VISIT, "contact"), spans)
        for kind, code, where, spans in (
            ("is more than certain", "out_of_range", "0/probability", [met(NINE, TEN, 1.01)]),
            ("is less than impossible", "out_of_range", "0/probability", [met(NINE, TEN, -0.1)]),
            ("is a percentage in a string", "wrong_type", "0/probability", [met(NINE, TEN, "55 %")]),
            ("ends before it starts", "window_order", "0", [met(TEN, NINE, 0.5)]),
            ("says nothing of chances", "required", "0/probability", [{"start": NINE, "end": TEN}]),
            ("is told twice for an hour", "contact_overlap", "0", [met(TEN, NOON, 0.5), met(NINE, NOON, 0.4)]),
            ("has a misspelt key", "unknown_key", "0/chance", [met(NINE, TEN, 0.5) | {"chance": 1}]),
        )
    ),
    *(
        put(f"slowdown that {kind}", code, f"/travel/slowdowns/{where}", ("travel",), {"slowdowns": slowdowns})
        for kind, code, where, slowdowns in (
            ("makes faster", "out_of_range", "0/factor", [slow("16:00", "18:00", 0.9)]),
            ("stops everything", "out_of_range", "0/factor", [slow("16:00", "18:00", 11)]),
            ("has no factor", "required", "0/factor", [{"from": "16:00", "to": "18:00"}]),
            ("begins in no hour", "clock_format", "0/from", [slow("4 pm", "18:00", 1.3)]),
            ("begins at a number", "wrong_type", "0/from", [slow(16, "18:00", 1.3)]),
            ("begins at 24:00", "clock_format", "0/from", [slow("24:00", "02:00", 1.3)]),
            ("ends after midnight's midnight", "clock_format", "0/to", [slow("16:00", "24:01", 1.3)]),
            ("ends in a minute too many", "clock_format", "0/to", [slow("16:00", "18:60", 1.3)]),
            ("ends when it begins", "slowdown_empty", "0", [slow("16:00", "16:00", 1.3)]),
            ("goes on in another", "slowdowns_overlap", "1", [slow("16:00", "18:00", 2), slow("17:59", "19:00", 2)]),
            ("meets the next day's", "slowdowns_overlap", "1", [slow("06:00", "09:00", 2), slow("22:00", "06:01", 2)]),
            ("has a misspelt key", "unknown_key", "0/form", [slow("16:00", "18:00", 2) | {"form": "16:00"}]),
        )
    ),
    put("geometry", "not_one_of", "/options/geometry", ("options", "geometry"), "full"),
    put("time limit of two hours", "out_of_range", "/options/time_limit", ("options", "time_limit"), "PT2H"),
    put("data too deep", "nested_too_deep", "/visits/0/data", (*VISIT, "data"), {"a": nested(100)}),
    put("deep nesting where none belongs", "wrong_type", "/visits/0/location", (*VISIT, "location"), nested(100)),
    change(
        "matrix that is not square", "matrix_shape", "/travel/matrices/0/seconds/1", matrix([[0, 60], [60]], 0, 1, 1, 1)
    ),
    change(
        "index outside the matrix", "index_outside", "/visits/2/location/index", matrix([[0, 60], [60, 0]], 0, 1, 1, 2)
    ),
    change(
        "negative travel", "out_of_range", "/travel/matrices/0/seconds/0/1", matrix([[0, -60], [60, 0]], 0, 1, 1, 1)
    ),
]

MALFORMED = [
    ("nothing", b"", "json_malformed", ""),
    ("half an object", b'{"agents": [', "json_malformed", ""),
    ("two documents", b"{} {}", "json_malformed", ""),
    ("NaN", b'{"visits": [{"value": NaN}]}', "json_malformed", ""),
    ("Infinity", b'{"visits": [{"value": -Infinity}]}', "json_malformed", ""),
    ("null bytes", b'{"name": "\x00"}', "json_malformed", ""),
    ("invalid UTF-8", b'{"name": "\xff"}', "json_not_utf8", ""),
    ("UTF-16", '{"name": "x"}'.encode("utf-16"), "json_not_utf8", ""),
    ("lists in lists", b"[" * 100_000 + b"]" * 100_000, "json_nested_too_deep", ""),
    ("objects in objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json_nested_too_deep", ""),
    ("5,000 digits", b'{"visits": ' + b"9" * 5_000 + b"}", "json_number_too_long", ""),
    ("a key twice", b'{"visits": [{"id": "a", "id": "b"}]}', "json_duplicate_key", "/visits/0/id"),
]

ROOTS = [("list", b"[]"), ("string", b'"day"'), ("number", b"1"), ("null", b"null")]


@pytest.fixture(scope="module")
def web() -> TestClient:
    return client()


def posted(web: TestClient, body: bytes, **headers: str) -> tuple[int, Json]:
    answer = web.post("/v1/plans", content=body, headers={"Content-Type": "application/json"} | headers)
    assert "application/problem+json" == answer.headers["content-type"]
    return answer.status_code, cast("Json", answer.json())


def encoded(day: Json) -> bytes:
    """JSON text; the one number that Python would not write is smuggled in as text."""
    return json.dumps(day).replace('"1e999"', "1e999").encode()


def errors(problem: Json) -> Sequence[Json]:
    return cast("Sequence[Json]", problem["errors"])


@pytest.mark.parametrize("bad", CONTENT, ids=str)
def test_wrong_content_is_answered_with_code_pointer_and_hint(web: TestClient, bad: Bad) -> None:
    status, problem = posted(web, encoded(bad.spoilt()))

    assert 422 == status
    assert [(bad.code, bad.pointer)] == [(error["code"], error["pointer"]) for error in errors(problem)]
    assert all(error["hint"] for error in errors(problem))


@pytest.mark.parametrize(("body", "code", "pointer"), [bad[1:] for bad in MALFORMED], ids=[bad[0] for bad in MALFORMED])
def test_what_is_not_json_is_answered_with_400(web: TestClient, body: bytes, code: str, pointer: str) -> None:
    status, problem = posted(web, body)

    assert 400 == status
    assert [(code, pointer)] == [(error["code"], error["pointer"]) for error in errors(problem)]
    assert errors(problem)[0]["hint"]


@pytest.mark.parametrize("body", [root[1] for root in ROOTS], ids=[root[0] for root in ROOTS])
def test_a_document_that_is_no_object_is_refused_as_a_whole(web: TestClient, body: bytes) -> None:
    status, problem = posted(web, body)

    assert 422 == status
    assert [("wrong_type", "")] == [(error["code"], error["pointer"]) for error in errors(problem)]


def test_there_are_more_than_forty_kinds() -> None:
    assert len({bad.kind for bad in CONTENT}) == len(CONTENT) > 40


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_a_body_that_is_not_said_to_be_plain_json_is_answered_with_415(
    web: TestClient, headers: dict[str, str]
) -> None:
    status, problem = posted(web, encoded(small_day()), **headers)

    assert 415 == status
    assert "unsupported_media_type" == errors(problem)[0]["code"]
    assert errors(problem)[0]["hint"]


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/JSON; charset=UTF-8", "application/day+json"]
)
def test_all_ways_to_say_json_are_understood(web: TestClient, content_type: str) -> None:
    answer = web.post("/v1/plans", content=encoded(small_day()), headers={"Content-Type": content_type})

    assert 202 == answer.status_code


def test_a_body_beyond_the_limit_is_answered_with_413_and_the_limit() -> None:
    status, problem = posted(client(max_body_bytes=1000), b" " * 1001)

    assert 413 == status
    assert ("body_too_large", "", 1000) == tuple(errors(problem)[0][key] for key in ("code", "pointer", "value"))


def test_a_body_of_unknown_length_is_not_read_beyond_the_limit() -> None:
    """Without a client between: it would want to read all of the endless body first."""
    chunks, statuses = 0, list[object]()

    async def receive() -> Message:
        nonlocal chunks
        chunks += 1
        return {"type": "http.request", "body": b" " * 100, "more_body": True}

    async def send(message: Message) -> None:
        await anyio.lowlevel.checkpoint()
        statuses.append(message.get("status"))

    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    scope: Scope = {"type": "http", "method": "POST", "path": "/v1/plans", "query_string": b"", "headers": headers}
    anyio.run(app(max_body_bytes=1000), scope, receive, send)

    assert 413 == statuses[0]
    assert 11 == chunks


def test_a_million_visits_are_counted_and_not_read() -> None:
    body = b'{"agents": [], "visits": [' + b",".join([b"0"] * 1_000_000) + b"]}"
    status, problem = posted(client(), body)

    assert 422 == status
    assert [("too_many", "/visits")] == [(error["code"], error["pointer"]) for error in errors(problem)]
    assert "10000" in str(errors(problem)[0]["detail"])


def test_too_many_shifts_are_refused(web: TestClient) -> None:
    day = small_day()
    day["agents"] = [{**at(day, *AGENT), "id": f"A-{number}"} for number in range(1001)]
    status, problem = posted(web, encoded(day))

    assert 422 == status
    assert {("too_many", "/agents")} == {(error["code"], error["pointer"]) for error in errors(problem)}


def test_everything_wrong_is_told_at_once_shapes_and_references_alike(web: TestClient) -> None:
    day = small_day()
    at(day, "visits", 0)["priority"] = "80"
    at(day, "visits", 0)["durration"] = "PT5M"
    at(day, "visits", 1)["after"] = [{"visit": "V-1"}, {"visit": "V-9"}]
    at(day, "visits", 2)["lock"] = {"agent": "A-9"}
    day["policy"] = {"jurisdiction": 358}
    _, problem = posted(web, encoded(day))

    assert [
        ("wrong_type", "/visits/0/priority"),
        ("unknown_key", "/visits/0/durration"),
        ("wrong_type", "/policy/jurisdiction"),
        ("unknown_agent", "/visits/2/lock/agent"),
        ("unknown_visit", "/visits/1/after/1/visit"),
    ] == [(error["code"], error["pointer"]) for error in errors(problem)]
    assert "5 things are wrong." == problem["detail"]


def test_references_are_judged_although_the_only_agent_is_misshapen(web: TestClient) -> None:
    day = small_day()
    at(day, *SHIFT)["overtime"] = 30
    at(day, "visits", 0)["lock"] = {"agent": "A-1"}
    at(day, "visits", 1)["after"] = [{"visit": "V-9"}]
    _, problem = posted(web, encoded(day))

    assert ["/agents/0/shifts/0/overtime", "/visits/1/after/0/visit"] == [error["pointer"] for error in errors(problem)]


def test_matrices_that_are_not_there_are_missed(web: TestClient) -> None:
    day = small_day()
    day["travel"] = {"source": "matrix"}
    _, problem = posted(web, encoded(day))

    assert ("matrix_missing", "/travel/matrices") in [(error["code"], error["pointer"]) for error in errors(problem)]


def test_nothing_is_said_of_places_while_the_travel_is_misshapen(web: TestClient) -> None:
    day = small_day()
    matrix([[0, 1.5], [60, 0]], 0, 1, 1, 1)(day)
    _, problem = posted(web, encoded(day))

    assert [("wrong_type", "/travel/matrices/0/seconds/0/1")] == [
        (error["code"], error["pointer"]) for error in errors(problem)
    ]


@pytest.mark.parametrize("key", ["[key]", "\\ud800"], ids=["brackets", "half a character"])
def test_a_key_that_no_message_can_name_well_is_refused_all_the_same(web: TestClient, key: str) -> None:
    """Once such keys were taken for something else, and the answer was 500."""
    body = json.dumps(small_day()).replace('"visits"', f'"{key}": 1, "visits"', 1).encode()
    status, _ = posted(web, body)

    assert status == 422


def test_a_row_of_a_matrix_is_refused_once_however_much_is_wrong_with_it(web: TestClient) -> None:
    day = small_day()
    day["travel"] = {"source": "matrix", "matrices": [{"seconds": [["far"] * 50] * 50}]}
    _, problem = posted(web, encoded(day))

    assert problem["errors_total"] == 50


def test_a_content_type_without_end_is_no_json(web: TestClient) -> None:
    """The pattern that reads it would take minutes for a long one."""
    answer = web.post("/v1/plans", content=b"{}", headers={"Content-Type": "application/json" + " " * 5_000 + "x"})

    assert answer.status_code == 415


def test_the_first_hundred_errors_are_listed_and_the_others_counted(web: TestClient) -> None:
    day = small_day()
    day["visits"] = [{"id": f"V-{number}"} for number in range(130)]
    _, problem = posted(web, encoded(day))

    assert 100 == len(errors(problem))
    assert 130 == problem["errors_total"]
    assert "130 things are wrong; the first 100 are listed, 30 more are not." == problem["detail"]


@pytest.mark.parametrize(
    ("path", "value", "meant"),
    [
        ((*VISIT, "durration"), "PT5M", "duration"),
        ((*VISIT, "timeWindows"), [], "time_windows"),
        ((*SHIFT, "end_locaton"), None, "end_location"),
        ((*SHIFT, "limits"), {"distance": 5}, "distance_m"),
        (("objective",), {"mode": "profits"}, "profit"),
        ((*VISIT, "lock"), {"position": "frist"}, "first"),
    ],
)
def test_a_slip_of_the_pen_is_met_with_what_was_meant(web: TestClient, path: Path, value: object, meant: str) -> None:
    _, problem = posted(web, encoded(put("", "", "", path, value).spoilt()))

    assert f"Did you mean {meant!r}?" == errors(problem)[0]["hint"]


def test_long_values_and_whole_objects_are_not_sent_back(web: TestClient) -> None:
    day = small_day()
    at(day, *VISIT)["id"] = "V" * 5_000
    at(day, *VISIT)["lock"] = ["A-1"]
    _, problem = posted(web, encoded(day))

    assert ["V" * 100 + "…", None] == [error["value"] for error in errors(problem)]


def test_the_problem_names_address_and_request(web: TestClient) -> None:
    _, problem = posted(web, b"{", **{"X-Request-ID": "mine-17"})

    assert ("/v1/plans", "mine-17", 400, "/v1/issue-types#malformed_json") == tuple(
        problem[key] for key in ("instance", "request_id", "status", "type")
    )


@pytest.mark.parametrize("bad", CONTENT, ids=str)
def test_validate_answers_200_with_the_same_errors(web: TestClient, bad: Bad) -> None:
    body = encoded(bad.spoilt())
    answer = web.post("/v1/validate", content=body, headers={"Content-Type": "application/json"})
    _, problem = posted(web, body)

    assert 200 == answer.status_code
    assert (False, problem["errors"]) == (answer.json()["valid"], answer.json()["errors"])


def test_evaluate_points_into_its_own_body(web: TestClient) -> None:
    day = small_day()
    at(day, "visits", 2)["priority"] = "80"
    itineraries: list[Json] = [
        {"shift_id": "A-1/mon", "visits": ["V-1", "V-3", "V-9"], "stars": 1},
        {"shift_id": "A-9"},
    ]
    answer = web.post("/v1/evaluate", json={"request": day, "itineraries": itineraries[:1]})
    more = web.post("/v1/evaluate", json={"request": small_day(), "itineraries": itineraries[1:], "now": 1})
    third = web.post(
        "/v1/evaluate", json={"request": day, "itineraries": [{"shift_id": "A-9", "visits": ["V-3", "V-9"]}]}
    )

    assert ["/itineraries/0/stars", "/request/visits/2/priority"] == [
        error["pointer"] for error in answer.json()["errors"]
    ]
    assert {"/itineraries/0/visits", "/now"} == {error["pointer"] for error in more.json()["errors"]}
    assert ["/request/visits/2/priority", "/itineraries/0/shift_id", "/itineraries/0/visits/1"] == [
        error["pointer"] for error in third.json()["errors"]
    ]
