"""What tests of whoever makes plans begin with."""

from collections.abc import Iterator

import pytest

from tests.unit.service.jobs.bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.database.close()
