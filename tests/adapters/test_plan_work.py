"""Plans for whoever makes them, in every database."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from service.progress import Incumbent
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    RETIRED,
    Improvement,
    Status,
)
from service.store.schema import METADATA
from service.store.work import SqlPlanWork
from tests.adapters.stored import BETTER, DAY, KEY, MANY, SECOND, begun, done, new
from tests.plans import EMPTY_PLAN, FOUND, MONDAY
from tests.worlds import day, visit


class TestPlanWork:
    def test_whoever_begins_is_told_the_request(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        request = day(visit("V", 3))
        plans.add(replace(new("a"), request=request), None, MANY)
        claimed = work.claim("a", "worker", MONDAY)

        assert claimed is not None
        assert (request, None, False) == (claimed.request, claimed.incumbent, claimed.stopping)

    def test_a_plan_that_has_ended_is_nobodys(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, MANY)
        plans.stop("a", MONDAY)

        assert work.claim("a", "worker", MONDAY) is None
        assert work.claim("never was", "worker", MONDAY) is None

    def test_whoever_goes_on_is_told_what_was_found(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, MANY)
        work.improve([Improvement(begun(work, "a"), BETTER)])
        claimed = work.claim("a", "other", MONDAY + SECOND)
        state = plans.state("a")

        assert claimed is not None
        assert (2, BETTER) == (claimed.attempt.number, claimed.incumbent)
        assert state is not None
        assert MONDAY == state.started_at

    def test_whoever_goes_on_is_told_how_much_time_was_taken(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, MANY)
        work.beat("worker", MONDAY, None)
        work.improve([Improvement(begun(work, "a"), BETTER)])
        work.beat("worker", MONDAY + 7 * SECOND, None)
        work.count_spent(["worker"])
        work.count_spent(["worker"])
        claimed = work.claim("a", "other", MONDAY + 20 * SECOND)
        work.beat("other", MONDAY + 22 * SECOND, None)
        work.count_spent(["other"])
        again = work.claim("a", "third", MONDAY + 30 * SECOND)

        assert claimed is not None
        assert claimed.incumbent is not None
        assert 7 * SECOND == claimed.incumbent.progress.elapsed
        assert again is not None
        assert again.incumbent is not None
        assert 9 * SECOND == again.incumbent.progress.elapsed

    def test_better_plans_are_told_in_order_each_with_its_revision(
        self, plans: SqlTenantPlans, work: SqlPlanWork
    ) -> None:
        plans.add(new("a"), None, MANY)
        attempt = begun(work, "a")
        better = [Incumbent(replace(BETTER.progress, value=value), FOUND) for value in (1.0, 2.0, 3.0)]
        for each in better:
            work.improve([Improvement(attempt, each)])
        (first, *_), state = plans.improvements("a", 0), plans.state("a")

        assert [1.0, 2.0, 3.0] == [progress.value for _, progress in plans.improvements("a", 0)]
        assert [2.0, 3.0] == [progress.value for _, progress in plans.improvements("a", first[0])]
        assert state is not None
        assert plans.improvements("a", 0)[-1][0] == state.revision

    def test_what_an_attempt_writes_counts_only_until_another_begins(
        self, plans: SqlTenantPlans, work: SqlPlanWork
    ) -> None:
        plans.add(new("a"), None, MANY)
        before = begun(work, "a")
        after = begun(work, "a")
        work.improve([Improvement(before, BETTER)])

        assert not work.finish(before, done())
        assert () == plans.improvements("a", 0)
        assert work.finish(after, done())
        assert not work.finish(after, done())

    def test_a_finished_plan_is_read_as_it_was_written(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, MANY)
        work.finish(begun(work, "a"), done())
        made, state = plans.made("a"), plans.state("a")

        assert made is not None
        assert (DAY, EMPTY_PLAN) == (made.request, made.plan)
        assert state is not None
        assert (Status.DONE, MONDAY, EMPTY_PLAN.score, None) == (
            state.status,
            state.finished_at,
            state.score,
            state.progress,
        )

    def test_every_change_raises_the_revision(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        plans.add(new("a"), None, MANY)
        told = [work.revisions(["a", "b"])]
        attempt = begun(work, "a")
        told.append(work.revisions(["a"]))
        work.improve([Improvement(attempt, BETTER)])
        told.append(work.revisions(["a"]))
        work.finish(attempt, done())
        told.append(work.revisions(["a"]))

        assert [{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}] == told

    def test_whoever_makes_plans_hears_which_are_to_end(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        for plan_id in ("goes on", "stopped", "erased", "taken over"):
            plans.add(new(plan_id), None, MANY)
        going_on, stopped, erased, taken = (
            begun(work, each) for each in ("goes on", "stopped", "erased", "taken over")
        )
        plans.stop("stopped", MONDAY)
        plans.remove("erased")
        begun(work, "taken over", "other")

        assert {stopped: True, erased: False, taken: False} == work.to_be_left([going_on, stopped, erased, taken])
        assert {} == work.to_be_left([])

    def test_who_asked_for_the_best_so_far_is_not_forgotten_with_a_worker(
        self, plans: SqlTenantPlans, work: SqlPlanWork
    ) -> None:
        plans.add(new("a"), None, MANY)
        begun(work, "a")
        plans.stop("a", MONDAY)
        claimed = work.claim("a", "other", MONDAY)

        assert claimed is not None
        assert claimed.stopping

    def test_workers_give_signs_of_life_until_they_retire_and_are_forgotten(self, work: SqlPlanWork) -> None:
        work.beat("a", MONDAY, None)
        work.beat("b", MONDAY, None)
        work.beat("a", MONDAY + SECOND, "no solver")
        alive = [(worker.id, worker.beats, worker.at, worker.trouble) for worker in work.workers()]
        work.retire("b", lost=False)
        retired = [worker.beats for worker in work.workers()]
        work.forget(["b"])

        assert [("a", 2, MONDAY + SECOND, "no solver"), ("b", 1, MONDAY, None)] == alive
        assert [2, RETIRED] == retired
        assert ["a"] == [worker.id for worker in work.workers()]


class TestPurging:
    def test_plans_are_erased_so_long_after_their_end(self, plans: SqlTenantPlans, work: SqlPlanWork) -> None:
        for plan_id in ("old", "older", "new", "waits"):
            plans.add(new(plan_id), None, MANY)
        ends = {"old": timedelta(), "older": -SECOND, "new": 2 * SECOND}
        for plan_id, later in ends.items():
            work.finish(begun(work, plan_id), replace(done(), at=MONDAY + later))
        first = work.purge(tuple(Status), MONDAY + SECOND, 1)
        second = work.purge(tuple(Status), MONDAY + SECOND, 10)

        assert (["older"], ["old"]) == (list(first), list(second))
        assert ["waits", "new"] == [plan.id for plan in plans.page(None, 10)]

    def test_what_was_kept_of_them_goes_too(self, plans: SqlTenantPlans, work: SqlPlanWork, database: Database) -> None:
        plans.add(new("a"), KEY, MANY)
        work.finish(begun(work, "a"), done())
        work.purge(tuple(Status), MONDAY + SECOND, 10)
        with database.read() as connection:
            left = {name for name, table in METADATA.tables.items() if connection.execute(select(table)).all()}

        assert {"tenants"} == left
