"""Doors that open twice: at noon and in the evening, when people are at home."""

from typing import Final

import numpy as np

from benchmarks.generators.ground import HOUR, clustered, ways, worth
from solver.problem import Option, Pay, Problem, Shift, StartWindow, Visit

NOON: Final = (0, 2 * HOUR)
EVENING: Final = (5 * HOUR, 9 * HOUR)
"""Seconds from the beginning of the shift."""


def evening(visits: int, agents: int, seed: int) -> Problem:
    """A day from noon to nine: most doors open both times, each for a part of it, a fifth only once."""
    chance = np.random.default_rng(seed)
    doors = clustered(chance, visits + 1, reach=6_000, spread=700, per_quarter=25)

    def visit(place: int) -> Visit:
        service = int(chance.choice([5, 10, 15])) * 60
        noon = _part(chance.uniform(), NOON, HOUR, service)
        later = _part(chance.uniform(), EVENING, 2 * HOUR, service)
        windows = [(noon, later), (noon, later), (noon, later), (noon, later), (later,)][chance.integers(5)]
        return Visit((Option(place, service, windows, worth(chance)),))

    return Problem(
        travel=(ways(doors),),
        visits=tuple(visit(place) for place in range(1, visits + 1)),
        shifts=tuple(Shift(0, 0, 0, 9 * HOUR, agent=agent, pay=Pay(per_metre=1)) for agent in range(agents)),
    )


def _part(where: float, span: tuple[int, int], length: int, service: int) -> StartWindow:
    """A window of ``length`` somewhere in the span."""
    first, last = span
    opens = first + int(where * (last - first - length))
    return StartWindow(opens, opens + length - service)
