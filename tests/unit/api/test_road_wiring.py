"""Settings that name roads: what may be said, and what is told of the rest."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.road_wiring import roads_of
from api.settings import Settings
from service.travel.osrm.data import RoadsUnusableError


def sources(settings: Settings) -> dict[str, str]:
    """By profile, who would be asked."""
    at_hand = roads_of(settings)
    with at_hand.held:
        return {profile: at_hand.roads.engine.info(profile).source for profile in ("car", "foot", "bicycle")}


def said(roads: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setitem(os.environ, "DAYROUTE_ROADS", roads)
    return Settings()


def test_without_roads_everybody_is_estimated() -> None:
    assert {"estimate"} == set(sources(Settings()).values())


@pytest.mark.parametrize("named", ["http://127.0.0.1:5000", "osrm=http://127.0.0.1:5000/", " https://roads.example "])
def test_a_server_is_one_for_cars_unless_it_is_said(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"car": "osrm", "foot": "estimate", "bicycle": "estimate"} == sources(said(named, monkeypatch))


def test_a_server_of_valhalla_is_named_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    named = '{"car": "valhalla=http://127.0.0.1:8002", "foot": "valhalla=http://127.0.0.1:8002/"}'

    assert {"car": "valhalla", "foot": "valhalla", "bicycle": "estimate"} == sources(said(named, monkeypatch))


def test_profiles_have_servers_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    named = '{"car": "http://127.0.0.1:5000", "foot": "http://127.0.0.1:5001", "truck": "http://127.0.0.1:5000"}'

    assert {"car": "osrm", "foot": "osrm", "bicycle": "estimate"} == sources(said(named, monkeypatch))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("city.osrm", "There are no road data at city.osrm"),
        (str(Path(__file__).parent), "no folder of road data"),
        ("ftp://127.0.0.1", "is named like http://"),
        ("http://[::1", "is named like http://"),
        ("https://who:secret@roads.example?key=secret", "without a query"),
        ("google=https://maps.example.org", "is named like http://"),
        ("http://", "is named like http://"),
        ('{"broom": "http://127.0.0.1:5000"}', "one of the profiles car"),
    ],
)
def test_what_cannot_be_used_is_told(named: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RoadsUnusableError, match=told):
        sources(said(named, monkeypatch))


def test_a_key_in_an_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RoadsUnusableError) as refused:
        sources(said("https://who:secret@roads.example?key=secret", monkeypatch))

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("profile", ["foot", "bicycle"])
def test_nobody_walks_on_the_times_of_cars(profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "about.json").write_text('{"profile": "car"}')
    (tmp_path / "roads.osrm.cells").write_text("")
    with pytest.raises(RoadsUnusableError, match=f"are roads for car, and nothing for {profile}"):
        sources(said(f'{{"truck": "{tmp_path}", "{profile}": "{tmp_path}"}}', monkeypatch))


@pytest.mark.parametrize("named", ["{", '{"car": 7}'])
def test_what_makes_no_sense_at_all_is_no_setting(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="roads"):
        said(named, monkeypatch)
