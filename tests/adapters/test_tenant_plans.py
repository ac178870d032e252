"""The plans of a tenant, in every database."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    KEY_KEPT_FOR,
    Failure,
    Improvement,
    KeyReusedError,
    Outcome,
    PlanState,
    QueueFullError,
    QueueLimits,
    Room,
    Status,
    TenantQueueFullError,
)
from service.store.schema import METADATA
from service.store.tenants import SqlTenants
from service.store.work import SqlPlanWork
from tests.adapters.stored import BETTER, KEY, MANY, SECOND, begun, done, new
from tests.plans import MONDAY


class TestTenantPlans:
    def test_a_new_plan_is_queued_and_found_by_its_id(self, plans: SqlTenantPlans) -> None:
        state = plans.add(new("a"), None, MANY)

        assert PlanState("a", 1, MONDAY, "Monday", "EUR") == state == plans.state("a")

    def test_nothing_is_found_under_an_unknown_id(self, plans: SqlTenantPlans) -> None:
        assert plans.state("a") is None
        assert plans.made("a") is None
        assert () == plans.improvements("a", 0)
        assert plans.stop("a", MONDAY) is None
        assert not plans.remove("a")
        assert plans.state("a\0") is None

    def test_the_same_key_brings_back_the_first_plan_as_it_stands(
        self, plans: SqlTenantPlans, work: SqlPlanWork
    ) -> None:
        plans.add(new("a"), KEY, MANY)
        work.finish(begun(work, "a"), done())
        again = plans.add(new("b"), KEY, MANY)

        assert ("a", Status.DONE) == (again.id, again.status)
        assert plans.state("b") is None

    def test_the_same_key_for_something_else_is_refused(self, plans: SqlTenantPlans) -> None:
        plans.add(new("a"), KEY, MANY)

        with pytest.raises(KeyReusedError):
            plans.add(new("b"), replace(KEY, fingerprint="body 2"), MANY)

    def test_a_key_is_forgotten_after_its_time(self, plans: SqlTenantPlans) -> None:
        plans.add(new("a"), KEY, MANY)

        assert "a" == plans.add(new("b", KEY_KEPT_FOR - SECOND), KEY, MANY).id
        assert "c" == plans.add(new("c", KEY_KEPT_FOR), KEY, MANY).id

    def test_a_known_key_is_answered_even_when_the_queue_is_full(self, plans: SqlTenantPlans) -> None:
        plans.add(new("a"), KEY, MANY)

        assert "a" == plans.add(new("b"), KEY, QueueLimits(0, 0)).id

    def test_no_more_plans_wait_than_may(self, plans: SqlTenantPlans) -> None:
        plans.add(new("a"), None, QueueLimits(1, 1))

        with pytest.raises(TenantQueueFullError, match="1"):
            plans.add(new("b"), None, QueueLimits(2, 1))
        with pytest.raises(QueueFullError):
            replace(plans, tenant="them").add(new("b"), None, QueueLimits(1, 1))

    def test_a_tenant_may_have_a_limit_of_its_own(self, plans: SqlTenantPlans, database: Database) -> None:
        tenants = SqlTenants(database)
        tenants.limit("us", 1)
        tenants.limit("them", 3)
        plans.add(new("a"), None, MANY)
        with pytest.raises(TenantQueueFullError, match="1"):
            plans.add(new("b"), None, MANY)
        known = tenants.limits()
        tenants.limit("us", None)
        plans.add(new("b"), None, MANY)

        assert {"them": 3, "us": 1} == known
        assert {"them": 3, "us": None} == tenants.limits()

    def test_it_is_known_for_how_many_more_there_is_room(self, plans: SqlTenantPlans, database: Database) -> None:
        plans.add(new("a"), None, MANY)
        usual = plans.room(QueueLimits(100, 10))
        SqlTenants(database).limit("us", 0)

        assert (Room(10, 9), Room(0, 0)) == (usual, plans.room(QueueLimits(100, 10)))
        assert Room(10, 10) == replace(plans, tenant="them").room(QueueLimits(100, 10))

    def test_plans_that_run_do_not_count_as_waiting(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, QueueLimits(1, 1))
        begun(work, "a")

        assert "b" == plans.add(new("b"), None, QueueLimits(1, 1)).id

    def test_pages_go_from_the_newest_to_the_oldest(self, plans: SqlTenantPlans) -> None:
        for plan_id in "abcde":
            plans.add(new(plan_id), None, MANY)
        first = plans.page(None, 2)
        second = plans.page(first[-1].number, 2)
        last = plans.page(second[-1].number, 2)

        assert [["e", "d"], ["c", "b"], ["a"]] == [[plan.id for plan in page] for page in (first, second, last)]

    def test_numbers_are_not_given_twice(self, plans: SqlTenantPlans) -> None:
        plans.add(new("a"), None, MANY)
        plans.remove("a")

        assert 2 == plans.add(new("b"), None, MANY).number

    def test_what_is_removed_is_gone_with_everything_that_was_kept_of_it(
        self, plans: SqlTenantPlans, work: SqlPlanWork, database: Database
    ) -> None:
        plans.add(new("a"), KEY, MANY)
        attempt = begun(work, "a")
        work.improve([Improvement(attempt, BETTER)])
        work.finish(attempt, Outcome(Status.FAILED, MONDAY, failure=Failure("plan_failed", "", "i"), error="x"))

        assert plans.remove("a")
        assert not plans.remove("a")
        with database.read() as connection:
            left = {name: connection.execute(select(table)).all() for name, table in METADATA.tables.items()}
        assert {"tenants"} == {name for name, rows in left.items() if rows}
        assert "b" == plans.add(new("b"), KEY, MANY).id

    def test_submitting_at_the_same_time_under_the_same_key_makes_one_plan(self, plans: SqlTenantPlans) -> None:
        found: list[str] = []

        def submit(number: int) -> None:
            found.append(plans.add(new(f"plan {number}"), KEY, MANY).id)

        threads = [threading.Thread(target=submit, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (8, 1) == (len(found), len(set(found)))
        assert 1 == len(plans.page(None, 10))


class TestAnotherTenant:
    @pytest.fixture
    def others(self, plans: SqlTenantPlans, work: SqlPlanWork) -> SqlTenantPlans:
        plans.add(new("a"), KEY, MANY)
        attempt = begun(work, "a")
        work.improve([Improvement(attempt, BETTER)])
        work.finish(attempt, done())
        plans.add(new("waits"), None, MANY)
        return replace(plans, tenant="them")

    def test_sees_nothing_of_ours(self, others: SqlTenantPlans) -> None:
        assert others.state("a") is None
        assert others.made("a") is None
        assert () == others.improvements("a", 0)
        assert () == others.page(None, 10)

    def test_changes_nothing_of_ours(self, others: SqlTenantPlans, plans: SqlTenantPlans) -> None:
        assert others.stop("waits", MONDAY) is None
        assert not others.remove("a")
        assert [Status.QUEUED, Status.DONE] == [plan.status for plan in plans.page(None, 10)]

    def test_has_numbers_and_keys_of_its_own(self, others: SqlTenantPlans) -> None:
        mine = others.add(new("b"), KEY, MANY)

        assert ("b", 1) == (mine.id, mine.number)
