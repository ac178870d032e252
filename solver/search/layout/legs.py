"""Legs between points, by profile, and what they cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

from solver.problem import NORMAL_PACE, Problem, TravelMatrix
from solver.search.arrays import FAR, Flags, Indices, Whole
from solver.units import UNREACHABLE, PlaceIndex, Seconds

DEAREST: Final = 1 << 28
"""What the dearest leg costs in units at most, ways that do not exist apart: a few of them still fit into 32 bits."""

NOWHERE: Final = -1
"""The place where shifts with an open end finish: no way to it takes any time."""

VAST: Final = 1_500
"""From so many points on matrices do not fit into the processor's cache. Decision 0005."""

LATER: Final = np.iinfo(np.int32).max
"""Than any way takes, UNREACHABLE included."""

LONG_AFTER: Final = 1 << 62

Point: TypeAlias = tuple[PlaceIndex, Seconds]
"""A place and the set-up that is spent on arrival there from elsewhere."""
Tariff: TypeAlias = tuple[int, int, int]
"""Profile, cost of a metre, cost of a second."""


class LegArrays(TypedDict):
    """The part of Facts that is about legs."""

    travel: Indices
    travel_to: Indices
    driving: Indices
    metres: Indices
    price: Indices
    price_to: Indices
    edges: Whole
    paces: Whole
    progress: Whole
    slowed: Flags


@dataclass(frozen=True, slots=True)
class Legs:
    """Matrices by point, which point and tariff is whose, and how many costs one unit of price is.

    ``vast``: there are more points than the processor's cache has room for matrices of.
    """

    arrays: LegArrays
    vast: bool
    unit: int
    point_of: Indices  # (options,)
    start_of: Indices  # (shifts,)
    end_of: Indices  # (shifts,)
    tariff_of: Indices  # (shifts,)


