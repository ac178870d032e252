"""Of a day that is planned again, only what is new is asked."""

from collections.abc import Sequence

import numpy as np
import pytest

from service.day.place import Place
from service.travel import remembered
from service.travel.protocol import Table
from service.travel.remembered import LASTS, Remembers
from tests.roads import StraightRoad, beside_the_road


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def doors(*minutes: int) -> list[Place]:
    return [beside_the_road(each) for each in minutes]


def seconds(engine: Remembers, places: list[Place]) -> list[list[int]]:
    return engine.table(places, places, "car").seconds.tolist()


def right(*minutes: int) -> list[list[int]]:
    return [[60 * abs(here - there) for there in minutes] for here in minutes]


def test_the_same_day_is_not_asked_for_again() -> None:
    road = StraightRoad()
    engine = Remembers(road)

    assert right(1, 5, 9) == seconds(engine, doors(1, 5, 9)) == seconds(engine, doors(1, 5, 9))
    assert [("table", 3, 3)] == road.asked


def test_a_part_of_it_in_another_order_is_not_either() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    seconds(engine, doors(1, 5, 9, 12))

    assert right(9, 1, 5) == seconds(engine, doors(9, 1, 5))
    assert 1 == len(road.asked)


def test_of_a_new_visit_the_ways_to_it_and_from_it_are_asked() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    seconds(engine, doors(1, 5, 9))

    assert right(1, 7, 5, 9) == seconds(engine, doors(1, 7, 5, 9))
    assert [("table", 1, 4), ("table", 3, 1)] == road.asked[1:]


def test_another_day_is_asked_for_at_once() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    seconds(engine, doors(1, 5, 9))
    seconds(engine, doors(1, 25, 29))

    assert [("table", 3, 3)] * 2 == road.asked


def test_another_profile_is_another_matter() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    for profile in ("car", "foot"):
        engine.table(doors(1, 5), doors(1, 5), profile)

    assert [("table", 2, 2)] * 2 == road.asked


def test_after_half_a_day_roads_are_asked_anew() -> None:
    road, clock = StraightRoad(), Clock()
    engine = Remembers(road, clock)
    for moment in (0, LASTS - 1, LASTS + 1):
        clock.now = moment
        seconds(engine, doors(1, 5))

    assert [("table", 2, 2)] * 2 == road.asked


def test_of_a_newer_map_everything_is_asked_anew() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    seconds(engine, doors(1, 5, 9))
    road.date = "2026-04-01"
    seconds(engine, doors(1, 5, 9, 12))

    assert ("table", 4, 4) == road.asked[-1]


def test_how_far_places_are_from_a_road_is_asked_anew() -> None:
    road = StraightRoad()
    engine = Remembers(road)

    assert [0, 900] == np.round(engine.snap([*doors(1), beside_the_road(3, 900)], "car")).tolist()
    assert [("snap", 2, 1)] == road.asked


def test_a_table_during_which_the_map_changes_is_not_kept() -> None:
    class Renewed(StraightRoad):
        def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
            self.date += "+"
            return super().table(origins, destinations, profile)

    road = Renewed()
    engine = Remembers(road)
    seconds(engine, doors(1, 5))
    seconds(engine, doors(1, 5))

    assert [("table", 2, 2)] * 2 == road.asked


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_PAIRS", 12)
    road = StraightRoad()
    engine = Remembers(road)
    first, second, large = doors(1, 2, 3), doors(11, 12, 13), doors(21, 22, 23, 24)
    for day in (first, first, second, second, large, large, second, first):
        seconds(engine, day)

    assert [3, 3, 4, 4, 3] == [rows for _, rows, _ in road.asked]


def test_a_day_within_one_that_is_kept_takes_no_room() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    for day in (doors(1, 2, 3, 4), doors(1, 2), doors(3, 4), doors(1, 2, 3, 4)):
        seconds(engine, day)

    assert [("table", 4, 4)] == road.asked


def test_from_some_places_to_others_is_just_asked() -> None:
    road = StraightRoad()
    Remembers(road).table(doors(1), doors(2, 3), "car")

    assert [("table", 1, 2)] == road.asked


def test_a_service_that_is_down_spoils_nothing() -> None:
    road = StraightRoad()
    engine = Remembers(road)
    seconds(engine, doors(1, 5, 9))
    road.down = True
    with pytest.raises(Exception, match="gives no answer"):
        seconds(engine, doors(1, 5, 9, 12))

    assert right(1, 5, 9) == seconds(engine, doors(1, 5, 9))
