"""What the solver's whole numbers stand for. Everything here is an ``int``; the names say which kind.

Times count from one instant that the caller chooses (the horizon's origin), so a time and a duration are both seconds.
Cost and prize share one scale, also chosen by the caller, so that they may be subtracted when profit is the objective.
"""

from typing import Final, TypeAlias

Seconds: TypeAlias = int
Metres: TypeAlias = int
Cost: TypeAlias = int
Prize: TypeAlias = int

PlaceIndex: TypeAlias = int
"""Row and column of a travel matrix."""
VisitIndex: TypeAlias = int
"""Position in ``Problem.visits``."""
OptionIndex: TypeAlias = int
"""Position in ``Visit.options``."""
ShiftIndex: TypeAlias = int
"""Position in ``Problem.shifts``."""
AgentIndex: TypeAlias = int
"""Shifts of one person share it."""
BreakIndex: TypeAlias = int
"""Position in ``Shift.breaks``."""

UNREACHABLE: Final[Seconds] = 1 << 30
"""Travel time of a pair without a way: 34 years, hence later than any shift without overflowing a 64-bit sum."""

EXACT: Final = 1 << 53
"""Whole numbers below it survive a passage through a double; engines that count in doubles are exact up to here."""
