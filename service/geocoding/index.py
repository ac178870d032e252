"""Addresses of a region from one file, without asking anybody.

A street is found by the letters that its name shares with what was asked, three at a time, so that a slip of the pen
does no harm; a house by its number, exactly.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, Self

from service.day.place import Candidate, Point, Quality
from service.geocoding.address_text import Fit, Written
from service.geocoding.choice import chosen
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError

VERSION: Final = "1"
SCHEMA: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE street (id INTEGER PRIMARY KEY, name TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE house (street INTEGER NOT NULL REFERENCES street, number TEXT NOT NULL, plain TEXT NOT NULL,
                    lat REAL NOT NULL, lon REAL NOT NULL);
CREATE INDEX house_by_number ON house (street, plain);
CREATE VIRTUAL TABLE lookup USING fts5(text, tokenize='trigram');
"""

LOOKED_AT: Final = 60
"""Streets that share most with what was asked."""
TRIGRAM: Final = 3


class IndexUnreadableError(Exception):
    """The file is no index of addresses, or of another version."""


class _Street(NamedTuple):
    id: int
    name: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class AddressIndex:
    """One file, opened for each question: threads may ask side by side."""

    file: Path
    source: str = "address index"

    @classmethod
    def open(cls, file: Path) -> Self:
        """Raises IndexUnreadableError unless it is an index that can be read."""
        index = cls(file)
        try:
            with closing(index._connected()) as asked:
                (version,) = asked.execute("SELECT value FROM about WHERE key = 'version'").fetchone() or ("",)
        except sqlite3.Error as error:
            message = (
                f"{file} cannot be read as an index of addresses ({error}); build one with `dayroute addresses build`."
            )
            raise IndexUnreadableError(message) from error
        if version != VERSION:
            message = f"{file} is an index of another version: build it anew with `dayroute addresses build`."
            raise IndexUnreadableError(message)
        return index

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder."""
        try:
            with closing(self._connected()) as asked:
                return [_found(asked, self.source, Written.of(one.text)) for one in addresses]
        except sqlite3.Error:
            raise GeocoderDownError(self.source, "its file cannot be read") from None

    def some(self, count: int, seed: int) -> Sequence[tuple[str, Point]]:
        """So many houses, or all there are: their addresses in full and where they are. Another seed, other houses."""
        query = """SELECT street.id, street.name, street.postcode, street.city, house.number, house.lat, house.lon
                   FROM house JOIN street ON street.id = house.street ORDER BY house.rowid"""
        with closing(self._connected()) as asked:
            rows = asked.execute(query).fetchall()
        chosen_ones = Random(seed).sample(rows, min(count, len(rows)))  # noqa: S311 - nobody is to be surprised
        return [(_label(_Street(*row[:4]), row[4]), Point(row[5], row[6])) for row in chosen_ones]

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=ro", uri=True)


def _found(index: sqlite3.Connection, source: str, written: Written) -> Geocoded:
    """Places that it may mean: of streets that are written like this, or else of those that are nearly.

    Where no town is said and several have the street, the one that has the house need not be the one that is meant.
    """
    fits = _streets(index, written)
    exact = [(fit, street) for fit, street in fits if fit.exact] or fits
    places = [place for fit, street in exact for place in _on_street(index, street, fit)]
    houses = [place for place in places if place.quality is Quality.ROOFTOP]
    streets = chosen(source, (place for place in places if place.quality is Quality.STREET))
    doubtful = streets.ambiguous and not any(fit.town_said for fit, _ in exact)
    return chosen(source, houses or streets.candidates, doubtful=doubtful)


def _streets(index: sqlite3.Connection, written: Written) -> list[tuple[Fit, _Street]]:
    """Those that agree with what is written, and about as well as the best of them does."""
    wanted = dict.fromkeys(three for word in written.words for three in _trigrams(word))
    if not wanted:
        return []
    query = """SELECT street.* FROM lookup JOIN street ON street.id = lookup.rowid
               WHERE lookup.text MATCH ? ORDER BY rank LIMIT ?"""
    any_of = " OR ".join(f'"{three}"' for three in wanted)
    looked_at = map(_Street._make, index.execute(query, (any_of, LOOKED_AT)))
    fits = [(fit, street) for street in looked_at if (fit := written.fit(street.name, street.postcode, [street.city]))]
    best = max((fit.street for fit, _ in fits), default=1.0)
    near = best - (1 - best) / 2
    return [(fit, street) for fit, street in fits if fit.street >= near]


def _trigrams(word: str) -> Iterator[str]:
    return (word[at : at + TRIGRAM] for at in range(len(word) - TRIGRAM + 1))


def _on_street(index: sqlite3.Connection, street: _Street, fit: Fit) -> Iterator[Candidate]:
    """The house as it is numbered, or else the one without the letter, which is another; and the street's middle."""
    houses = "SELECT number, lat, lon FROM house WHERE street = ? AND plain = ?"
    for reading, number in enumerate(fit.numbers):
        found = index.execute(houses, (street.id, number)).fetchall()
        for told, lat, lon in found:
            yield Candidate(Point(lat, lon), Quality.ROOFTOP, _label(street, told), fit.exact and reading == 0)
        if found:
            break
    lat, lon = index.execute("SELECT avg(lat), avg(lon) FROM house WHERE street = ?", (street.id,)).fetchone()
    yield Candidate(Point(lat, lon), Quality.STREET, _label(street), fit.exact)


def _label(street: _Street, number: str = "") -> str:
    parts = (street.name, number), (street.postcode, street.city)
    return ", ".join(filter(None, (" ".join(filter(None, part)) for part in parts)))
