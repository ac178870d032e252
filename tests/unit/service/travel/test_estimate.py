"""Travel times from coordinates alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from service.day.place import Place, Point
from service.travel.estimate import Estimate
from service.travel.profiles import PROFILES, ProfileUnknownError
from service.travel.protocol import Drawn, Table

METRES_PER_DEGREE = 6_371_008.8 * np.pi / 180


def north(metres: float) -> Place:
    """A place that far north of the equator's first degree."""
    return Place(Point(metres / METRES_PER_DEGREE, 1.0))


def between(places: Sequence[Place], profile: str) -> Table:
    return Estimate().table(places, places, profile)


@pytest.mark.parametrize(
    ("straight", "seconds", "metres"),
    [
        (500, 10 + 90, 800),
        (1_000, 10 + 180, 1_600),
        (5_000, 10 + 180 + 450, 1_600 + 5_600),
        (20_000, 10 + 180 + 450 + 1_200, 1_600 + 5_600 + 19_500),
        (50_000, 10 + 180 + 450 + 1_200 + 1_800, 1_600 + 5_600 + 19_500 + 36_000),
    ],
)
def test_a_car_drives_each_band_at_its_own_speed(straight: int, seconds: int, metres: int) -> None:
    """One second more at most, since seconds are rounded up."""
    travel = between([north(0), north(straight)], "car")

    assert seconds == pytest.approx(int(travel.seconds[0, 1]), abs=1)
    assert metres == travel.metres[0, 1]


def test_seconds_are_rounded_up() -> None:
    travel = between([north(0), north(1)], "car")

    assert travel.seconds[0, 1] == 11


def test_it_takes_no_time_to_stay() -> None:
    travel = between([north(10), north(10)], "car")

    assert not travel.seconds.any()
    assert not travel.metres.any()


def test_the_way_back_is_as_long_as_the_way_there() -> None:
    travel = between([Place(Point(60.17, 24.94)), Place(Point(60.2, 24.7)), Place(Point(60.3, 25.1))], "car")

    assert (travel.seconds == travel.seconds.T).all()


def test_distances_on_a_sphere_are_right() -> None:
    """Helsinki to Tallinn, 80 km as the crow flies between the two cathedrals."""
    travel = between([Place(Point(60.1704, 24.9522)), Place(Point(59.4370, 24.7536))], "car")
    straight = 20_000 + (int(travel.metres[0, 1]) - 26_700) / 1.2

    assert straight == pytest.approx(82_300, rel=0.005)


def test_more_places_than_are_reckoned_at_once_change_nothing() -> None:
    places = [north(100 * n) for n in range(600)]
    travel = between(places, "car")
    alone = between([places[0], places[599]], "car")

    assert travel.seconds[0, 599] == alone.seconds[0, 1]
    assert travel.seconds[599, 0] == alone.seconds[1, 0]


def test_people_on_foot_are_slower_than_cyclists_and_those_than_drivers() -> None:
    times = [int(between([north(0), north(3_000)], p).seconds[0, 1]) for p in ("foot", "bicycle", "car")]

    assert times == sorted(times, reverse=True)


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(ProfileUnknownError) as refused:
        between([north(0)], "broom")

    assert refused.value.known == tuple(PROFILES)


def test_a_place_without_coordinates_is_refused() -> None:
    with pytest.raises(ValueError, match="coordinates"):
        between([Place(index=3)], "car")


def test_the_source_says_that_it_is_an_estimate() -> None:
    assert Estimate().info("car").source == "estimate"


def test_from_some_places_to_others_is_a_part_of_the_whole() -> None:
    places = [north(100 * n) for n in range(7)]

    assert (
        between(places, "car").seconds[:3, 3:].tolist()
        == Estimate().table(places[:3], places[3:], "car").seconds.tolist()
    )


def test_it_finds_every_place_beside_a_road_and_draws_as_the_crow_flies() -> None:
    stops = [Place(Point(38.5, -120.2)), Place(Point(40.7, -120.95))]

    assert [0, 0] == Estimate().snap(stops, "car").tolist()
    assert [Drawn("_izlhA~rlgdF_{geC~ywl@")] == Estimate().draw(stops, "car")
