"""A road service that is away, slow or talks nonsense: no travel times come of it, and not a word of where to."""

import json
import logging
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import count
from typing import TypeAlias

import pytest

from service.day.place import Place, Point
from service.travel import exchange
from service.travel.exchange import Exchange
from service.travel.osrm.engine import Osrm
from service.travel.osrm.wire import Wire
from service.travel.protocol import RoadsDownError, TravelEngine
from service.travel.valhalla import Valhalla
from solver.units import UNREACHABLE
from tests.adapters.stub_server import Reply, Stub, answer, stub

PLACES = [Place(Point(60.1357913, 24.9246802)), Place(Point(60.1468024, 24.9357913))]
WORDS = ("60.13", "24.92", "60.14", "24.93", "127.0.0.1")
PATIENCE = timedelta(seconds=20)
TABLE = answer({"code": "Ok", "durations": [[0, 61.2], [58, 0]], "distances": [[0, 700.4], [650.5, 0]]})
NEAR = answer({"code": "Ok", "destinations": [{"distance": 2.5}, {"distance": 400}]})
ROUTE = answer(
    {
        "code": "Ok",
        "routes": [
            {
                "legs": [
                    {"steps": [{"mode": "driving", "geometry": {"type": "LineString", "coordinates": [[24.9, 60.1]]}}]}
                ]
            }
        ],
    }
)


V_TABLE = answer({"sources_to_targets": {"durations": [[0, 61.2], [58, 0]], "distances": [[0, 0.7], [0.65, 0]]}})
V_NEAR = answer([{"edges": [{"correlated_lat": 60.1357, "correlated_lon": 24.9246}]}, {"edges": None}])
V_ROUTE = answer({"trip": {"legs": [{"shape": "_izlhA", "summary": {"has_ferry": False}}]}})


def table(engine: TravelEngine) -> list[list[int]]:
    return engine.table(PLACES, PLACES, "car").seconds.tolist()


def snap(engine: TravelEngine) -> list[float]:
    return engine.snap(PLACES, "car").tolist()


def draw(engine: TravelEngine) -> object:
    return engine.draw(PLACES, "car")


Make: TypeAlias = Callable[[str, Exchange], TravelEngine]
Ask: TypeAlias = Callable[[TravelEngine], object]


def osrm(url: str, asked: Exchange) -> Osrm:
    return Osrm(Wire(lambda: url, asked))


def valhalla(url: str, asked: Exchange) -> Valhalla:
    return Valhalla(lambda: url, asked)


@contextmanager
def engine_at(
    url: str, make: Make = osrm, timeout: timedelta = PATIENCE, waited: list[float] | None = None
) -> Generator[TravelEngine]:
    """An engine that does not really wait."""
    waits = list[float]() if waited is None else waited
    with closing(Exchange("roads", timeout, waits.append)) as asked:
        yield make(url, asked)


QUESTIONS = pytest.mark.parametrize(
    ("make", "ask", "good"),
    [
        (osrm, table, TABLE),
        (osrm, snap, NEAR),
        (osrm, draw, ROUTE),
        (valhalla, table, V_TABLE),
        (valhalla, snap, V_NEAR),
        (valhalla, draw, V_ROUTE),
    ],
    ids=["osrm table", "osrm snap", "osrm draw", "valhalla table", "valhalla snap", "valhalla draw"],
)


def failure(make: Make, ask: Ask, *replies: Reply) -> RoadsDownError:
    with stub(*replies) as served, engine_at(served.url, make) as engine, pytest.raises(RoadsDownError) as raised:
        ask(engine)
    assert raised.value.__cause__ is None
    assert [] == [word for word in WORDS if word in str(raised.value)]
    return raised.value


