"""How long a move takes at which hour: the road goes more slowly during slowdowns, set-up after it as ever.

All of the road's progress since its first slowdown is one rising function of the clock, so when somebody arrives, and
when they have to leave at the latest, are two look-ups in its inverse. One is exactly the other turned round.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from solver.problem import NORMAL_PACE, Slowdown
from solver.schedule.moments import FAR, NEVER, Rest
from solver.units import Seconds


class Move(NamedTuple):
    """What lies between two services: a way, in ten-thousandths of a second at normal pace, then seconds of set-up."""

    way: int
    setup: Seconds

    @classmethod
    def of(cls, travel: Seconds, setup: Seconds) -> "Move":
        """All of a leg and of the set-up after it."""
        return cls(travel * NORMAL_PACE, setup)


def edges_of(slowdowns: Sequence[Slowdown]) -> tuple[list[Seconds], list[int]]:
    """When the pace changes, and the paces before each of these moments; after the last it is normal."""
    edges, paces = [slowdowns[0].opens], [NORMAL_PACE]
    for slow in slowdowns:
        if slow.opens > edges[-1]:
            edges.append(slow.opens)
            paces.append(NORMAL_PACE)
        edges.append(slow.closes)
        paces.append(slow.pace)
    return edges, paces


class Pace:
    """The clock of a road with slowdowns."""

    def __init__(self, slowdowns: Sequence[Slowdown]) -> None:
        """``slowdowns`` of one travel matrix, at least one."""
        edges, paces = edges_of(slowdowns)
        done = [0]
        for (since, until), pace in zip(pairwise(edges), paces[1:], strict=True):
            done.append(done[-1] + (until - since) * pace)
        self.edges: Final = tuple(edges)
        self._paces = [*paces, NORMAL_PACE]
        """Before each edge, and after the last."""
        self._done = done
        """At each edge, since the first, in ten-thousandths of a second."""

    def after(self, depart: Seconds, move: Move) -> Seconds:
        """When a move is done that begins at ``depart`` and is not interrupted."""
        return (self._earliest(self._progress(depart) + move.way) if move.way else depart) + move.setup

    def before(self, due: Seconds, move: Move) -> Seconds:
        """When a move has to begin at the latest to be done by ``due``, not interrupted."""
        return self._latest(self._progress(due - move.setup) - move.way) if move.way else due - move.setup

    def left(self, move: Move, since: Seconds, until: Seconds) -> Move:
        """What is left of a move that went on from one moment until another."""
        done = self._progress(until) - self._progress(since)
        if done < move.way:
            return Move(move.way - done, move.setup)
        return Move(0, max(0, move.setup - (until - self.after(since, Move(move.way, 0)))))

    def in_turn(self, clock: Seconds, move: Move, breaks: Sequence[Rest]) -> tuple[Seconds, list[Seconds]]:
        """Each break as soon as it may begin, the move going on until then: when it is done, and their starts."""
        begins: list[Seconds] = []
        for rest in breaks:
            begin = max(clock, rest.earliest)
            begins.append(begin)
            move = self.left(move, clock, begin)
            clock = begin + rest.duration
        return self.after(clock, move), begins

    def move_on(self, ready: Sequence[Seconds], move: Move, breaks: Sequence[Rest]) -> list[Seconds]:
        """See ``labels.move_on``. Breaks are taken as soon as they may, which need not be best during slowdowns."""
        arrive = [self.after(depart, move) for depart in ready]
        for taken in range(len(breaks)):
            clock, left = ready[taken], move
            if clock >= FAR:
                continue
            for nth in range(taken, len(breaks)):
                earliest, latest, duration = breaks[nth]
                if clock > latest:
                    break
                begin = max(clock, earliest)
                left = self.left(left, clock, begin)
                clock = begin + duration
                arrive[nth + 1] = min(arrive[nth + 1], self.after(clock, left))
        return arrive

    def move_back(self, due: Sequence[Seconds], move: Move, breaks: Sequence[Rest]) -> list[Seconds]:
        """See ``labels.move_back``; exactly ``move_on`` turned round."""
        leave = [self.before(by, move) for by in due]
        for taken in range(1, len(due)):
            by = due[taken]
            if by <= NEVER:
                continue
            for nth in range(taken - 1, -1, -1):
                leave[nth] = max(leave[nth], self._latest_leave(by, move, breaks[nth:taken]))
        return leave

    def _latest_leave(self, by: Seconds, move: Move, breaks: Sequence[Rest]) -> Seconds:
        """When to leave at the latest to take all these breaks on a move and be done ``by`` then, NEVER if too late."""
        if not breaks:
            return self.before(by, move)
        first, *others = breaks
        at_once = min(self._latest_leave(by, move, others) - first.duration, first.latest)
        return at_once if at_once >= first.earliest else self._leave_before(by, move, breaks)

    def _leave_before(self, by: Seconds, move: Move, breaks: Sequence[Rest]) -> Seconds:
        """The same for somebody on the way when the first break may begin: then all have their times already."""
        spans: list[tuple[Seconds, Seconds]] = []
        clock = NEVER
        for rest in breaks:
            begin = max(clock, rest.earliest)
            if begin > rest.latest:
                return NEVER
            spans.append((clock, begin))
            clock = begin + rest.duration
        if clock > by:
            return NEVER
        spans.append((clock, by))
        for since, until in reversed(spans[1:]):
            move = self._left_before(move, since, until)
        return self.before(spans[0][1], move)

    def _left_before(self, move: Move, since: Seconds, until: Seconds) -> Move:
        """What of a move has to be done before a span, if its end is done in the span."""
        if move.setup >= until - since:
            return move._replace(setup=move.setup - (until - since))
        done = self._progress(until - move.setup) - self._progress(since)
        return Move(max(0, move.way - done), 0)

    def _progress(self, moment: Seconds) -> int:
        """Ten-thousandths of a second done since the first edge; below 0 before it."""
        nth = bisect_right(self.edges, moment)
        edge = max(0, nth - 1)
        return self._done[edge] + (moment - self.edges[edge]) * self._paces[nth]

    def _earliest(self, progress: int) -> Seconds:
        """The first moment with so much progress."""
        nth = bisect_left(self._done, progress)
        edge = max(0, nth - 1)
        return self.edges[edge] - (self._done[edge] - progress) // self._paces[nth]

    def _latest(self, progress: int) -> Seconds:
        """The last moment with no more progress."""
        nth = bisect_right(self._done, progress)
        edge = max(0, nth - 1)
        return self.edges[edge] + (progress - self._done[edge]) // self._paces[nth]
