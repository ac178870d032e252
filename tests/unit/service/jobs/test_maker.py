"""Plans being made: how they end, what becomes of failures, and of those that are needed by some time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.day.plan import Violated
from service.day.request import Options
from service.geocoding.protocol import GeocoderDownError
from service.jobs.solving import OutOfMemory
from service.plan_day import Gate, GateFailed
from service.store.protocol import (
    LATE,
    IdempotencyKey,
    Improvement,
    NewPlan,
    Status,
)
from tests.plans import EMPTY_PLAN, MONDAY, Held, plans_nothing
from tests.unit.service.jobs.bench import BETTER, DAY, LIMITS, Bench, Notes, Scripted, working


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
