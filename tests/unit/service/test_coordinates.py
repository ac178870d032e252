"""Coordinates of other systems, there and back."""

import pytest

from service.coordinates import from_wgs84, to_wgs84
from service.day.place import Point
from service.day.request import Crs
from service.travel.great_circle import metres_between

TIANANMEN = Point(39.915, 116.404)


def near(lat: float, lon: float) -> object:
    return pytest.approx((lat, lon), abs=2e-7)


def told(point: Point) -> tuple[float, float]:
    return point.lat, point.lon


def test_published_pairs_of_points_agree() -> None:
    """From the documentation of coordtransform, whose way back from Baidu's coordinates is not exact."""
    assert near(39.91640428150164, 116.41024449916938) == told(from_wgs84(TIANANMEN, "gcj02"))
    assert near(39.92133699351021, 116.41036949371029) == told(from_wgs84(to_wgs84(TIANANMEN, "gcj02"), "bd09"))
    assert pytest.approx((39.90865673957631, 116.39762729119315), abs=1e-6) == told(
        from_wgs84(to_wgs84(TIANANMEN, "bd09"), "gcj02")
    )


def test_in_beijing_it_is_half_a_kilometre() -> None:
    assert 556 == pytest.approx(metres_between(TIANANMEN, to_wgs84(TIANANMEN, "gcj02")), rel=0.02)


@pytest.mark.parametrize("crs", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("lat", [18.2, 31.23, 39.9, 49.9])
@pytest.mark.parametrize("lon", [75.1, 104.0, 121.5, 134.6])
def test_there_and_back_is_where_one_was(crs: Crs, lat: float, lon: float) -> None:
    assert near(lat, lon) == told(from_wgs84(to_wgs84(Point(lat, lon), crs), crs))


def test_outside_china_nothing_is_shifted() -> None:
    assert Point(60.17, 24.94) == to_wgs84(Point(60.17, 24.94), "gcj02")
