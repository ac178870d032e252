"""Plans being made: how they end, what becomes of failures, and what is left when a worker goes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from service.day.plan import Plan, Violated
from service.day.request import DayRequest, Options
from service.geocoding.protocol import GeocoderDownError
from service.jobs.maker import MOST_LOSSES, MOST_TRIES, PlanMaker
from service.jobs.planner import Planner
from service.jobs.queue import Urgency
from service.jobs.solving import OutOfMemory, SolverDied
from service.observer import UNOBSERVED, Observer, Unobserved
from service.plan_day import Gate, GateFailed
from service.progress import Incumbent, Progress
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    LATE,
    Attempt,
    IdempotencyKey,
    Improvement,
    NewPlan,
    Outcome,
    PlanState,
    QueueLimits,
    Status,
    StoreDownError,
)
from service.store.schema import INCUMBENTS, REQUESTS
from service.store.work import SqlPlanWork
from tests import databases
from tests.background import counted
from tests.plans import EMPTY_PLAN, FOUND, MONDAY, NO_TIME, Held, NoQueue, plans_nothing

DAY = DayRequest(agents=(), visits=())
BETTER = Incumbent(Progress(5.0, 1.0, 2, timedelta(seconds=1)), FOUND)
LIMITS = QueueLimits(100, 100)
PATIENCE = 30.0
AWAY = ("sqlite", "OperationalError")


class Bench:
    """A database and the plans in it."""

    def __init__(self) -> None:
        self.database = databases.fresh()
        self.work = SqlPlanWork(self.database)
        self.plans = SqlTenantPlans("us", self.database, NoQueue())
        self.new_id = counted()

    def maker(
        self,
        planner: Planner,
        worker: str = "worker",
        between_tries: Callable[[], None] = lambda: None,
        observer: Observer = UNOBSERVED,
    ) -> PlanMaker:
        return PlanMaker(
            self.work,
            planner,
            worker,
            clock=lambda: MONDAY,
            new_id=self.new_id,
            between_tries=between_tries,
            observer=observer,
        )

    def submitted(self, key: IdempotencyKey | None = None) -> str:
        return self.plans.add(NewPlan(self.new_id(), DAY, MONDAY, timedelta(seconds=1)), key, LIMITS).id

    def state(self, plan_id: str) -> PlanState:
        state = self.plans.state(plan_id)
        assert state is not None
        return state

    def made_by(self, planner: Planner, key: IdempotencyKey | None = None) -> PlanState:
        plan_id = self.submitted(key)
        self.maker(planner).make(plan_id)
        return self.state(plan_id)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.database.close()


class Scripted:
    """A planner that does one thing after the other: finds something, dies, returns."""

    def __init__(self, *steps: Incumbent | Exception | Plan) -> None:
        self._steps = iter(steps)
        self.went_on_from: list[Incumbent | None] = []

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        del request, stop
        self.went_on_from.append(go_on_from)
        for step in self._steps:
            if isinstance(step, Plan):
                return step
            if isinstance(step, Exception):
                raise step
            on_better(step)
        raise AssertionError


def ended(because: str) -> Plan:
    return replace(EMPTY_PLAN, solver=replace(EMPTY_PLAN.solver, stopped_because=because))


def test_a_plan_that_is_made_is_kept(bench: Bench) -> None:
    state = bench.made_by(plans_nothing)
    made = bench.plans.made(state.id)

    assert (Status.DONE, MONDAY, MONDAY, EMPTY_PLAN.score) == (
        state.status,
        state.started_at,
        state.finished_at,
        state.score,
    )
    assert made is not None
    assert (DAY, EMPTY_PLAN) == (made.request, made.plan)


def test_what_is_found_on_the_way_is_told_until_the_plan_is_there(bench: Bench) -> None:
    plan_id, held = bench.submitted(), Held()
    maker = bench.maker(held)
    with working(maker, plan_id):
        held.began.acquire()
        maker.keep()
        running = bench.state(plan_id)
        held.go_on.set()

    assert (Status.RUNNING, BETTER.progress) == (running.status, running.progress)
    assert (Status.DONE, None) == (bench.state(plan_id).status, bench.state(plan_id).progress)
    assert [BETTER.progress] == [progress for _, progress in bench.plans.improvements(plan_id, 0)]


def test_nothing_is_kept_twice(bench: Bench) -> None:
    plan_id, held = bench.submitted(), Held()
    maker = bench.maker(held)
    with working(maker, plan_id):
        held.began.acquire()
        maker.keep()
        maker.keep()
        held.go_on.set()

    assert 1 == len(bench.plans.improvements(plan_id, 0))


def test_stopping_a_running_plan_keeps_its_best_so_far(bench: Bench) -> None:
    plan_id, held = bench.submitted(), Held()
    maker = bench.maker(held)
    with working(maker, plan_id):
        held.began.acquire()
        bench.plans.stop(plan_id, MONDAY)
        maker.look()

    assert (Status.STOPPED, EMPTY_PLAN.score) == (bench.state(plan_id).status, bench.state(plan_id).score)


def test_erasing_a_running_plan_stops_it_and_leaves_no_trace(bench: Bench) -> None:
    plan_id, held = bench.submitted(), Held()
    maker = bench.maker(held)
    with working(maker, plan_id):
        held.began.acquire()
        assert bench.plans.remove(plan_id)
        maker.look()

    assert bench.plans.state(plan_id) is None
    assert bench.plans.made(plan_id) is None


def test_a_plan_that_was_cancelled_while_it_waited_is_not_made(bench: Bench) -> None:
    plan_id, planner = bench.submitted(), Scripted(EMPTY_PLAN)
    bench.plans.stop(plan_id, MONDAY)
    bench.maker(planner).make(plan_id)

    assert (Status.CANCELLED, []) == (bench.state(plan_id).status, planner.went_on_from)


def test_a_plan_that_is_handed_out_twice_is_made_once(bench: Bench) -> None:
    plan_id, planner = bench.submitted(), Scripted(EMPTY_PLAN)
    maker = bench.maker(planner)
    maker.make(plan_id)
    maker.make(plan_id)

    assert [None] == planner.went_on_from


def test_a_plan_that_a_gate_withholds_is_failed_and_its_case_kept(bench: Bench) -> None:
    state = bench.made_by(Scripted(GateFailed(Gate.CHECKER, (Violated("capacity", "Aino carries too much."),))))

    assert Status.FAILED is state.status
    assert state.failure is not None
    case = bench.work.case(state.failure.incident_id or "none")
    assert case is not None
    assert (state.id, DAY, "GateFailed: checker: capacity") == (case.plan_id, case.request, case.error)


def test_what_a_crash_says_is_not_told_since_it_may_speak_of_people(bench: Bench) -> None:
    state = bench.made_by(Scripted(LookupError("Aino, Mannerheimintie 1")))

    assert state.failure is not None
    case = bench.work.case(state.failure.incident_id or "none")
    assert case is not None
    assert "LookupError" == case.error
    assert "Aino" not in state.failure.detail


def test_whoever_gives_no_answer_makes_no_case_and_gives_the_key_back(bench: Bench) -> None:
    key = IdempotencyKey("monday", "body")
    outage = GeocoderDownError("nominatim", "TimeoutError", timedelta(seconds=9))
    failed = bench.made_by(Scripted(outage), key)
    again = bench.made_by(plans_nothing, key)

    assert failed.failure is not None
    assert ("geocoder_down", None, timedelta(seconds=9)) == (
        failed.failure.code,
        failed.failure.incident_id,
        failed.failure.retry_after,
    )
    assert (Status.DONE, True) == (again.status, again.id != failed.id)


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


class working:  # noqa: N801 - reads as what it is
    """A plan made in a thread while the block goes on; what ended it, unless that was its own end."""

    def __init__(self, maker: PlanMaker, plan_id: str) -> None:
        self._maker = maker
        self._plan_id = plan_id
        self._ended: list[type[BaseException]] = []
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        try:
            self._maker.make(self._plan_id)
        except InterruptedError as error:
            self._ended.append(type(error))

    def __enter__(self) -> list[type[BaseException]]:
        self._thread.start()
        return self._ended

    def __exit__(self, *_: object) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


class Notes(Unobserved):
    """An Observer that notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def began(self, urgency: Urgency, waited: timedelta, *, again: bool) -> None:
        self.heard.append(("began", urgency, waited, again))

    def found(self, after: timedelta) -> None:
        self.heard.append(("found", after))

    def solver_died(self) -> None:
        self.heard.append("solver died")

    def ended(self, status: str, code: str, took: timedelta, plan: Plan | None) -> None:
        self.heard.append(("ended", status, code, took, plan))


