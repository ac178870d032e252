"""How the service is put together."""

import subprocess
import sys
import threading

import pytest

from api.settings import Settings
from api.wiring import workshop_of
from service.day.plan import Plan
from service.day.request import DayRequest
from tests.plans import EMPTY_PLAN

IN_A_SERVER = """
import sys
import api.app
from service.day.place import Point
from service.zones import zone_at

print(zone_at(Point(60.17, 24.94)), *sorted({"llvmlite", "numba", "ortools", "pandas"} & sys.modules.keys()))
"""


def test_a_server_loads_nothing_of_what_only_a_solver_needs() -> None:
    """Not even by way of a library that would be glad to have it: 100 MB."""
    loaded = subprocess.run([sys.executable, "-c", IN_A_SERVER], check=True, capture_output=True, text=True)

    assert ["Europe/Helsinki"] == loaded.stdout.split()


@pytest.mark.parametrize(("wanted", "used"), [(1, 1), (2, 2), (3, 2)])
def test_a_solve_has_the_threads_of_the_settings_but_no_more_than_there_are_processors(
    monkeypatch: pytest.MonkeyPatch, wanted: int, used: int
) -> None:
    seen: list[int] = []

    def plans_nothing(_: DayRequest, *, threads: int, **others: object) -> Plan:
        assert {"sources", "solver", "on_better", "stop", "go_on_from", "clock"} == set(others)
        seen.append(threads)
        return EMPTY_PLAN

    monkeypatch.setattr("api.wiring.processors", lambda: 2)
    monkeypatch.setattr("api.wiring.plan_day", plans_nothing)
    workshop, _ = workshop_of(Settings(solver_threads=wanted))
    workshop.planner(DayRequest((), ()), on_better=lambda _: None, stop=threading.Event())

    assert [used] == seen
