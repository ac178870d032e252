"""The service as a server runs it, from its opening to its close."""

from starlette.testclient import TestClient

from api.app import create_app
from api.auth import EVERYBODY
from api.settings import Settings
from api.wiring import wire_alone
from service.store.protocol import Status
from tests.adapters.processes import PATIENCE, comes_true, is_gone
from tests.background import is_final, once
from tests.worlds import day, visit


def test_a_server_has_a_nursery_as_long_as_it_serves() -> None:
    wiring = wire_alone(Settings())
    assert wiring.helper is not None
    nursery = wiring.helper.workshop.nursery
    assert nursery is not None
    with TestClient(create_app(Settings(), wiring)):
        assert nursery.wait(PATIENCE)
        process = nursery.pid
        jobs = wiring.jobs(EVERYBODY)
        finished = once(jobs, wiring.watch, jobs.submit(day(visit("V", 3))).id, is_final)

    assert Status.DONE is finished.status
    assert process is not None
    assert comes_true(lambda: is_gone(process))


def test_whoever_plans_once_needs_none() -> None:
    wiring = wire_alone(Settings(), at_hand=False)
    wiring.open()
    jobs = wiring.jobs(EVERYBODY)
    finished = once(jobs, wiring.watch, jobs.submit(day(visit("V", 3))).id, is_final)
    wiring.close()

    assert Status.DONE is finished.status
