"""Compiled ruin and recreate over the complete model: proposes plans, many thousand a second.

    run            one search: from Python into compiled code and back
    layout/        from a Problem to arrays
    anneal         rounds: ruin, recreate, accept
    ├── ruin       holes
    ├── candidates who gets a place, in which order
    ├── recreate   where a visit fits at least cost
    ├── prune      what does not pay
    └── score      what a plan is worth
    pricing, labelling         for proofs: the walk that collects most beyond what visits are charged
    routes         changing a route and keeping what follows from it
    ├── labels     earliest and latest times, breaks included
    ├── clock      moving in time, slowdowns included
    ├── links      visits that come after others
    │   ├── settle     what follows for their routes
    │   └── together   whether these have days that go together
    └── working_day    the cheapest actual day of a route
    arrays, handles    what compiled functions read and write
    compiled, borrow           how they are compiled
    cache, forgiving           where that is kept

Times, costs and limits are exact here as well, and still nothing is believed: a plan is timed anew before it counts.
"""

from os import environ

# Before numba is imported: its lowest level of optimisation compiles in three quarters of the time, and what comes out
# is as fast (20,000 rounds on five days, both within 1 %).
environ.setdefault("NUMBA_OPT", "1")
