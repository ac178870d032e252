"""The day by OR-Tools' routing model alone, its plans bettered on the exact score by plain Python.

An engine that shares no search with the compiled one: what both say of a day can be compared.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from solver.allowance import Allowance
from solver.best import Best
from solver.draft import Timetable
from solver.engine.routing import propose
from solver.improve import Improver
from solver.insertion import Insertions
from solver.presolve import Ways

ENGINE: Final = 0.75
"""Share of the budget that the engine gets; bettering its best plan has the rest. All swaps of the usual day take a
tenth of its time (150 visits half a second of seven, 500 two of twenty): there is time for them on half the machine."""

ENGINE_ON_SMALL_DAYS: Final = 0.5
SMALL_DAY: Final = 24
"""Up to so many visits shaking finds as much as the engine does, and sooner."""

AT_A_TIME: Final = 100
"""Visits put into the first plan between two looks at it; 500 visits take a second and a half."""

MOST_TIMED: Final = 20_000
"""Routes timed while improving, four seconds' worth: a bound that does not depend on the machine."""

WANDER: Final = 0.5
"""How often shaking goes on from a plan that is worse than the one before; on large days it would only lose its way."""

RETURN: Final = 0.1
"""How often it goes back to the best one otherwise. With 0.5 and 0.1 all of 240 brute-forced days had their optimum."""


def by_routing(best: Best, timetable: Timetable, ways: Ways, allowance: Allowance, seed: int) -> None:
    """Better the best plan until the allowance is spent."""
    improver = Improver(timetable, Insertions(timetable, ways))
    _begin(best, improver, allowance)
    _propose(best, ways, allowance, seed)
    _improve(best, improver, allowance)
    _shake(best, improver, allowance, seed)


def _begin(best: Best, improver: Improver, allowance: Allowance) -> None:
    """The most valuable visits first, told of in between: a large day has its first plan at once."""
    order = improver.by_worth(improver.missing(best.draft))
    for first in range(0, len(order), AT_A_TIME):
        best.offer_draft(improver.fill(best.draft, order[first : first + AT_A_TIME], allowance.spent))


def _propose(best: Best, ways: Ways, allowance: Allowance, seed: int) -> None:
    if allowance.spent():
        return
    share = ENGINE if len(ways) > SMALL_DAY else ENGINE_ON_SMALL_DAYS
    propose(best.problem, ways, lambda: best.solution.routes, allowance.part(share), seed=seed, offer=best.offer)


def _improve(best: Best, improver: Improver, allowance: Allowance) -> None:
    """Even if solutions are used up: what is missing afterwards should be missing for a reason."""
    for draft in improver.improve(best.draft, _enough(improver, allowance)):
        best.offer_draft(draft)


def _shake(best: Best, improver: Improver, allowance: Allowance, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a search, not a secret
    wander = WANDER if len(best.problem.visits) <= SMALL_DAY else 0.0
    standing = best.draft
    while not allowance.spent():
        plan = improver.shake(standing, random, allowance.spent)
        allowance.look()
        if plan.key > best.draft.key:
            best.offer_draft(plan)
            for draft in improver.swap(plan, _enough(improver, allowance)):
                best.offer_draft(draft)
            standing = best.draft
        elif plan.key >= standing.key or random.random() < wander:
            standing = plan
        elif random.random() < RETURN:
            standing = best.draft


def _enough(improver: Improver, allowance: Allowance) -> Callable[[], bool]:
    """Whether improving went on for long enough, however many solutions were looked at before."""
    most = improver.timed + MOST_TIMED
    return lambda: allowance.out_of_time() or improver.timed > most
