"""Plans whose solver, worker or database goes: who goes on with them, and from where."""

import pytest
from sqlalchemy import update

from service.jobs.maker import MOST_LOSSES, MOST_TRIES
from service.jobs.solving import SolverDied
from service.store.protocol import (
    Attempt,
    Improvement,
    Outcome,
    Status,
    StoreDownError,
)
from service.store.schema import INCUMBENTS, REQUESTS
from service.store.work import SqlPlanWork
from tests.plans import EMPTY_PLAN, MONDAY, Held, plans_nothing
from tests.unit.service.jobs.bench import AWAY, BETTER, Bench, Scripted, ended, working


class TestASolverThatDies:
    def test_its_plan_is_tried_again(self, bench: Bench) -> None:
        assert Status.DONE is bench.made_by(Scripted(SolverDied("status -9"), EMPTY_PLAN)).status

    def test_what_it_had_found_is_gone_on_from(self, bench: Bench) -> None:
        planner = Scripted(BETTER, ended("died"), EMPTY_PLAN)
        state = bench.made_by(planner)

        assert (Status.DONE, [None, BETTER]) == (state.status, planner.went_on_from)

    def test_it_is_given_up_after_some_tries(self, bench: Bench) -> None:
        planner = Scripted(*[SolverDied("status -11")] * MOST_TRIES)
        state = bench.made_by(planner)

        assert Status.FAILED is state.status
        assert state.failure is not None
        assert "died" in state.failure.detail
        assert MOST_TRIES == len(planner.went_on_from)

    def test_what_was_found_in_the_last_try_is_better_than_nothing(self, bench: Bench) -> None:
        state = bench.made_by(Scripted(*[ended("died")] * MOST_TRIES))

        assert Status.DONE is state.status


class TestAWorkerThatGoes:
    def test_it_leaves_its_plan_to_another_who_goes_on_from_what_was_found(self, bench: Bench) -> None:
        plan_id, held, after = bench.submitted(), Held(), Scripted(EMPTY_PLAN)
        maker = bench.maker(held)
        with working(maker, plan_id) as ended_by:
            held.began.acquire()
            maker.interrupt()
        left = bench.state(plan_id)
        bench.maker(after, "other").make(plan_id)

        assert [InterruptedError] == ended_by
        assert Status.RUNNING is left.status
        assert (Status.DONE, [BETTER]) == (bench.state(plan_id).status, after.went_on_from)

    def test_it_begins_with_nothing_more(self, bench: Bench) -> None:
        maker = bench.maker(plans_nothing)
        maker.interrupt()

        with pytest.raises(InterruptedError):
            maker.make(bench.submitted())

    def test_somebody_who_asked_for_the_best_so_far_gets_it_all_the_same(self, bench: Bench) -> None:
        plan_id, held = bench.submitted(), Held()
        maker = bench.maker(held)
        with working(maker, plan_id):
            held.began.acquire()
            bench.plans.stop(plan_id, MONDAY)
            maker.look()
            maker.interrupt()

        assert Status.STOPPED is bench.state(plan_id).status

    def test_one_that_was_only_taken_for_lost_writes_nothing_more(self, bench: Bench) -> None:
        plan_id, held = bench.submitted(), Held()
        maker = bench.maker(held)
        with working(maker, plan_id):
            held.began.acquire()
            bench.maker(Scripted(ended("exhausted")), "other").make(plan_id)
            maker.keep()
            held.go_on.set()
        made = bench.plans.made(plan_id)

        assert made is not None
        assert "exhausted" == made.plan.solver.stopped_because
        assert () == bench.plans.improvements(plan_id, 0)

    def test_one_whose_plan_is_made_by_another_stops(self, bench: Bench) -> None:
        plan_id, held = bench.submitted(), Held()
        maker = bench.maker(held)
        with working(maker, plan_id):
            held.began.acquire()
            bench.work.claim(plan_id, "other", MONDAY)
            maker.look()

        assert Status.RUNNING is bench.state(plan_id).status

    def test_a_plan_that_takes_worker_after_worker_along_is_given_up(self, bench: Bench) -> None:
        plan_id = bench.submitted()
        for number in range(MOST_LOSSES):
            bench.work.claim(plan_id, f"worker {number}", MONDAY)
            bench.work.count_spent([f"worker {number}"])
        bench.maker(plans_nothing).make(plan_id)
        state = bench.state(plan_id)

        assert Status.FAILED is state.status
        assert state.failure is not None
        assert "lost" in state.failure.detail

    def test_a_plan_that_orderly_workers_have_left_to_others_is_made_all_the_same(self, bench: Bench) -> None:
        plan_id = bench.submitted()
        for number in range(2 * MOST_LOSSES):
            worker = f"worker {number}"
            bench.work.beat(worker, MONDAY, None)
            bench.work.claim(plan_id, worker, MONDAY)
            bench.work.retire(worker, lost=False)
            bench.work.count_spent([worker])
        bench.maker(plans_nothing).make(plan_id)

        assert Status.DONE is bench.state(plan_id).status


def test_a_request_that_cannot_be_read_any_more_ends_its_plan(bench: Bench) -> None:
    plan_id = bench.submitted()
    with bench.database.write() as connection:
        connection.execute(update(REQUESTS).values(document=b"no request"))
    bench.maker(plans_nothing).make(plan_id)
    state = bench.state(plan_id)

    assert Status.FAILED is state.status
    assert state.failure is not None
    assert "cannot be read" in state.failure.detail


def test_an_incumbent_that_cannot_be_read_any_more_is_left_aside(bench: Bench) -> None:
    plan_id, after = bench.submitted(), Scripted(EMPTY_PLAN)
    claimed = bench.work.claim(plan_id, "worker", MONDAY)
    assert claimed is not None
    bench.work.improve([Improvement(claimed.attempt, BETTER)])
    with bench.database.write() as connection:
        connection.execute(update(INCUMBENTS).values(document=b"nothing"))
    bench.maker(after).make(plan_id)

    assert (Status.DONE, [None]) == (bench.state(plan_id).status, after.went_on_from)


def test_a_plan_waits_for_a_database_that_is_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, away = SqlPlanWork.finish, iter([True, True, False])

    def tried(work: SqlPlanWork, attempt: Attempt, outcome: Outcome) -> bool:
        if next(away):
            raise StoreDownError(*AWAY)
        return finish(work, attempt, outcome)

    monkeypatch.setattr(SqlPlanWork, "finish", tried)

    assert Status.DONE is bench.made_by(plans_nothing).status
