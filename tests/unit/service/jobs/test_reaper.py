"""Workers that are no more: whoever gives no sign of life for a while."""

from collections.abc import Collection, Iterator

import pytest

from service.jobs.reaper import LOOKS, Reaper
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import MONDAY, NoQueue


class Recovers(NoQueue):
    """A queue that notes whose plans it was to give to others; of ``stubborn`` workers something is always left."""

    def __init__(self, stubborn: Collection[str] = ()) -> None:
        self.lost: list[str] = []
        self.stubborn = stubborn

    def recover(self, workers: Collection[str]) -> Collection[str]:
        self.lost.extend(workers)
        return [worker for worker in workers if worker not in self.stubborn]


@pytest.fixture
def work() -> Iterator[SqlPlanWork]:
    database = databases.fresh()
    yield SqlPlanWork(database)
    database.close()


def alive(work: SqlPlanWork, *workers: str) -> None:
    for worker in workers:
        work.beat(worker, MONDAY, None)


def test_who_gives_signs_of_life_is_left_alone(work: SqlPlanWork) -> None:
    queue = Recovers()
    reaper = Reaper(work, queue)
    for _ in range(3 * LOOKS):
        alive(work, "a")
        reaper.look()

    assert [] == queue.lost


def test_who_gives_none_for_some_looks_is_lost_and_forgotten(work: SqlPlanWork) -> None:
    queue = Recovers()
    reaper = Reaper(work, queue)
    alive(work, "dead")
    for _ in range(LOOKS):
        alive(work, "a")
        reaper.look()
    before = list(queue.lost)
    reaper.look()

    assert ([], ["dead"]) == (before, queue.lost)
    assert ["a"] == [worker.id for worker in work.workers()]


def test_a_sign_of_life_begins_the_count_anew(work: SqlPlanWork) -> None:
    queue = Recovers()
    reaper = Reaper(work, queue)
    for _ in range(3):
        alive(work, "slow")
        for _ in range(LOOKS):
            reaper.look()

    assert [] == queue.lost


def test_who_says_that_it_is_no_more_is_not_waited_for(work: SqlPlanWork) -> None:
    queue = Recovers()
    alive(work, "a", "gone")
    work.retire("gone")
    Reaper(work, queue).look()

    assert ["gone"] == queue.lost


def test_who_still_has_something_in_hand_is_not_forgotten(work: SqlPlanWork) -> None:
    queue = Recovers(stubborn=["gone"])
    reaper = Reaper(work, queue)
    alive(work, "gone")
    work.retire("gone")
    reaper.look()
    reaper.look()

    assert ["gone", "gone"] == queue.lost
