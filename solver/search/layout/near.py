"""Who is near whom, by the price of going there and back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from solver.search.arrays import Bits, Flags, Indices, Real
from solver.search.layout.legs import Legs

NEAREST: Final = 120
"""Neighbours known of each visit."""

BESIDE: Final = 60
"""Points that a point may stand next to on vast days. Decision 0005."""

FEW: Final = 5
"""How many neighbours tell what a short leg costs."""

NEVER_NEAR: Final = np.int32(np.iinfo(np.int32).max)
LAST_OF_ALL: Final = NEVER_NEAR - np.int32(1)
"""Dearer than any way there and back."""

BLOCK: Final = 256
"""Rows of distances looked at together."""


def neighbours(legs: Legs, points: Indices, closed: Flags) -> tuple[Indices, float]:
    """Nearest visits, and the cost of going to one of the FEW nearest.

    ``points`` are where visits are made in the first place; those that nobody can make come after all others.
    """
    visits = len(points)
    count = min(visits - 1, NEAREST)
    near = np.zeros((visits, count), dtype=np.int32)
    if count == 0:  # an only visit has no neighbour but the start
        price = legs.arrays["price"][0]
        return near, max(1.0, float(legs.unit * price[legs.start_of[0], points].mean()))
    short: list[Real] = []
    for low in range(0, visits, BLOCK):
        there_and_back = _there_and_back(legs, points[low : low + BLOCK])[:, points]
        rank = np.where(closed, LAST_OF_ALL, there_and_back)
        rank[np.arange(len(rank)), np.arange(low, low + len(rank))] = NEVER_NEAR
        nearest = np.argpartition(rank, count - 1, axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(rank, nearest, axis=1), axis=1, kind="stable")
        near[low : low + BLOCK] = np.take_along_axis(nearest, order, axis=1)
        short.append(np.take_along_axis(there_and_back, near[low : low + BLOCK, :FEW], axis=1).mean(axis=1))
    # The median: a few visits far from all others, or out of reach, would make every leg seem short.
    return near, max(1.0, legs.unit * float(np.median(np.concatenate(short))) / 2)


def beside(legs: Legs) -> Bits:
    """For each point the BESIDE nearest, and wherever shifts start or end; no flags at all unless the day is vast."""
    points = legs.arrays["price"].shape[1]
    if not legs.vast:
        return np.zeros((points, 0), dtype=np.uint64)
    flags = np.zeros((points, -(-points // 64) * 64), dtype=np.bool_)
    for low in range(0, points, BLOCK):
        rows = np.arange(low, min(points, low + BLOCK), dtype=np.int32)
        nearest = np.argpartition(_there_and_back(legs, rows), BESIDE - 1, axis=1)[:, :BESIDE]
        np.put_along_axis(flags[low : low + BLOCK], nearest, values=True, axis=1)
    flags[:, legs.start_of] = True
    flags[:, legs.end_of] = True
    return np.packbits(flags, axis=1, bitorder="little").view(np.uint64)


def _there_and_back(legs: Legs, rows: Indices) -> NDArray[np.int32]:
    """Price of the way from each of these points to every point and back: two of the dearest fit into 32 bits."""
    return legs.arrays["price"][0][rows] + legs.arrays["price_to"][0][rows]
