"""Names of methods in commands and tables."""

from collections.abc import Iterable
from typing import Final

from benchmarks.instance import Measure

OURS: Final = "ours"
ROUTING: Final = "routing"
PYVRP: Final = "pyvrp"
"""With each weight of value, unless the set has no use for one; in tables, the best of them day by day."""
VROOM: Final = "vroom"
"""At its most thorough; in tables, the better of this and the next where both ran."""
VROOM_QUICK: Final = "vroom-0"
"""At its least thorough, for days from which the other does not come back."""
GLS: Final = "gls"

ALL: Final = (OURS, ROUTING, PYVRP, VROOM, VROOM_QUICK, GLS)
DETERMINISTIC: Final = (VROOM, VROOM_QUICK, GLS)
"""Another seed would give the same plan."""

WEIGHTED: Final = tuple(f"{PYVRP}-{weight}" for weight in ("10", "30", "lexicographic"))


def runs_of(names: Iterable[str], measure: Measure) -> tuple[str, ...]:
    """The methods to run for the names in a command."""
    found: list[str] = []
    for name in names:
        if name == PYVRP:
            found += WEIGHTED if measure is Measure.VALUE else (PYVRP,)
        else:
            found.append(name)
    return tuple(dict.fromkeys(found))


def row_of(method: str) -> str:
    """The row of the table in which a run counts."""
    return method.partition("-")[0]
