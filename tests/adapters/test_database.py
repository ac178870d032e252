"""Databases themselves: transactions, tables, outages."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, inspect, select, text

from service.store.database import VERSION_TABLE, Database, DatabaseUnusableError
from service.store.plans import SqlTenantPlans
from service.store.protocol import (
    StoreDownError,
)
from service.store.schema import METADATA, PLANS
from tests import databases
from tests.adapters.stored import MANY, new
from tests.features.json_street import at as instant
from tests.plans import MONDAY, NoQueue


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
