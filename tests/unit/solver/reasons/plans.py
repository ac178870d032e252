"""Plans to leave visits out of."""

from solver.objective import score
from solver.problem import Problem
from solver.reasons import Obstacle, Unserved, unserved
from solver.schedule import schedule
from solver.solution import Solution
from solver.units import VisitIndex
from tests.builders import sequences


def plan(day: Problem, *routes: list[VisitIndex]) -> Solution:
    """The solution in which each shift serves these visits, legal as it stands."""
    timed = schedule(day, sequences(*routes))
    if timed is None:
        message = "this plan has no legal times."
        raise ValueError(message)
    return Solution(timed, score(day, timed))


def the_one(day: Problem, *routes: list[VisitIndex]) -> Unserved:
    """What is said of the only visit that is left out."""
    (found,) = unserved(day, plan(day, *routes))
    return found


def obstacle(day: Problem, *routes: list[VisitIndex]) -> tuple[str, int]:
    """Code and amount of the only obstacle of the only visit that is left out."""
    (found,) = the_one(day, *routes).obstacles
    if found != Obstacle(0, found.code, found.amount):
        message = "an obstacle of another shift, or one that needs more to be said."
        raise ValueError(message)
    return found.code, found.amount
