"""The day as OR-Tools routing models: rounds of ruin and descent, first for packing, then for the exact objective.

Three ways were compared on 150 visits, 6 shifts with lunch, 4 s (weight of the best plan, the less the better):
guided local search 980,000; OR-Tools' own iterated local search 900,000 to 940,000, which can neither be started from a
plan nor be stopped; ruin in Python with an OR-Tools descent after it 863,000 to 888,000, though there is time for
twenty such rounds only. Rounds it is, on large days piece by piece.
"""

from collections.abc import Callable
from itertools import islice
from random import Random
from typing import Final, TypeAlias

import numpy as np

from solver.allowance import Allowance
from solver.engine.build import build
from solver.engine.layout import lay_out
from solver.engine.model import Model
from solver.engine.piece import is_small, piece_around
from solver.engine.rounds import Rounds
from solver.engine.weights import Weights, lexicographic, packing
from solver.presolve import Ways
from solver.problem import Objective, Problem
from solver.solution import Route, Sequences, sequences_of

Offer: TypeAlias = Callable[[Sequences], tuple[Route, ...] | None]
"""Takes a proposal and gives its times, ``None`` if it is not legal."""

PACKING: Final = 0.7
"""Share of the work that goes into packing, with prizes soft enough for the search to move."""

ROUNDS: Final = 5
"""On one piece of a large day, before the next. Twelve, or pieces of two or four shifts, were a little worse."""


def propose(  # noqa: PLR0913 - all of it is needed
    problem: Problem,
    ways: Ways,
    best: Callable[[], tuple[Route, ...]],
    allowance: Allowance,
    *,
    seed: int,
    offer: Offer,
) -> None:
    """Offer plan after plan until the allowance is spent, each phase starting from ``best()`` so far."""
    search = _Search(problem, ways, Random(seed), offer)  # noqa: S311 - a search, not a secret
    if problem.objective is Objective.VALUE_FIRST:
        search.run(packing(problem), best(), allowance.part(PACKING))
    search.run(lexicographic(problem), best(), allowance)


class _Search:
    """Rounds on the whole of a small day, or on one piece of a large day after the other."""

    def __init__(self, problem: Problem, ways: Ways, random: Random, offer: Offer) -> None:
        self._problem = problem
        self._ways = ways
        self._random = random
        self._offer = offer
        self._places = np.array([visit.options[0].place for visit in problem.visits], dtype=np.intp)

    def run(self, weights: Weights, routes: tuple[Route, ...], allowance: Allowance) -> None:
        """Better ``routes`` until the allowance is spent."""
        small = is_small(self._problem)
        while not allowance.spent():
            allowance.look()
            layout = lay_out(self._problem, self._ways if small else self._piece(routes))
            if layout.nodes:
                routes = self._work_on(build(layout, weights), routes, allowance, None if small else ROUNDS)

    def _work_on(
        self, model: Model, routes: tuple[Route, ...], allowance: Allowance, rounds: int | None
    ) -> tuple[Route, ...]:
        before = sequences_of(routes, len(self._problem.shifts))
        mine = {vehicle.shift for vehicle in model.layout.vehicles}

        def offer(part: Sequences) -> tuple[Route, ...] | None:
            return self._offer(tuple(part[s] if s in mine else before[s] for s in range(len(before))))

        plans = Rounds(model, allowance, self._random, offer).run(model.nodes_of(routes))
        for nodes in islice(plans, rounds):
            routes = offer(model.sequences(nodes)) or routes
        return routes

    def _piece(self, routes: tuple[Route, ...]) -> Ways:
        """The shifts and visits nearest to a visit drawn at random."""
        middle = self._places[self._random.randrange(len(self._places))]
        around = np.argsort(self._problem.travel[0].seconds[middle, self._places], kind="stable").tolist()
        return piece_around(self._problem, self._ways, sequences_of(routes, len(self._problem.shifts)), around)
