"""The part of Facts that is about visits and their options."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypedDict

import numpy as np

from solver.objective import SECONDS_PER_HOUR
from solver.presolve import Ways
from solver.problem import Problem
from solver.search.arrays import ANYWHERE, FAR, FIRST, LAST, NEVER, Bits, Flags, Indices, Real, Whole
from solver.search.layout.legs import Legs
from solver.search.layout.near import FEW, Able, beside, neighbours
from solver.solution import Served

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
    beside: Bits
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
    near, short_leg = neighbours(legs, legs.point_of[main], np.array([not found for found in ways]))
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
        beside=beside(legs, _able(problem, ways, legs, first_option)),
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


def _able(problem: Problem, ways: Ways, legs: Legs, first_option: Indices) -> Able:
    """(points, shifts): whether the shift may serve something there."""
    able = np.zeros((legs.arrays["price"].shape[1], len(problem.shifts)), dtype=np.bool_)
    for of_visit in ways:
        for way in of_visit:
            able[legs.point_of[first_option[way.served.visit] + way.served.option], list(way.shifts)] = True
    return able


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
