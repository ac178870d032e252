"""Which clock times are told by."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from service.day.place import Place, Point
from service.zones import Zones, zone_at
from tests.worlds import WINTER, agent, day, house, shift, visit

TALLINN = Point(59.44, 24.75)


def somewhere(_: Point) -> str | None:
    return "Europe/Tallinn"


def nowhere(_: Point) -> str | None:
    return None


def test_a_visit_has_its_own_zone_first() -> None:
    zones = Zones.of(day(), somewhere)

    assert ZoneInfo("Europe/Stockholm") == zones.of_visit(visit("V", timezone="Europe/Stockholm"), house(1))


def test_the_zone_of_the_plan_comes_next() -> None:
    assert ZoneInfo("Europe/Helsinki") == Zones.of(day(), somewhere).of_visit(visit("V"), house(1))


def test_without_either_the_coordinates_decide() -> None:
    zones = Zones.of(day(timezone=None), somewhere)

    assert (ZoneInfo("Europe/Tallinn"),) * 2 == (zones.of_visit(visit("V"), house(1)), zones.of_shift(shift()))


def test_a_place_without_coordinates_has_the_offset_in_which_the_day_was_written() -> None:
    indexed = replace(shift(), start_place=Place(index=0))
    zones = Zones.of(day(timezone=None, agents=[agent("A", indexed)]), somewhere)

    assert (WINTER, WINTER) == (zones.of_shift(indexed), zones.of_visit(visit("V"), Place(index=1)))


def test_coordinates_without_a_zone_have_it_too() -> None:
    assert WINTER == Zones.of(day(timezone=None), nowhere).of_visit(visit("V"), house(1))


def test_zones_are_found_by_real_boundaries() -> None:
    assert "Europe/Tallinn" == zone_at(TALLINN)
