"""A whole country from its map: real addresses, real roads, real sizes."""

import asyncio
import csv
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from api import offline
from api.settings import Settings
from api.tables import JsonObject
from api.terminal import ERR
from service.day.place import Place, Point
from service.geocoding.build_index import build_index
from service.geocoding.index import AddressIndex
from service.travel.estimate import Estimate
from service.travel.exchange import Exchange
from service.travel.osrm.build import build_roads
from service.travel.osrm.data import RoadData
from service.travel.osrm.engine import Osrm
from service.travel.osrm.process import RoutedProcess
from service.travel.osrm.tools import Tools
from service.travel.osrm.wire import Wire
from tests.features.json_answers import listed
from tests.features.json_street import found
from tests.shared import SHARED, shared

EXTRACT = SHARED / "osm" / "liechtenstein-2024-03.osm.pbf"
HOUSES = SHARED / "osm" / "liechtenstein-2024-03.addresses.csv"

pytestmark = [shared("osm"), pytest.mark.slow]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with addresses and roads."""
    folder = tmp_path_factory.mktemp("liechtenstein")
    build_index(EXTRACT, folder / "li.addresses")
    build_roads(EXTRACT, folder / "li.osrm", "car", Tools.found(), threads=2)
    return folder


@pytest.fixture(scope="module")
def wire(region: Path) -> Iterator[Wire]:
    server = RoutedProcess(RoadData.at(region / "li.osrm"), Tools.found(), threads=2)
    with closing(server), closing(Exchange("osrm", timedelta(seconds=300))) as exchange:
        yield Wire(server.url, exchange)


@pytest.fixture(scope="module")
def osrm(wire: Wire) -> Osrm:
    return Osrm(wire)


def houses(count: int) -> list[Place]:
    """Taken at random, those beside a road."""
    with HOUSES.open(encoding="utf-8") as file:
        rows = random.Random(1).sample(list(csv.DictReader(file)), count)  # noqa: S311 - houses, not secrets
    return [Place(Point(float(row["lat"]), float(row["lon"]))) for row in rows]


def a_day(addresses: Sequence[str]) -> JsonObject:
    shift = {"start": "2026-03-02T08:00:00+01:00", "end": "2026-03-02T17:00:00+01:00"}
    office = {"start_location": {"lat": 47.1393, "lon": 9.5228}}
    return {
        "agents": [{"id": f"A-{n}", "shifts": [{"id": f"A-{n}/mon"} | shift | office]} for n in range(8)],
        "visits": [{"id": f"V-{n}", "address": each, "duration": "PT8M"} for n, each in enumerate(addresses)],
        "options": {"solution_limit": 300, "geometry": "polyline"},
    }


def test_300_addresses_as_text_become_a_plan_on_roads(region: Path) -> None:
    day = a_day([address for address, _ in AddressIndex.open(region / "li.addresses").some(300, seed=3)])
    settings = Settings(addresses=region / "li.addresses", roads={"": str(region / "li.osrm")})
    plan = json.loads(json.dumps(offline.plan(day, settings, ERR)))

    assert ("osrm", "2024-03-04") == (plan["travel"]["source"], plan["travel"]["data_date"])
    assert 0 == plan["checks"]["violations"]
    assert plan["metrics"]["planned"] > 200
    reasons = [found(entry, "reasons", 0, "code") for entry in listed(plan, "unassigned")]
    # A house in the mountains has no road; where several towns have a street, its name alone does not say which.
    assert reasons.count("unreachable") <= 3
    assert all(itinerary["geometry"] for itinerary in listed(plan, "itineraries"))


def test_2000_places_are_asked_for_in_parts_while_the_event_loop_lives(osrm: Osrm) -> None:
    async def turns() -> tuple[int, tuple[int, ...]]:
        places = houses(2000)
        near = [place for place, metres in zip(places, osrm.snap(places, "car"), strict=True) if metres <= 300]
        asked = asyncio.get_running_loop().run_in_executor(None, osrm.table, near, near, "car")
        count = 0
        while not asked.done():
            await asyncio.sleep(0.001)
            count += 1
        return count, (await asked).seconds.shape

    count, shape = asyncio.run(turns())

    assert shape[0] > 1950
    assert count > 100


def test_estimates_are_about_as_wrong_as_they_say(osrm: Osrm) -> None:
    """16-18 % by car."""
    places = [place for place in houses(300) if osrm.snap([place], "car")[0] <= 300]
    apart = ~np.eye(len(places), dtype=bool)
    roads, guess = (engine.table(places, places, "car").seconds[apart] for engine in (osrm, Estimate()))

    assert 0.13 < (np.abs(guess - roads) / roads).mean() < 0.18


def test_a_matrix_does_not_depend_on_how_it_is_asked_for(wire: Wire, osrm: Osrm) -> None:
    places = [place for place in houses(120) if osrm.snap([place], "car")[0] <= 300]
    whole = osrm.table(places, places, "car")
    little = Osrm(wire, most_pairs=1000)

    assert whole.seconds.tolist() == little.table(places, places, "car").seconds.tolist()
