"""Whose turn it is, in every database."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from service.jobs.queue import Urgency
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.schema import PLANS
from service.store.work import SqlPlanWork
from tests.adapters.stored import KEY, MANY, SECOND, begun, done, new
from tests.plans import NoQueue


class TestWhoGoesFirst:
    def tag(self, database: Database, plan_id: str) -> int:
        with database.read() as connection:
            return connection.execute(select(PLANS.c.tag).where(PLANS.c.id == plan_id)).scalar_one()

    def test_a_tenant_with_much_to_do_leaves_room_for_others(self, plans: SqlTenantPlans, database: Database) -> None:
        others = replace(plans, tenant="them")
        for number in range(3):
            plans.add(new(f"a{number}", effort=10 * SECOND), None, MANY)
        others.add(new("b"), None, MANY)

        assert [0, 10, 20, 0] == [self.tag(database, each) for each in ("a0", "a1", "a2", "b")]

    def test_nobody_saves_up_while_having_nothing_to_do(
        self, plans: SqlTenantPlans, database: Database, work: SqlPlanWork
    ) -> None:
        others = replace(plans, tenant="them")
        plans.add(new("a0", effort=10 * SECOND), None, MANY)
        plans.add(new("a1", effort=10 * SECOND), None, MANY)
        work.finish(begun(work, "a0"), done())
        begun(work, "a1")
        others.add(new("b"), None, MANY)

        assert 10 == self.tag(database, "b")

    def test_who_is_waited_for_does_not_push_others_plans_back(
        self, plans: SqlTenantPlans, database: Database, work: SqlPlanWork
    ) -> None:
        for number in range(5):
            plans.add(new(f"a{number}", effort=10 * SECOND), None, MANY)
        for plan_id in ("before", "urgent"):
            plans.add(replace(new(plan_id, effort=10 * SECOND), urgency=Urgency.WAITED_FOR), None, MANY)
        begun(work, "urgent")
        replace(plans, tenant="them").add(new("b"), None, MANY)

        assert (10, 0) == (self.tag(database, "urgent"), self.tag(database, "b"))

    def test_the_queue_hears_of_it_in_the_same_transaction(self, database: Database) -> None:
        heard: list[tuple[str, Urgency, int]] = []

        class Hears(NoQueue):
            def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None:
                heard.append((plan_id, urgency, tag))
                assert connection.execute(select(PLANS.c.id).where(PLANS.c.id == plan_id)).one()

        SqlTenantPlans("us", database, Hears()).add(replace(new("a"), urgency=Urgency.WAITED_FOR), None, MANY)

        assert [("a", Urgency.WAITED_FOR, 0)] == heard

    def test_a_queue_that_fails_leaves_no_plan_behind(self, plans: SqlTenantPlans) -> None:
        class Fails(NoQueue):
            def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None:
                del connection, plan_id, urgency, tag
                raise ArithmeticError

        with pytest.raises(ArithmeticError):
            replace(plans, queue=Fails()).add(new("a"), KEY, MANY)

        assert plans.state("a") is None
        assert "b" == plans.add(new("b"), KEY, MANY).id
