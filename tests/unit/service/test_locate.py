"""Which places the day has, each once."""

from service.day.place import Place, Point
from service.day.request import Travel
from service.locate import locate
from tests.worlds import agent, day, house, option, shift, visit


def test_the_same_door_is_one_place_however_often_it_is_named() -> None:
    located = locate(day(visit("V", 3), visit("W", 3), visit("X", 0)))

    assert (house(0), house(3)) == located.places
    assert (0, 1) == (located.row(house(0)), located.row(house(3)))


def test_shifts_and_options_have_places_too() -> None:
    request = day(visit("V", 3, options=[option("work", 8)]), agents=[agent("A", shift(start_house=1, end_house=2))])

    assert tuple(house(n) for n in (1, 2, 3, 8)) == locate(request).places


def test_with_matrices_the_index_tells_places_apart() -> None:
    here = Point(60.17, 24.9)
    located = locate(day(visit("V", place=Place(here, index=4)), visit("W", place=Place(here, index=5))))

    assert 3 == len(located.places)


def test_without_them_the_coordinates_do() -> None:
    here = Point(60.17, 24.95)
    located = locate(day(visit("V", place=Place(here)), visit("W", place=Place(here, index=5)), travel=Travel()))

    assert 2 == len(located.places)


def test_an_address_alone_is_no_place_yet() -> None:
    located = locate(day(visit("V", place=Place(address="Somewhere 1"))))

    assert ((house(0),), None) == (located.places, located.row(Place(address="Somewhere 1")))
