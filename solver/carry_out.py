"""A task carried out, in whatever process that is."""

from collections.abc import Callable
from typing import Final

from solver.allowance import Allowance
from solver.budget import Budget
from solver.reasons import unserved
from solver.solution import Solution
from solver.solve import solve
from solver.wire import Finished, Task

GRACE: Final = Budget(seconds=0.3)
"""For reasons, once somebody wants the best so far: less than whoever asks for it waits."""


def _nobody(finished: Finished) -> None:
    """Listen to nothing."""


def carry_out(
    task: Task,
    on_better: Callable[[Solution], None],
    stop: Callable[[], bool],
    on_solved: Callable[[Finished], None] = _nobody,
) -> Finished:
    """The best plan, and who is not in it if somebody wants to know; arguments as of ``solve``.

    ``on_solved`` hears of the answer before reasons are looked for.
    """
    solved = solve(task.problem, task.budget, on_better, stop, task.start)
    finished = Finished(solved.solution, solved.stopped_because, prize_bound=solved.prize_bound)
    if not task.explain:
        return finished
    on_solved(finished)
    left_out = unserved(task.problem, solved.solution, stop=_soon_after(stop))
    return Finished(solved.solution, solved.stopped_because, left_out, solved.prize_bound)


def _soon_after(stop: Callable[[], bool]) -> Callable[[], bool]:
    """Whether ``stop`` has said so for as long as ``GRACE`` lasts: most days have all their reasons by then."""
    grace: Allowance | None = None

    def over() -> bool:
        nonlocal grace
        if grace is None and stop():
            grace = Allowance.of(GRACE, lambda: False)
        return grace is not None and grace.spent()

    return over
