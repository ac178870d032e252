"""What is said about a visit that is not in the plan."""

from dataclasses import dataclass
from typing import Final

from solver.units import Cost, OptionIndex, Prize, Seconds, ShiftIndex, VisitIndex

SEARCH_LIMIT: Final = "search_limit"
"""It is legal and would better the plan: the search has not found it."""
NOT_WORTH_COST: Final = "not_worth_cost"
"""It is legal and would not better the plan."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why one shift does not serve the visit: what the insertion that comes nearest to being legal lacks.

    ``code`` is a slug of ``solver.checker.Code``, ``amount`` in the unit of that code. Where a legal insertion exists
    it is ``not_worth_cost`` (``amount`` = cost beyond the prize) or, if it would better the plan, ``search_limit``.
    Where windows lack, ``late`` is the visit whose windows they are, ``None`` if they are those of the visit itself.
    ``several`` says that other rules are in the way as well, so that this amount would not be enough.
    """

    shift: ShiftIndex
    code: str
    amount: int
    late: VisitIndex | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Insertion:
    """A legal place for the visit: before the stop at ``position``. ``cost`` is the change of the plan's total cost."""

    shift: ShiftIndex
    position: int
    option: OptionIndex
    start: Seconds
    prize: Prize
    cost: Cost


@dataclass(frozen=True, slots=True)
class Unserved:
    """One visit that is not in the plan.

    ``obstacles`` has one entry per shift, on large days only of some, ``insertion`` is the legal insertion that scores
    best. ``fits_alone`` says whether some shift could serve the visit if it did nothing else, whatever the visit has
    to come after.
    """

    visit: VisitIndex
    obstacles: tuple[Obstacle, ...]
    insertion: Insertion | None
    fits_alone: bool
