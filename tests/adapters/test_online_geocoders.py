"""Geocoders over HTTP, each in its own words: the same house, the same doubts, the same outages."""

import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

import pytest

from service.day.place import Quality
from service.geocoding.online import Manners, OnlineGeocoder, Pace, UnknownServiceError, online
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError
from tests.adapters.stub_server import Reply, answer, stub

MANNERS = Manners("dayroute tests", 1000, timedelta(seconds=5))
ADDRESS = Address("Dorfstrasse 24, 9495 Triesen", "LI")
WORDS = ("Dorfstrasse", "Triesen", "9495")


@dataclass(frozen=True)
class Place:
    number: str = "24"
    street: str = "Dorfstrasse"
    postcode: str = "9495"
    city: str = "Triesen"
    lat: float = 47.108
    lon: float = 9.526


def nominatim(*places: Place) -> object:
    def told(place: Place) -> Mapping[str, object]:
        house = {"house_number": place.number} if place.number else {}
        road = {"road": place.street} if place.street else {}
        return {
            "lat": str(place.lat),
            "lon": str(place.lon),
            "place_rank": 30 if place.number else 26 if place.street else 16,
            "importance": 1e-5,
            "display_name": f"{place.number}, {place.street}, {place.city}",
            "address": {**house, **road, "village": place.city, "postcode": place.postcode},
        }

    return [told(place) for place in places]


def photon(*places: Place) -> object:
    def told(place: Place) -> Mapping[str, object]:
        kind = "house" if place.number else "street" if place.street else "city"
        parts = {"housenumber": place.number, "street": place.street, "postcode": place.postcode, "city": place.city}
        known = {key: value for key, value in parts.items() if value}
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {**known, "type": kind, "name": place.street},
        }

    return {"type": "FeatureCollection", "features": [told(place) for place in places]}


def pelias(*places: Place) -> object:
    def told(place: Place) -> Mapping[str, object]:
        parts = {
            "housenumber": place.number,
            "street": place.street,
            "postalcode": place.postcode,
            "locality": place.city,
        }
        known = {key: value for key, value in parts.items() if value}
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "name": place.street or place.city,
                **known,
                "accuracy": "point",
                "label": f"{place.street} {place.number}, {place.city}",
            },
        }

    return {"type": "FeatureCollection", "features": [told(place) for place in places]}


KINDS = {"nominatim": nominatim, "photon": photon, "pelias": pelias}
any_kind = pytest.mark.parametrize("kind", KINDS)


def find(kind: str, *replies: Reply, manners: Manners = MANNERS, address: Address = ADDRESS) -> Geocoded:
    with stub(*replies) as served:
        (found,) = patient(online(f"{kind}={served.url}", manners)).find([address])
    return found


def patient(geocoder: OnlineGeocoder) -> OnlineGeocoder:
    """One for which waiting takes no time."""
    return replace(geocoder, pace=replace(geocoder.pace, sleep=_at_once))


def _at_once(seconds: float) -> None:
    assert seconds >= 0


@any_kind
class TestAnswers:
    def test_the_house_that_was_asked_for_is_found(self, kind: str) -> None:
        found = find(kind, answer(KINDS[kind](Place())))

        (place,) = found.candidates
        assert (Quality.ROOFTOP, True, kind) == (place.quality, place.exact, found.source)
        assert (47.108, 9.526) == (place.point.lat, place.point.lon)

    def test_a_street_is_no_house(self, kind: str) -> None:
        assert Quality.STREET == find(kind, answer(KINDS[kind](Place(number="")))).quality

    def test_a_house_of_another_number_is_no_better_than_its_street(self, kind: str) -> None:
        assert Quality.STREET == find(kind, answer(KINDS[kind](Place(number="26")))).quality

    def test_a_town_is_a_town(self, kind: str) -> None:
        assert Quality.LOCALITY == find(kind, answer(KINDS[kind](Place(number="", street="")))).quality

    def test_a_house_in_another_street_is_not_the_one(self, kind: str) -> None:
        found = find(kind, answer(KINDS[kind](Place(street="Landstrasse"))))

        assert (Quality.STREET, False) == (found.quality, found.candidates[0].exact)

    def test_two_houses_are_ambiguous(self, kind: str) -> None:
        found = find(kind, answer(KINDS[kind](Place(), Place(lat=47.24))), address=Address("Dorfstrasse 24"))

        assert found.ambiguous

    def test_nothing_is_nothing(self, kind: str) -> None:
        assert Quality.UNMATCHED == find(kind, answer(KINDS[kind]())).quality

    def test_every_address_is_answered_in_its_turn(self, kind: str) -> None:
        with stub(answer(KINDS[kind](Place())), answer(KINDS[kind]())) as served:
            found = patient(online(f"{kind}={served.url}", MANNERS)).find([ADDRESS, ADDRESS])

        assert [Quality.ROOFTOP, Quality.UNMATCHED] == [one.quality for one in found]


BUILDING = ["47.10770", "47.10790", "9.52590", "9.52620"]
POINT = ["47.10795", "47.10805", "9.52595", "9.52605"]


@pytest.mark.parametrize(
    ("told", "quality"),
    [
        ({"osm_type": "node", "boundingbox": POINT}, Quality.ROOFTOP),
        ({"osm_type": "way", "boundingbox": BUILDING}, Quality.ROOFTOP),
        ({"osm_type": "way", "boundingbox": POINT}, Quality.STREET),
        ({"osm_type": "way"}, Quality.STREET),
    ],
    ids=["a node", "a building", "somewhere along a line", "nobody knows"],
)
def test_nominatim_has_a_house_where_it_is_drawn_and_not_where_it_is_reckoned(
    told: Mapping[str, object], quality: Quality
) -> None:
    (house,) = cast("list[Mapping[str, object]]", nominatim(Place()))

    assert quality is find("nominatim", answer([{**house, "class": "place", **told}])).quality


