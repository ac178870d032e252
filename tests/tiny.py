"""Random days of a few visits within a minute, with everything a problem can say, for comparison with the truth."""

from dataclasses import replace
from random import Random

import numpy as np

from solver.problem import (
    NORMAL_PACE,
    Break,
    Limits,
    Link,
    Objective,
    Option,
    Pay,
    Problem,
    Shift,
    Slowdown,
    StartWindow,
    TravelMatrix,
    Visit,
)
from solver.solution import Served
from solver.units import Cost, ShiftIndex

PLACES = 5


def tiny_day(seed: int, *, visits: int = 5, shifts: int = 2, links: int = 0, slow: float = 0.0) -> Problem:
    """A day drawn from ``seed``; the same seed gives the same day, in a share ``slow`` of the cases with slowdowns."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    profiles = draw.choice([1, 1, 2])
    day = Problem(
        travel=tuple(_travel(draw) for _ in range(profiles)),
        visits=tuple(_visit(draw, shifts) for _ in range(visits)),
        shifts=tuple(_shift(draw, profiles) for _ in range(shifts)),
        links=_links(draw, visits, links),
        objective=draw.choice(list(Objective)),
    )
    # Drawn last: the same seed gives the same day with slowdowns and without.
    return _slowed(draw, day) if draw.random() < slow else day


def tiny_route(problem: Problem, seed: int, longest: int = 4) -> tuple[Served, ...]:
    """Some visits in some order by some options."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    chosen = draw.sample(range(len(problem.visits)), draw.randint(1, min(longest, len(problem.visits))))
    return tuple(Served(k, draw.randrange(len(problem.visits[k].options))) for k in chosen)


def _travel(draw: Random) -> TravelMatrix:
    at = [(draw.randint(0, 5), draw.randint(0, 5)) for _ in range(PLACES)]
    seconds = [
        [abs(a[0] - b[0]) + abs(a[1] - b[1]) + (draw.randint(0, 1) if i != j else 0) for j, b in enumerate(at)]
        for i, a in enumerate(at)
    ]
    metres = [[2 * leg + (draw.randint(0, 2) if leg else 0) for leg in row] for row in seconds]
    return TravelMatrix(np.array(seconds, dtype=np.int32), np.array(metres, dtype=np.int32))


def _slowed(draw: Random, day: Problem) -> Problem:
    return replace(day, travel=tuple(replace(matrix, slowdowns=_slowdowns(draw)) for matrix in day.travel))


def _slowdowns(draw: Random) -> tuple[Slowdown, ...]:
    slowdowns: list[Slowdown] = []
    opens = draw.randint(0, 20)
    for _ in range(draw.choice([1, 1, 2, 3])):
        closes = opens + draw.randint(1, 12)
        slowdowns.append(Slowdown(opens, closes, draw.choice([5_000, 7_407, 2_500, 3_333, 900, NORMAL_PACE])))
        opens = closes + draw.choice([0, 1, 5, 12])
    return tuple(slowdowns)


def _visit(draw: Random, shifts: int) -> Visit:
    return Visit(
        options=tuple(_option(draw, shifts) for _ in range(draw.choice([1, 1, 1, 2]))),
        required=draw.random() < 0.15,
        load=(draw.randint(0, 3),),
        position=draw.choice(["first", "last"]) if draw.random() < 0.1 else None,
    )


def _option(draw: Random, shifts: int) -> Option:
    windows: list[StartWindow] = []
    opens = draw.randint(0, 16)
    for _ in range(draw.choice([1, 1, 2, 3])):
        length = draw.choice([0, 2, 5, 12, 30])
        windows.append(StartWindow(opens, opens + length))
        opens += length + draw.randint(2, 14)
    return Option(
        place=draw.randrange(PLACES),
        service=draw.randint(0, 5),
        windows=tuple(windows),
        prize=draw.randint(0, 40),
        setup=draw.choice([0, 0, 0, 2]),
        shifts=_eligible(draw, shifts),
    )


def _eligible(draw: Random, shifts: int) -> dict[ShiftIndex, Cost] | None:
    if draw.random() < 0.7:
        return None
    return {shift: draw.choice([0, 0, 3, 8]) for shift in range(shifts) if draw.random() < 0.7}


def _shift(draw: Random, profiles: int) -> Shift:
    opens = draw.randint(0, 12)
    return Shift(
        start=draw.randrange(PLACES),
        end=draw.choice([None, draw.randrange(PLACES), draw.randrange(PLACES)]),
        opens=opens,
        closes=opens + draw.randint(14, 34),
        overtime=draw.choice([0, 0, 5]),
        profile=draw.randrange(profiles),
        breaks=_breaks(draw, opens),
        limits=Limits(
            visits=_sometimes(draw, 0.2, 1, 4),
            driving=_sometimes(draw, 0.2, 6, 24),
            distance=_sometimes(draw, 0.2, 12, 50),
            duration=_sometimes(draw, 0.3, 10, 26),
        ),
        capacity=(draw.randint(3, 9),),
        pay=Pay(
            fixed=draw.choice([0, 0, 6]),
            per_second=draw.choice([0, 0, 1, 2]),
            per_metre=draw.choice([1, 1, 2]),
            overtime_per_second=draw.choice([0, 3]),
        ),
    )


def _breaks(draw: Random, opens: int) -> tuple[Break, ...]:
    breaks: list[Break] = []
    earliest = max(0, opens + draw.randint(-4, 8))
    for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
        duration = draw.randint(1, 4)
        breaks.append(
            Break(
                earliest=earliest,
                latest=earliest + draw.choice([0, 3, 8]),
                duration=duration,
                paid=draw.random() < 0.5,
                only_if_over=_sometimes(draw, 0.4, 6, 24),
            )
        )
        earliest += duration + draw.randint(0, 8)
    return tuple(breaks)


def _sometimes(draw: Random, how_often: float, least: int, most: int) -> int | None:
    return draw.randint(least, most) if draw.random() < how_often else None


def _links(draw: Random, visits: int, links: int) -> tuple[Link, ...]:
    order = draw.sample(range(visits), visits)
    pairs = [sorted(draw.sample(range(visits), 2)) for _ in range(links)]
    return tuple(Link(order[a], order[b], draw.randint(0, 6)) for a, b in dict.fromkeys(map(tuple, pairs)))
