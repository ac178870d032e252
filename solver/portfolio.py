"""Several compiled searches side by side, and what they found put together.

A solve is a row of anneals, each twice as long as the one before and starting hot from the best plan so far; after each
of them the routes that any search came by are recombined. One anneal of the same time in all loses its way where days
are tight: three found 0.2 points more (decision 0005). In the end the plan is polished, and a proof of how much could
be collected betters it where it can (decision 0008).
"""

from collections.abc import Sequence
from itertools import count
from math import inf
from statistics import mean
from threading import Thread
from typing import Final

from solver.allowance import Allowance
from solver.best import Best
from solver.budget import Budget, StoppedBecause
from solver.cooling import Cooling
from solver.draft import Timetable
from solver.engine.polish import polish
from solver.engine.recombine import recombine
from solver.pool import Pool
from solver.presolve import Ways, offered
from solver.problem import Objective
from solver.search.layout import Layout, lay_out
from solver.search.run import Search
from solver.units import Prize

ANNEALS: Final = 3
ONE_ANNEAL: Final = 2.0
"""Seconds. With less time there is none for several."""
SHORTEST: Final = 0.01
"""Share of the time that must be left for one more anneal."""
FEW_ROUNDS: Final = 4_000
"""The least that an anneal of a small day has."""
FULL: Final = 0.5
"""Rounds by the number of visits cubed after which an anneal is as good as any. If one of twice as many brings nothing
there is nothing more to be had: 20 visits have that behind them in a tenth of a second, 100 never within their time."""

RECOMBINING: Final = 0.03
"""Share of the time, after each anneal."""
EFFORT: Final = 0.1
"""Likewise where rounds are bounded, in the solver's deterministic seconds."""

POLISHING: Final = 0.03
"""Share of the time for a last descent of OR-Tools' routing model."""

SEEDS: Final = 1_000
"""Searches of one solve, each with a seed of its own, before the next solve's begin."""

PROVING: Final = 0.3
"""Share of the time to prove how much could be collected at most, which betters the plan on the way: days of a hundred
visits and short routes are proved in a second or two, and of the search the last third matters less (decision 0008)."""
PROVING_LONG: Final = 0.06
"""Likewise where routes are long, and hardly anything comes of it; once nothing was found for too long, of the time
that was searched."""
LONG: Final = 15
"""Stops of a route in the mean; with more they are long."""
LEAST_TO_PROVE: Final = 0.002
"""Seconds a visit. With less a proof mostly comes to nothing: no time is kept for it, and with less than half of that
it is not begun."""
PROVING_ON: Final = 3.0
"""So many times as long as was searched, if time is left over: twice was too short for one of 50 days of 20 visits."""
MOST_TO_PROVE: Final = 200
"""Visits of a day that is worth trying."""

TELL_EVERY: Final = 0.1
"""Seconds between two looks at what the searches found."""


