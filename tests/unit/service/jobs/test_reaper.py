"""Workers that are no more: whoever gives no sign of life for a while."""

from collections.abc import Collection, Iterator
from datetime import timedelta

import pytest

from service.day.request import DayRequest
from service.jobs.reaper import LOOKS, Reaper
from service.observer import Unobserved
from service.store.plans import SqlTenantPlans
from service.store.protocol import NewPlan, QueueLimits
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import MONDAY, NoQueue


class Recovers(NoQueue):
    """A queue that notes whose plans it was to give to others."""

    def __init__(self, *in_hand: str) -> None:
        self.lost: list[str] = []
        self.busy = set(in_hand)

    def in_hand(self) -> Collection[str]:
        return self.busy

    def recover(self, workers: Collection[str]) -> None:
        self.lost += sorted(workers)
        self.busy -= set(workers)


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
    reaper = Reaper(work, queue, "me")
    for _ in range(3 * LOOKS):
        alive(work, "a")
        reaper.look()

    assert [] == queue.lost


def test_who_gives_none_for_some_looks_is_lost_and_forgotten(work: SqlPlanWork) -> None:
    queue = Recovers()
    reaper = Reaper(work, queue, "me")
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
    reaper = Reaper(work, queue, "me")
    for _ in range(3):
        alive(work, "slow")
        for _ in range(LOOKS):
            reaper.look()

    assert [] == queue.lost


@pytest.mark.parametrize("lost", [True, False])
def test_who_is_known_to_be_no_more_is_not_waited_for(work: SqlPlanWork, *, lost: bool) -> None:
    queue = Recovers()
    alive(work, "a", "gone")
    work.retire("gone", lost=lost)
    Reaper(work, queue, "a").look()

    assert ["gone"] == queue.lost


def test_who_was_forgotten_and_has_something_in_hand_all_the_same_is_lost(work: SqlPlanWork) -> None:
    queue = Recovers("forgotten")
    reaper = Reaper(work, queue, "a")
    for _ in range(LOOKS):
        reaper.look()
    before = list(queue.lost)
    reaper.look()

    assert ([], ["forgotten"]) == (before, queue.lost)


def test_nobody_takes_itself_for_lost(work: SqlPlanWork) -> None:
    queue = Recovers("a")
    reaper = Reaper(work, queue, "a")
    alive(work, "a")
    for _ in range(3 * LOOKS):
        reaper.look()

    assert [] == queue.lost


def test_who_could_not_be_seen_for_a_while_is_not_lost_for_that(work: SqlPlanWork) -> None:
    queue = Recovers()
    reaper = Reaper(work, queue, "a")
    alive(work, "b")
    for _ in range(3):
        for _ in range(LOOKS):
            reaper.look()
        reaper.begin_anew()

    assert [] == queue.lost


def test_who_counts_hears_how_many_plans_were_recovered(work: SqlPlanWork) -> None:
    counted: list[int] = []

    class Notes(Unobserved):
        def recovered(self, plans: int) -> None:
            counted.append(plans)

    plans = SqlTenantPlans("us", work.database, NoQueue())
    for plan_id in ("one", "two", "three"):
        plans.add(NewPlan(plan_id, DayRequest((), ()), MONDAY, timedelta(seconds=1)), None, QueueLimits(9, 9))
    for plan_id in ("one", "two"):
        work.claim(plan_id, "dead", MONDAY)
    work.beat("dead", MONDAY, None)
    work.retire("dead", lost=True)
    Reaper(work, Recovers(), "me", Notes()).look()

    assert [2] == counted
