"""``make bench``: a slice of every row of the table of figures, ten minutes on two cores."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from benchmarks.methods.names import GLS, OURS, PYVRP, ROUTING, VROOM, VROOM_QUICK


class Slice(NamedTuple):
    """Part of a set: so many of its days, with the first seed."""

    set_name: str
    days: int
    limits: Sequence[float]
    methods: Sequence[str]


SLICES: Final = (
    Slice("toptw", 6, (1, 3), (OURS, PYVRP, VROOM)),
    Slice("toptw", 1, (10,), (OURS, PYVRP, VROOM, GLS)),
    Slice("toptw-open", 2, (3,), (OURS, PYVRP, VROOM)),
    Slice("bound", 2, (30,), (OURS,)),
    Slice("windows", 3, (3,), (OURS, PYVRP, VROOM)),
    Slice("ortec", 2, (10,), (OURS, PYVRP, VROOM)),
    Slice("solomon", 3, (5,), (OURS, PYVRP, VROOM)),
    Slice("profit", 2, (10,), (OURS, PYVRP)),
    Slice("field-2000", 1, (20,), (OURS, f"{PYVRP}-10", VROOM_QUICK)),
    Slice("field-5000", 1, (30,), (OURS, f"{PYVRP}-10")),
    Slice("common", 4, (5,), (OURS, VROOM)),
    Slice("full", 4, (5,), (OURS, ROUTING)),
)
"""The same runs as of the full measurement, too few for means to settle anything. The largest day of all, 10,000 visits
in 120 seconds, is left out."""

GROWTH_LIMIT: Final = 3.0
GROWTH_LARGEST: Final = 1000
HTTP_DAYS: Final = 20
