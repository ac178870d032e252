"""The offline index: built from a map, asked for addresses as people write them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from osmium import SimpleWriter
from osmium.osm.mutable import Node, Way

from service.day.place import Quality
from service.extract import ExtractUnreadableError
from service.geocoding.build_index import build_index
from service.geocoding.index import AddressIndex, IndexUnreadableError
from service.geocoding.protocol import Address, Geocoded
from service.places import Accepted
from tests.shared import SHARED, shared


class Door(NamedTuple):
    number: str
    street: str
    postcode: str
    city: str
    lat: float
    lon: float


DOORS = [
    Door("24", "Dorfstrasse", "9495", "Triesen", 47.1080, 9.5263),
    Door("24", "Dorfstrasse", "9491", "Ruggell", 47.2400, 9.5300),
    Door("26", "Dorfstrasse", "9495", "Triesen", 47.1085, 9.5263),
    Door("24a", "Dorfstrasse", "9495", "Triesen", 47.1081, 9.5290),
    Door("1;3", "Äulestrasse", "9490", "Vaduz", 47.1400, 9.5200),
    Door("1", "Austrasse", "9490", "Vaduz", 47.1300, 9.5100),
    Door("7", "Egerta", "", "", 47.1700, 9.5000),
    Door("30", "Alte Landstrasse", "9496", "Balzers", 47.0700, 9.5010),
    Door("14", "Landstrasse", "9496", "Balzers", 47.0710, 9.5050),
    Door("17-19", "Landstrasse", "9496", "Balzers", 47.0720, 9.5060),
    Door("12", "Landstrasse", "9490", "Vaduz", 47.1420, 9.5230),
]


def extract(folder: Path, doors: list[Door]) -> Path:
    """A map that has these doors, each a node; and the first of them once more as a building."""
    path = folder / "town.osm.pbf"
    path.unlink(missing_ok=True)
    with SimpleWriter(str(path)) as writer:
        for number, door in enumerate(doors, 1):
            writer.add_node(Node(id=number, location=(door.lon, door.lat), tags=dict(_tags(door))))
        corners = [
            (100 + corner, doors[0].lon + east, doors[0].lat + north) for corner, (east, north) in enumerate(SQUARE)
        ]
        for corner, lon, lat in corners:
            writer.add_node(Node(id=corner, location=(lon, lat)))
        nodes = [corner for corner, _, _ in corners]
        writer.add_way(Way(id=1, nodes=nodes, tags={"building": "yes", **dict(_tags(doors[0]))}))
    return path


SQUARE = ((0, 0), (0.0001, 0), (0.0001, 0.0001), (0, 0.0001))


def _tags(door: Door) -> Iterator[tuple[str, str]]:
    for key in ("number", "street", "postcode", "city"):
        if value := getattr(door, key):
            yield f"addr:{'housenumber' if key == 'number' else key}", value


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> AddressIndex:
    folder = tmp_path_factory.mktemp("town")
    build_index(extract(folder, DOORS), folder / "town.addresses")
    return AddressIndex.open(folder / "town.addresses")


@pytest.fixture(scope="module")
def liechtenstein(tmp_path_factory: pytest.TempPathFactory) -> AddressIndex:
    """A whole country."""
    index = tmp_path_factory.mktemp("li") / "li.addresses"
    build_index(SHARED / "osm" / "liechtenstein-2024-03.osm.pbf", index)
    return AddressIndex.open(index)


def asked(index: AddressIndex, address: str) -> Geocoded:
    (found,) = index.find([Address(address)])
    return found


class TestFinding:
    def test_a_house_is_found_once_though_the_map_has_it_twice(self, town: AddressIndex) -> None:
        found = asked(town, "Dorfstrasse 24, 9495 Triesen")

        assert ["Dorfstrasse 24, 9495 Triesen"] == [place.label for place in found.candidates]
        assert (Quality.ROOFTOP, False) == (found.quality, found.ambiguous)
        assert pytest.approx(47.1080, abs=1e-4) == found.candidates[0].point.lat

    def test_without_its_town_it_may_be_several(self, town: AddressIndex) -> None:
        found = asked(town, "Dorfstrasse 24")

        assert found.ambiguous
        assert {"Triesen", "Ruggell"} == {place.label.split()[-1] for place in found.candidates}

    def test_a_house_that_is_not_there_is_its_street(self, town: AddressIndex) -> None:
        found = asked(town, "Dorfstrasse 99, Triesen")

        assert (Quality.STREET, "Dorfstrasse, 9495 Triesen") == (found.quality, found.candidates[0].label)

    def test_a_letter_after_the_number_is_another_house(self, town: AddressIndex) -> None:
        assert "Dorfstrasse 24a, 9495 Triesen" == asked(town, "Dorfstrasse 24 A, Triesen").candidates[0].label

    def test_several_numbers_of_one_building_are_houses_of_their_own(self, town: AddressIndex) -> None:
        assert Quality.ROOFTOP == asked(town, "Äulestrasse 3, Vaduz").quality

    def test_a_street_written_right_is_not_another_that_is_like_it(self, town: AddressIndex) -> None:
        found = asked(town, "Äulestrasse 1, 9490 Vaduz")

        assert ["Äulestrasse 1, 9490 Vaduz"] == [place.label for place in found.candidates]

    def test_a_slip_is_found_and_said_to_be_one(self, town: AddressIndex) -> None:
        found = asked(town, "Dorfstrase 26, Triesen")

        assert ("Dorfstrasse 26, 9495 Triesen", False) == (found.candidates[0].label, found.candidates[0].exact)

    @pytest.mark.parametrize(
        "address", ["Dorfstrasse 24, Zürich", "Egerta 7, Schaan", "Elsewhere 1", "24", "", "?", '"']
    )
    def test_what_is_not_there_is_not_found(self, address: str, town: AddressIndex) -> None:
        assert Quality.UNMATCHED == asked(town, address).quality


class TestBuilding:
    def test_it_says_what_it_holds(self, tmp_path: Path) -> None:
        built = build_index(extract(tmp_path, DOORS), tmp_path / "town.addresses")

        assert (13, 8) == (built.houses, built.streets)

    def test_building_again_replaces_it(self, tmp_path: Path) -> None:
        index = tmp_path / "town.addresses"
        build_index(extract(tmp_path, DOORS), index)
        build_index(extract(tmp_path, DOORS[:1]), index)

        assert Quality.UNMATCHED == asked(AddressIndex.open(index), "Äulestrasse 1, Vaduz").quality
        assert {"town.addresses", "town.osm.pbf"} == {path.name for path in tmp_path.iterdir()}

    @pytest.mark.parametrize("content", [b"", b"no map at all", b"\x00" * 100])
    def test_what_is_no_map_is_refused_and_leaves_the_old_index(self, content: bytes, tmp_path: Path) -> None:
        index = tmp_path / "town.addresses"
        build_index(extract(tmp_path, DOORS), index)
        wrong = tmp_path / "wrong.osm.pbf"
        wrong.write_bytes(content)

        with pytest.raises(ExtractUnreadableError):
            build_index(wrong, index)

        assert Quality.ROOFTOP == asked(AddressIndex.open(index), "Äulestrasse 1, Vaduz").quality

    def test_a_map_without_addresses_is_refused(self, tmp_path: Path) -> None:
        nowhere = Door("", "Dorfstrasse", "9495", "Triesen", 47.1, 9.5)

        with pytest.raises(ExtractUnreadableError, match="no addresses"):
            build_index(extract(tmp_path, [nowhere]), tmp_path / "town.addresses")

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ExtractUnreadableError, match="there is no file"):
            build_index(tmp_path / "nothing.osm.pbf", tmp_path / "town.addresses")

    def test_the_map_is_not_written_over(self, tmp_path: Path) -> None:
        town = extract(tmp_path, DOORS)

        with pytest.raises(ExtractUnreadableError, match="take the place"):
            build_index(town, town)

    def test_where_it_cannot_be_written_that_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="nowhere"):
            build_index(extract(tmp_path, DOORS), tmp_path / "nowhere" / "town.addresses")

    @pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\x00 but no more"])
    def test_what_is_no_index_is_not_opened(self, content: bytes | None, tmp_path: Path) -> None:
        file = tmp_path / "some.addresses"
        if content is not None:
            file.write_bytes(content)

        with pytest.raises(IndexUnreadableError, match=r"some\.addresses"):
            AddressIndex.open(file)


@shared("osm")
@pytest.mark.parametrize("slip", [False, True])
def test_addresses_of_a_whole_country_are_found_in_their_places(slip: bool, liechtenstein: AddressIndex) -> None:
    """500 of Liechtenstein's, as they are and with a letter of the street dropped."""
    index, dice = liechtenstein, Random(7)  # noqa: S311 - the same ones every time
    with (SHARED / "osm" / "liechtenstein-2024-03.addresses.csv").open(encoding="utf-8") as file:
        rows = dice.sample([row for row in csv.DictReader(file) if row["city"]], 500)

    right = 0
    for row in rows:
        street, drop = row["street"], dice.randrange(1, len(row["street"]) - 1)
        written = street[:drop] + street[drop + 1 :] if slip else street
        found = asked(index, f"{written} {row['housenumber']}, {row['postcode']} {row['city']}")
        near = [
            place
            for place in found.candidates
            if abs(place.point.lat - float(row["lat"])) + abs(place.point.lon - float(row["lon"])) < 2e-3
        ]
        right += found.quality is Quality.ROOFTOP and bool(near) and (slip or not found.ambiguous)

    assert right >= (490 if slip else 500)


