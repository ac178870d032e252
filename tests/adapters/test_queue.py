"""What every Queue promises, and what one in the database promises on top."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import SimpleQueue

import pytest

from service.jobs.dbos_queue import DbosQueue
from service.jobs.queue import Queue, Urgency
from service.jobs.thread_queue import ThreadQueue
from service.store.database import Database
from tests import databases

PATIENCE = 30.0


def on(database: Database) -> DbosQueue:
    DbosQueue.migrate(database.engine.url.render_as_string(hide_password=False))
    return DbosQueue(database.engine)


@pytest.fixture(params=["threads", "sqlite", "postgresql"])
def made(request: pytest.FixtureRequest) -> Iterator[tuple[Queue, Database]]:
    """A queue, and the database whose transactions it goes by."""
    database = databases.postgres() if request.param == "postgresql" else databases.fresh()
    queue: Queue = ThreadQueue() if request.param == "threads" else on(database)
    yield queue, database
    queue.drain()
    database.close()


class Makes:
    """Notes what it is called with; ``done`` lets it return."""

    def __init__(self) -> None:
        self.called: SimpleQueue[str] = SimpleQueue()
        self.go_on = threading.Semaphore(0)

    def __call__(self, plan_id: str) -> None:
        self.called.put(plan_id)
        assert self.go_on.acquire(timeout=PATIENCE)

    def order(self, plans: int) -> list[str]:
        """The next so many, one after the other."""
        found: list[str] = []
        for _ in range(plans):
            found.append(self.called.get(timeout=PATIENCE))
            self.go_on.release()
        return found


def enqueue(queue: Queue, database: Database, plan_id: str, urgency: Urgency = Urgency.BATCH, tag: int = 0) -> None:
    with database.write() as connection:
        queue.enqueue(connection, plan_id, urgency, tag)


class TestQueue:
    def test_whoever_is_waited_for_goes_first_then_the_lowest_tag(self, made: tuple[Queue, Database]) -> None:
        queue, database = made
        for plan_id, urgency, tag in (
            ("later", Urgency.BATCH, 7),
            ("sooner", Urgency.BATCH, 3),
            ("urgent", Urgency.WAITED_FOR, 9),
        ):
            enqueue(queue, database, plan_id, urgency, tag)
        makes = Makes()
        queue.listen(makes, 1, "worker")

        assert ["urgent", "sooner", "later"] == makes.order(3)

    def test_what_comes_while_it_listens_is_handed_out_too(self, made: tuple[Queue, Database]) -> None:
        queue, database = made
        makes = Makes()
        queue.listen(makes, 2, "worker")
        for plan_id in ("a", "b"):
            enqueue(queue, database, plan_id)
        both = {makes.called.get(timeout=PATIENCE) for _ in range(2)}
        for _ in range(2):
            makes.go_on.release()

        assert {"a", "b"} == both


@pytest.fixture(params=[databases.fresh, databases.postgres], ids=["sqlite", "postgresql"])
def stored(request: pytest.FixtureRequest) -> Iterator[tuple[DbosQueue, Database]]:
    make: Callable[[], Database] = request.param
    database = make()
    queue = on(database)
    yield queue, database
    queue.drain()
    database.close()


class TestDbosQueue:
    def test_what_was_not_committed_is_not_handed_out(self, stored: tuple[DbosQueue, Database]) -> None:
        queue, database = stored
        with suppress(LookupError), database.write() as connection:
            queue.enqueue(connection, "never", Urgency.WAITED_FOR, 0)
            raise LookupError
        enqueue(queue, database, "kept")
        makes = Makes()
        queue.listen(makes, 1, "worker")

        assert ["kept"] == makes.order(1)

    def test_what_a_worker_let_go_of_stays_in_its_hand_until_it_is_recovered(
        self, stored: tuple[DbosQueue, Database]
    ) -> None:
        queue, database = stored
        called: SimpleQueue[str] = SimpleQueue()

        def goes_down(plan_id: str) -> None:
            called.put(plan_id)
            raise InterruptedError

        enqueue(queue, database, "plan")
        queue.listen(goes_down, 1, "lost")
        first = called.get(timeout=PATIENCE)
        in_hand = set(queue.in_hand())
        queue.drain()
        makes, heir = Makes(), DbosQueue(database.engine)
        heir.listen(makes, 1, "heir")
        heir.recover(["lost"])

        assert ("plan", {"lost"}) == (first, in_hand)
        assert ["plan"] == makes.order(1)

    def test_what_is_forgotten_leaves_no_trace(self, stored: tuple[DbosQueue, Database]) -> None:
        queue, database = stored
        enqueue(queue, database, "gone")
        enqueue(queue, database, "kept")
        queue.forget(["gone"])
        makes = Makes()
        queue.listen(makes, 1, "worker")

        assert ["kept"] == makes.order(1)
