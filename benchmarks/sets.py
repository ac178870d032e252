"""What there is to measure on: each line of the table of figures to reach is a set, by the name of the command.

A set whose files are not on this machine has no days; those of our own generators are always there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.common import common_subset
from benchmarks.generators.evening import evening
from benchmarks.generators.field import field
from benchmarks.generators.full import full
from benchmarks.generators.town import town
from benchmarks.generators.villages import villages
from benchmarks.instance import Instance, Measure
from benchmarks.loaders import ortec, several_windows, solomon, toptw, vrplib
from benchmarks.loaders.folder import folder
from benchmarks.methods.names import GLS, OURS, PYVRP, ROUTING, VROOM, VROOM_QUICK
from solver.problem import Problem

RIVALS: Final = (OURS, PYVRP, VROOM)
SIZES: Final = (50, 100, 200, 500)
VISITS_PER_AGENT: Final = 25
SEEDS_OF_DAYS: Final = (1, 2, 3)
_Days: TypeAlias = tuple[Callable[[], Sequence[str]], Callable[[str], Instance], Callable[[str], str]]


@dataclass(frozen=True, slots=True)
class BenchmarkSet:
    """Days of a kind. ``limits`` in seconds, ``methods`` and ``seeds`` are those of the full measurement."""

    goal: str
    days: Callable[[], Sequence[str]]
    load: Callable[[str], Instance]
    family: Callable[[str], str]
    """Days of a kind, from the name of one."""
    limits: tuple[float, ...]
    methods: tuple[str, ...] = RIVALS
    measure: Measure = Measure.VALUE
    seeds: tuple[int, ...] = (1, 2, 3)


def _files(
    name: str,
    days: Callable[[Path], Sequence[str]],
    load: Callable[[Path, str], Instance],
    family: Callable[[str], str],
) -> _Days:
    """Days of a folder that may not be there."""

    def loaded(day: str) -> Instance:
        found = folder(name)
        if found is None:
            message = f"there is no folder {name} of instances; see benchmarks/README.md."
            raise FileNotFoundError(message)
        return load(found, day)

    def listed() -> Sequence[str]:
        found = folder(name)
        return () if found is None else days(found)

    return listed, loaded, family


def _made(
    make: Callable[[int, int, int], Problem], sizes: Sequence[tuple[int, int]], seeds: Sequence[int] = SEEDS_OF_DAYS
) -> _Days:
    """Days named as visits, agents and seed: ``100x4.1``."""
    days = tuple(f"{visits}x{agents}.{seed}" for visits, agents in sizes for seed in seeds)

    def loaded(day: str) -> Instance:
        size, _, seed = day.partition(".")
        visits, agents = map(int, size.split("x"))
        return Instance(make(visits, agents, int(seed)))

    return lambda: days, loaded, lambda day: day.partition(".")[0]


def _common(visits: int, agents: int, seed: int) -> Problem:
    return common_subset(full(visits, agents, seed))


_USUAL: Final = tuple((visits, visits // VISITS_PER_AGENT) for visits in SIZES)

SETS: Final[Mapping[str, BenchmarkSet]] = {
    "toptw": BenchmarkSet(
        "mean gap 1 s <= 0.40 %, 3 s <= 0.25 %, 10 s <= 0.12 %; none > 1.5 % at 3 s; at 3 s and 10 s at least PyVRP's "
        "best of three and VROOM on >= 95 % of days",
        *_files("toptw", toptw.chosen, toptw.load, toptw.family),
        limits=(1, 3, 10),
        methods=(*RIVALS, GLS),
    ),
    "toptw-open": BenchmarkSet(
        "as toptw, without best known figures",
        *_files("toptw", toptw.chosen_open, toptw.load, toptw.family),
        limits=(1, 3, 10),
    ),
    "bound": BenchmarkSet(
        "proved gap <= 1 % on >= 60 % of days",
        *_files("toptw", toptw.tight, toptw.load, toptw.family),
        limits=(30,),
        methods=(OURS,),
        seeds=(1,),
    ),
    "windows": BenchmarkSet(
        "value at least VROOM's and PyVRP's on >= 95 % of days, mean above",
        *_files("mctopmtw", several_windows.chosen, several_windows.load, toptw.family),
        limits=(3,),
    ),
    "ortec": BenchmarkSet(
        "best value of all methods on >= 11 of 12; where value ties, travel <= best rival + 1 %",
        *_files("ortec", ortec.names, ortec.load, lambda _: "roads"),
        limits=(10,),
    ),
    "solomon": BenchmarkSet(
        "mean gap <= 0.12 % and below PyVRP's in the same run",
        *_files("solomon", solomon.names, solomon.load, solomon.family),
        limits=(5,),
        methods=(*RIVALS, GLS),
        measure=Measure.COST,
    ),
    "profit": BenchmarkSet(
        "every day <= PyVRP's cost in the same run; mean gap <= 1.5 % at 30 s",
        *_files("pcvrptw_gh1000", vrplib.names, vrplib.load, solomon.family),
        limits=(10, 30),
        methods=(OURS, PYVRP),
        measure=Measure.LOSS,
    ),
    "field-2000": BenchmarkSet(
        "value at least, travel at least 5 % below every rival; first plan <= 1 s; overrun <= 1 s; peak <= 1.5 GB",
        *_made(field, [(2000, 40)]),
        limits=(20,),
        methods=(*RIVALS, VROOM_QUICK, GLS),
    ),
    "field-5000": BenchmarkSet(
        "value at least every rival's, travel at least 15 % below",
        *_made(field, [(5000, 100)]),
        limits=(30,),
        methods=(*RIVALS, VROOM_QUICK),
    ),
    "field-10000": BenchmarkSet(
        "completes", *_made(field, [(10_000, 200)], seeds=(1,)), limits=(120,), methods=(OURS,), seeds=(1,)
    ),
    "common": BenchmarkSet(
        "full model on the common subset of features: value at least VROOM's",
        *_made(_common, _USUAL),
        limits=(5,),
        methods=(OURS, VROOM),
    ),
    "full": BenchmarkSet("full model: checker clean", *_made(full, _USUAL), limits=(5,), methods=(OURS, ROUTING)),
    "town": BenchmarkSet("no goal; lunch, full day", *_made(town, _USUAL), limits=(5,), methods=(OURS, VROOM)),
    "villages": BenchmarkSet("no goal; long ways", *_made(villages, _USUAL), limits=(5,)),
    "evening": BenchmarkSet("no goal; two windows a visit", *_made(evening, _USUAL), limits=(5,)),
    "gh-1000": BenchmarkSet(
        "no goal; everybody served, 1,000 visits",
        *_files("vrptw_gh1000", vrplib.names, vrplib.load, solomon.family),
        limits=(30,),
        methods=(OURS, PYVRP),
        measure=Measure.COST,
        seeds=(1,),
    ),
    "gh-200": BenchmarkSet(
        "no goal; everybody served, 200 visits",
        *_files("gh_200", solomon.names, solomon.load, solomon.family),
        limits=(10,),
        measure=Measure.COST,
    ),
}
