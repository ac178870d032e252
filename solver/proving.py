"""The proof of how much could be collected at most, and better plans that it comes by.

A search sees what is near, a proof what pays. Of 50 days of 20 visits three ended in a plan that no anneal left; the
routes of the linear program made the best plan of all three, mostly as soon as it had an optimum (decision 0008).
"""

from collections.abc import Iterable
from typing import Final

from solver.allowance import Allowance
from solver.best import Best
from solver.draft import Timetable
from solver.engine.bound import Bound
from solver.engine.bound.master import Walk
from solver.engine.recombine import recombine
from solver.pool import Pool, PooledRoute
from solver.presolve import Ways
from solver.units import Prize

TIMING: Final = 0.5
"""Share of the time that must be left when routes have been timed. Mostly that takes 10 to 30 ms."""

LAST_LOOK: Final = 0.1
"""Share of the time that is left for what routes there are when a proof ends before its next optimum."""


class Prover:
    """Lowers the bound, and betters the best plan on the way, which takes no longer than that, but for a last look."""

    def __init__(self, best: Best, ways: Ways, timetable: Timetable, allowance: Allowance, seed: int) -> None:
        self._best = best
        self._timetable = timetable
        self._allowance = allowance
        self._seed = seed
        self._bound = Bound(best.problem, ways)
        self._seen: set[Walk] = set()
        self._seconds = 0.0
        self._until = 0.0
        self._bettering = 0.0

    @property
    def prize_bound(self) -> Prize | None:
        """What no plan collects more than, ``None`` if nothing was proved."""
        return self._bound.prize

    def prove(self, pool: Pool, seconds: float) -> None:
        """Go on for so long, starting with what routes the search came by."""
        self._until = self._allowance.left - seconds
        self._seconds, self._bettering = seconds, 0.0
        prize, proving = self._best.solution.score.prize, (1 - LAST_LOOK) * seconds
        self._bound.tighten(pool.routes(), prize, proving, lambda: self._allowance.stopped, self._better)
        unproved = self.prize_bound != self._best.solution.score.prize
        if unproved and self._allowance.left >= self._until and not self._allowance.stopped:
            self._better(share=1.0)

    def _better(self, share: float = 0.5) -> Prize:
        """The prize of the best plan, after a look at what can be made of routes that the proof came by of late.

        It takes no more than a ``share`` of the time that is left.
        """
        routes, began = self._bound.routes, self._allowance.left
        left = began - self._until
        if not self._seen.issuperset(routes) and 2 * self._bettering <= self._seconds - left:
            self._seen.update(routes)
            self._recombine(routes, share * left)
            self._bettering += began - self._allowance.left
        return self._best.solution.score.prize

    def _recombine(self, routes: Iterable[Walk], seconds: float) -> None:
        """Offer the best plan that can be made of routes."""
        until = self._allowance.left - seconds
        pool = self._legal(routes, until + TIMING * seconds)
        found = recombine(
            self._best.problem,
            pool,
            self._best.draft.sequences,
            seconds=self._allowance.left - until,
            seed=self._seed,
            stop=lambda: self._allowance.stopped,
        )
        if found is not None:
            self._best.offer(found)

    def _legal(self, routes: Iterable[Walk], until: float) -> Pool:
        """Those that are legal with what they cost, as many as can be timed until so much is left of the allowance."""
        pool = Pool(self._best.problem)
        for rank, (kind, stops) in enumerate(routes):
            timed = self._timetable.route(kind, stops)
            if timed is not None:
                pool.add([PooledRoute(kind, stops, timed.costs.total, standing=-rank)])
            if self._allowance.stopped or self._allowance.left < until:
                break
        return pool
