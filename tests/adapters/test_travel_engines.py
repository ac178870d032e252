"""What holds for everybody who knows how long ways take, and what OSRM knows that an estimate does not."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polyline
import pytest

from service.day.place import Place, Point
from service.travel.estimate import Estimate
from service.travel.exchange import Exchange
from service.travel.osrm.data import RoadData
from service.travel.osrm.engine import MOST_SNAPPED, Osrm
from service.travel.osrm.process import RoutedProcess
from service.travel.osrm.tools import Tools
from service.travel.osrm.wire import Wire
from service.travel.protocol import PRECISION, TravelEngine
from service.travel.remembered import Remembers
from service.travel.valhalla import Valhalla
from solver.units import UNREACHABLE
from tests.adapters.map_of_islands import FERRY_ISLAND, LARGE_ISLAND, TINY_ISLAND, TOWN, at
from tests.adapters.stub_server import takes_no_post
from tests.adapters.valhalla_server import served

PATIENCE = timedelta(seconds=60)
DOORS = [at(TOWN, 0, 0), at(TOWN, 5, 3), at(TOWN, 20, 30), at(TOWN, 39, 39)]
OUT_AT_SEA = at(TOWN, -20, 20)


@pytest.fixture(scope="module")
def server(islands: Path) -> Iterator[RoutedProcess]:
    running = RoutedProcess(RoadData.at(islands), Tools.found(), threads=2)
    yield running
    running.close()


@pytest.fixture(scope="module")
def osrm(server: RoutedProcess) -> Iterator[Osrm]:
    with closing(Exchange("osrm", PATIENCE)) as exchange:
        yield Osrm(Wire(server.url, exchange))


@pytest.fixture(scope="module")
def valhalla(islands: Path) -> Iterator[Valhalla]:
    with served(islands.parent / "islands.osm.pbf") as url, closing(Exchange("valhalla", PATIENCE)) as exchange:
        yield Valhalla(lambda: url, exchange)


@pytest.fixture(params=["estimate", "osrm", "osrm by GET", "osrm, remembered", "osrm, a little at a time", "valhalla"])
def engine(
    request: pytest.FixtureRequest, server: RoutedProcess, osrm: Osrm, valhalla: Valhalla
) -> Iterator[TravelEngine]:
    with ExitStack() as held:
        match request.param:
            case "osrm":
                yield osrm
            case "valhalla":
                yield valhalla
            case "osrm by GET":
                exchange = held.enter_context(closing(Exchange("osrm", PATIENCE)))
                yield Osrm(Wire(held.enter_context(takes_no_post(server.url)), exchange))
            case "osrm, remembered":
                yield Remembers(osrm)
            case "osrm, a little at a time":
                exchange = held.enter_context(closing(Exchange("osrm", PATIENCE)))
                yield Osrm(Wire(server.url, exchange), most_pairs=4)
            case _:
                yield Estimate()


def metres_apart(here: tuple[float, float], there: tuple[float, float]) -> float:
    north, east = here[0] - there[0], (here[1] - there[1]) * np.cos(np.radians(here[0]))
    return float(np.hypot(north, east) * 111_195)


class TestEveryEngine:
    def test_all_doors_of_a_town_are_beside_a_road(self, engine: TravelEngine) -> None:
        assert (engine.snap(DOORS, "car") < 1).all()

    def test_everybody_gets_everywhere_and_it_takes_no_time_to_stay(self, engine: TravelEngine) -> None:
        seconds, metres = engine.table(DOORS, DOORS, "car")

        assert seconds.dtype == metres.dtype == np.int32
        assert not seconds.diagonal().any()
        assert not metres.diagonal().any()
        assert (seconds[~np.eye(4, dtype=bool)] > 0).all()
        assert (seconds < UNREACHABLE).all()

    def test_farther_takes_longer(self, engine: TravelEngine) -> None:
        seconds, metres = engine.table(DOORS[:1], DOORS, "car")

        assert sorted(seconds[0]) == seconds[0].tolist()
        assert sorted(metres[0]) == metres[0].tolist()

    def test_from_some_places_to_others_is_a_part_of_the_whole(self, engine: TravelEngine) -> None:
        whole, part = engine.table(DOORS, DOORS, "car"), engine.table(DOORS[1:], DOORS[:2], "car")

        assert whole.seconds[1:, :2].tolist() == part.seconds.tolist()
        assert whole.metres[1:, :2].tolist() == part.metres.tolist()

    def test_of_no_places_there_is_an_empty_table(self, engine: TravelEngine) -> None:
        assert (0, 0) == engine.table([], [], "car").seconds.shape
        assert (0,) == engine.snap([], "car").shape

    def test_legs_are_drawn_from_door_to_door(self, engine: TravelEngine) -> None:
        for leg, (here, there) in zip(engine.draw(DOORS, "car"), pairwise(DOORS), strict=True):
            assert leg is not None
            assert here.point is not None
            assert there.point is not None
            line = polyline.decode(leg.line, PRECISION)
            assert metres_apart(line[0], (here.point.lat, here.point.lon)) < 1
            assert metres_apart(line[-1], (there.point.lat, there.point.lon)) < 1

    def test_it_says_who_it_is(self, engine: TravelEngine) -> None:
        assert engine.info("car").source in {"estimate", "osrm", "valhalla"}


class TestValhalla:
    def test_a_place_out_at_sea_is_told_with_its_distance(self, valhalla: Valhalla) -> None:
        assert valhalla.snap([DOORS[0], OUT_AT_SEA], "car").tolist() == pytest.approx([0, 2224], abs=10)

    def test_a_place_on_another_continent_has_no_road(self, valhalla: Valhalla) -> None:
        assert np.isinf(valhalla.snap([Place(Point(-33.9, 18.4))], "car")[0])

    def test_there_is_no_way_to_an_island_without_a_bridge(self, valhalla: Valhalla) -> None:
        places = [DOORS[0], at(LARGE_ISLAND, 3, 3), at(LARGE_ISLAND, 8, 8)]
        seconds, metres = valhalla.table(places, places, "car")

        assert [[False, True, True], [True, False, False], [True, False, False]] == (seconds == UNREACHABLE).tolist()
        assert 0 == metres[0, 1]
        assert [None] == valhalla.draw(places[:2], "car")

    def test_there_is_a_way_by_ferry_and_it_is_told(self, valhalla: Valhalla) -> None:
        stops = [DOORS[0], DOORS[1], at(FERRY_ISLAND, 1, 1), at(FERRY_ISLAND, 5, 1)]
        seconds, _ = valhalla.table(stops, stops, "car")

        assert 1800 < seconds[0, 2] < 3600
        assert [False, True, False] == [leg.ferry for leg in valhalla.draw(stops, "car") if leg]

    def test_a_day_of_more_stops_than_are_drawn_at_a_time(self, valhalla: Valhalla) -> None:
        stops = [at(TOWN, k % 40, k // 40) for k in range(50)]

        assert 49 == len([leg for leg in valhalla.draw(stops, "car") if leg])

    def test_more_places_than_are_answered_at_a_time(self, valhalla: Valhalla) -> None:
        places = [at(TOWN, k % 40, k // 40) for k in range(70)]

        assert (70, 70) == valhalla.table(places, places, "car").seconds.shape

    def test_who_walks_has_ways_of_their_own(self, valhalla: Valhalla) -> None:
        by_car, on_foot = (valhalla.table(DOORS[:1], DOORS[2:], profile).seconds[0] for profile in ("car", "foot"))

        assert (on_foot > 2 * by_car).all()


class TestOsrm:
    def test_a_place_out_at_sea_is_told_with_its_distance(self, osrm: Osrm) -> None:
        assert osrm.snap([DOORS[0], OUT_AT_SEA], "car").tolist() == pytest.approx([0, 2224], abs=10)

    def test_a_place_on_another_continent_is_as_far_away_as_it_is(self, osrm: Osrm) -> None:
        assert osrm.snap([Place(Point(-33.9, 18.4))], "car")[0] > 1e6

    def test_there_is_no_way_to_an_island_without_a_bridge(self, osrm: Osrm) -> None:
        places = [DOORS[0], at(LARGE_ISLAND, 3, 3), at(LARGE_ISLAND, 8, 8)]
        seconds, metres = osrm.table(places, places, "car")

        assert (osrm.snap(places, "car") < 1).all()
        assert [[False, True, True], [True, False, False], [True, False, False]] == (seconds == UNREACHABLE).tolist()
        assert 0 == metres[0, 1]

    def test_a_few_streets_on_a_rock_count_as_far_from_every_road_whoever_is_asked_for_beside(self, osrm: Osrm) -> None:
        """OSRM itself takes who is asked for alone to be on the rock."""
        rock = at(TINY_ISLAND, 1, 1)
        remembering = Remembers(osrm)
        remembering.snap(DOORS, "car")
        far = [
            osrm.snap([rock], "car")[0],
            osrm.snap([DOORS[0], rock], "car")[1],
            osrm.snap([*[DOORS[0]] * MOST_SNAPPED, rock], "car")[-1],
            remembering.snap([*DOORS, rock], "car")[-1],
        ]

        assert [far[0]] * 4 == pytest.approx(far)
        assert far[0] > 10_000

    def test_a_table_agrees_with_that(self, osrm: Osrm) -> None:
        """From one corner of the rock to the other would be 334 m along its streets."""
        corners = [at(TINY_ISLAND, 0, 0), at(TINY_ISLAND, 2, 2)]

        assert osrm.table(corners[:1], corners[1:], "car").metres[0, 0] < 150

    def test_near_a_meridian_places_are_written_as_well(self, server: RoutedProcess) -> None:
        """0.00005 is not 5e-05 to OSRM."""
        with takes_no_post(server.url) as by_get, closing(Exchange("osrm", PATIENCE)) as exchange:
            assert Osrm(Wire(by_get, exchange)).snap([Place(Point(51.4779, 0.00005))], "car")[0] > 1e6

    def test_there_is_a_way_by_ferry_and_it_is_told(self, osrm: Osrm) -> None:
        stops = [DOORS[0], DOORS[1], at(FERRY_ISLAND, 1, 1), at(FERRY_ISLAND, 5, 1)]
        seconds, _ = osrm.table(stops, stops, "car")

        assert 1800 < seconds[0, 2] < 3600
        assert [False, True, False] == [leg.ferry for leg in osrm.draw(stops, "car") if leg]

    def test_a_way_that_nobody_has_is_not_drawn(self, osrm: Osrm) -> None:
        assert [None] == osrm.draw([DOORS[0], at(LARGE_ISLAND, 3, 3)], "car")

    def test_a_day_of_more_stops_than_are_drawn_at_a_time(self, osrm: Osrm) -> None:
        stops = [at(TOWN, k % 40, k // 40) for k in range(250)]

        assert 249 == len([leg for leg in osrm.draw(stops, "car") if leg])
