"""One day solved: see who could serve what, let an engine propose plans, better them on the exact score."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from solver.budget import Budget, StoppedBecause
from solver.draft import Draft, Timetable
from solver.engine.allowance import Allowance
from solver.improve import Improver
from solver.insertion import Insertions
from solver.presolve import Ways, open_ways
from solver.problem import Problem
from solver.solution import Route, Sequences, Solution

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


@dataclass(frozen=True, slots=True)
class Solved:
    """The best plan found and why the search for a better one ended."""

    solution: Solution
    stopped_because: StoppedBecause


def _nobody(solution: Solution) -> None:
    """Listen to nothing."""


def _never() -> bool:
    return False


def solve(
    problem: Problem,
    budget: Budget,
    on_better: Callable[[Solution], None] = _nobody,
    stop: Callable[[], bool] = _never,
) -> Solved:
    """The best plan within the budget. ``on_better`` hears of every improvement; ``stop`` is asked all the time.

    It never fails for want of a plan: what cannot be served is left out, required or not, down to the empty plan.
    """
    ways = open_ways(problem)
    timetable = Timetable(problem)
    improver = Improver(timetable, Insertions(timetable, ways))
    # The clock starts here: laying out 5,000 visits and 100 shifts takes seconds, and a limit used up by it would leave
    # an empty plan.
    allowance = Allowance.of(budget, stop)
    best = _Best(timetable, allowance, on_better)
    if any(ways):
        _begin(best, improver, allowance)
        _propose(best, ways, allowance, budget.seed)
        _improve(best, improver, allowance)
        _shake(best, improver, allowance, budget.seed)
    return Solved(best.solution, allowance.reason() or StoppedBecause.EXHAUSTED)


def _begin(best: "_Best", improver: Improver, allowance: Allowance) -> None:
    """The most valuable visits first, told of in between: a large day has its first plan at once."""
    order = improver.by_worth(range(len(best.problem.visits)))
    for first in range(0, len(order), AT_A_TIME):
        best.offer_draft(improver.fill(best.draft, order[first : first + AT_A_TIME], allowance.spent))


def _propose(best: "_Best", ways: Ways, allowance: Allowance, seed: int) -> None:
    if allowance.spent():
        return
    # OR-Tools takes a third of a second to load; by now the first plan is out.
    from solver.engine.routing import propose  # noqa: PLC0415

    share = ENGINE if len(ways) > SMALL_DAY else ENGINE_ON_SMALL_DAYS
    propose(best.problem, ways, lambda: best.solution.routes, allowance.part(share), seed=seed, offer=best.offer)


def _improve(best: "_Best", improver: Improver, allowance: Allowance) -> None:
    """Even if solutions are used up: what is missing afterwards should be missing for a reason."""
    for draft in improver.improve(best.draft, _enough(improver, allowance)):
        best.offer_draft(draft)


def _shake(best: "_Best", improver: Improver, allowance: Allowance, seed: int) -> None:
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


class _Best:
    """Keeps the best plan, and tells of it."""

    def __init__(self, timetable: Timetable, allowance: Allowance, on_better: Callable[[Solution], None]) -> None:
        self._timetable = timetable
        self._allowance = allowance
        self._on_better = on_better
        self.problem = timetable.problem
        self.draft = timetable.empty()

    @property
    def solution(self) -> Solution:
        """The best plan so far, scored."""
        return self._timetable.solution(self.draft)

    def offer(self, sequences: Sequences) -> tuple[Route, ...] | None:
        """Look at a proposal and time it; one that is not legal is no plan."""
        draft = self._timetable.draft(sequences)
        if draft is None:
            return None
        self.offer_draft(draft)
        return tuple(timed.route for timed in draft.routes if timed)

    def offer_draft(self, draft: Draft) -> None:
        """Keep a plan if it is the best so far."""
        if draft.key > self.draft.key:
            self.draft = draft
            self._allowance.improve()
            self._on_better(self.solution)
