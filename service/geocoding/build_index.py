"""An offline index of addresses from an extract of OpenStreetMap (ODbL, © OpenStreetMap contributors)."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from osmium import FileProcessor
from osmium.filter import KeyFilter
from osmium.osm import Node, Way
from osmium.osm.types import OSMEntity

from service.extract import ATTRIBUTION, ExtractUnreadableError, date_of, unreadable
from service.geocoding.address_text import plain, plain_number
from service.geocoding.index import SCHEMA, VERSION

NUMBERS: Final = "addr:housenumber"


class House(NamedTuple):
    """One house as the map has it; what it does not say is empty."""

    number: str
    street: str
    postcode: str
    city: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Built:
    """What an index holds."""

    houses: int
    streets: int


def build_index(extract: Path, index: Path) -> Built:
    """Read ``extract`` (.osm.pbf) and write ``index``, in one go: a reader sees the old file or the new one.

    Raises ExtractUnreadableError, and OSError where the index cannot be written.
    """
    if index.resolve() == extract.resolve():
        message = f"the index would take the place of {extract}: name another file."
        raise ExtractUnreadableError(message)
    date = date_of(extract)
    draft = index.with_name(f"{index.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        built = _write(draft, houses_of(extract), date or "")
        draft.replace(index)
    except sqlite3.Error as error:
        message = f"{index} cannot be written: {error}."
        raise OSError(message) from error
    finally:
        draft.unlink(missing_ok=True)
    return built


def houses_of(extract: Path) -> Iterator[House]:
    """Every house with a number and a street, or the place it belongs to where streets have no names."""
    wanted = KeyFilter(NUMBERS)
    try:
        for found in FileProcessor(str(extract)).with_locations().with_filter(wanted):
            yield from _houses(found)
    except RuntimeError as error:
        raise unreadable(extract, error) from error


def _houses(found: OSMEntity) -> Iterator[House]:
    tags = found.tags
    street = tags.get("addr:street") or tags.get("addr:place")
    where = _middle(found)
    if street is None or where is None:
        return
    city = tags.get("addr:city") or tags.get("addr:suburb") or ""
    for number in tags[NUMBERS].replace(",", ";").split(";"):
        if number.strip():
            yield House(number.strip(), street, tags.get("addr:postcode") or "", city, *where)


def _middle(found: OSMEntity) -> tuple[float, float] | None:
    """Latitude and longitude of a node, or of the middle of a building's corners."""
    if isinstance(found, Node):
        return found.location.lat, found.location.lon
    if not isinstance(found, Way):
        return None
    corners = [node.location for node in found.nodes if node.location.valid()]
    if not corners:
        return None
    return sum(corner.lat for corner in corners) / len(corners), sum(corner.lon for corner in corners) / len(corners)


def _write(file: Path, houses: Iterable[House], date: str) -> Built:
    with closing(sqlite3.connect(file)) as index:
        index.executescript(SCHEMA)
        streets: dict[tuple[str, str, str], int] = {}
        count = 0
        for house in houses:
            key = house.street, house.postcode, house.city
            if key not in streets:
                streets[key] = len(streets) + 1
                _write_street(index, streets[key], key)
            index.execute(
                "INSERT INTO house VALUES (?, ?, ?, ?, ?)",
                (streets[key], house.number, plain_number(house.number), house.lat, house.lon),
            )
            count += 1
        if not count:
            message = "there are no addresses in this extract."
            raise ExtractUnreadableError(message)
        about = {"version": VERSION, "attribution": ATTRIBUTION, "date": date}
        index.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        index.commit()
        index.execute("VACUUM")
    return Built(count, len(streets))


def _write_street(index: sqlite3.Connection, number: int, key: tuple[str, str, str]) -> None:
    street, postcode, city = key
    index.execute("INSERT INTO street VALUES (?, ?, ?, ?)", (number, street, postcode, city))
    index.execute("INSERT INTO lookup(rowid, text) VALUES (?, ?)", (number, plain(" ".join(key))))
