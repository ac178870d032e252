"""A visit may give an address instead of a location; where it is not well enough known nobody is sent, and told why."""

import threading
from collections.abc import Sequence
from typing import Final, cast

import pytest

from api.v1 import mapping_out
from api.v1.reading import read_day
from service.day.place import Candidate, Point, Quality
from service.geocoding.choice import chosen
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.places import Accepted
from service.plan_day import plan_day
from service.sources import Sources
from service.store.protocol import Made, PlanState, Status
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.features.json_answers import each, entry_of, listed, reasons, stop_of
from tests.features.json_street import ROOM, Json, agent_json, found, instant
from tests.worlds import at

NAME = "gazetteer"
HOME: Final = {"lat": 60.17, "lon": 24.94}


def house(label: str = "Kirkkokatu 18, Helsinki", north: float = 0.0, *, exact: bool = True) -> Candidate:
    return Candidate(Point(60.1707 + north, 24.9521), Quality.ROOFTOP, label, exact)


SURE: Final = Accepted()
STREET: Final = Candidate(Point(60.17, 24.95), Quality.STREET, "Kirkkokatu, Helsinki")
KNOWN: Final = {
    "Kirkkokatu 18": (house(),),
    "Kirkkokatu": (STREET,),
    "Kirkokatu 18": (house(exact=False),),
    "Station": (house("Station 1, Espoo"), house("Station 1, Vantaa", 0.2)),
}


class Gazetteer:
    """Knows a few addresses, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        self.asked += [address.text for address in addresses]
        return [chosen("gazetteer", KNOWN.get(address.text, ())) for address in addresses]


class Down:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:  # noqa: ARG002 - nobody answers
        raise GeocoderDownError(NAME, "it cannot be reached")


def planned(*visits: Json, accepted: Accepted = SURE, geocoder: Gazetteer | Down | None = None, **rest: object) -> Json:
    shift: Json = {"id": "A/mon", "start": instant("9:00"), "end": instant("17:00"), "start_location": HOME}
    document: Json = {"agents": [agent_json("A", [shift])], "visits": list(visits), "options": {"solution_limit": 50}}
    request = read_day(document | rest, ROOM)
    plan = plan_day(
        request,
        sources=Sources(Roads(Estimate()), Packs.of(), geocoder or Gazetteer(), accepted),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )
    state = PlanState("plan", 1, at("8:00"), request.name, request.currency, Status.DONE)
    return cast("Json", mapping_out.plan(state, Made(request, plan)).model_dump(mode="json"))


def visit(address: str, **more: object) -> Json:
    return {"id": "V", "address": address, "duration": "PT10M", **more}


def test_a_house_that_is_known_is_visited_where_it_is() -> None:
    stop = stop_of(planned(visit("Kirkkokatu 18")), "V")

    assert {"lat": 60.1707, "lon": 24.9521, "index": None} == stop["location"]


def test_a_location_goes_before_the_address_and_nobody_is_asked() -> None:
    gazetteer = Gazetteer()

    stop = stop_of(planned(visit("Kirkkokatu 18", location=HOME), geocoder=gazetteer), "V")

    assert ([], 60.17) == (gazetteer.asked, found(stop, "location", "lat"))


@pytest.mark.parametrize(
    ("address", "told", "candidates"),
    [
        ("Nowhere 1", "knows this address", []),
        ("Kirkkokatu", "but for the house", ["Kirkkokatu, Helsinki"]),
        ("Station", "several places", ["Station 1, Espoo", "Station 1, Vantaa"]),
        ("Kirkokatu 18", "written otherwise", ["Kirkkokatu 18, Helsinki"]),
    ],
)
def test_what_is_not_surely_the_house_is_left_out_with_what_it_may_mean(
    address: str, told: str, candidates: list[str]
) -> None:
    plan = planned(visit(address))

    entry = entry_of(plan, "V")
    assert ["location_missing"] == reasons(plan, "V")
    assert told in cast("str", found(entry, "reasons", 0, "detail"))
    assert candidates == each(entry, "candidates", of="label")
    assert entry["remedy"]


def test_a_street_is_enough_where_a_setting_says_so_and_the_plan_warns() -> None:
    plan = planned(visit("Kirkkokatu"), accepted=Accepted(Quality.STREET))

    assert 60.17 == found(stop_of(plan, "V"), "location", "lat")
    assert ("address_imprecise", "/visits/0/address") in [(w["code"], w["pointer"]) for w in listed(plan, "warnings")]


def test_a_slip_is_forgiven_where_a_setting_says_so_and_the_plan_warns() -> None:
    plan = planned(visit("Kirkokatu 18"), accepted=Accepted(slips=True))

    assert 60.1707 == found(stop_of(plan, "V"), "location", "lat")
    assert "address_respelt" in each(plan, "warnings", of="code")


def test_whatever_is_accepted_two_places_are_not_one() -> None:
    plan = planned(visit("Station"), accepted=Accepted(Quality.LOCALITY, slips=True))

    assert ["location_missing"] == reasons(plan, "V")


def test_the_law_at_a_door_goes_by_the_clock_of_where_the_address_is() -> None:
    """Without a zone in the request: nine o'clock is that of Helsinki."""
    policy = {"extra": [{"days": ["mon"], "hours": ["12:00-13:00"]}]}

    stop = stop_of(planned(visit("Kirkkokatu 18"), policy=policy), "V")

    assert instant("12:00") == stop["start"]


def test_without_anybody_who_answers_there_is_no_plan_and_no_wrong_one() -> None:
    with pytest.raises(GeocoderDownError) as raised:
        planned(visit("Kirkkokatu 18"), geocoder=Down())

    assert "Kirkkokatu" not in str(raised.value)
    assert stop_of(planned(visit("Kirkkokatu 18")), "V")
