"""A small day for solvers, and how to ask one for it."""

import threading
from collections.abc import Callable

from service.jobs.solving import Answer, DaySolver
from solver.budget import Budget
from solver.problem import Problem
from solver.solution import Solution
from solver.wire import Task
from tests.builders import HOUR, MINUTE, problem, shift, visit

WORK = Budget(solutions=60, seed=3)
FOREVER = Budget(seconds=600)


def crowded_street() -> Problem:
    """Nine doors of ten minutes each for an hour's shift: five fit at most."""
    visits = [visit(place, service=10 * MINUTE, prize=place) for place in range(1, 10)]
    return problem(*visits, shifts=[shift(closes=HOUR)])


def ask(
    solver: DaySolver,
    budget: Budget = WORK,
    *,
    explain: bool = True,
    on_better: Callable[[Solution], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Answer:
    """The solver's answer for the street."""
    task = Task(crowded_street(), budget, explain)
    return solver.solve(task, on_better=on_better, stop=stop or threading.Event())
