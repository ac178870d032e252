"""POST /v1/geocode: where addresses are, and what is said when nobody can be asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from service.day.place import Candidate, Point, Quality
from service.geocoding.protocol import Address, Geocoded, Geocoder, GeocoderDownError
from tests.web import wiring

NAME = "register"
HOUSE = Candidate(Point(60.17, 24.95), Quality.ROOFTOP, "Kirkkokatu 18, Helsinki")
ASKED = {"addresses": [{"id": "a", "address": "Kirkkokatu 18", "country": "FI"}, {"id": "b", "address": "Nowhere 1"}]}


class Knows:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        return [Geocoded("register", (HOUSE,) if address.country == "FI" else ()) for address in addresses]


class Down:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:  # noqa: ARG002 - nobody answers
        raise GeocoderDownError(NAME, "it cannot be reached", timedelta(seconds=90))


def client(geocoder: Geocoder) -> TestClient:
    parts = wiring()
    parts = replace(parts, sources=replace(parts.sources, geocoder=geocoder))
    return TestClient(create_app(Settings(), parts), raise_server_exceptions=False)


def test_each_address_is_answered_by_its_id() -> None:
    results = client(Knows()).post("/v1/geocode", json=ASKED).json()["results"]

    first, second = results
    location = {"lat": 60.17, "lon": 24.95, "index": None}
    assert ("a", location, "rooftop", "register") == tuple(
        first[key] for key in ("id", "location", "quality", "source")
    )
    assert [{"location": location, "quality": "rooftop", "label": "Kirkkokatu 18, Helsinki", "exact": True}] == first[
        "candidates"
    ]
    assert ("b", None, "unmatched", []) == tuple(second[key] for key in ("id", "location", "quality", "candidates"))


def test_where_no_setting_names_anybody_no_address_is_known() -> None:
    answer = client(wiring().sources.geocoder).post("/v1/geocode", json=ASKED)

    assert [200, "unmatched"] == [answer.status_code, answer.json()["results"][0]["quality"]]


def test_an_outage_says_who_is_down_and_when_to_ask_again_but_not_what_was_asked() -> None:
    answer = client(Down()).post("/v1/geocode", json=ASKED)

    assert [503, "90"] == [answer.status_code, answer.headers["Retry-After"]]
    assert "geocoder_down" == answer.json()["errors"][0]["code"]
    assert "register" in answer.json()["detail"]
    assert "Kirkkokatu" not in answer.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/addresses"),
        ({"addresses": []}, "/addresses"),
        ({"addresses": [{"id": "a"}]}, "/addresses/0/address"),
        ({"addresses": [{"id": "a", "address": "x", "country": "Finland"}]}, "/addresses/0/country"),
        ({"addresses": [{"id": "a", "adress": "x"}]}, "/addresses/0/address"),
    ],
)
def test_wrong_questions_are_refused_with_a_pointer(body: object, pointer: str) -> None:
    answer = client(Knows()).post("/v1/geocode", json=body)

    assert 422 == answer.status_code
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
