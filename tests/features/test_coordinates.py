"""A request in the coordinates of another system is planned where its places are, and answered in its own."""

from dataclasses import replace
from typing import cast

import polyline
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.v1.reading import read_day
from service.coordinates import from_wgs84, to_wgs84
from service.day.place import Candidate, Point, Quality
from service.day.request import Crs
from service.geocoding.protocol import Address, Geocoded
from service.travel.great_circle import metres_between
from tests.features.json_answers import stop_of
from tests.features.json_street import ROOM, Json, found, instant, plan_json
from tests.web import wiring

OFFICE = Point(39.9087, 116.3975)
DOOR = Point(39.9523, 116.4307)
OTHER = pytest.mark.parametrize("crs", ["gcj02", "bd09"])


def day(crs: Crs | None) -> Json:
    """A visit in Beijing, by a system's coordinates; the places are the same in all."""

    def at(point: Point) -> Json:
        told = from_wgs84(point, crs or "wgs84")
        return {"lat": told.lat, "lon": told.lon}

    corners = [Point(39.8, 116.2), Point(39.8, 116.6), Point(40.1, 116.6), Point(40.1, 116.2)]
    shift = {"id": "A/mon", "start": instant("9:00"), "end": instant("17:00"), "start_location": at(OFFICE)}
    visit = {"id": "V", "location": at(DOOR), "duration": "PT10M", "options": [{"id": "work", "location": at(OFFICE)}]}
    document: Json = {
        "timezone": "Asia/Shanghai",
        "agents": [{"id": "A", "shifts": [shift], "territory": [at(corner) for corner in corners]}],
        "visits": [visit | {"options": []}],
        "options": {"solution_limit": 20, "geometry": "polyline"},
    }
    return document if crs is None else document | {"crs": crs}


@OTHER
def test_it_is_planned_where_the_places_are(crs: Crs) -> None:
    there, here = plan_json(day(crs)), plan_json(day(None))

    assert stop_of(here, "V")["distance_m"] == pytest.approx(cast("int", stop_of(there, "V")["distance_m"]), abs=1)


@OTHER
def test_it_is_answered_in_its_own_coordinates(crs: Crs) -> None:
    document = day(crs)
    plan = plan_json(document)
    sent = cast("Json", found(document, "visits", 0, "location"))
    line = polyline.decode(cast("str", found(plan, "itineraries", 0, "geometry", 0)), 6)

    assert {"lat": sent["lat"], "lon": sent["lon"], "index": None} == stop_of(plan, "V")["location"]
    assert (sent["lat"], sent["lon"]) == pytest.approx(line[-1], abs=2e-6)
    assert found(document, "agents", 0, "shifts", 0, "start_location", "lat") == pytest.approx(line[0][0], abs=2e-6)


@OTHER
def test_every_place_of_a_request_is_converted(crs: Crs) -> None:
    """The corner of a territory and the place of an option too."""
    document = day(crs)
    cast("Json", found(document, "visits", 0))["options"] = [
        {"id": "work", "location": found(document, "agents", 0, "shifts", 0, "start_location")}
    ]
    request = read_day(document, ROOM)
    (agent,), (visit,) = request.agents, request.visits
    option = visit.options[0].place
    assert option is not None
    assert option.point is not None
    assert visit.place.point is not None
    assert agent.territory is not None

    assert metres_between(option.point, OFFICE) < 0.1
    assert metres_between(visit.place.point, DOOR) < 0.1
    assert metres_between(agent.territory[0], Point(39.8, 116.2)) < 0.1


@OTHER
def test_addresses_are_found_in_the_coordinates_that_are_asked_for(crs: Crs) -> None:
    class Register:
        def find(self, addresses: list[Address]) -> list[Geocoded]:
            return [Geocoded("register", (Candidate(DOOR, Quality.ROOFTOP, each.text),)) for each in addresses]

    parts = wiring()
    parts = replace(parts, sources=replace(parts.sources, geocoder=Register()))
    web = TestClient(create_app(Settings(), parts))
    asked = {"addresses": [{"id": "a", "address": "Yonghegong"}], "crs": crs}
    location = web.post("/v1/geocode", json=asked).json()["results"][0]["location"]

    assert metres_between(DOOR, to_wgs84(Point(location["lat"], location["lon"]), crs)) < 0.1
    assert metres_between(DOOR, Point(location["lat"], location["lon"])) > 400


def test_a_system_that_nobody_knows_is_refused() -> None:
    web = TestClient(create_app(Settings(), wiring()))
    answer = web.post("/v1/validate", json=day(None) | {"crs": "epsg:4326"}).json()

    assert ["/crs"] == [error["pointer"] for error in answer["errors"]]