@QUESTIONS
class TestOutages:
    def test_nobody_there(self, make: Make, ask: Ask, good: Reply) -> None:
        del good
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            with (
                engine_at(f"http://127.0.0.1:{taken.getsockname()[1]}", make) as engine,
                pytest.raises(RoadsDownError, match="cannot be reached") as raised,
            ):
                ask(engine)

        assert [] == [word for word in WORDS if word in str(raised.value)]

    def test_too_slow(self, make: Make, ask: Ask, good: Reply) -> None:
        """The server answers when the test is over."""
        over = threading.Event()
        with (
            stub(good, meanwhile=over.wait) as served,
            engine_at(served.url, make, timedelta(milliseconds=50)) as engine,
            pytest.raises(RoadsDownError, match="took too long"),
        ):
            ask(engine)
        over.set()

    def test_asked_too_much_it_is_asked_again_after_what_it_says(self, make: Make, ask: Ask, good: Reply) -> None:
        waited: list[float] = []
        with (
            stub((429, {"Retry-After": "7"}, b""), good) as served,
            engine_at(served.url, make, waited=waited) as engine,
        ):
            ask(engine)

        assert [7] == waited

    @pytest.mark.parametrize(
        ("said", "meant"),
        [("3600", timedelta(hours=1)), ("Mon, 02 Mar 2026 09:00:00 GMT", None), ("soon", None), ("-1", None)],
    )
    def test_asked_too_much_for_long_it_is_down(
        self, said: str, meant: timedelta | None, make: Make, ask: Ask, good: Reply
    ) -> None:
        del good

        assert meant == failure(make, ask, (503, {"Retry-After": said}, b"")).retry_after

    def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(self, make: Make, ask: Ask, good: Reply) -> None:
        """The clock of the test has made a leap by the first drop."""
        leaps = count(step=60)
        with (
            stub(good) as served,
            closing(Exchange("roads", PATIENCE, list[float]().append, lambda: next(leaps))) as asked,
            pytest.raises(RoadsDownError, match="took too long"),
        ):
            ask(make(served.url, asked))

    @pytest.mark.parametrize("status", [301, 401, 404, 429, 500, 502, 503])
    def test_an_error_is_no_answer(self, status: int, make: Make, ask: Ask, good: Reply) -> None:
        del good
        failure(make, ask, (status, {"Location": "http://127.0.0.1:1/"}, b"60.1357913"))

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<html>60.1357913</html>",
            b'{"code": "Ok"',
            b'{"code": "Ok"}',
            b"[]",
            b"null",
            b'{"code": "NoSegment"}',
            b'{"code": "Ok", "durations": [[0, 1]], "distances": [[0, 1]], "destinations": [{}], "routes": [{}]}',
            b'{"code": "Ok", "durations": [[0], [1]], "distances": [[0], [1]], "destinations": [], "routes": []}',
            b'{"code": "Ok", "durations": [[0, 1], [1, 0]], "destinations": [{"distance": 1}]}',
            b'{"code": "Ok", "routes": [{"legs": []}]}',
            b'{"code": "Ok", "durations": [[0, -1], [1, 0]], "distances": [[0, 1], [1, 0]]}',
            b'{"code": "Ok", "durations": [[0, 1e12], [1, 0]], "distances": [[0, 1], [1, 0]]}',
            b'{"code": "Ok", "durations": [[0, "1"], [1, 0]], "distances": [[0, 1], [1, 0]]}',
            b'[{"edges": [{"correlated_lat": 91, "correlated_lon": 7}]}, {}]',
            b'[{"edges": 7}, {}]',
            b"[{}]",
            b'{"sources_to_targets": {"durations": [[0, 1]], "distances": [[0, 1]]}, "trip": {"legs": []}}',
            b'{"sources_to_targets": {"durations": [[0, -1], [1, 0]], "distances": [[0, 1], [1, 0]]}, "trip": 7}',
            b'{"sources_to_targets": [[{"time": 7}]], "trip": {"legs": [{}]}}',
            b'{"code": "Ok", "durations": 7, "distances": 7, "destinations": 7, "routes": 7}',
            "\xff".encode("latin-1"),
        ],
    )
    def test_half_an_answer_is_none(self, body: bytes, make: Make, ask: Ask, good: Reply) -> None:
        del good
        failure(make, ask, (200, {"Content-Type": "application/json"}, body))

    def test_an_answer_that_breaks_off(self, make: Make, ask: Ask, good: Reply) -> None:
        status, headers, body = good
        failure(make, ask, (status, headers | {"Content-Length": str(len(body) + 1)}, body))

    def test_an_answer_without_an_end_is_not_read_to_it(
        self, make: Make, ask: Ask, good: Reply, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(exchange, "LONGEST_ANSWER", 10)

        assert "no end" in str(failure(make, ask, good))

    def test_what_it_refuses_is_told_by_its_code(self, make: Make, ask: Ask, good: Reply) -> None:
        del good
        refused: Reply = (400, {}, b'{"code": "InvalidOptions", "error_code": 125, "message": "60.1357913"}')

        assert ("125" if make is valhalla else "InvalidOptions") in str(failure(make, ask, refused))

    def test_a_code_that_is_none_is_not_told(self, make: Make, ask: Ask, good: Reply) -> None:
        del good

        assert "400" in str(failure(make, ask, (400, {}, b'{"code": "60.1357913"}')))

    def test_when_it_is_back_the_same_question_is_answered(self, make: Make, ask: Ask, good: Reply) -> None:
        with stub((500, {}, b""), good) as served, engine_at(served.url, make) as engine:
            with pytest.raises(RoadsDownError):
                ask(engine)

            assert ask(engine)


class TestAnswers:
    def test_seconds_are_rounded_up_and_metres_to_the_nearest(self) -> None:
        with stub(TABLE) as served, engine_at(served.url) as engine:
            seconds, metres = engine.table(PLACES, PLACES, "car")

        assert [[0, 62], [58, 0]] == seconds.tolist()
        assert [[0, 700], [650, 0]] == metres.tolist()

    def test_a_little_less_than_nothing_is_nothing(self) -> None:
        """OSRM tells that of doors on one stretch of road."""
        nothing = answer({"code": "Ok", "durations": [[-0.1]], "distances": [[-0.7]]})
        with stub(nothing) as served, engine_at(served.url) as engine:
            seconds, metres = engine.table(PLACES[:1], PLACES[1:], "car")

        assert (0, 0) == (seconds[0, 0], metres[0, 0])

    def test_null_is_no_way(self) -> None:
        none = answer({"code": "Ok", "durations": [[0, None], [None, 0]], "distances": [[0, None], [None, 0]]})
        with stub(none) as served, engine_at(served.url) as engine:
            seconds, metres = engine.table(PLACES, PLACES, "car")

        assert [[0, UNREACHABLE], [UNREACHABLE, 0]] == seconds.tolist()
        assert not metres.any()

    def test_the_date_of_the_map_is_told_once_it_is_known(self) -> None:
        dated = json.loads(TABLE[2]) | {"data_version": "2026-03-01"}
        with stub(answer(dated)) as served, engine_at(served.url) as engine:
            before, _, after = engine.info("car"), table(engine), engine.info("car")

        assert (None, "2026-03-01") == (before.data_date, after.data_date)


class TestQuestions:
    def test_places_are_in_the_body_and_not_in_the_address(self) -> None:
        with stub(TABLE) as served, engine_at(served.url) as engine:
            table(engine)

        assert ["/table/v1/driving"] == served.asked
        assert [24.92468, 60.135791] == json.loads(served.sent[0])["coordinates"][4]

    @pytest.mark.parametrize("status", [404, 405, 501])
    def test_who_takes_no_post_is_asked_by_get_and_by_nothing_else_from_then_on(self, status: int) -> None:
        with stub(TABLE, to_post=(status, {}, b"")) as served, engine_at(served.url) as engine:
            table(engine)
            table(engine)

        assert 1 == len(served.sent)
        assert 3 == len(served.asked)
        assert ";24.924680,60.135791;24.935791,60.146802;24.924680,60.135791;" in served.asked[1]
        assert "sources=4;5&destinations=6;7&annotations=duration,distance&skip_waypoints=true" in served.asked[1]
        assert "radiuses=unlimited;unlimited;" in served.asked[1]

    @pytest.mark.parametrize("reply", [(301, {"Location": "/"}, b""), (403, {}, b""), (400, {}, b"")])
    def test_who_refuses_a_post_for_another_reason_is_not_told_places_in_a_url(self, reply: Reply) -> None:
        with (
            stub(TABLE, to_post=reply) as served,
            engine_at(served.url) as engine,
            pytest.raises(RoadsDownError, match="refuses"),
        ):
            table(engine)

        assert ["/table/v1/driving"] == served.asked

    @pytest.mark.parametrize(
        "too_big",
        [(400, {}, b'{"code": "TooBig", "message": "Too many table coordinates"}'), (413, {}, b""), (414, {}, b"")],
    )
    @pytest.mark.parametrize("post", [None, (405, {}, b"")], ids=["by POST", "by GET"])
    def test_who_answers_less_at_a_time_is_asked_for_less_from_then_on(
        self, post: Reply | None, too_big: Reply
    ) -> None:
        with stub(*[too_big] * 8, TABLE, to_post=post) as served, engine_at(served.url) as engine:
            assert [[0, 62], [58, 0]] == table(engine)
            before = len(served.asked)
            table(engine)

        assert before + 1 == len(served.asked)

    def test_who_takes_fewer_places_at_a_time_is_asked_for_half_of_them(self) -> None:
        one = answer({"code": "Ok", "destinations": [{"distance": 7}]})
        with stub((414, {}, b""), one) as served, engine_at(served.url) as engine:
            assert [7, 7] == snap(engine)

    @pytest.mark.parametrize("make", [osrm, valhalla])
    def test_who_answers_nothing_at_all_is_not_asked_for_ever(self, make: Make) -> None:
        failure(make, table, (400, {}, b'{"code": "TooBig", "error_code": 150}'))

    def test_valhalla_has_places_in_the_body_only(self) -> None:
        with stub(V_TABLE) as served, engine_at(served.url, valhalla) as engine:
            table(engine)

        assert ["/sources_to_targets"] == served.asked
        assert "auto" == json.loads(served.sent[0])["costing"]

    def test_what_is_asked_and_answered_is_never_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with stub(TABLE, to_post=(405, {}, b"")) as served, engine_at(served.url) as engine:
            table(engine)

        assert [] == [word for word in WORDS[:4] if word in caplog.text]


def test_the_words_would_be_found() -> None:
    """A test that cannot fail shows nothing."""
    served = Stub("http://127.0.0.1", [TABLE])

    assert any(word in str(PLACES) for word in WORDS)
    assert any(word in served.url for word in WORDS)
