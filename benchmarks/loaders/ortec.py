"""Field days on real roads, from days of grocery delivery (EURO Meets NeurIPS 2022): asymmetric, in seconds.

What is taken over: travel, service, windows. What is ours: half of the vehicles go out, without capacity, and visits
are worth 1 to 100, most of them little (ten times Pareto's 1.2), drawn with seed 1. No best known figure: methods are
compared to the best found. Cost is seconds of travel.
"""

from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.instance import Instance
from benchmarks.loaders.vrplib import read
from solver.problem import Option, Pay, Problem, Shift, StartWindow, TravelMatrix, Visit

SEED: Final = 1
SHAPE: Final = 1.2
HIGHEST: Final = 100


def load(folder: Path, name: str) -> Instance:
    """The field day of one file, named as its key and size: ``40856d69-n217``."""
    key, _, size = name.partition("-")
    document = read(next(folder.glob(f"*-{key}-*-{size}-*.txt")))
    seconds = np.asarray(document.sections["EDGE_WEIGHT"], dtype=np.int32)
    services = [row[1] for row in document.sections["SERVICE_TIME"]]
    windows = [StartWindow(row[1], row[2]) for row in document.sections["TIME_WINDOW"]]
    worth = 10 * np.random.default_rng(SEED).pareto(SHAPE, size=len(seconds) - 1)
    prizes = np.clip(worth.astype(np.int64), 1, HIGHEST)
    shift = Shift(0, 0, windows[0].opens, windows[0].closes, pay=Pay(per_metre=1))
    problem = Problem(
        travel=(TravelMatrix(seconds=seconds, metres=seconds),),
        visits=tuple(
            Visit((Option(place, services[place], (windows[place],), int(prizes[place - 1])),))
            for place in range(1, len(seconds))
        ),
        shifts=(shift,) * (int(document.values["VEHICLES"]) // 2),
    )
    return Instance(problem)


def names(folder: Path) -> tuple[str, ...]:
    """All days of a folder."""
    parts = (path.stem.split("-") for path in folder.glob("*.txt"))
    return tuple(sorted(f"{part[3]}-{part[5]}" for part in parts))
