"""Travel times that came with the request, and at whose speed."""

import numpy as np
import pytest

from service.day.place import Place
from service.day.request import GivenMatrix, Travel
from service.travel.choice import brings_matrices
from service.travel.given import GivenTravel
from service.travel.of_a_day import at_speed
from service.travel.profiles import ProfileUnknownError
from solver.units import UNREACHABLE
from tests.travel import travel_of
from tests.worlds import day, house, street, visit

HOLES = GivenMatrix(seconds=[[None, None], [60, 0]], metres=[[0, None], [100, 0]])


def test_rows_are_picked_in_the_order_of_the_places() -> None:
    travel = GivenTravel.of({"car": street()}).matrix([house(7), house(2)], "car")

    assert [[0, 300], [300, 0]] == travel.seconds.tolist()
    assert [[0, 500], [500, 0]] == travel.metres.tolist()


def test_null_means_no_way_except_to_where_one_is() -> None:
    travel = GivenTravel.of({"car": HOLES}).matrix([Place(index=0), Place(index=1)], "car")

    assert [[0, UNREACHABLE], [60, 0]] == travel.seconds.tolist()
    assert [[0, 0], [100, 0]] == travel.metres.tolist()


def test_missing_metres_count_as_none() -> None:
    travel = GivenTravel.of({"car": GivenMatrix([[0, 60], [60, 0]])}).matrix([Place(index=0), Place(index=1)], "car")

    assert not travel.metres.any()


def test_a_profile_without_a_matrix_is_refused() -> None:
    with pytest.raises(ProfileUnknownError) as refused:
        GivenTravel.of({"car": street()}).matrix([house(0)], "foot")

    assert ("car",) == refused.value.known


def test_a_place_without_an_index_is_refused() -> None:
    with pytest.raises(ValueError, match="index"):
        GivenTravel.of({"car": street()}).matrix([Place(house(1).point)], "car")


@pytest.mark.parametrize(
    ("travel", "own"),
    [
        (Travel("matrix", {"car": street()}), True),
        (Travel("auto", {"car": street()}), True),
        (Travel("auto"), False),
        (Travel("estimate", {"car": street()}), False),
    ],
)
def test_matrices_are_used_if_asked_for_or_if_nothing_else_is(travel: Travel, own: bool) -> None:
    assert own == brings_matrices(travel)


@pytest.mark.parametrize(
    ("usual", "factor", "seconds"), [(61, 2.0, 31), (60, 2.0, 30), (UNREACHABLE, 0.5, UNREACHABLE)]
)
def test_twice_the_speed_takes_half_the_time_rounded_up(usual: int, factor: float, seconds: int) -> None:
    """And makes no way where there is none."""
    assert [seconds] == at_speed(np.array([usual], dtype=np.int32), factor).tolist()


def test_a_division_that_ends_a_hair_above_a_second_adds_none() -> None:
    """42 / 0.7 is 60.00000000000001 in floating point."""
    assert [60] == at_speed(np.array([42], dtype=np.int32), 0.7).tolist()


def test_the_source_remains_the_source_at_any_speed() -> None:
    travel = travel_of(day(visit("V", 3), travel=Travel("matrix", {"car": street()}, speed_factor=0.5)))

    assert ("matrix", 360) == (travel.info().source, travel.matrix([house(0), house(3)], "car").seconds[0, 1])