def test_of_a_country_that_is_a_town_its_name_is_that_of_the_town() -> None:
    (house,) = cast("list[Mapping[str, object]]", nominatim(Place()))
    parts = {"house_number": "24", "road": "Dorfstrasse", "suburb": "Alt", "postcode": "9495", "country": "Triesen"}
    found = find("nominatim", answer([{**house, "address": parts}]))

    assert (Quality.ROOFTOP, True) == (found.quality, found.exact)


def test_the_letters_of_a_state_may_stand_beside_the_town() -> None:
    (house,) = cast("list[Mapping[str, object]]", nominatim(Place("1234", "Main Street", "62701", "Springfield")))
    parts = {**cast("Mapping[str, object]", house["address"]), "ISO3166-2-lvl4": "US-IL", "country_code": "us"}
    for asked in ("1234 Main Street, Springfield, IL", "1234 Main Street, Springfield, IL 62701, US"):
        found = find("nominatim", answer([{**house, "address": parts}]), address=Address(asked))

        assert (Quality.ROOFTOP, True) == (found.quality, found.exact)


@any_kind
class TestOutages:
    def failure(self, kind: str, *replies: Reply, manners: Manners = MANNERS) -> GeocoderDownError:
        with pytest.raises(GeocoderDownError) as raised:
            find(kind, *replies, manners=manners)
        assert raised.value.__cause__ is None
        assert not any(word in str(raised.value) for word in WORDS)
        return raised.value

    def test_nobody_there(self, kind: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            geocoder = online(f"{kind}=http://127.0.0.1:{taken.getsockname()[1]}", MANNERS)
            with pytest.raises(GeocoderDownError, match="cannot be reached") as raised:
                geocoder.find([ADDRESS])

        assert not any(word in str(raised.value) for word in WORDS)

    def test_too_slow(self, kind: str) -> None:
        """The server answers when the test is over."""
        over = threading.Event()
        hasty = replace(MANNERS, timeout=timedelta(milliseconds=50))
        with (
            stub(answer(KINDS[kind](Place())), meanwhile=over.wait) as served,
            pytest.raises(GeocoderDownError, match=r"took too long|cannot be reached"),
        ):
            online(f"{kind}={served.url}", hasty).find([ADDRESS])
        over.set()

    def test_asked_too_often_it_is_asked_again_after_what_it_says(self, kind: str) -> None:
        waited: list[float] = []
        with stub((429, {"Retry-After": "7"}, b""), answer(KINDS[kind](Place()))) as served:
            geocoder = online(f"{kind}={served.url}", MANNERS)
            (found,) = replace(geocoder, pace=replace(geocoder.pace, sleep=waited.append)).find([ADDRESS])

        assert Quality.ROOFTOP == found.quality
        assert 7 in waited

    def test_asked_too_often_for_long_it_is_down_and_says_until_when(self, kind: str) -> None:
        assert timedelta(seconds=3600) == self.failure(kind, (429, {"Retry-After": "3600"}, b"")).retry_after

    def test_asked_too_often_again_and_again_it_is_down(self, kind: str) -> None:
        assert "too often" in str(self.failure(kind, (429, {}, b"")))

    @pytest.mark.parametrize("status", [401, 403, 500, 502, 503])
    def test_an_error_is_no_answer(self, status: int, kind: str) -> None:
        self.failure(kind, (status, {}, b"Dorfstrasse 24"))

    @pytest.mark.parametrize(
        "body",
        [b"", b"<html>Dorfstrasse</html>", b'[{"lat": "47.1', b"{}", b"[{}]", b"null", b'{"features": [{}]}', b"7"],
    )
    def test_half_an_answer_is_none(self, body: bytes, kind: str) -> None:
        assert self.outcome(kind, (200, {"Content-Type": "application/json"}, body)) in {"nothing", "outage"}

    def outcome(self, kind: str, reply: Reply) -> str:
        try:
            found = find(kind, reply)
        except GeocoderDownError as error:
            return "a word" if any(word in str(error) for word in WORDS) else "outage"
        return "a place" if found.candidates else "nothing"

    def test_when_it_is_back_the_same_question_is_answered(self, kind: str) -> None:
        with stub((503, {}, b""), answer(KINDS[kind](Place()))) as served:
            geocoder = patient(online(f"{kind}={served.url}", MANNERS))
            with pytest.raises(GeocoderDownError):
                geocoder.find([ADDRESS])
            (found,) = geocoder.find([ADDRESS])

        assert Quality.ROOFTOP == found.quality


class TestManners:
    def test_who_we_are_and_the_country_are_said(self) -> None:
        with stub(answer(nominatim(Place()))) as served:
            patient(online(f"nominatim={served.url}", MANNERS)).find([ADDRESS])

        assert "countrycodes=LI" in served.asked[0]
        assert "limit=2" in served.asked[0]

    def test_questions_come_no_faster_than_agreed(self) -> None:
        """By a clock that goes on only while somebody sleeps."""
        now, starts = [0.0], list[float]()
        pace = Pace(
            timedelta(seconds=2), clock=lambda: now[0], sleep=lambda seconds: now.__setitem__(0, now[0] + seconds)
        )

        for _ in range(3):
            pace.wait()
            starts.append(now[0])

        assert [0, 2, 4] == starts

    @pytest.mark.parametrize(
        "said", ["", "nominatim", "nominatim=", "google=https://x.org", "photon=ftp://x.org", "photon=x"]
    )
    def test_a_service_that_is_none_is_refused(self, said: str) -> None:
        with pytest.raises(UnknownServiceError, match="is named like"):
            online(said, MANNERS)
