"""Compiled ruin and recreate over the complete model: proposes plans, many thousand a second.

    run            one search: from Python into compiled code and back
    layout/        from a Problem to arrays
    anneal         rounds: ruin, recreate, accept
    ├── ruin       holes
    ├── candidates who gets a place, in which order
    ├── recreate   where a visit fits at least cost
    ├── prune      what does not pay
    └── score      what a plan is worth
    routes         changing a route and keeping what follows from it
    ├── labels     earliest and latest times, breaks included
    ├── clock      moving in time, slowdowns included
    ├── links      visits that come after others
    └── working_day    the cheapest actual day of a route
    arrays, handles    what compiled functions read and write
    compiled, borrow, cache    how they are compiled and where that is kept

Times, costs and limits are exact here as well, and still nothing is believed: a plan is timed anew before it counts.
"""

from os import environ

# Before numba is imported: its lowest level of optimisation compiles in three quarters of the time, and what comes out
# is as fast (20,000 rounds on five days, both within 1 %).
environ.setdefault("NUMBA_OPT", "1")


def warm() -> None:
    """Have everything compiled that a search needs: some 40 s the first time, a fifth of a second from then on."""
    from solver.search.first_day import plan_a_tiny_day  # noqa: PLC0415 - compiles on import already

    plan_a_tiny_day()
