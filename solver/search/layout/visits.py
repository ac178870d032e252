"""The part of Facts that is about visits and their options."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypedDict

import numpy as np

from solver.objective import SECONDS_PER_HOUR
from solver.presolve import Ways
from solver.problem import Problem
from solver.search.arrays import ANYWHERE, FAR, FIRST, LAST, NEVER, Flags, Indices, Real, Whole
from solver.search.layout.legs import Legs
from solver.solution import Served

NEAREST: Final = 120
"""Neighbours known of each visit."""

FEW: Final = 5
"""How many of them tell what a short leg costs."""

LAST_OF_ALL: Final = np.int64(1) << 40
"""Dearer than any way, nearer than FAR."""

BLOCK: Final = 256
"""Rows of distances looked at together."""

POSITIONS: Final = {None: ANYWHERE, "first": FIRST, "last": LAST}


class VisitArrays(TypedDict):
    """The part of Facts that is about visits and their options."""

    point: Indices
    visit: Indices
    service: Whole
    windows: Whole
    n_windows: Indices
    opens: Whole
    closes: Whole
    prize: Whole
    first_option: Indices
    required: Flags
    position: Flags
    load: Whole
    linked: Flags
    near: Indices
    density: Real
    remoteness: Real
    choice_of_time: Real


class Scale(NamedTuple):
    """What is usual on this day: ``leg`` costs of a short one, to one of a visit's FEW nearest, and of unfairness.

    A service lasts as long as ``service`` such legs.
    """

    leg: float
    service: float


def visit_arrays(problem: Problem, ways: Ways, legs: Legs, options: Sequence[Served]) -> tuple[VisitArrays, Scale]:
    """The arrays, and what is usual."""
    visits = problem.visits
    first_option = np.cumsum([0, *(len(visit.options) for visit in visits)]).astype(np.int32)
    first = first_option[:-1]
    main = first + np.array([found[0].served.option if found else 0 for found in ways], dtype=np.int32)
    each = [visits[k].options[o] for k, o in options]
    service = np.array([option.service for option in each], dtype=np.int64)
    near, short_leg = _neighbours(legs, legs.point_of[main], np.array([not found for found in ways]))
    usual_service = float(service[main].mean())
    prize = np.array([option.prize for option in each], dtype=np.int64)
    required = np.array([visit.required for visit in visits], dtype=np.int8)
    windows, n_windows = _windows(problem, options)
    opens, closes = windows[:, 0, 0].copy(), windows.max(axis=(1, 2), where=windows < FAR, initial=NEVER)
    nearest = near[:, :1] if near.shape[1] else np.arange(len(visits))[:, None]
    travel = legs.arrays["travel"][0]
    arrays = VisitArrays(
        point=legs.point_of,
        visit=np.array([k for k, _ in options], dtype=np.int32),
        service=service,
        windows=windows,
        n_windows=n_windows,
        opens=opens,
        closes=closes,
        prize=prize,
        first_option=first_option,
        required=required,
        position=np.array([POSITIONS[visit.position] for visit in visits], dtype=np.int8),
        load=np.array([visit.load for visit in visits], dtype=np.int64).reshape(len(visits), -1),
        linked=_linked(problem),
        near=near,
        density=np.maximum.reduceat(prize, first)
        / (1.0 + travel[legs.point_of[main], legs.point_of[main[nearest[:, 0]]]] + service[main]),
        remoteness=travel[legs.start_of[0], legs.point_of[main]].astype(np.float64),
        choice_of_time=(closes - opens)[main].astype(np.float64),
    )
    seconds = np.median(travel[legs.point_of[main][:, None], legs.point_of[main[near[:, :FEW]]]]) if near.size else 0.0
    cost = short_leg + _unfairness(problem, usual_service)
    return arrays, Scale(cost, usual_service / max(1.0, float(seconds)))


def _windows(problem: Problem, options: Sequence[Served]) -> tuple[Whole, Indices]:
    """First and last starts, padded with FAR; and how many windows each option has."""
    each = [problem.visits[k].options[o].windows for k, o in options]
    counts = np.array([len(windows) for windows in each], dtype=np.int32)
    table = np.full((len(each), max(1, int(counts.max())), 2), FAR, dtype=np.int64)
    for j, windows in enumerate(each):
        for w, window in enumerate(windows):
            table[j, w] = window.opens, window.closes
    return table, counts


def _neighbours(legs: Legs, points: Indices, closed: Flags) -> tuple[Indices, float]:
    """Nearest visits by the price of going there and back, and the cost of going to one of the FEW nearest.

    ``points`` are where visits are made in the first place; those that nobody can make come after all others.
    """
    visits = len(points)
    count = min(visits - 1, NEAREST)
    near = np.zeros((visits, count), dtype=np.int32)
    price = legs.arrays["price"][0]
    if count == 0:  # an only visit has no neighbour but the start
        return near, max(1.0, float(legs.unit * price[legs.start_of[0], points].mean()))
    short: list[Real] = []
    for low in range(0, visits, BLOCK):
        rows = points[low : low + BLOCK]
        there_and_back = price[np.ix_(rows, points)].astype(np.int64) + price[np.ix_(points, rows)].T
        there_and_back[np.arange(len(rows)), np.arange(low, low + len(rows))] = FAR
        rank = there_and_back + LAST_OF_ALL * closed
        nearest = np.argpartition(rank, count - 1, axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(rank, nearest, axis=1), axis=1, kind="stable")
        near[low : low + BLOCK] = np.take_along_axis(nearest, order, axis=1)
        short.append(np.take_along_axis(there_and_back, near[low : low + BLOCK, :FEW], axis=1).mean(axis=1))
    # The median: a few visits far from all others, or out of reach, would make every leg seem short.
    return near, max(1.0, legs.unit * float(np.median(np.concatenate(short))) / 2)


def _unfairness(problem: Problem, service: float) -> float:
    """What one visit more for one agent costs when the work was shared evenly."""
    if problem.fairness is None:
        return 0.0
    agents = len(problem.fairness.worked_before)
    return problem.fairness.rate * (service / SECONDS_PER_HOUR) ** 2 * (1 - 1 / agents)


def _linked(problem: Problem) -> Flags:
    linked = np.zeros(len(problem.visits), dtype=np.int8)
    linked[[end for link in problem.links for end in (link.first, link.then)]] = 1
    return linked
