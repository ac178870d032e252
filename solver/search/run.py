"""One search over one day: its plan, its notes, and its way from Python into compiled code."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from solver.pool import PooledRoute
from solver.search.anneal import BEST, STANDING, anneal, begin
from solver.search.arrays import FAR, Facts, Indices, Plan, Scratch, Tuning, Whole
from solver.search.handles import facts_handle, plan_handle, scratch_handle, tuning_handle
from solver.search.layout import Layout
from solver.search.score import COST, GAIN, REQUIRED
from solver.solution import Sequences

MOST_MOODY: Final = 0.1
MOODS: Final = 2.0
"""Share of rounds in another mood, by number of visits: on a day of few the same places would be tried again and again;
on one of a hundred a tenth of the rounds costs 0.07 points."""

REMOVED_IF_VAST: Final = 15.0
"""Stops taken out in a round, in the mean: with 10 as elsewhere a day of 2,000 visits is 1 % longer."""

FINE: Final = 1_000
"""Steps of standing to a unit of prize, whatever prizes were worth when a route was seen."""

NOTHING: Final = -1e18
"""Fewer required visits than any plan serves."""


class Search:
    """Looks for better plans, a number of rounds at a time; between them other threads and signals get their turn.

    The same layout, seed, start and calls give the same plans on one machine, however the rounds are cut.
    """

    def __init__(self, layout: Layout, seed: int, tuning: Tuning | None = None) -> None:
        self._layout = layout
        self._plan, self._saved = _empty_plan(layout), _empty_plan(layout)
        self._scratch = _scratch(layout, seed)
        self._handles = (
            facts_handle(layout.facts),
            plan_handle(self._plan),
            plan_handle(self._saved),
            scratch_handle(self._scratch),
            tuning_handle(tuning or tuning_for(layout.facts)),
        )
        self.rounds = 0

    def start_from(self, sequences: Sequences) -> bool:
        """Go on from this plan, which is then the best as well; whether the search can: it has to be legal."""
        plan = self._plan
        if any(len(stops) > plan.route.shape[1] for stops in sequences):
            return False
        plan.shift_of.fill(-1)
        plan.load.fill(0)
        plan.linked_stops.fill(0)
        plan.release.fill(0)
        plan.due.fill(int(FAR))
        self._scratch.scores[BEST, REQUIRED] = NOTHING
        for v, stops in enumerate(sequences):
            plan.length[v] = len(stops)
            plan.route[v, : len(stops)] = [self._layout.option(served) for served in stops]

        return begin(*self._handles[:4])

    def fill(self) -> None:
        """Put in whatever fits."""
        anneal(*self._handles, 0, 1.0, 1.0)

    def run(self, rounds: int, hot: float, cold: float) -> None:
        """So many rounds; temperatures in mean costs of a short leg."""
        anneal(*self._handles, rounds, hot * self._layout.scale, cold * self._layout.scale)
        self.rounds += rounds

    @property
    def visits(self) -> int:
        """How many visits the day has."""
        return len(self._plan.shift_of)

    @property
    def score(self) -> tuple[float, float, float]:
        """Of the best plan: required visits served, prize, cost."""
        required, prize, cost = self._scratch.scores[BEST, :3].tolist()
        return required, prize, cost

    @property
    def improvements(self) -> int:
        """How often the best plan was bettered."""
        return int(self._scratch.counts[1])

    @property
    def best(self) -> Sequences:
        """The best plan so far."""
        return self._read(self._scratch.best_route, self._scratch.best_length)

    @property
    def standing(self) -> Sequences:
        """The plan that the next round starts from."""
        return self._read(self._plan.route, self._plan.length)

    def routes(self, *, best_too: bool) -> Iterator[PooledRoute]:
        """The routes of the plan that the next round starts from, and of the best one."""
        scratch, plan = self._scratch, self._plan
        merit = (scratch.scores[:, GAIN] - scratch.scores[:, COST]) * (FINE / self._layout.rate)
        best, standing = round(merit[BEST]), round(merit[STANDING])
        if best_too:
            yield from self._pooled(self.best, scratch.best_cost, best)
        yield from self._pooled(self.standing, plan.cost, standing)

    @staticmethod
    def _pooled(sequences: Sequences, costs: Whole, standing: int) -> Iterator[PooledRoute]:
        for shift, (stops, cost) in enumerate(zip(sequences, costs.tolist(), strict=True)):
            if stops:
                yield PooledRoute(shift, stops, cost, standing)

    def _read(self, route: Indices, length: Indices) -> Sequences:
        options = self._layout.options
        return tuple(
            tuple([options[j] for j in route[shift, :stops].tolist()]) for shift, stops in enumerate(length.tolist())
        )


def tuning_for(facts: Facts) -> Tuning:
    """How to go about a day of this size."""
    tuning = Tuning(moody=min(MOST_MOODY, MOODS / max(1, len(facts.required))))
    is_vast = facts.beside.size > 0
    return tuning._replace(average_removed=REMOVED_IF_VAST) if is_vast else tuning


def _empty_plan(layout: Layout) -> Plan:
    facts, m = layout.facts, layout.longest_route
    s, v, d = len(facts.start), len(facts.required), facts.load.shape[1]
    labels = (0, 1, 1, 1) if facts.plain.all() else (s, facts.rests.shape[1], m + 1, facts.rests.shape[2] + 1)
    return Plan(
        route=np.zeros((s, m), dtype=np.int32),
        length=np.zeros(s, dtype=np.int32),
        path=np.zeros((s, m + 2), dtype=np.int32),
        leg=np.zeros((s, m + 1), dtype=np.int64),
        soonest=np.zeros((s, m + 1), dtype=np.int64),
        until=np.zeros((s, m + 1), dtype=np.int64),
        depart=np.zeros(labels, dtype=np.int64),
        latest=np.zeros(labels, dtype=np.int64),
        load=np.zeros((s, d), dtype=np.int64),
        driving=np.zeros(s, dtype=np.int64),
        metres=np.zeros(s, dtype=np.int64),
        busy=np.zeros(s, dtype=np.int64),
        worked=np.zeros(s, dtype=np.int64),
        cost=np.zeros(s, dtype=np.int64),
        linked_stops=np.zeros(s, dtype=np.int32),
        shift_of=np.full(v, -1, dtype=np.int32),
        option_of=np.zeros(v, dtype=np.int32),
        release=np.zeros(v, dtype=np.int64),
        due=np.full(v, FAR, dtype=np.int64),
    )


def _scratch(layout: Layout, seed: int) -> Scratch:
    facts, m = layout.facts, layout.longest_route
    s, v, b = len(facts.start), len(facts.required), facts.rests.shape[2] + 1
    return Scratch(
        state=np.array([seed * 7919 + 1], dtype=np.uint64),
        scores=np.zeros((3, 5)),
        counts=np.zeros(2, dtype=np.int64),
        best_route=np.zeros((s, m), dtype=np.int32),
        best_length=np.zeros(s, dtype=np.int32),
        best_cost=np.zeros(s, dtype=np.int64),
        dirty=np.zeros(s, dtype=np.int8),
        stops=np.zeros(m + 1, dtype=np.int32),
        depart=np.zeros((m + 2, b), dtype=np.int64),
        latest=np.zeros((m + 2, b), dtype=np.int64),
        arrive=np.zeros(b, dtype=np.int64),
        onward=np.zeros(b, dtype=np.int64),
        touched=np.zeros(s, dtype=np.int32),
        is_touched=np.zeros(s, dtype=np.int8),
        is_moved=np.zeros(s, dtype=np.int8),
        is_late=np.zeros(s, dtype=np.int8),
        begins=np.zeros(v, dtype=np.int64),
        tried=np.zeros(s, dtype=np.int32),
        is_tried=np.zeros(s, dtype=np.int8),
        twin_seen=np.zeros(s, dtype=np.int64),
        candidates=np.zeros(v, dtype=np.int32),
        is_candidate=np.zeros(v, dtype=np.int8),
        is_settled=np.zeros(v, dtype=np.int8),
        keys=np.zeros(v),
        blink=np.zeros(1),
        keenness=np.ones(1, dtype=np.int64),
        agent_worked=np.zeros(len(facts.worked_before), dtype=np.int64),
        agent_hours=np.zeros(len(facts.worked_before) + 1),
    )
