"""Whether plans are taken and made, by the signs of life of whoever makes them."""

from datetime import timedelta

import pytest

from service.jobs.readiness import ALIVE_FOR, Readiness, readiness
from service.store.work import SqlPlanWork
from tests import databases
from tests.plans import MONDAY

SECOND = timedelta(seconds=1)


@pytest.fixture
def work() -> SqlPlanWork:
    work = SqlPlanWork(databases.fresh())
    work.beat("a", MONDAY, None)
    return work


def test_a_worker_that_gives_signs_of_life_makes_plans(work: SqlPlanWork) -> None:
    assert Readiness(1) == readiness(work, MONDAY + ALIVE_FOR - SECOND)


@pytest.mark.parametrize("lost", [False, True])
def test_one_that_has_retired_or_was_lost_makes_none_however_lately(work: SqlPlanWork, lost: bool) -> None:
    work.retire("a", lost=lost)
    found = readiness(work, MONDAY)

    assert 0 == found.workers
    assert (found.trouble or "").startswith("No worker")


def test_one_that_has_been_silent_for_long_makes_none(work: SqlPlanWork) -> None:
    assert 0 == readiness(work, MONDAY + ALIVE_FOR).workers


def test_one_that_cannot_make_plans_says_why_unless_another_can(work: SqlPlanWork) -> None:
    work.beat("a", MONDAY, "no solver")
    alone = readiness(work, MONDAY)
    work.beat("b", MONDAY, None)

    assert [Readiness(0, "no solver"), Readiness(1)] == [alone, readiness(work, MONDAY)]
