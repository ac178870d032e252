"""What holds for every test: reproducible cases, no clock, no network but loopback where a server is the point."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import background

TESTS = Path(__file__).parent
LOOPBACK = ["127.0.0.1", "::1"]

# Deadlines and health checks measure the machine, not the code.
settings.register_profile(
    "default", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("default"), derandomize=False, max_examples=2_000)
settings.load_profile("default")


@pytest.fixture(autouse=True)
def _nothing_goes_on_in_the_background() -> Iterator[None]:
    yield
    background.close_all()


@pytest.fixture(autouse=True)
def _nothing_is_kept_where_the_tests_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUTE_DATA", "/nonexistent: a test that keeps something says where")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of real servers and of adapters may talk to this machine, the others to nobody."""
    for item in items:
        kind = item.path.relative_to(TESTS).parts[0]
        if kind == "e2e":
            item.add_marker(pytest.mark.e2e)
        if kind in {"e2e", "adapters"}:
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.fixture(autouse=True)
def _what_is_logged_goes_where_it_went() -> Iterator[None]:
    """Whoever begins to log in a test writes to what is standard error for that test only."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
