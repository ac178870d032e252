"""Pictures of measurements: ``python -m benchmarks.plots`` draws all that the results hold, as ``results/*.png``."""

import argparse
from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks import records, traces
from benchmarks.curves import Curve, curves_of
from benchmarks.growth import RESULTS as GROWTH
from benchmarks.growth import Size, read_sizes
from benchmarks.methods.names import GLS, OURS, PYVRP, ROUTING, VROOM
from benchmarks.sets import SETS
from benchmarks.standings import references_of

COLOURS: Final = {OURS: "C3", ROUTING: "C1", PYVRP: "C0", VROOM: "C2", GLS: "C7"}
COLUMNS: Final = 4
WIDTH: Final = 3.2
HEIGHT: Final = 2.6
"""Inches, of one family's axes."""
SMALL: Final = 8
DOTS_PER_INCH: Final = 80
ABOVE_THE_LAST: Final = 3.0
"""Curves begin far up: the axis ends at so many times the largest gap at the end."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw every set that was measured, and growth."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plots", description=__doc__)
    parser.add_argument("--results", type=Path, default=records.RESULTS)
    results: Path = parser.parse_args(arguments).results
    for name in SETS:
        rows = [row for row in records.read(results / f"{name}.csv").values() if row.figure]
        references = references_of(rows)
        found = traces.read(results / f"{name}-traces.csv")
        for limit, group in groupby(sorted(rows, key=_limit), key=_limit):
            title = f"{name}, {limit:g} s"
            _save(value_over_time(title, curves_of(group, found, references)), results / f"{name}-{limit:g}s.png")
    sizes = read_sizes(results / GROWTH)
    if sizes:
        _save(growth(sizes), (results / GROWTH).with_suffix(".png"))


def value_over_time(title: str, families: Mapping[str, Sequence[Curve]]) -> Figure:
    """One axes a family: gap over seconds, a line a method; one that tells nothing under way is a dot at its end."""
    columns = min(COLUMNS, len(families))
    lines = ceil(len(families) / columns)
    figure = Figure(figsize=(max(2, columns) * WIDTH, lines * HEIGHT + 0.4), layout="constrained")
    figure.suptitle(title)
    for place, (family, curves) in enumerate(sorted(families.items()), start=1):
        axes = figure.add_subplot(lines, columns, place)
        axes.set_title(family, fontsize=SMALL)
        for curve in curves:
            line = "-" if len(curve.seconds) > 1 else "o"
            colour = COLOURS[curve.method]
            axes.plot(curve.seconds, curve.gaps, line, color=colour, label=curve.method, drawstyle="steps-post")
        last = [curve.gaps[-1] for curve in curves if curve.gaps]
        axes.set_ylim(min(0.0, *last), ABOVE_THE_LAST * max(0.5, *last))
        _label(axes, "mean gap %")
    return figure


def growth(sizes: Sequence[Size]) -> Figure:
    """Rounds a second and seconds to nearly the final value, over visits."""
    figure = Figure(figsize=(2 * WIDTH, HEIGHT), layout="constrained")
    visits = [size.visits for size in sizes]
    speed = figure.add_subplot(1, 2, 1)
    speed.plot(visits, [size.rounds_per_second for size in sizes], "o-", color=COLOURS[OURS], label="rounds a second")
    time = figure.add_subplot(1, 2, 2)
    time.plot(visits, [size.seconds_to_99 for size in sizes], "o-", color=COLOURS[OURS], label="s to 99 % of value")
    time.plot(visits, [size.first_plan for size in sizes], "o--", color=COLOURS[ROUTING], label="s to the first plan")
    for axes in (speed, time):
        axes.set_yscale("log")
        _label(axes, "")
        axes.set_xlabel("visits", fontsize=SMALL)
    return figure


def _label(axes: Axes, of_y: str) -> None:
    axes.set_xscale("log")
    axes.set_xlabel("seconds", fontsize=SMALL)
    axes.set_ylabel(of_y, fontsize=SMALL)
    axes.tick_params(labelsize=SMALL)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=SMALL)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    print(path)


def _limit(row: records.Record) -> float:
    return float(row.limit_s)


if __name__ == "__main__":
    main()
