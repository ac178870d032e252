"""How often and how long services elsewhere are asked."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from service.asking import TimedEngine, TimedGeocoder, Timing
from service.day.place import Place, Point
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError
from service.travel.estimate import Estimate

HELSINKI = Place(Point(60.17, 24.94))
ADDRESS = Address("Mannerheimintie 1", "FI")


class Knows:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        return [Geocoded("index") for _ in addresses]


class Away:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        source = "photon"
        raise GeocoderDownError(source, f"{len(addresses)} were too many")


class Heard:
    def __init__(self) -> None:
        self.told: list[tuple[str, timedelta, bool]] = []
        self._time = 0.0

    def __call__(self, source: str, took: timedelta, *, answered: bool) -> None:
        self.told.append((source, took, answered))

    def clock(self) -> float:
        """A second more at every look."""
        self._time += 1
        return self._time


def test_a_geocoder_that_answers_is_heard_with_the_time_it_took() -> None:
    heard = Heard()
    found = TimedGeocoder(Knows(), Timing("photon", heard, heard.clock)).find([ADDRESS])

    assert [Geocoded("index")] == found
    assert [("photon", timedelta(seconds=1), True)] == heard.told


def test_one_that_gives_no_answer_is_heard_as_that() -> None:
    heard = Heard()
    with pytest.raises(GeocoderDownError):
        TimedGeocoder(Away(), Timing("photon", heard, heard.clock)).find([ADDRESS])

    assert [("photon", timedelta(seconds=1), False)] == heard.told


def test_every_question_to_a_road_service_is_heard() -> None:
    heard = Heard()
    engine = TimedEngine(Estimate(), Timing("osrm", heard, heard.clock))
    engine.snap([HELSINKI], "car")
    engine.table([HELSINKI], [HELSINKI], "car")
    engine.draw([HELSINKI, HELSINKI], "car")
    info = engine.info("car")

    assert 3 == len(heard.told)
    assert Estimate().info("car") == info
