"""One day solved: see who could serve what, let an engine look for plans, time the best of them exactly."""

from collections.abc import Callable
from dataclasses import dataclass

from solver.allowance import Allowance
from solver.best import Best
from solver.budget import Budget, Engine, StoppedBecause
from solver.draft import Timetable
from solver.presolve import Ways, evident_bound, open_ways
from solver.problem import Problem
from solver.solution import Sequences, Solution
from solver.units import Prize


@dataclass(frozen=True, slots=True)
class Solved:
    """The best plan found and why the search for a better one ended.

    ``prize_bound``: no plan at all collects more; ``None`` if nothing was proved.
    """

    solution: Solution
    stopped_because: StoppedBecause
    prize_bound: Prize | None = None


def _nobody(solution: Solution) -> None:
    """Listen to nothing."""


def _never() -> bool:
    return False


def solve(
    problem: Problem,
    budget: Budget,
    on_better: Callable[[Solution], None] = _nobody,
    stop: Callable[[], bool] = _never,
    start: Sequences = (),
) -> Solved:
    """The best plan within the budget. ``on_better`` hears of every improvement; ``stop`` is asked all the time.

    It never fails for want of a plan: what cannot be served is left out, required or not, down to the empty plan.
    ``start`` is a plan to begin with, by shifts; as much of it as is legal is never lost to a worse one.
    """
    ways = open_ways(problem)
    timetable = Timetable(problem)
    # The clock starts here: laying out thousands of visits takes seconds, and a limit used up by it would leave an
    # empty plan.
    allowance = Allowance.of(budget, stop)
    best = Best(timetable, allowance, on_better)
    if start:
        best.begin_with(start)
    ended, bound = StoppedBecause.EXHAUSTED, None
    if any(ways):
        ended, bound = _look(best, timetable, ways, allowance, budget)
    evident = evident_bound(problem, ways, best.solution.score.prize)
    return Solved(
        best.solution,
        StoppedBecause.STOPPED if allowance.stopped else ended,
        bound if evident is None else evident,
    )


def without_search(problem: Problem, start: Sequences) -> Solution:
    """As much of an earlier plan as is legal, for whoever has no time to look for more."""
    best = Best(Timetable(problem), Allowance.of(Budget(solutions=1), _never), _nobody)
    best.begin_with(start)
    return best.solution


def _look(
    best: Best, timetable: Timetable, ways: Ways, allowance: Allowance, budget: Budget
) -> tuple[StoppedBecause, Prize | None]:
    """Let the engine look; what ended its search, and what no plan collects more than."""
    bounded_by = StoppedBecause.TIME_LIMIT if budget.solutions is None else StoppedBecause.SOLUTION_LIMIT
    # What an engine needs is loaded with it: OR-Tools takes a third of a second, compiled code another.
    if budget.engine is Engine.ROUTING:
        from solver.by_routing import by_routing  # noqa: PLC0415

        by_routing(best, timetable, ways, allowance, budget.seed)
        return allowance.reason() or bounded_by, None
    from solver.portfolio import Portfolio  # noqa: PLC0415

    portfolio = Portfolio(best, ways, allowance, budget)
    return portfolio.run() or bounded_by, portfolio.prize_bound