def legs_of(problem: Problem) -> Legs:
    """All legs of a day. A place with two different set-ups becomes two points."""
    wanted: list[Point] = [(option.place, option.setup) for visit in problem.visits for option in visit.options]
    starts: list[Point] = [(shift.start, 0) for shift in problem.shifts]
    ends: list[Point] = [(NOWHERE if shift.end is None else shift.end, 0) for shift in problem.shifts]
    each = {*wanted, *starts, *ends}
    vast = len(each) >= VAST
    points = _strung(each, problem) if vast else sorted(each, key=lambda point: (point[0] == NOWHERE, point))
    number = {point: p for p, point in enumerate(points)}
    driving = _stack(_between(matrix.seconds, points) for matrix in problem.travel)
    # Matrices are most of the memory: where metres are the seconds themselves one copy is enough.
    alike = all(matrix.metres is matrix.seconds for matrix in problem.travel)
    metres = driving if alike else _stack(_between(matrix.metres, points) for matrix in problem.travel)
    travel = _with_setups(driving, points)
    tariffs = [(shift.profile, shift.pay.per_metre, shift.pay.per_second) for shift in problem.shifts]
    kinds = sorted(set(tariffs))
    unit = max(1, max(_dearest(tariff, travel, metres) for tariff in kinds) // DEAREST)
    price = _stack(_price(tariff, travel, metres, unit) for tariff in kinds)
    edges, paces, progress = _slowdowns(problem.travel)
    return Legs(
        arrays=LegArrays(
            travel=travel,
            travel_to=_turned(travel),
            driving=driving,
            metres=metres,
            price=price,
            price_to=_turned(price),
            edges=edges,
            paces=paces,
            progress=progress,
            slowed=np.array([bool(matrix.slowdowns) for matrix in problem.travel], dtype=np.int8),
        ),
        vast=vast,
        unit=unit,
        point_of=np.array([number[point] for point in wanted], dtype=np.int32),
        start_of=np.array([number[point] for point in starts], dtype=np.int32),
        end_of=np.array([number[point] for point in ends], dtype=np.int32),
        tariff_of=np.array([kinds.index(tariff) for tariff in tariffs], dtype=np.int32),
    )


def _strung(points: Collection[Point], problem: Problem) -> list[Point]:
    """Points in a row, each near to the one before it, those that are nowhere last.

    Neighbours are looked at together; where they lie together in memory too the search is half as fast again.
    """
    places = _chain(problem.travel[0].seconds, sorted({place for place, _ in points if place != NOWHERE}))
    rank = {place: number for number, place in enumerate([*places, NOWHERE])}
    return sorted(points, key=lambda point: (rank[point[0]], point))


def _chain(legs: NDArray[np.int32], places: Sequence[PlaceIndex]) -> list[PlaceIndex]:
    """Places, each the nearest to the one before it of those that are left."""
    here, chain = places[0], list[PlaceIndex]()
    taken = np.full(len(legs), LATER, dtype=np.int32)
    taken[places] = 0
    for _ in places:
        chain.append(here)
        taken[here] = LATER
        here = int(np.argmin(np.maximum(legs[here], taken)))
    return chain


def _stack(matrices: Iterable[NDArray[np.int32]]) -> Indices:
    """One array of several matrices; a single one is taken as it is."""
    each = list(matrices)
    return each[0][None] if len(each) == 1 else np.stack(each)


def _between(matrix: NDArray[np.int32], points: Sequence[Point]) -> NDArray[np.int32]:
    """The rows and columns of these points; the matrix itself if they are just its places."""
    places = np.array([place for place, _ in points if place != NOWHERE], dtype=np.intp)
    everywhere = len(places) == len(points)
    if everywhere and np.array_equal(places, np.arange(len(matrix))):
        return np.ascontiguousarray(matrix)
    legs = np.zeros((len(points), len(points)), dtype=np.int32)
    legs[: len(places), : len(places)] = matrix[np.ix_(places, places)]
    return legs


def _with_setups(driving: Indices, points: Sequence[Point]) -> Indices:
    setups = np.array([setup for _, setup in points], dtype=np.int32)
    if not setups.any():
        return driving
    places = np.array([place for place, _ in points])
    return driving + np.where(places[:, None] == places[None, :], np.int32(0), setups[None, :])


def _turned(matrices: Indices) -> Indices:
    """Rows and columns exchanged; the same array where that makes no difference."""
    turned = matrices.transpose(0, 2, 1)
    return matrices if np.array_equal(turned, matrices) else np.ascontiguousarray(turned)


def _dearest(tariff: Tariff, travel: Indices, metres: Indices) -> int:
    profile, per_metre, per_second = tariff
    return per_metre * int(metres[profile].max()) + per_second * int(np.minimum(travel[profile], 1 << 20).max())


def _price(tariff: Tariff, travel: Indices, metres: Indices, unit: int) -> NDArray[np.int32]:
    """Price of each leg in units; where nothing has one, its seconds."""
    profile, per_metre, per_second = tariff
    barred = travel[profile] >= UNREACHABLE
    if (per_metre, per_second, unit) == (1, 0, 1) and not barred.any():
        return metres[profile]
    if per_metre == per_second == 0:
        return np.minimum(travel[profile], DEAREST)
    prices = np.empty_like(metres[profile])
    for row in range(len(prices)):  # row by row: a matrix of 64-bit numbers would be the largest of all
        exact = per_metre * metres[profile, row].astype(np.int64) + per_second * travel[profile, row].astype(np.int64)
        prices[row] = np.minimum(exact // unit, 2 * DEAREST)
    prices[barred] = 2 * DEAREST
    return prices


def _slowdowns(profiles: Sequence[TravelMatrix]) -> tuple[Whole, Whole, Whole]:
    """When the pace changes, to what, and how much has been driven by then; padded at the end."""
    width = 1 + 2 * max(len(matrix.slowdowns) for matrix in profiles)
    edges = np.full((len(profiles), width), FAR, dtype=np.int64)
    paces = np.full((len(profiles), width), NORMAL_PACE, dtype=np.int64)
    progress = np.full((len(profiles), width), LONG_AFTER, dtype=np.int64)
    for r, matrix in enumerate(profiles):
        changes = [(0, NORMAL_PACE)]
        for slow in matrix.slowdowns:
            changes += [(slow.opens, slow.pace), (slow.closes, NORMAL_PACE)]
        driven = accumulate(((then - now) * pace for (now, pace), (then, _) in pairwise(changes)), initial=0)
        for e, ((edge, pace), by_then) in enumerate(zip(changes, driven, strict=True)):
            edges[r, e], paces[r, e], progress[r, e] = edge, pace, by_then
    return edges, paces, progress