def test_who_counts_hears_how_a_plan_begins_is_found_and_ends(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.maker(Scripted(BETTER, BETTER, EMPTY_PLAN), observer=notes).make(plan_id)

    assert [
        ("began", Urgency.BATCH, NO_TIME, False),
        ("found", NO_TIME),
        ("ended", "done", "", NO_TIME, EMPTY_PLAN),
    ] == notes.heard


def test_who_counts_hears_of_every_solver_that_died_whether_it_left_a_plan_or_not(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.maker(Scripted(SolverDied("x"), ended("died"), EMPTY_PLAN), observer=notes).make(plan_id)

    assert 2 == notes.heard.count("solver died")


def test_who_counts_hears_why_there_is_no_plan_and_that_one_was_begun_before(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.work.claim(plan_id, "lost", MONDAY)
    bench.maker(Scripted(GeocoderDownError("photon", "slow")), observer=notes).make(plan_id)

    assert [
        ("began", Urgency.BATCH, NO_TIME, True),
        ("ended", "failed", "geocoder_down", NO_TIME, None),
    ] == notes.heard


def test_what_no_longer_counts_is_not_heard_to_end(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()

    def overtaken(request: DayRequest, **how: object) -> Plan:
        del request, how
        bench.work.claim(plan_id, "another", MONDAY)
        return EMPTY_PLAN

    bench.maker(overtaken, observer=notes).make(plan_id)

    assert 1 == len(notes.heard)


def with_deadline(bench: Bench, after: timedelta) -> str:
    request = replace(DAY, options=Options(deadline=MONDAY + after))
    return bench.plans.add(NewPlan(bench.new_id(), request, MONDAY, timedelta(seconds=1)), None, LIMITS).id


@pytest.mark.parametrize("after", [timedelta(), timedelta(seconds=-1)])
def test_a_plan_that_is_needed_by_now_is_not_begun(bench: Bench, after: timedelta) -> None:
    plan_id = with_deadline(bench, after)
    bench.maker(Scripted(AssertionError())).make(plan_id)

    assert (Status.FAILED, LATE) == (bench.state(plan_id).status, bench.state(plan_id).failure)


def test_what_was_found_before_is_written_although_it_is_late(bench: Bench) -> None:
    plan_id = with_deadline(bench, timedelta())
    claimed = bench.work.claim(plan_id, "lost", MONDAY)
    assert claimed is not None
    bench.work.improve([Improvement(claimed.attempt, BETTER)])
    bench.maker(Scripted(EMPTY_PLAN)).make(plan_id)

    assert Status.DONE == bench.state(plan_id).status


def test_a_plan_that_is_needed_later_is_made(bench: Bench) -> None:
    plan_id = with_deadline(bench, timedelta(seconds=1))
    bench.maker(plans_nothing).make(plan_id)

    assert Status.DONE == bench.state(plan_id).status


def test_a_day_that_needs_too_much_memory_is_not_tried_again(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.maker(Scripted(OutOfMemory("MemoryError at x.py:1"), AssertionError()), observer=notes).make(plan_id)
    failure = bench.state(plan_id).failure

    assert failure is not None
    assert "memory" in failure.detail
    assert 1 == notes.heard.count("solver died")
