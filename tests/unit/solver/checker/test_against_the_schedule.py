"""Two opinions that share no code: the checker finds legal what the schedule calls possible, and nothing else."""

from random import Random

import pytest

from solver.checker import Code, check_routes
from solver.problem import Problem
from solver.schedule import follow, schedule
from solver.solution import Sequences, Served
from tests.tiny import tiny_day

DAYS = 400
NOT_OF_TIME = {
    Code.AGENT_NOT_ALLOWED,
    Code.CAPACITY,
    Code.MAX_DISTANCE,
    Code.MAX_DRIVING,
    Code.MAX_VISITS,
    Code.POSITION,
    Code.PREDECESSOR_UNASSIGNED,
}
"""What a schedule leaves to others."""


def drawn(seed: int) -> tuple[Problem, Sequences]:
    """A tiny day of two shifts, one in three with slowdowns, and some of its visits in some order."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    day = tiny_day(seed, visits=draw.randint(2, 5), links=draw.choice([0, 0, 1, 2]), slow=1 / 3)
    visits = draw.sample(range(len(day.visits)), draw.randint(1, len(day.visits)))
    stops = [Served(visit, draw.randrange(len(day.visits[visit].options))) for visit in visits]
    cut = draw.randint(0, len(stops))
    return day, (tuple(stops[:cut]), tuple(stops[cut:]))


@pytest.mark.parametrize("first", range(0, DAYS, 100))
def test_possible_days_are_legal_and_impossible_ones_break_a_rule_of_time(first: int) -> None:
    for seed in range(first, first + 100):
        day, sequences = drawn(seed)
        planned = schedule(day, sequences)
        routes = follow(day, sequences) if planned is None else planned
        broken = {violation.code for violation in check_routes(day, routes)} - NOT_OF_TIME

        assert (seed, planned is None) == (seed, bool(broken))
