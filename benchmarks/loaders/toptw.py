"""The team orienteering problem with time windows: value first, one agent or several, no breaks.

Files as the KU Leuven group spreads them: a line "k v N t", a line "D Q", then one line a point,

    number  x  y  service  value  …  opens  closes

the first being where everybody starts and ends. Distances are cut off after one decimal on Solomon's days, after two on
Cordeau's (Vansteenwegen et al. 2009); windows say when service may start.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.instance import Instance
from benchmarks.loaders.plane import cut_off
from solver.problem import Option, Pay, Problem, Shift, StartWindow, Visit

HEADER: Final = 2
NAME: Final = re.compile(r"([a-z]+)(\d+)")
CORDEAU: Final = "pr"
WITH_NARROW_WINDOWS: Final = 10
"""Of his days, the first so many."""
TENTHS: Final = 10
HUNDREDTHS: Final = 100
REFERENCES: Final = "toptw_results/toptw_reference.csv"
TYPE_ONE: Final = ("c1", "r1", "rc1")
AGENTS: Final = (1, 2, 3, 4)
OF_A_FAMILY: Final = 5

KNOWN_TO_BE_HARD: Final = ("c104.4", "r108.4", "pr08.3")
"""Many answers close to each other: exchange moves of others found what a first search of ours did not."""


class Point(NamedTuple):
    """One door in the file's own units; the windows are those of the start of service."""

    x: float
    y: float
    service: float
    value: int
    windows: Sequence[tuple[float, float]]


def load(folder: Path, name: str) -> Instance:
    """The day ``r101.2``: the file r101 with two agents."""
    file, _, agents = name.partition(".")
    return Instance(problem(_points(folder, file), scale(file), int(agents)), best_known(folder).get(name))


def chosen(folder: Path) -> tuple[str, ...]:
    """Days with a best known figure: some of each family, spread over its files and its numbers of agents.

    Days on which the best known plan serves everybody are no use: there is nothing to choose.
    """
    by_family: dict[str, dict[str, list[str]]] = {}
    for name, value in sorted(best_known(folder).items()):
        file, _, agents = name.partition(".")
        if value < sum(point.value for point in _points(folder, file)):
            by_family.setdefault(family(name), {}).setdefault(file, []).append(agents)
    days: list[str] = []
    for turn, (_, files) in enumerate(sorted(by_family.items())):
        for i, file in enumerate(_spread(sorted(files), OF_A_FAMILY)):
            days.append(f"{file}.{files[file][(turn + i) % len(files[file])]}")
    return (*days, *(name for name in KNOWN_TO_BE_HARD if name in best_known(folder) and name not in days))


def chosen_open(folder: Path) -> tuple[str, ...]:
    """Cordeau's days without a best known figure in the list: several agents, or wide windows."""
    files = sorted(path.stem for path in folder.glob(f"{CORDEAU}*.txt"))
    narrow, wide = ([file for file in files if family(file) == kind] for kind in ("pr0", "pr1"))
    days = [f"{file}.{3 + i % 2}" for i, file in enumerate(_spread(narrow, len(AGENTS)))]
    days += [f"{file}.{AGENTS[i % len(AGENTS)]}" for i, file in enumerate(wide)]
    return (*days, *(name for name in KNOWN_TO_BE_HARD if name.startswith(CORDEAU) and name not in days))


def tight(folder: Path) -> tuple[str, ...]:
    """All of Solomon's days of type 1, whose windows are tight, with one to four agents."""
    return tuple(name for name in sorted(best_known(folder)) if family(name) in TYPE_ONE)


def _spread(files: Sequence[str], count: int) -> list[str]:
    return [files[i * (len(files) - 1) // (count - 1)] for i in range(count)]


def _points(folder: Path, file: str) -> list[Point]:
    lines = (folder / f"{file}.txt").read_text(encoding="utf-8").splitlines()[HEADER:]
    return [_point(line) for line in lines if line.strip()]


def best_known(folder: Path) -> Mapping[str, int]:
    """Value of the best plan known, by name of the day; the list lies in a folder beside the days."""
    with (folder.parent / REFERENCES).open(encoding="utf-8", newline="") as file:
        return {f"{row['inst']}.{row['m']}": int(row["best_known"]) for row in csv.DictReader(file)}


def family(name: str) -> str:
    """``c1``, ``rc2``, …; of Cordeau's days ``pr0`` have narrow windows, ``pr1`` wide ones."""
    found = NAME.match(name)
    if found is None:
        message = f"{name} is no name of a day."
        raise ValueError(message)
    kind, number = found.groups()
    return f"{kind}{int(int(number) > WITH_NARROW_WINDOWS) if kind == CORDEAU else number[0]}"


def scale(file: str) -> int:
    """Units per unit of the file."""
    return HUNDREDTHS if file.startswith(CORDEAU) else TENTHS


def problem(points: Sequence[Point], scale: int, agents: int) -> Problem:
    """The first point is where everybody starts and ends, its window is when."""
    home, *doors = points
    (opens, closes), *_ = home.windows
    shift = Shift(0, 0, round(opens * scale), round(closes * scale), pay=Pay(per_metre=1))
    return Problem(
        travel=(cut_off([(point.x, point.y) for point in points], scale),),
        visits=tuple(_visit(place, door, scale) for place, door in enumerate(doors, start=1)),
        shifts=(shift,) * agents,
    )


def _visit(place: int, door: Point, scale: int) -> Visit:
    windows = tuple(StartWindow(round(opens * scale), round(closes * scale)) for opens, closes in door.windows)
    return Visit((Option(place, round(door.service * scale), windows, door.value),))


def _point(line: str) -> Point:
    _, x, y, service, value, *rest = map(float, line.split())
    return Point(x, y, service, int(value), [(rest[-2], rest[-1])])
