"""Road data that several tests need: made once a run, by the programs of OSRM."""

from pathlib import Path

import pytest

from service.travel.osrm.build import build_roads
from service.travel.osrm.tools import Tools
from tests.adapters.map_of_islands import draw_map


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Road data of the map of islands, for cars."""
    folder = tmp_path_factory.mktemp("islands")
    draw_map(folder / "islands.osm.pbf")
    return build_roads(folder / "islands.osm.pbf", folder / "islands.osrm", "car", Tools.found(), threads=1).folder