class Portfolio:
    """One search a thread, all on the same layout."""

    def __init__(self, best: Best, ways: Ways, allowance: Allowance, budget: Budget) -> None:
        self._best = best
        self._timetables = [Timetable(best.problem) for _ in range(budget.threads)]
        self._ways = ways
        self._allowance = allowance
        self._budget = budget
        self._layout = lay_out(best.problem, ways)
        self._seeds = count(budget.seed * SEEDS)
        self._worth = [max(option.prize for option in visit.options) for visit in best.problem.visits]
        self._pool = Pool(best.problem)
        self._full = max(FEW_ROUNDS, int(FULL * len(best.problem.visits) ** 3))
        worth_proving = best.problem.objective is Objective.VALUE_FIRST and len(ways) <= MOST_TO_PROVE
        timed = budget.seconds is not None and budget.solutions is None
        self._may_prove = worth_proving and timed
        self._offered = offered(best.problem, ways)
        self._least_to_prove = LEAST_TO_PROVE * len(ways)
        self._prize_bound = None
        self._margin = inf
        self._several = budget.seconds is None or budget.seconds >= ONE_ANNEAL
        self._counted = budget.solutions is not None
        # Shares are of what is left when everything is loaded and laid out.
        self._seconds = allowance.left

    def run(self) -> StoppedBecause | None:
        """Better the best plan until the allowance is spent or nothing more is to be had: what ended the search."""
        self._fill()
        exhausted = self._search()
        ended = self._allowance.reason() or (StoppedBecause.EXHAUSTED if exhausted else None)
        self._polish(self._proving + POLISHING if self._proving else 0.0)
        if self._unproved:
            found = self._best.draft
            self._prove(self._time_to_prove(stalled=ended is StoppedBecause.STALL_LIMIT))
            if self._best.draft is not found:
                self._polish()
        return ended

    @property
    def prize_bound(self) -> Prize | None:
        """What no plan collects more than, ``None`` if nothing was proved."""
        return self._prize_bound

    @property
    def _unproved(self) -> bool:
        """Whether a proof might tell something: a plan that collects all there is needs none."""
        return self._may_prove and self._best.solution.score.prize < self._offered

    @property
    def _proving(self) -> float:
        """Share of the time that is kept for a proof."""
        lengths = [len(route.stops) for route in self._best.draft.routes if route]
        share = PROVING if mean(lengths or [0]) <= LONG else PROVING_LONG
        return share if self._unproved and share * self._seconds >= self._least_to_prove else 0.0

    @property
    def _kept(self) -> float:
        """Share of the time that is kept for what comes after an anneal."""
        proving = self._proving
        polishing = (2 if proving else 1) * POLISHING
        return proving + (RECOMBINING + polishing if self._several else 0.0)

    def _prove(self, seconds: float) -> None:
        """Prove what no plan collects more than, if so much time is enough for anything."""
        from solver.proving import Prover  # noqa: PLC0415 - other days do not need it

        if seconds >= self._least_to_prove / 2 and not self._allowance.stopped:
            began = self._allowance.left
            prover = Prover(self._best, self._ways, self._timetables[0], self._allowance, self._budget.seed)
            setting_up = began - self._allowance.left
            prover.prove(self._pool, max(0.0, seconds - setting_up))
            self._prize_bound = prover.prize_bound

    def _time_to_prove(self, *, stalled: bool) -> float:
        """What is kept for it, or a multiple of what was searched if that is more; little if nothing is found any more.

        Never longer than a search may stall, nor what it takes to polish.
        """
        searched, stall = self._seconds - self._allowance.left, self._budget.stall_seconds
        seconds = PROVING_LONG * searched if stalled else max(PROVING_ON * searched, self._proving * self._seconds)
        polishing = POLISHING * self._seconds if self._several else 0.0
        return min(seconds, self._allowance.left - polishing, inf if stall is None else stall)

    def _polish(self, kept: float = 0.0) -> None:
        """A last descent, unless time is too short for such things; so large a share of the time is left over."""
        left, best = self._allowance.left, self._best
        if self._several and not self._allowance.spent():
            share = max(0.0, 1 - kept * self._seconds / left) if kept else 1.0
            polish(
                best.problem, self._ways, lambda: best.solution.routes, self._allowance.part(share), offer=best.offer
            )

    def _search(self) -> bool:
        """Anneal after anneal until a full one brings nothing; whether there was such a one."""
        nth = 0
        while not self._allowance.spent() and (nth == 0 or not self._is_late(nth)):
            before = self._best.draft.key
            full = self._anneal(nth)
            if self._several:
                self._recombine()
            if full and nth > 0 and self._best.draft.key == before:
                return True
            nth += 1
        return False

    def _is_late(self, nth: int) -> bool:
        """Whether what is left is for what comes after the search."""
        if self._counted:
            return nth >= ANNEALS
        return self._seconds < inf and self._for_search() <= SHORTEST * self._seconds

    def _fill(self) -> None:
        """The first plan, even if time is up: it takes a moment, and nothing at all is no plan."""
        if not self._allowance.stopped:
            search = self._search_of(self._layout)
            search.fill()
            self._best.offer(search.best)

    def _search_of(self, layout: Layout) -> Search:
        """A search at the best plan so far; at no more than what has begun if it takes that for illegal."""
        search = Search(layout, next(self._seeds))
        if not search.start_from(self._best.draft.sequences):
            search.start_from(tuple(shift.begun for shift in self._best.problem.shifts))
        return search

    def _anneal(self, nth: int) -> bool:
        """The ``nth`` anneal, from the best plan; whether it had as many rounds as can be of use."""
        self._margin = min(self._margin, self._mean_left_out())
        layout = self._layout.weighed(self._margin)
        crew = [self._search_of(layout) for _ in range(self._budget.threads)]
        turn, full = self._allowance.turn(self._share(nth)), self._full * 2**nth
        quota = inf if turn.solutions is None else max(1, turn.solutions // len(crew))
        counted = quota < inf
        anneals = [
            Cooling(search, self._best.draft, timetable, turn, min(full, quota), self._pool, counted=counted)
            for search, timetable in zip(crew, self._timetables, strict=True)
        ]
        self._watch(anneals, counted=counted)
        self._allowance.look(sum(anneal.rounds for anneal in anneals))
        return all(anneal.rounds >= full for anneal in anneals)

    def _watch(self, anneals: Sequence[Cooling], *, counted: bool) -> None:
        """Let them cool down, each in its thread, and tell of better plans meanwhile.

        Where rounds are counted only in the end: whoever of several is first then would depend on the machine.
        """
        threads = [Thread(target=anneal.run) for anneal in anneals]
        try:
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(TELL_EVERY / len(threads))
                if not counted:
                    self._see(anneals)
        finally:
            for anneal in anneals:
                anneal.halt()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        for anneal in anneals:
            anneal.raise_failure()
        self._see(anneals)

    def _mean_left_out(self) -> float:
        """Mean prize of what the best plan leaves out: that is what others may have to make room for.

        The least one so far counts: who leaves out too much, a whole village even, would take it for not worth the way.
        """
        served = self._best.draft.served()
        missing = [self._worth[k] for k, ways in enumerate(self._ways) if ways and k not in served and self._worth[k]]
        return sum(missing) / len(missing) if missing else inf

    def _see(self, anneals: Sequence[Cooling]) -> None:
        """Keep what the searches found since."""
        for anneal in anneals:
            self._best.offer_draft(anneal.draft)

    def _time_to_recombine(self) -> float | None:
        """Its share, but not what is left for polishing and proving."""
        bounded = self._seconds < inf
        return max(0.0, RECOMBINING * self._seconds + min(0.0, self._for_search())) if bounded else None

    def _for_search(self) -> float:
        """Seconds that are left for anneals, of a bounded time."""
        return self._allowance.left - self._kept * self._seconds

    def _share(self, nth: int) -> float:
        """Of what is left: a seventh of what is not kept, then a third, then all; all at once if that is too short.

        Where solutions are counted the clock has no part in it.
        """
        by_clock = self._seconds < inf and not self._counted
        free = max(0.0, self._for_search()) / max(self._allowance.left, 1e-9) if by_clock else 1 - self._kept
        several = self._several or self._counted
        return free / sum(2**later for later in range(max(1, ANNEALS - nth) if several else 1))

    def _recombine(self) -> None:
        """Put together what routes the pool holds."""
        if self._allowance.spent() or len(self._best.problem.shifts) == 1:
            return
        found = recombine(
            self._best.problem,
            self._pool,
            self._best.draft.sequences,
            seconds=self._time_to_recombine(),
            effort=None if self._seconds < inf else EFFORT,
            seed=self._budget.seed,
            stop=self._allowance.spent,
        )
        if found is not None:
            self._best.offer(found)
