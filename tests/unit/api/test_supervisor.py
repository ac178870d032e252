"""Processes that are kept alive."""

import sys
import threading

import pytest

from api import supervisor
from api.supervisor import DELAYS, Kept

PATIENCE = 30.0
LOOKS = 20_000
"""After which a test that would hang fails."""


class Clock:
    """Time as a test says it is."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(supervisor, "monotonic", made)
    monkeypatch.setattr(supervisor, "COMMAND", (sys.executable, "-c"))
    return made


class Mourned:
    """A kept process of which every death is noted."""

    def __init__(self, program: str, **told: str) -> None:
        self.deaths = threading.Semaphore(0)
        self.starts = 0
        self.kept = Kept(lambda: self._program(program), self.deaths.release, told)

    def _program(self, program: str) -> tuple[str, ...]:
        self.starts += 1
        return (program,)

    def dies(self) -> None:
        """Look until it has died once more."""
        for _ in range(LOOKS):
            if self.deaths.acquire(timeout=0.001):
                return
            self.kept.look()
        raise AssertionError


@pytest.fixture
def brief(clock: Clock) -> Mourned:
    del clock
    return Mourned("raise SystemExit(1)")


def test_who_dies_is_started_again_at_once(brief: Mourned, clock: Clock) -> None:
    brief.dies()
    clock.now += DELAYS[0]
    brief.dies()

    assert 2 == brief.starts


def test_who_dies_again_and_again_has_to_wait(brief: Mourned, clock: Clock) -> None:
    brief.dies()
    brief.dies()
    brief.kept.look()
    waiting = brief.starts
    clock.now += DELAYS[1]
    brief.dies()

    assert (2, 3) == (waiting, brief.starts)


def test_who_lasted_is_started_again_at_once_whatever_was_before(brief: Mourned, clock: Clock) -> None:
    for delay in DELAYS:
        brief.dies()
        clock.now += delay
    clock.now += DELAYS[-1]
    brief.kept.look()
    clock.now += supervisor.LASTING + 1
    brief.dies()
    brief.dies()


def test_a_process_is_told_its_settings(clock: Clock) -> None:
    del clock
    mourned = Mourned("import os, sys; sys.exit(os.environ['DAYROUTE_KEYS'] != 'always')", DAYROUTE_KEYS="always")
    mourned.kept.look()
    process = mourned.kept._process  # pyright: ignore[reportPrivateUsage]

    assert process is not None
    assert 0 == process.wait(PATIENCE)


def test_what_cannot_be_started_is_tried_again_later(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "COMMAND", ("/nothing/of/the/kind",))
    mourned = Mourned("")
    mourned.dies()
    clock.now += sum(DELAYS)
    mourned.dies()

    assert 2 == mourned.starts


def test_who_does_not_end_when_told_to_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "COMMAND", (sys.executable, "-c"))
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    mourned = Mourned(deaf)
    mourned.kept.look()
    mourned.kept.end()
    mourned.kept.join(0.0)
    process = mourned.kept._process  # pyright: ignore[reportPrivateUsage]

    assert process is not None
    assert process.returncode is not None
