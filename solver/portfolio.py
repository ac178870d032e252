"""Several compiled searches side by side, and what they found put together.

A solve is a row of anneals, each twice as long as the one before and starting hot from the best plan so far; after each
of them the routes that any search came by are recombined. One anneal of the same time in all loses its way where days
are tight: three found 0.2 points more (decision 0005).
"""

from collections.abc import Sequence
from math import inf
from threading import Thread
from typing import Final

from solver.allowance import Allowance
from solver.best import Best
from solver.budget import Budget
from solver.cooling import Cooling
from solver.engine.polish import polish
from solver.engine.recombine import recombine
from solver.pool import Pool
from solver.presolve import Ways
from solver.search.layout import lay_out
from solver.search.run import Search

ANNEALS: Final = 3
ONE_ANNEAL: Final = 2.0
"""Seconds. With less time there is none for several."""
FEW_ROUNDS: Final = 4_000
"""Likewise in rounds, and the least that an anneal of a small day has."""
FULL: Final = 12.5
"""Rounds by squared number of visits after which an anneal is as good as any. If one of twice as many brings nothing
there is nothing more to be had: 20 visits have that behind them in a fifth of a second, 100 in seven."""

RECOMBINING: Final = 0.03
"""Share of the time, after each anneal."""
EFFORT: Final = 0.1
"""Likewise where rounds are bounded, in the solver's deterministic seconds."""

POLISHING: Final = 0.03
"""Share of the time for a last descent of OR-Tools' routing model."""

TELL_EVERY: Final = 0.2
"""Seconds between two looks at what the searches found."""


class Portfolio:
    """One search a thread, all on the same layout."""

    def __init__(self, best: Best, ways: Ways, allowance: Allowance, budget: Budget) -> None:
        self._best = best
        self._ways = ways
        self._allowance = allowance
        self._budget = budget
        layout = lay_out(best.problem, ways)
        self._crew = [Search(layout, budget.seed * budget.threads + n) for n in range(budget.threads)]
        self._pool = Pool(best.problem)
        self._full = max(FEW_ROUNDS, int(FULL * len(best.problem.visits) ** 2))
        self._several = budget.seconds is None or budget.seconds >= ONE_ANNEAL

    def run(self) -> bool:
        """Better the best plan until the allowance is spent or nothing more is to be had; whether it was the latter."""
        self._fill()
        exhausted = self._search()
        if self._several and not self._allowance.spent():
            best = self._best
            polish(best.problem, self._ways, lambda: best.solution.routes, self._allowance.part(1), offer=best.offer)
        return exhausted

    def _search(self) -> bool:
        """Anneal after anneal until a full one brings nothing; whether there was such a one."""
        nth = 0
        while not self._allowance.spent() and (nth < ANNEALS or not self._is_late()):
            before = self._best.draft.key
            full = self._anneal(nth)
            if self._several:
                self._recombine()
            if full and nth > 0 and self._best.draft.key == before:
                return True
            nth += 1
        return False

    def _is_late(self) -> bool:
        """Whether what is left of the time is for polishing."""
        return self._allowance.left <= 2 * POLISHING * (self._budget.seconds or 0)

    def _fill(self) -> None:
        """The first plan, even if time is up: it takes a moment, and nothing at all is no plan."""
        for search in self._crew:
            search.start_from(self._best.draft.sequences)
            if not self._allowance.stopped:
                search.fill()
        self._best.offer(self._crew[0].best)

    def _anneal(self, nth: int) -> bool:
        """The ``nth`` anneal, from the best plan; whether it had as many rounds as can be of use."""
        if nth > 0:
            for search in self._crew:
                search.start_from(self._best.draft.sequences)
        turn, full = self._allowance.turn(self._share(nth)), self._full * 2**nth
        quota = inf if turn.solutions is None else max(1, turn.solutions // len(self._crew))
        anneals = [Cooling(search, turn, min(full, quota), self._pool, counted=quota < inf) for search in self._crew]
        threads = [Thread(target=anneal.run) for anneal in anneals]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(TELL_EVERY)
                self._see(anneals)
        self._see(anneals)
        self._allowance.look(sum(anneal.rounds for anneal in anneals))
        for anneal in anneals:
            anneal.raise_failure()
        return all(anneal.rounds >= full for anneal in anneals)

    def _see(self, anneals: Sequence[Cooling]) -> None:
        """Time exactly what the searches found since."""
        for anneal in anneals:
            if anneal.news:
                self._best.offer(anneal.news.popleft())

    def _share(self, nth: int) -> float:
        """Of what is left: a seventh, then a third, then all."""
        if not self._several:
            return 1.0
        return (1 - RECOMBINING - POLISHING) / sum(2**later for later in range(max(1, ANNEALS - nth)))

    def _recombine(self) -> None:
        """Put together what routes the pool holds."""
        if self._allowance.spent() or len(self._best.problem.shifts) == 1:
            return
        found = recombine(
            self._best.problem,
            self._pool,
            self._best.draft.sequences,
            seconds=self._budget.seconds and min(RECOMBINING * self._budget.seconds, self._allowance.left),
            effort=None if self._budget.seconds else EFFORT,
            seed=self._budget.seed,
            stop=self._allowance.spent,
        )
        if found is not None:
            self._best.offer(found)
