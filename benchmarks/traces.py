"""Better plans over time, run by run, as CSV: what the plots are drawn from."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from benchmarks.records import Key

FIELDS: Final = ("set_name", "day", "method", "limit_s", "seed", "second", "required_missed", "value", "cost")


class Moment(NamedTuple):
    """A better plan, by the method's own count."""

    second: float
    required_missed: int
    value: int
    cost: int


Traces: TypeAlias = Mapping[Key, Sequence[Moment]]


def read(path: Path) -> dict[Key, Sequence[Moment]]:
    """All traces of a file, by run; none if there is no file."""
    found: dict[Key, list[Moment]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = row["set_name"], row["day"], row["method"], row["limit_s"], row["seed"]
                moment = Moment(float(row["second"]), int(row["required_missed"]), int(row["value"]), int(row["cost"]))
                found.setdefault(key, []).append(moment)
    return dict(found)


def write(path: Path, traces: Traces) -> None:
    """All traces, by run and second."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(_rows(traces))


def _rows(traces: Traces) -> Iterable[Sequence[object]]:
    for key, moments in sorted(traces.items()):
        for moment in moments:
            yield *key, f"{moment.second:.3f}", *moment[1:]
