"""What keeping plans means, in every database."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, inspect, select, text

from service.day.place import Candidate, Point, Quality
from service.day.plan import Plan
from service.day.request import DayRequest
from service.geocoding.chain import FOUND_FOR, NOBODY, NOT_FOUND_FOR
from service.geocoding.protocol import Address, Geocoded
from service.jobs.queue import Urgency
from service.progress import Incumbent, Progress
from service.store.database import VERSION_TABLE, Database, DatabaseUnusableError
from service.store.geocoded import SqlMemory
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    KEY_KEPT_FOR,
    RETIRED,
    Attempt,
    Failure,
    IdempotencyKey,
    Improvement,
    KeyReusedError,
    NewPlan,
    Outcome,
    PlanState,
    QueueFullError,
    QueueLimits,
    Room,
    Status,
    StoreDownError,
    TenantQueueFullError,
)
from service.store.schema import GEOCODED, METADATA, PLANS
from service.store.tenants import SqlTenants
from service.store.work import SqlPlanWork
from tests import databases
from tests.features.json_street import at as instant
from tests.plans import EMPTY_PLAN, FOUND, MONDAY, NoQueue
from tests.worlds import day, visit

MANY = QueueLimits(1000, 1000)
DAY = DayRequest(agents=(), visits=(), name="Monday", currency="EUR")
KEY = IdempotencyKey("monday", "body 1")
SECOND = timedelta(seconds=1)
BETTER = Incumbent(Progress(5.0, 1.0, 2, SECOND), FOUND)


def new(plan_id: str, later: timedelta = timedelta(), effort: timedelta = SECOND) -> NewPlan:
    return NewPlan(plan_id, DAY, MONDAY + later, effort)


def begun(work: SqlPlanWork, plan_id: str, worker: str = "worker") -> Attempt:
    claimed = work.claim(plan_id, worker, MONDAY)
    assert claimed is not None
    return claimed.attempt


def done(plan: Plan = EMPTY_PLAN) -> Outcome:
    return Outcome(Status.DONE, MONDAY, plan=plan)


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


class TestWhereAddressesAre:
    ADDRESS = Address("Dorfstrasse 24, 9495 Triesen", "LI")
    HOUSE = Geocoded("nominatim", (Candidate(Point(47.1, 9.5), Quality.ROOFTOP, "Dorfstrasse 24"),))

    def memory(self, database: Database, who: str = "nominatim", later: timedelta = timedelta()) -> SqlMemory:
        return SqlMemory(database, who, lambda: MONDAY + later)

    def test_what_was_answered_is_known_to_other_processes_too(self, database: Database) -> None:
        self.memory(database).keep(self.ADDRESS, self.HOUSE)

        assert self.HOUSE == self.memory(database).recall(replace(self.ADDRESS, text=" dorfstrasse 24,  9495 TRIESEN"))

    def test_another_address_or_country_is_another_question(self, database: Database) -> None:
        self.memory(database).keep(self.ADDRESS, self.HOUSE)

        assert self.memory(database).recall(replace(self.ADDRESS, country="CH")) is None
        assert self.memory(database).recall(Address("Dorfstrasse 25, 9495 Triesen", "LI")) is None

    def test_what_others_said_does_not_count(self, database: Database) -> None:
        self.memory(database).keep(self.ADDRESS, self.HOUSE)

        assert self.memory(database, who="photon").recall(self.ADDRESS) is None

    def test_what_was_not_found_is_asked_again_sooner_than_what_was(self, database: Database) -> None:
        nowhere = Address("Nowhere 1")
        memory = self.memory(database)
        memory.keep(self.ADDRESS, self.HOUSE)
        memory.keep(nowhere, NOBODY)
        later = self.memory(database, later=NOT_FOUND_FOR)

        assert (NOBODY, None) == (memory.recall(nowhere), later.recall(nowhere))
        assert self.HOUSE == later.recall(self.ADDRESS)
        assert self.memory(database, later=FOUND_FOR).recall(self.ADDRESS) is None

    def test_a_later_answer_takes_the_place_of_an_earlier_one(self, database: Database) -> None:
        memory = self.memory(database)
        memory.keep(self.ADDRESS, NOBODY)
        memory.keep(self.ADDRESS, self.HOUSE)

        assert self.HOUSE == memory.recall(self.ADDRESS)

    def test_a_database_that_is_away_remembers_nothing(self) -> None:
        memory = self.memory(Database.open("postgresql://nobody@127.0.0.1:9/none"))
        memory.keep(self.ADDRESS, self.HOUSE)

        assert memory.recall(self.ADDRESS) is None

    def test_what_need_not_be_remembered_any_more_is_purged(self, database: Database, work: SqlPlanWork) -> None:
        self.memory(database).keep(self.ADDRESS, self.HOUSE)
        work.tidy(MONDAY + FOUND_FOR)
        before = self.memory(database).recall(self.ADDRESS)
        work.tidy(MONDAY + FOUND_FOR + SECOND)

        assert self.HOUSE == before
        assert self.memory(database).recall(self.ADDRESS) is None

    def test_the_question_does_not_stand_in_the_database(self, database: Database) -> None:
        self.memory(database).keep(self.ADDRESS, self.HOUSE)
        with database.read() as connection:
            rows = connection.execute(select(GEOCODED.c.asked)).all()

        assert "dorfstrasse" not in str(rows).lower()


class TestDatabase:
    def test_instants_come_back_as_they_were_whatever_their_offset(self, plans: SqlTenantPlans) -> None:
        helsinki = instant("8:00")
        plans.add(replace(new("a"), created_at=helsinki), None, MANY)
        state = plans.state("a")

        assert state is not None
        assert helsinki == state.created_at
        assert state.created_at.utcoffset() == timedelta()

    def test_a_transaction_that_fails_leaves_nothing(self, database: Database, plans: SqlTenantPlans) -> None:
        with suppress(ArithmeticError), database.write() as connection:
            connection.execute(
                insert(PLANS).values(
                    id="a", tenant="us", number=1, status="queued", urgency=1, tag=0, created_at=MONDAY
                )
            )
            raise ArithmeticError

        assert plans.state("a") is None

    def test_reading_sees_one_moment(self, database: Database, plans: SqlTenantPlans) -> None:
        if not database.embedded:
            pytest.skip("PostgreSQL shows each statement what is committed by then")
        with database.read() as connection:
            before = connection.execute(select(PLANS.c.id)).all()
            plans.add(new("a"), None, MANY)
            after = connection.execute(select(PLANS.c.id)).all()

        assert before == after == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    sqlite = f"sqlite:///{tmp_path_factory.mktemp('store') / 'empty.sqlite'}"
    database = Database.open(sqlite if request.param == "sqlite" else databases.empty_postgres())
    yield database
    database.close()


class TestMigrations:
    def test_a_database_without_tables_is_refused_until_it_is_migrated(self, empty: Database) -> None:
        with pytest.raises(DatabaseUnusableError, match="dayroute migrate"):
            empty.require_schema()
        empty.migrate()
        empty.migrate()

        empty.require_schema()

    def test_a_database_of_a_newer_version_is_refused(self, empty: Database) -> None:
        empty.migrate()
        with empty.write() as connection:
            connection.execute(text("UPDATE dayroute_version SET version_num = '9999'"))

        with pytest.raises(DatabaseUnusableError, match="newer"):
            empty.require_schema()
        with pytest.raises(DatabaseUnusableError, match="newer"):
            empty.migrate()

    def test_migrations_make_the_tables_that_the_code_knows(self, empty: Database) -> None:
        from alembic.autogenerate import compare_metadata  # noqa: PLC0415
        from alembic.migration import MigrationContext  # noqa: PLC0415

        empty.migrate()
        with empty.read() as connection:
            differences = compare_metadata(
                MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}), METADATA
            )
            tables = set(inspect(connection).get_table_names())

        assert [] == differences
        assert {*METADATA.tables, "dayroute_version"} == tables


class TestADatabaseThatIsAway:
    def test_a_server_that_does_not_answer_is_an_outage(self) -> None:
        nobody = Database.open("postgresql://nobody@127.0.0.1:9/none")

        with pytest.raises(StoreDownError, match="database postgresql gives no answer"):
            SqlTenantPlans("us", nobody, NoQueue()).state("a")

    @pytest.mark.parametrize(
        "url", ["", "mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "nonsense", "postgresql://u@h:abc/d"]
    )
    def test_a_name_that_is_none_is_told(self, url: str) -> None:
        with pytest.raises(DatabaseUnusableError, match="sqlite:///FILE"):
            Database.open(url)
