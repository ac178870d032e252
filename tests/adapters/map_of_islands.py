"""A map drawn for tests: a town of straight streets, two islands without a bridge, and one with a ferry.

Streets cross every 100 m or so. The town and the large island have more than a thousand crossings: OSRM takes anything
smaller for a piece of the network that leads nowhere, and looks for the way to a larger one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from osmium import SimpleWriter
from osmium.osm.mutable import Node, Way

from service.day.place import Place, Point

STEP: Final = 0.001
"""Degrees between two streets: 111 m to the north, 56 m to the east."""
SIDE: Final = 40
TOWN: Final = (60.0, 25.0)
LARGE_ISLAND: Final = (60.0, 25.2)
FERRY_ISLAND: Final = (60.0, 25.4)
TINY_ISLAND: Final = (60.2, 25.0)
STREET: Final = {"highway": "residential", "name": "Testikatu"}
FERRY: Final = {"route": "ferry", "duration": "00:30", "motor_vehicle": "yes"}


def at(corner: tuple[float, float], north: float, east: float) -> Place:
    """So many streets from a corner."""
    return Place(Point(round(corner[0] + north * STEP, 6), round(corner[1] + east * STEP, 6)))


def draw_map(file: Path) -> None:
    """Write it as an extract (.osm.pbf)."""
    nodes: dict[tuple[tuple[float, float], int, int], int] = {}
    ways: list[tuple[list[int], dict[str, str]]] = []
    for corner, side in ((TOWN, SIDE), (LARGE_ISLAND, SIDE), (FERRY_ISLAND, SIDE), (TINY_ISLAND, 3)):
        for north in range(side):
            for east in range(side):
                nodes[corner, north, east] = len(nodes) + 1
        ways += [(list(street), STREET) for street in _streets(nodes, corner, side)]
    ways.append(([nodes[TOWN, 0, SIDE - 1], nodes[FERRY_ISLAND, 0, 0]], FERRY))
    with SimpleWriter(str(file), overwrite=True) as writer:
        for (corner, north, east), number in nodes.items():
            point = at(corner, north, east).point
            assert point is not None
            writer.add_node(Node(id=number, location=(point.lon, point.lat), version=1))
        house = {"addr:street": STREET["name"], "addr:housenumber": "1"}
        writer.add_node(Node(id=len(nodes) + 1, location=(TOWN[1], TOWN[0]), tags=house, version=1))
        for number, (line, tags) in enumerate(ways, start=1):
            writer.add_way(Way(id=number, nodes=line, tags=tags, version=1))


def _streets(
    nodes: dict[tuple[tuple[float, float], int, int], int], corner: tuple[float, float], side: int
) -> Iterator[Iterator[int]]:
    for line in range(side):
        yield (nodes[corner, line, each] for each in range(side))
        yield (nodes[corner, each, line] for each in range(side))
