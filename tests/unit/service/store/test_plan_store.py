"""What every adapter that keeps plans promises."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from service.day.request import DayRequest
from service.store.memory import MemoryPlanStore
from service.store.protocol import (
    KEY_KEPT_FOR,
    Case,
    IdempotencyKey,
    KeyReusedError,
    NewPlan,
    PlanRecord,
    PlanStore,
    QueueFullError,
    Status,
)
from tests.plans import MONDAY

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 1000
DAY = DayRequest(agents=(), visits=())
KEY = IdempotencyKey("monday", "body 1")


def new(plan_id: str, later: timedelta = timedelta()) -> NewPlan:
    return NewPlan(plan_id, DAY, MONDAY + later)


def done(record: PlanRecord) -> PlanRecord:
    return replace(record, status=Status.DONE)


def in_memory() -> PlanStore:
    return MemoryPlanStore(most_finished=2)


@pytest.fixture(params=[in_memory])
def store(request: pytest.FixtureRequest) -> PlanStore:
    return cast("Callable[[], PlanStore]", request.param)()


class TestPlanStore:
    def test_a_new_plan_is_queued_and_found_by_its_id(self, store: PlanStore) -> None:
        record = store.add(new("a"), None, MANY)

        assert PlanRecord("a", 1, DAY, MONDAY) == record == store.get("a")

    def test_nobody_is_found_under_an_unknown_id(self, store: PlanStore) -> None:
        assert store.get("a") is None

    def test_the_same_key_brings_back_the_first_plan(self, store: PlanStore) -> None:
        store.add(new("a"), KEY, MANY)

        assert "a" == store.add(new("b"), KEY, MANY).id
        assert store.get("b") is None

    def test_the_same_key_for_something_else_is_refused(self, store: PlanStore) -> None:
        store.add(new("a"), KEY, MANY)

        with pytest.raises(KeyReusedError):
            store.add(new("b"), IdempotencyKey("monday", "body 2"), MANY)

    def test_a_key_is_forgotten_after_its_time(self, store: PlanStore) -> None:
        store.add(new("a"), KEY, MANY)

        assert "a" == store.add(new("b", KEY_KEPT_FOR - timedelta(seconds=1)), KEY, MANY).id
        assert "c" == store.add(new("c", KEY_KEPT_FOR), KEY, MANY).id

    def test_a_known_key_is_answered_even_when_the_queue_is_full(self, store: PlanStore) -> None:
        store.add(new("a"), KEY, 1)

        assert "a" == store.add(new("b"), KEY, 1).id

    def test_no_more_plans_wait_than_may(self, store: PlanStore) -> None:
        store.add(new("a"), None, 1)

        with pytest.raises(QueueFullError):
            store.add(new("b"), None, 1)

    def test_plans_that_run_do_not_count_as_waiting(self, store: PlanStore) -> None:
        store.add(new("a"), None, 1)
        store.update("a", lambda record: replace(record, status=Status.RUNNING))

        assert "b" == store.add(new("b"), None, 1).id

    def test_every_change_raises_the_revision(self, store: PlanStore) -> None:
        store.add(new("a"), None, MANY)

        changed = store.update("a", done)

        assert changed == store.get("a")
        assert changed is not None
        assert (Status.DONE, 2) == (changed.status, changed.revision)

    def test_a_change_that_changes_nothing_leaves_the_revision(self, store: PlanStore) -> None:
        record = store.add(new("a"), None, MANY)

        assert record == store.update("a", lambda unchanged: unchanged)

    def test_nothing_becomes_of_a_plan_that_is_gone(self, store: PlanStore) -> None:
        assert store.update("a", done) is None

    def test_pages_go_from_the_newest_to_the_oldest(self, store: PlanStore) -> None:
        for plan_id in "abc":
            store.add(new(plan_id), None, MANY)

        first = store.page(None, 2)
        second = store.page(first[-1].number, 2)

        assert ["c", "b"] == [record.id for record in first]
        assert ["a"] == [record.id for record in second]

    def test_a_page_starts_where_it_should_though_its_neighbour_was_erased(self, store: PlanStore) -> None:
        for plan_id in "abc":
            store.add(new(plan_id), None, MANY)
        (newest,) = store.page(None, 1)
        store.remove(newest.id)

        assert ["b", "a"] == [record.id for record in store.page(newest.number, 2)]

    def test_what_is_removed_is_gone_with_its_key_and_its_cases(self, store: PlanStore) -> None:
        store.add(new("a"), KEY, MANY)
        store.keep_case(Case("incident", "a", DAY, "SolverDied", MONDAY))

        assert store.remove("a")
        assert not store.remove("a")
        assert store.get("a") is None
        assert store.case("incident") is None
        assert "b" == store.add(new("b"), KEY, MANY).id

    def test_a_case_is_found_by_its_incident(self, store: PlanStore) -> None:
        store.add(new("a"), None, MANY)
        case = Case("incident", "a", DAY, "SolverDied", MONDAY)
        store.keep_case(case)

        assert case == store.case("incident")

    def test_no_case_is_kept_of_a_plan_that_was_erased(self, store: PlanStore) -> None:
        store.keep_case(Case("incident", "a", DAY, "SolverDied", MONDAY))

        assert store.case("incident") is None


class TestMemoryPlanStore:
    def test_only_the_newest_finished_plans_are_kept(self) -> None:
        store = MemoryPlanStore(most_finished=2)
        for plan_id in "abcd":
            store.add(new(plan_id), None, MANY)
            store.update(plan_id, done)

        store.add(new("e"), None, MANY)

        assert ["e", "d", "c"] == [record.id for record in store.page(None, MANY)]

    def test_plans_that_are_not_finished_are_never_forgotten(self) -> None:
        store = MemoryPlanStore(most_finished=1)
        for plan_id in "abcd":
            store.add(new(plan_id), None, MANY)

        assert 4 == len(store.page(None, MANY))
