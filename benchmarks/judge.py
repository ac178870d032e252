"""The same rules for everybody: whatever a method answers is timed and checked by code that it does not contain.

A rival's answer is who serves what in which order. It is given the cheapest legal times (``solver.schedule``) and then
goes through the checker; an order without legal times is refused. Our own answers come with times and go through the
checker as they are.
"""

from dataclasses import dataclass

from solver.checker import check
from solver.objective import score
from solver.problem import Problem
from solver.schedule import schedule
from solver.solution import Costs, Score, Sequences, Solution


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a plan is worth by our own count, and why it is no plan if it breaks a rule."""

    score: Score
    faults: tuple[str, ...] = ()


def judge(problem: Problem, answer: Solution | Sequences) -> Verdict:
    """Validity, value and cost of an answer."""
    solution = answer if isinstance(answer, Solution) else _timed(problem, answer)
    if solution is None:
        return Verdict(_nothing(problem), ("no legal times for this order",))
    violations = check(problem, solution)
    return Verdict(solution.score, tuple(sorted({violation.code.value for violation in violations})))


def _timed(problem: Problem, sequences: Sequences) -> Solution | None:
    routes = schedule(problem, sequences)
    return None if routes is None else Solution(routes, score(problem, routes))


def _nothing(problem: Problem) -> Score:
    return Score(sum(visit.required for visit in problem.visits), 0, Costs())
