"""Where addresses are, in every database."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from service.day.place import Candidate, Point, Quality
from service.geocoding.chain import FOUND_FOR, NOBODY, NOT_FOUND_FOR
from service.geocoding.protocol import Address, Geocoded
from service.store.database import Database
from service.store.geocoded import SqlMemory
from service.store.schema import GEOCODED
from service.store.work import SqlPlanWork
from tests.adapters.stored import SECOND
from tests.plans import MONDAY


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
