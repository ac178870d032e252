"""Who is near whom: which visits are looked at together, and next to whom a visit may be put in."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from solver.search.arrays import Bits, Flags, Indices, Real
from solver.search.layout.legs import DEAREST, Legs

NEAREST: Final = 120
"""Neighbours known of each visit."""

BESIDE: Final = 60
"""Points that are near enough to stand next to on vast days, the point itself among them. Decision 0005."""

FEW: Final = 5
"""How many neighbours tell what a short leg costs."""

Able: TypeAlias = NDArray[np.bool_]

NEVER_NEAR: Final = np.int32(np.iinfo(np.int32).max)
LAST_OF_ALL: Final = NEVER_NEAR - np.int32(1)
"""Dearer than any way there and back."""

BLOCK: Final = 256
"""Rows of distances looked at together."""


def neighbours(legs: Legs, points: Indices, closed: Flags) -> tuple[Indices, float]:
    """Nearest visits by the price of going there and back, and the cost of going to one of the FEW nearest.

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


def beside(legs: Legs, able: Able) -> Bits:
    """For each point the nearest ones, and wherever shifts start or end; no flags at all unless the day is vast.

    ``able``: (points, shifts), whether the shift may serve something there. Nearest are the BESIDE nearest by the
    price of each tariff and by the time of each profile; and as many among the points that nobody else may serve than
    who may serve this one: next to most of the others a visit that calls for an expert would never be put in.
    """
    points = len(able)
    if not legs.vast:
        return np.zeros((points, 0), dtype=np.uint64)
    flags = np.zeros((points, -(-points // 64) * 64), dtype=np.bool_)
    always = np.union1d(legs.start_of, legs.end_of)
    never = np.union1d(always, np.flatnonzero(~able.any(axis=1)))  # among the nearest, that is
    kinds, kind = np.unique(able, axis=0, return_inverse=True)
    who, measures = kinds.astype(np.float32), _measures(legs)
    for low in range(0, points, BLOCK):
        rows = slice(low, low + BLOCK)
        elsewhere = ((1 - who[kind[rows]]) @ who.T > 0)[:, kind]  # somebody may serve those who may not serve these
        for there, back in measures:
            rank = np.minimum(there[rows], DEAREST) + np.minimum(back[rows], DEAREST)
            rank[:, never] = NEVER_NEAR
            _flag_nearest(flags[rows], rank)
            rank[elsewhere] = NEVER_NEAR
            _flag_nearest(flags[rows], rank)
    flags[:, always] = True
    return np.packbits(flags, axis=1, bitorder="little").view(np.uint64)


def _flag_nearest(flags: NDArray[np.bool_], rank: NDArray[np.int32]) -> None:
    """Set the flags of the BESIDE lowest ranks in each row, as far as they are near at all."""
    count = min(BESIDE, rank.shape[1])
    nearest = np.argpartition(rank, count - 1, axis=1)[:, :count]
    near = np.take_along_axis(rank, nearest, axis=1) < NEVER_NEAR
    np.put_along_axis(flags, nearest, near | np.take_along_axis(flags, nearest, axis=1), axis=1)


def _measures(legs: Legs) -> list[tuple[Indices, Indices]]:
    """Whatever tells how far two points lie apart: rows of ways there, and of ways back."""
    arrays = legs.arrays
    prices = list(zip(arrays["price"], arrays["price_to"], strict=True))
    times = list(zip(arrays["travel"], arrays["travel_to"], strict=True))
    return prices + [time for time in times if not any(np.shares_memory(time[0], price[0]) for price in prices)]


def _there_and_back(legs: Legs, rows: Indices) -> NDArray[np.int32]:
    """Price of the way from each of these points to every point and back: two of the dearest fit into 32 bits."""
    return legs.arrays["price"][0][rows] + legs.arrays["price_to"][0][rows]