@shared("osm")
@pytest.mark.parametrize(
    "address",
    [
        "Alte Landstrasse 14, 9496 Balzers",
        "Alte Zollstrasse 1, 9494 Schaan",
        "Neue Landstrasse 14, Balzers",
        "Obere Hub 10",
        "Im Winkel 10",
        "Kloggerweg 999 Top 16, 9488 Schellenberg",
        "Kloggerweg 1/6, 9488 Schellenberg",
        "Kloggerweg 1, 6. Stock",
        "Kloggerweg 16 a, 9488 Schellenberg",
        "Aeulestrasse 1, 9495 Vaduz",
        "Bahnweg 2, 9486 Schaan",
        "Kloggerweg 16, 9488 Wien",
        "Kloggerweg 16, 9488 Schellenberg, Austria",
        "Bergstrasse 103",
        "Landstrasse 1",
    ],
)
def test_nobody_is_sent_to_a_house_that_is_not_surely_the_one(address: str, liechtenstein: AddressIndex) -> None:
    """Each of them names a house of Liechtenstein nearly, or one of several."""
    assert not Accepted().takes(asked(liechtenstein, address))


@shared("osm")
@pytest.mark.parametrize("address", ["Kloggerweg 16, FL-9488 Schellenberg", "16 Kloggerweg, Schellenberg"])
def test_a_house_that_is_the_one_is_visited(address: str, liechtenstein: AddressIndex) -> None:
    assert Accepted().takes(asked(liechtenstein, address))
