"""A real Nominatim with the map of Monaco, asked through geopy: ``make test-nominatim`` sets one up."""

import csv
import os
import random
from datetime import timedelta

import pytest

from service.day.place import Point
from service.geocoding.online import Manners, OnlineGeocoder, online
from service.geocoding.protocol import Address, Geocoded
from service.places import Accepted
from service.travel.great_circle import metres_between
from tests.shared import SHARED, shared

URL = os.environ.get("NOMINATIM_URL", "")
HOUSES = SHARED / "osm" / "monaco-2026-03.addresses.csv"

pytestmark = [
    shared("osm"),
    pytest.mark.skipif(not URL, reason="needs a real Nominatim: make test-nominatim"),
]


@pytest.fixture(scope="module")
def nominatim() -> OnlineGeocoder:
    return online(f"nominatim={URL}", Manners("dayroute tests", 1000, timedelta(seconds=20)))


def found(nominatim: OnlineGeocoder, text: str) -> Geocoded:
    (answer,) = nominatim.find([Address(text, "MC")])
    return answer


def test_nearly_every_house_of_the_map_is_found_where_it_is(nominatim: OnlineGeocoder) -> None:
    """Half of them are buildings, half are nodes; large ones are told by another corner of theirs."""
    with HOUSES.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["street"] and row["housenumber"]]
    some = random.Random(2).sample(rows, 100)  # noqa: S311 - houses, not secrets
    answers = [found(nominatim, f"{row['housenumber']} {row['street']}, Monaco") for row in some]
    taken = [(row, answer) for row, answer in zip(some, answers, strict=True) if Accepted().takes(answer)]
    apart = [
        metres_between(answer.candidates[0].point, Point(float(row["lat"]), float(row["lon"]))) for row, answer in taken
    ]

    assert len(taken) >= 90
    assert max(apart) < 100
    assert len([metres for metres in apart if metres < 30]) >= 80


@pytest.mark.parametrize(
    "address",
    ["12 Boulevard d'Italie, 98000 Monaco", "12 Boulevard d'Italie, La Rousse, Monaco", "12 bd d'Italie, Monaco, MC"],
)
def test_a_house_is_found_by_its_postcode_and_its_part_of_town(nominatim: OnlineGeocoder, address: str) -> None:
    assert Accepted().takes(found(nominatim, address))


@pytest.mark.parametrize(
    "address",
    [
        "999 Avenue de la Costa, Monaco",
        "Avenue de la Costa, Monaco",
        "12 Boulevard d'Italie, Nice",
        "12 Boulevard d'Italie, La Rousse",
        "1 Avenue de la Lune, Monaco",
        "Monaco",
    ],
)
def test_what_is_no_house_is_taken_for_none(nominatim: OnlineGeocoder, address: str) -> None:
    answer = found(nominatim, address)

    assert not Accepted().takes(answer)
