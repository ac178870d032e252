"""Days that several tests of the solver plan."""

from solver.problem import Problem
from tests.builders import MINUTE, problem, shift, visit


def crossroads(*prizes: int) -> Problem:
    """Doors in one house, and time for two of them."""
    doors = [visit(1, service=MINUTE, prize=prize) for prize in prizes]
    return problem(*doors, shifts=[shift(closes=4 * MINUTE)])
