"""A break in numbers, and the moments beyond all others."""

from typing import Final, NamedTuple

from solver.units import Seconds

FAR: Final[Seconds] = 1 << 60
"""Later than anything: this cannot be done any more."""
NEVER: Final[Seconds] = -FAR
"""Earlier than anything: this could never have been done."""


class Rest(NamedTuple):
    """A break in numbers."""

    earliest: Seconds
    latest: Seconds
    duration: Seconds
