"""A task carried out, in whatever process that is."""

from collections.abc import Callable

from solver.reasons import unserved
from solver.solution import Solution
from solver.solve import solve
from solver.wire import Finished, Task


def carry_out(task: Task, on_better: Callable[[Solution], None], stop: Callable[[], bool]) -> Finished:
    """The best plan, and who is not in it if somebody wants to know; arguments as of ``solve``."""
    solved = solve(task.problem, task.budget, on_better, stop, task.start)
    left_out = unserved(task.problem, solved.solution) if task.explain else ()
    return Finished(solved.solution, solved.stopped_because, left_out, solved.prize_bound)
