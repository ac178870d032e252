"""What is logged, and what never is."""

import json
import logging
from typing import cast

import pytest
from opentelemetry import trace

from api import logs
from tests.web import Json, client, small_day

STREET = "Mannerheimintie 1"


def lines(capsys: pytest.CaptureFixture[str]) -> list[Json]:
    return [cast("Json", json.loads(line)) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_a_json_object_that_says_when_who_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json", "INFO", "worker-1")
    logging.getLogger("somebody").info("said %s", "so", extra={"plan_id": "p"})
    (line,) = lines(capsys)

    assert str(line.pop("time")).endswith("+00:00")
    assert {"level": "INFO", "logger": "somebody", "process": "worker-1", "message": "said so", "plan_id": "p"} == line


@pytest.mark.parametrize("form", ["json", "text"])
def test_what_an_exception_says_is_left_out(form: logs.Form, capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(form, "INFO", "web")
    error = ValueError(STREET)
    logging.getLogger("a.library").error("it fell over", exc_info=error)
    said = capsys.readouterr().err

    assert "it fell over" in said
    assert "ValueError" in said
    assert STREET not in said


def test_for_people_a_line_is_text_with_the_rest_after_it(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("text", "INFO", "web")
    logging.getLogger("somebody").info("said so", extra={"plan_id": "p"})

    assert capsys.readouterr().err.endswith("INFO somebody: said so plan_id=p\n")


def test_less_than_the_level_is_not_told_and_who_tells_too_much_not_either(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json", "WARNING", "web")
    logging.getLogger("somebody").info("little")
    logs.begin("json", "INFO", "web")
    logging.getLogger("dbos").info("too much")

    assert [] == lines(capsys)


def test_a_line_says_which_trace_it_belongs_to(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json", "INFO", "web")
    context = trace.SpanContext(0xABC, 0xDEF, is_remote=False)
    with trace.use_span(trace.NonRecordingSpan(context)):
        logging.getLogger("somebody").info("said so")

    assert f"{0xABC:032x}" == lines(capsys)[0]["trace_id"]


def test_a_request_is_told_by_its_address_and_id_and_nothing_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json", "INFO", "web")
    web = client()
    day = small_day() | {"name": STREET}
    plan_id = web.post("/v1/plans?from=Kallio", json=day, headers={"X-Request-ID": "mine", "Prefer": "wait=30"}).json()[
        "id"
    ]
    web.get(f"/v1/plans/{plan_id}")
    web.get("/healthz")
    told = lines(capsys)
    answered = [line for line in told if line["message"] == "answered"]

    assert [("POST", "/v1/plans", 200), ("GET", "/v1/plans/{plan_id}", 200)] == [
        (line["method"], line["route"], line["status"]) for line in answered
    ]
    assert "mine" == answered[0]["request_id"]
    assert plan_id == answered[1]["plan_id"]
    assert {"a plan was accepted", "a plan is begun", "a plan has ended"} <= {line["message"] for line in told}
    assert "mine" == next(line for line in told if line["message"] == "a plan was accepted")["request_id"]
    for secret in (STREET, "Kallio", "60.1", "24.9"):
        assert secret not in json.dumps(told)


@pytest.mark.parametrize("form", ["json", "text"])
def test_who_asks_cannot_write_into_the_log(form: logs.Form, capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(form, "INFO", "web")
    client().get(f"/v1/plans/x%0A2026-01-01 ERROR forged {STREET}")
    said = capsys.readouterr().err

    assert 1 == said.count("\n")
    assert "forged" not in said


def test_what_a_library_has_to_say_in_the_worker_goes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json", "INFO", "worker")
    logging.getLogger("dbos").error("it fell over", exc_info=ValueError(STREET))

    assert "it fell over" == lines(capsys)[0]["message"]
