"""How much any plan can collect at most: proved, by column generation.

    proof       one step after the other
    step        what came of it
    charging    what visits are charged, in whole numbers, and what follows from that for every plan
    master      the linear program that says what they should be charged
    looking     for walks that collect more than that
    ├── ground  a kind of shift and its day, in arrays
    └── memory  where a walk may not come back to a visit
    cuts        what no choice of whole routes does, though one of halves may

A linear program chooses from walks, routes that may come back to a visit; its prices say which others are worth adding.
As soon as there are none they prove how much any plan can collect, and before that they prove something already. Then
walks that come back to a visit are forbidden, and cuts are added, until the best plan known is proved best.

Desaulniers, Desrosiers and Solomon (2005) on column generation; for prizes and tight windows Boussier, Feillet and
Gendreau (2007).
"""

from collections.abc import Callable, Iterable
from heapq import nlargest
from math import gcd
from time import monotonic
from typing import Final

from solver.engine.bound.master import Walk
from solver.engine.bound.proof import Proof
from solver.engine.bound.step import Step
from solver.pool import PooledRoute, kinds_of
from solver.presolve import Ways, offered
from solver.problem import Problem
from solver.units import Prize

LARGEST: Final = 20_000_000
"""Legs between options, of all kinds of shifts together; beyond that a day has no bound."""
ROUTES: Final = 1_000
"""Taken at once, those of highest standing."""


class Bound:
    """The smallest bound so far; ``tighten`` lowers it.

    Slowdowns, links and some limits are left aside, see ``ground``: a plan is compared with more than there is, and on
    days that are all about those the bound may stay far from the best plan.
    """

    def __init__(self, problem: Problem, ways: Ways) -> None:
        options = {way.served for of_visit in ways for way in of_visit}
        prizes = {stop: problem.visits[stop.visit].options[stop.option].prize for stop in options}
        self._all = offered(problem, ways)
        self._unit = max(1, gcd(*prizes.values()))
        self._at_least: Prize = 0
        self._kinds = kinds_of(problem)
        fits = len({*self._kinds}) * (len(options) + 1) ** 2 <= LARGEST
        self._proof = Proof(problem, ways, self._kinds, self._unit) if options and fits else None

    @property
    def prize(self) -> Prize | None:
        """No plan has a larger one; ``None`` before anything was proved."""
        allowed = None if self._proof is None else self._proof.allowed
        if allowed is not None and allowed <= self._all:
            return allowed
        return self._all if self._all <= self._at_least else None

    @property
    def routes(self) -> list[Walk]:
        """What a plan of more value may be made of, as far as is known, the most promising first; not all are legal."""
        return [] if self._proof is None else self._proof.routes()

    def tighten(
        self,
        routes: Iterable[PooledRoute],
        at_least: Prize,
        seconds: float,
        stop: Callable[[], bool],
        better: Callable[[], Prize] = lambda: 0,
    ) -> None:
        """Lower the bound for so many ``seconds``, or until it is proved that there is nothing above ``at_least``.

        Good ``routes`` are a good start, ``at_least`` is the prize of a plan that is known. ``better`` is asked for the
        prize of another at every optimum of the linear program, where its own ``routes`` are worth putting together.
        Otherwise it ends within a tenth of a second of being told to; the next call goes on from there.
        """
        until = monotonic() + seconds
        self._aim_above(at_least)
        if self._proof is None:
            return
        for route in nlargest(ROUTES, routes, key=lambda route: route.standing):
            self._proof.add(Walk(self._kinds[route.shift], route.stops))
        while not self._is_reached() and not stop() and monotonic() < until:
            step = self._proof.step()
            if step is Step.DONE:
                break
            if step is Step.OPTIMUM and not self._is_reached():
                self._aim_above(better())

    def _aim_above(self, prize: Prize) -> None:
        self._at_least = max(self._at_least, prize)
        if self._proof is not None:
            self._proof.aim = self._at_least + self._unit

    def _is_reached(self) -> bool:
        return self.prize is not None and self.prize <= self._at_least
