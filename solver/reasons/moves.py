"""What ``solver.schedule.labels`` says of one move, said of many at once: same times, arrays instead of numbers."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from solver.problem import LONGEST_DAY, NORMAL_PACE, Slowdown
from solver.schedule.moments import FAR, Rest
from solver.schedule.pace import edges_of
from solver.units import Seconds

Times: TypeAlias = NDArray[np.int64]
"""Seconds, of any shape that goes together with the others of a call."""

BEYOND: Final[Seconds] = 8 * LONGEST_DAY
"""Later than any move of a problem ends; ten thousand times as much still is a number."""


def start_from(opens: Times, closes: Times, ready: Times) -> Times:
    """First starts at ``ready`` or later, FAR where there is none; ``opens`` and ``closes`` have the windows in front.

    A window that is none closes before all others.
    """
    start = np.full(ready.shape, FAR)
    for since, until in zip(opens[::-1], closes[::-1], strict=True):
        start = np.where(ready <= until, np.maximum(ready, since), start)
    return start


def onwards(
    road: "Road | None", ready: Sequence[Times], travel: Times, setup: Times, breaks: Sequence[Rest]
) -> list[Times]:
    """Earliest ends of moves by breaks taken, FAR or later where that is impossible; see ``labels.onwards``."""
    if road is None:
        return _move_on(ready, travel + setup, breaks)
    return road.move_on(ready, _Move(travel * NORMAL_PACE, setup), breaks)


def _move_on(ready: Sequence[Times], move: Times, breaks: Sequence[Rest]) -> list[Times]:
    arrive = [depart + move for depart in ready]
    for taken in range(len(breaks)):
        clock = ready[taken]
        there, possible = clock + move, clock < FAR
        for nth in range(taken, len(breaks)):
            earliest, latest, duration = breaks[nth]
            possible = possible & (clock <= latest)
            clock = np.maximum(clock, earliest) + duration
            there = np.maximum(there, earliest) + duration
            arrive[nth + 1] = np.where(possible, np.minimum(arrive[nth + 1], there), arrive[nth + 1])
    return arrive


class _Move(NamedTuple):
    """As ``pace.Move``: ten-thousandths of a second at normal pace, then seconds."""

    way: Times
    setup: Times


class Road:
    """A road with slowdowns: ``solver.schedule.pace`` for many moves."""

    def __init__(self, slowdowns: Sequence[Slowdown]) -> None:
        """``slowdowns`` of one travel matrix, at least one."""
        edges, paces = edges_of(slowdowns)
        self._edges = np.array(edges, dtype=np.int64)
        self._paces = np.array([*paces, NORMAL_PACE], dtype=np.int64)  # before each edge, and after the last
        self._done = np.concatenate(([0], np.cumsum(np.diff(self._edges) * self._paces[1:-1])))  # at each edge

    def move_on(self, ready: Sequence[Times], move: _Move, breaks: Sequence[Rest]) -> list[Times]:
        """Earliest ends by breaks taken, each of which begins as soon as it may."""
        arrive = [np.where(depart < FAR, self._after(depart, move), FAR) for depart in ready]
        for taken in range(len(breaks)):
            clock, left, possible = ready[taken], move, ready[taken] < FAR
            for nth in range(taken, len(breaks)):
                earliest, latest, duration = breaks[nth]
                possible = possible & (clock <= latest)
                begin = np.maximum(clock, earliest)
                left = self._left(left, clock, begin)
                clock = begin + duration
                there = np.where(possible, self._after(clock, left), FAR)
                arrive[nth + 1] = np.minimum(arrive[nth + 1], there)
        return arrive

    def _after(self, depart: Times, move: _Move) -> Times:
        done = self._earliest(self._progress(depart) + move.way)
        return np.where(move.way > 0, done, depart) + move.setup

    def _left(self, move: _Move, since: Times, until: Times) -> _Move:
        done = self._progress(until) - self._progress(since)
        over = until - self._after(since, _Move(move.way, np.zeros_like(move.setup)))
        setup = np.where(done < move.way, move.setup, np.maximum(0, move.setup - over))
        return _Move(np.maximum(0, move.way - done), setup)

    def _progress(self, moment: Times) -> Times:
        moment = np.minimum(moment, BEYOND)
        nth = np.searchsorted(self._edges, moment, side="right")
        edge = np.maximum(0, nth - 1)
        return self._done[edge] + (moment - self._edges[edge]) * self._paces[nth]

    def _earliest(self, progress: Times) -> Times:
        nth = np.searchsorted(self._done, progress, side="left")
        edge = np.maximum(0, nth - 1)
        return self._edges[edge] - (self._done[edge] - progress) // self._paces[nth]
