"""The service as a server runs it, from its opening to its close."""

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Wiring, wire
from service.store.protocol import Status
from tests.adapters.processes import PATIENCE, comes_true, is_gone
from tests.worlds import day, visit


def planned(wiring: Wiring) -> Status:
    """What becomes of a small day."""
    record = wiring.jobs.submit(day(visit("V", 3)))
    wiring.jobs.finished(record.id).result(PATIENCE)
    finished = wiring.store.get(record.id)
    assert finished is not None
    return finished.status


def test_a_server_has_a_nursery_as_long_as_it_serves() -> None:
    wiring = wire(Settings())
    assert wiring.nursery is not None
    with TestClient(create_app(Settings(), wiring)):
        assert wiring.nursery.wait(PATIENCE)
        nursery = wiring.nursery.pid
        status = planned(wiring)

    assert Status.DONE is status
    assert nursery is not None
    assert comes_true(lambda: is_gone(nursery))


def test_whoever_plans_once_needs_none() -> None:
    wiring = wire(Settings())
    status = planned(wiring)
    wiring.close()

    assert Status.DONE is status
