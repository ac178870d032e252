"""The complete model: breaks, skills, overtime, preferences, limits, set-up, options, links, several windows, loads."""

from typing import Final

import numpy as np
from numpy.random import Generator

from benchmarks.generators.ground import HOUR, clustered, ways, worth
from solver.problem import Break, Limits, Link, Option, Pay, Problem, Shift, StartWindow, Visit
from solver.units import Cost, PlaceIndex, Seconds, ShiftIndex

DAY: Final = 8 * HOUR
LUNCH: Final = Break(3 * HOUR, 5 * HOUR, HOUR // 2, paid=False)
REST_OF_LONG_DAYS: Final = Break(5 * HOUR, 8 * HOUR, HOUR // 4, only_if_over=7 * HOUR)
RATHER_NOT: Final[Cost] = 2_000
"""Cost of an agent whom the visit would rather not see: a quarter of an hour and its ways."""
CAPACITY: Final = 40


def full(visits: int, agents: int, seed: int) -> Problem:
    """Twice as many places as one would think: a visit in eight may be made at another place, too."""
    chance = np.random.default_rng(seed)
    doors = clustered(chance, 1 + visits + visits // 8, reach=6_000, spread=700, per_quarter=25)
    elsewhere = iter(range(1 + visits, len(doors)))
    able = _skills(chance, agents)
    made = tuple(
        _visit(chance, place, next(elsewhere, None) if place % 8 == 0 else None, able) for place in range(1, visits + 1)
    )
    return Problem(
        travel=(ways(doors),),
        visits=made,
        shifts=tuple(_shift(agent) for agent in range(agents)),
        links=tuple(Link(first, first + 1, gap=HOUR // 2) for first in range(0, visits - 1, 25)),
    )


def _shift(agent: int) -> Shift:
    return Shift(
        start=0,
        end=0,
        opens=(agent % 2) * HOUR,
        closes=(agent % 2) * HOUR + DAY,
        overtime=HOUR,
        agent=agent,
        breaks=(LUNCH, REST_OF_LONG_DAYS),
        limits=Limits(visits=40, driving=4 * HOUR),
        capacity=(CAPACITY,),
        pay=Pay(per_second=1, per_metre=1, overtime_per_second=1),
    )


def _skills(chance: Generator, agents: int) -> list[list[ShiftIndex]]:
    """Who has each of three skills: two thirds of the agents, at least one."""
    return [
        [agent for agent in range(agents) if chance.integers(3)] or [int(chance.integers(agents))] for _ in range(3)
    ]


def _visit(chance: Generator, place: PlaceIndex, elsewhere: PlaceIndex | None, able: list[list[ShiftIndex]]) -> Visit:
    service = int(chance.choice([10, 15, 20])) * 60
    asked = chance.integers(9)
    skilled = able[asked] if asked < len(able) else range(max(map(max, able)) + 1)
    shifts = {shift: RATHER_NOT if chance.integers(6) == 0 else 0 for shift in skilled}
    value = worth(chance)
    places = [place] if elsewhere is None else [place, elsewhere]
    return Visit(
        options=tuple(
            Option(where, service, _windows(chance, service), value, setup=HOUR // 30, shifts=shifts)
            for where in places
        ),
        required=bool(chance.integers(20) == 0),
        load=(int(chance.integers(0, 3)),),
    )


def _windows(chance: Generator, service: Seconds) -> tuple[StartWindow, ...]:
    """All day, the morning, or an hour and a half in the morning and another in the afternoon."""
    spans = [
        [(0, DAY + HOUR)],
        [(0, 4 * HOUR)],
        [(HOUR, 5 * HOUR // 2), (6 * HOUR, 15 * HOUR // 2)],
    ][chance.integers(3)]
    return tuple(StartWindow(opens, closes - service) for opens, closes in spans)
