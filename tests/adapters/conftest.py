"""Road data that several tests need, made once a run by the programs of OSRM; and stores in every database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.work import SqlPlanWork
from service.travel.osrm.build import build_roads
from service.travel.osrm.tools import Tools
from tests import databases
from tests.adapters.map_of_islands import draw_map
from tests.plans import NoQueue


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Road data of the map of islands, for cars."""
    folder = tmp_path_factory.mktemp("islands")
    draw_map(folder / "islands.osm.pbf")
    return build_roads(folder / "islands.osm.pbf", folder / "islands.osrm", "car", Tools.found(), threads=1).folder


@pytest.fixture(params=[databases.fresh, databases.postgres], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    opened = cast("Callable[[], Database]", request.param)()
    yield opened
    opened.close()


@pytest.fixture
def plans(database: Database) -> SqlTenantPlans:
    return SqlTenantPlans("us", database, NoQueue())


@pytest.fixture
def work(database: Database) -> SqlPlanWork:
    return SqlPlanWork(database)
