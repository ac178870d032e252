"""Who plans: our solver and its rivals, by name.

    watch           what a method tells while it runs, and what it hands in
    ours            solver.solve, by the compiled search (``ours``) or OR-Tools alone (``routing``)
    pyvrp_*         PyVRP with one of three weights of value
    vroom_search    VROOM, thorough or quick
    ortools_gls     OR-Tools' guided local search as everybody uses it
    arcs            cost of a way, and what a unit of value may cost

A rival that is not installed or cannot be told the problem is left out of the table; nothing is approximated.
"""

from benchmarks.methods.names import GLS, OURS, PYVRP, ROUTING, VROOM, VROOM_QUICK
from benchmarks.methods.watch import Method

__all__ = ["method"]


def method(name: str) -> Method:
    """The method of that name; imports no other, so that nobody's memory counts another's libraries."""
    if name in (OURS, ROUTING):
        from benchmarks.methods.ours import Ours, engine  # noqa: PLC0415 - see above

        return Ours(engine(name))
    if name.startswith(PYVRP):
        from benchmarks.methods.arcs import Weight  # noqa: PLC0415
        from benchmarks.methods.pyvrp_search import PyVRP  # noqa: PLC0415

        return PyVRP(Weight.of_method(name))
    if name in (VROOM, VROOM_QUICK):
        from benchmarks.methods.vroom_search import QUICK, THOROUGH, Vroom  # noqa: PLC0415

        return Vroom(QUICK if name == VROOM_QUICK else THOROUGH)
    if name == GLS:
        from benchmarks.methods.ortools_gls import GuidedLocalSearch  # noqa: PLC0415

        return GuidedLocalSearch()
    message = f"there is no method {name}."
    raise ValueError(message)
