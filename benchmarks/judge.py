"""The same rules for everybody: whatever a method answers is checked and counted from the problem.

A rival's answer is who serves what in which order. ``solver.schedule``, with which we time our own plans, gives it the
cheapest legal times; where it finds none the order is refused, though no rule is known to be broken. Our own answers
come with times. All go through the checker, which shares no code with anything that makes or times a plan.
"""

from dataclasses import dataclass
from typing import Final

from solver.checker import check
from solver.objective import score
from solver.problem import Problem
from solver.schedule import schedule
from solver.solution import Costs, Score, Sequences, Solution

UNTIMED: Final = "untimed: solver.schedule finds no legal times for this order"
"""Not a rule of the checker, whose codes stand for the plans that break one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a plan is worth by our own count, and why it is no plan: the rules it breaks, or ``UNTIMED``."""

    score: Score
    faults: tuple[str, ...] = ()


def judge(problem: Problem, answer: Solution | Sequences) -> Verdict:
    """Validity, value and cost of an answer."""
    solution = answer if isinstance(answer, Solution) else _timed(problem, answer)
    if solution is None:
        return Verdict(_nothing(problem), (UNTIMED,))
    violations = check(problem, solution)
    return Verdict(solution.score, tuple(sorted({violation.code.value for violation in violations})))


def _timed(problem: Problem, sequences: Sequences) -> Solution | None:
    routes = schedule(problem, sequences)
    return None if routes is None else Solution(routes, score(problem, routes))


def _nothing(problem: Problem) -> Score:
    return Score(sum(visit.required for visit in problem.visits), 0, Costs())
