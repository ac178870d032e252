"""Standings as tables, for the screen and as Markdown: the same text."""

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Final

from benchmarks.standings import Standing

HEAD: Final = (
    "set", "limit s", "method", "days", "runs", "no plan", "mean gap %", "min", "max", "ours wins/ties/losses",
    "our cost at equal figure", "proved within 1 %", "first plan s", "mean s", "longest s", "peak MB",
)  # fmt: skip


def table(standings: Iterable[Standing]) -> str:
    """One row a set, limit and method."""
    rows = [HEAD, *(_row(standing) for standing in standings)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _row(standing: Standing) -> tuple[str, ...]:
    gaps = standing.gaps
    return (
        standing.set_name,
        standing.limit,
        standing.method,
        str(standing.days),
        str(standing.runs),
        str(standing.failed),
        *((f"{fmean(gaps):.2f}", f"{min(gaps):.2f}", f"{max(gaps):.2f}") if gaps else ("", "", "")),
        "" if standing.against is None else "/".join(map(str, standing.against)),
        "" if standing.cost_ratio is None else f"{100 * (standing.cost_ratio - 1):+.1f} %",
        str(standing.proved or ""),
        "" if standing.first_plan is None else f"{standing.first_plan:.2f}",
        f"{standing.elapsed:.1f}",
        f"{standing.longest:.1f}",
        f"{standing.peak_mb:.0f}",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
