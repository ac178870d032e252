"""How long a day may be planned, where the request does not say."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from service.day.request import Options
from solver.budget import Budget, Engine

BY_SIZE: Final = ((0, 1.0), (20, 1.0), (100, 5.0), (500, 20.0), (2_000, 60.0), (10_000, 240.0))
"""Visits and seconds; straight lines in between. Larger days get the last figure."""
STALL: Final = 4
"""The routing model, when it found nothing better for a quarter of its time, rarely does in the rest. The compiled
search finds most when it has cooled down, and knows by itself when nothing more is to be had."""
SHORTEST_STALL: Final = 1.0
"""Seconds; below that it may not even have had its first look at everything."""
SHORTEST_SEARCH: Final = 0.1
"""Seconds of a search that has hardly any time: it finds something all the same."""
TO_WRITE_IT: Final = 0.5
TO_WRITE_A_VISIT: Final = 0.0003
"""Seconds that looking for reasons and writing the plan may take after the search."""
SHORTEST_REST: Final = 0.5
"""Seconds for a try that goes on where another was cut short after its time: what was found has to be looked at."""


def budget_for(options: Options, visits: int, threads: int = 1) -> Budget:
    """Bounds of the search. With a solution limit and no time limit only the former holds, on any machine alike."""
    machine_free = options.solution_limit is not None and options.time_limit is None
    seconds = None if machine_free else _seconds(options.time_limit, visits)
    engine = Engine(options.engine)
    return Budget(
        seconds=seconds,
        stall_seconds=_stall(options.stall_limit, seconds, engine),
        solutions=options.solution_limit,
        seed=options.seed,
        engine=engine,
        threads=threads,
    )


def in_time(budget: Budget, visits: int, left: timedelta) -> Budget:
    """The same or less, so that the plan is written within ``left``, as far as that can be."""
    search = max(SHORTEST_SEARCH, left.total_seconds() - TO_WRITE_IT - TO_WRITE_A_VISIT * visits)
    return replace(budget, seconds=search if budget.seconds is None else min(budget.seconds, search))


def left_of(budget: Budget, spent: timedelta) -> Budget:
    """What an earlier try left of the budget, if that is bounded by time."""
    if budget.seconds is None:
        return budget
    return replace(budget, seconds=max(budget.seconds - spent.total_seconds(), SHORTEST_REST))


def _seconds(time_limit: timedelta | None, visits: int) -> float:
    return default_seconds(visits) if time_limit is None else time_limit.total_seconds()


def _stall(stall_limit: timedelta | None, seconds: float | None, engine: Engine) -> float | None:
    if stall_limit is not None:
        return stall_limit.total_seconds()
    if engine is Engine.AUTO or seconds is None:
        return None
    return max(seconds / STALL, SHORTEST_STALL)


def default_seconds(visits: int) -> float:
    """Time limit by the number of visits."""
    for (fewer, less), (more, longer) in pairwise(BY_SIZE):
        if visits <= more:
            return less + (longer - less) * (visits - fewer) / (more - fewer)
    return BY_SIZE[-1][1]
