"""Settings come from the environment, each of them documented."""

import sys

import pytest
from pydantic import ValidationError

from api.settings import PREFIX, Settings


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("name", ["HOST", "PORT", "DATA", "SOLVER_SLOTS", "SOLVER_THREADS"])
def test_the_settings_of_the_contract_are_there(name: str) -> None:
    assert name.lower() in Settings.model_fields


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "9000")

    assert 9000 == Settings().port


def test_a_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SOLVER_SLOTS", "0")

    with pytest.raises(ValidationError, match="solver_slots"):
        Settings()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has all processors there are")
def test_there_are_as_many_slots_as_processors_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def may_use(_: int) -> set[int]:
        return {0, 5, 7}

    monkeypatch.setattr("os.cpu_count", lambda: 64)
    monkeypatch.setattr("os.sched_getaffinity", may_use)

    assert 3 == Settings().solver_slots


def test_telemetry_without_a_collector_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    monkeypatch.setenv(f"{PREFIX}TELEMETRY", "true")

    with pytest.raises(ValidationError, match="OTEL_EXPORTER_OTLP_ENDPOINT"):
        Settings()
