"""Days in VRPLIB's format: ``KEY : value`` lines, then sections of one line a place.

Gehring and Homberger's days of 1,000 visits, and their prize-collecting variant, where what is served must be worth its
detour. Both are scaled by ten and cut off, prizes too, as their best known plans are.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.instance import Instance
from benchmarks.loaders.solomon import Row, best_known, problem


class Document(NamedTuple):
    """What a file says, by keyword; every section is a list of rows of numbers."""

    values: Mapping[str, str]
    sections: Mapping[str, Sequence[Sequence[int]]]


def load(folder: Path, name: str) -> Instance:
    """A day with uniform service and the plane's distances."""
    document = read(folder / f"{name}.vrp")
    points = points_of(document)
    day = problem(points, int(document.values["VEHICLES"]), int(document.values["CAPACITY"]))
    return Instance(day, best_known(folder / f"{name}.sol"))


def names(folder: Path) -> tuple[str, ...]:
    """All days of a folder."""
    return tuple(sorted(path.stem for path in folder.glob("*.vrp")))


def read(path: Path) -> Document:
    """A file by keyword."""
    values: dict[str, str] = {}
    sections: dict[str, list[list[int]]] = {}
    rows: list[list[int]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, colon, value = line.partition(":")
        if colon:
            values[key.strip()] = value.strip()
        elif line.strip().endswith("_SECTION"):
            rows = sections.setdefault(line.strip().removesuffix("_SECTION"), [])
        elif line.strip() not in ("", "EOF"):
            rows.append(list(map(int, line.split())))
    return Document(values, sections)


def points_of(document: Document) -> list[Row]:
    """Its places, the depot first."""
    by_place = {key: [row[1:] for row in rows] for key, rows in document.sections.items()}
    prizes = by_place.get("PRIZE")
    service = int(document.values["SERVICE_TIME"])
    return [
        Row(
            *by_place["NODE_COORD"][i],
            *by_place["DEMAND"][i],
            *by_place["TIME_WINDOW"][i],
            service=service if i else 0,
            prize=prizes[i][0] if prizes else None,
        )
        for i in range(int(document.values["DIMENSION"]))
    ]
