"""``python -m benchmarks [SET …]``: run methods on days, write CSV, print tables.

Without a set, all of them. Results of a set go to ``SET.csv`` in the folder of results, how plans got better to
``SET-traces.csv``, its table and goal to ``SET.md``; rows of the same run are replaced, others stay.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from benchmarks import growth, http, plots
from benchmarks.cut import GROWTH_LARGEST, GROWTH_LIMIT, HTTP_DAYS, SLICES
from benchmarks.measure import Choice, measure, tasks_of
from benchmarks.methods.names import ALL
from benchmarks.records import RESULTS
from benchmarks.sets import SETS

OF_A_CUT = Path("build/bench")
"""Nobody commits it."""


class Options(argparse.Namespace):
    """What the command line says."""

    sets: list[str]
    methods: str
    limits: str
    seeds: str
    days: str
    instances: int | None
    jobs: int
    results: Path | None
    fresh: bool
    cut: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """Run set after set, or the cut."""
    options = _parser().parse_args(arguments, Options())
    if options.cut:
        _cut(options)
        return
    choice = Choice(
        days=_parts(options.days),
        most_days=options.instances,
        methods=_parts(options.methods),
        limits=[float(limit) for limit in _parts(options.limits)],
        seeds=[int(seed) for seed in _parts(options.seeds)],
    )
    for name in options.sets or SETS:
        _measure(name, choice, options, options.results or RESULTS)


def _cut(options: Options) -> None:
    """A slice of everything, into a folder of its own."""
    folder = options.results or OF_A_CUT
    for part in SLICES:
        choice = Choice(most_days=part.days, methods=part.methods, limits=part.limits, seeds=(1,))
        _measure(part.set_name, choice, options, folder)
    to_folder = ["--results", str(folder)]
    growth.main(["--limit", str(GROWTH_LIMIT), "--largest", str(GROWTH_LARGEST), "--seeds", "1", *to_folder])
    http.main(["--seeds", str(HTTP_DAYS), *to_folder])
    plots.main(to_folder)


def _measure(name: str, choice: Choice, options: Options, folder: Path) -> None:
    tasks = tasks_of(name, choice)
    print(f"{name}: {SETS[name].goal}", flush=True)
    if tasks:
        measure(name, tasks, options.jobs, folder, fresh=options.fresh)
    else:
        print("no days; benchmarks/README.md tells where its files belong\n")


def _parts(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}")
    parser.add_argument("--methods", default="", help=f"of {','.join(ALL)}")
    parser.add_argument("--limits", default="", help="seconds, such as 1,3,10")
    parser.add_argument("--seeds", default="", help="such as 1,2,3")
    parser.add_argument("--days", default="", help="these days only, by name")
    parser.add_argument("--instances", type=int, help="so many days of each set, spread over it")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time, each on its own core")
    parser.add_argument("--results", type=Path, help="folder for the files")
    parser.add_argument("--fresh", action="store_true", help="forget what the files hold")
    parser.add_argument("--cut", action="store_true", help="ten minutes' worth of everything")
    return parser


if __name__ == "__main__":
    main()
