"""Several windows a visit, from the days of Souffriau et al. (2013, MCTOPMTW).

Their budget and their categories are left out, which makes another problem: there is no best known figure, methods are
compared to the best found. A file has a line that begins with the number of agents, a line for where everybody starts
and ends,

    number  x  y  service  value  opens  closes

and one line a door, whose span is cut into four,

    number  x  y  service  value  t0 t1 t2 t3 t4  early  …

windows one and three if ``early`` is 1, two and four if it is 0.
"""

from pathlib import Path

from benchmarks.instance import Instance
from benchmarks.loaders.toptw import Point, problem, scale

PREFIX = "MCTOPMTW-"


def load(folder: Path, name: str) -> Instance:
    """The day ``r101.2``: with two agents, as its file says."""
    file, _, agents = name.partition(".")
    lines = (folder / f"{PREFIX}{agents}-{file}.txt").read_text(encoding="utf-8").splitlines()
    home, *doors = [list(map(float, line.split())) for line in lines[1:] if line.strip()]
    points = [Point(home[1], home[2], 0, 0, [(home[5], home[6])]), *(_door(row) for row in doors)]
    return Instance(problem(points, scale(file), int(agents)))


def chosen(folder: Path) -> tuple[str, ...]:
    """All days whose number of agents is that of their turn in the alphabet: 26, a quarter of the files."""
    files = sorted({path.stem.removeprefix(PREFIX).partition("-")[2] for path in folder.glob(f"{PREFIX}*.txt")})
    return tuple(f"{file}.{1 + i % 4}" for i, file in enumerate(files))


def _door(row: list[float]) -> Point:
    _, x, y, service, value, *times = row
    first = 0 if times[5] == 1 else 1
    windows = [(times[i], times[i + 1]) for i in (first, first + 2)]
    return Point(x, y, service, int(value), windows)
