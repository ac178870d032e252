"""What was measured of a figure, and what was to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """``most_p50`` and ``most_p95`` are bounds of the median and of nineteen in twenty, ``None`` = none."""

    figure: str
    unit: str
    values: Sequence[float]
    most_p50: float | None = None
    most_p95: float | None = None

    def reached(self, p50: float, p95: float) -> bool | None:
        """Whether the bounds hold, ``None`` if there are none."""
        bounds = [(p50, self.most_p50), (p95, self.most_p95)]
        given = [(figure, most) for figure, most in bounds if most is not None]
        return all(figure <= most for figure, most in given) if given else None
