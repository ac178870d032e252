"""Solomon's days, and Gehring and Homberger's of the same format: everything must be served, least distance.

    NUMBER CAPACITY                       of the vehicles
    number x y load opens closes service  of the depot and of every door

Rounding as in the DIMACS challenge: distances cut off after one decimal. The best known plan stands beside each file.
"""

import re
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.instance import Instance
from benchmarks.loaders.plane import cut_off
from solver.problem import Objective, Option, Pay, Problem, Shift, StartWindow, Visit

SCALE: Final = 10


class Row(NamedTuple):
    """One door in the file's own units; ``prize`` is what it is worth where not all must be served."""

    x: float
    y: float
    load: int
    opens: int
    closes: int
    service: int
    prize: int | None = None


def load(folder: Path, name: str) -> Instance:
    """A day in Solomon's format, with the cost of its ``.sol`` file where there is one."""
    path = next(path for path in folder.iterdir() if path.name.lower() == f"{name.lower()}.txt")
    numbers = [list(map(int, line.split())) for line in path.read_text(encoding="utf-8").splitlines() if _numeric(line)]
    (vehicles, capacity), *rows = numbers
    points = [Row(x, y, load, opens, closes, service) for _, x, y, load, opens, closes, service in rows]
    return Instance(problem(points, vehicles, capacity), best_known(path.with_suffix(".sol")))


def names(folder: Path) -> tuple[str, ...]:
    """All days of a folder."""
    return tuple(sorted(path.stem for path in folder.iterdir() if path.suffix.lower() == ".txt"))


def best_known(path: Path) -> int | None:
    """Cost of a best known plan in tenths; the files give it in units or in tenths."""
    if not path.is_file():
        return None
    found = re.search(r"^Cost:?\s+([\d.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        return None
    figure = found.group(1)
    return round(float(figure) * SCALE) if "." in figure else int(figure)


def family(name: str) -> str:
    """``C1``, ``RC2``, …."""
    found = re.match(r"([A-Za-z]+)([12])", name)
    return found.group().upper() if found else name


def problem(points: list[Row], vehicles: int, capacity: int) -> Problem:
    """The first point is the depot. Days whose doors have a prize are planned for profit, others serve everybody."""
    depot, *doors = points
    shift = Shift(
        start=0,
        end=0,
        opens=depot.opens * SCALE,
        closes=depot.closes * SCALE,
        capacity=(capacity,),
        pay=Pay(per_metre=1),
    )
    return Problem(
        travel=(cut_off([(point.x, point.y) for point in points], SCALE),),
        visits=tuple(_visit(place, door) for place, door in enumerate(doors, start=1)),
        shifts=(shift,) * vehicles,
        objective=Objective.VALUE_FIRST if doors[0].prize is None else Objective.PROFIT,
    )


def _visit(place: int, door: Row) -> Visit:
    window = StartWindow(door.opens * SCALE, door.closes * SCALE)
    prize = 1 if door.prize is None else door.prize * SCALE
    option = Option(place, door.service * SCALE, (window,), prize)
    return Visit((option,), required=door.prize is None, load=(door.load,))


def _numeric(line: str) -> bool:
    return bool(re.fullmatch(r"[\s\d]*\d[\s\d]*", line))
