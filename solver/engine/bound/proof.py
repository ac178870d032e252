"""The proof, one step after the other: walks, then less that walks may do, then cuts, until nothing is left to try."""

from collections.abc import Generator, Mapping, Sequence
from math import inf
from typing import Final, NamedTuple

from solver.engine.bound.charging import Charges, charges, scale_of
from solver.engine.bound.cuts import MOST, broken
from solver.engine.bound.ground import grounds_of, room_for
from solver.engine.bound.looking import foresee, look
from solver.engine.bound.master import Answer, Cut, Master, Walk
from solver.engine.bound.memory import Memory
from solver.engine.bound.step import Step
from solver.pool import Kind
from solver.presolve import Ways
from solver.problem import Problem
from solver.units import Prize

LABELS: Final = 1_000_000
"""Some 80 MB; where they do not suffice nothing more is proved."""
FALL: Final = 1e-3
PATIENCE: Final = 10
"""So many times in turn the optimum may fall by less, in the smallest difference of two prizes: then it is given up."""


class Known(NamedTuple):
    """What charges prove: no route of a kind has more than ``most`` beyond them, no plan more than ``allowed``."""

    charges: Charges
    cuts: tuple[Cut, ...]
    most: Mapping[Kind, int]
    allowed: int
    """On the scale of charges."""


class Proof:
    """What is ``allowed`` at most, a multiple of ``unit`` as all prizes are; ``aim`` the least that would be news."""

    def __init__(self, problem: Problem, ways: Ways, kinds: Sequence[Kind], unit: Prize) -> None:
        self.allowed: Prize | None = None
        self.aim = unit
        self._problem = problem
        self._unit = unit
        highest = max(option.prize for visit in problem.visits for option in visit.options)
        self._scale = scale_of(highest)
        self._grounds = tuple(grounds_of(problem, ways, kinds, room_for(problem, LABELS)))
        self._shifts_of = {ground.kind: ground.shifts for ground in self._grounds}
        self._memory = Memory(problem, self._grounds)
        self._cuts: list[Cut] = []
        self._master = Master(problem, self._shifts_of)
        self._known: Known | None = None
        self._lowest = inf
        self._vain = 0
        self._steps = self._all_steps()

    def add(self, walk: Walk) -> bool:
        """One walk more to choose from, if it is new."""
        return walk.kind in self._shifts_of and bool(walk.stops) and self._master.add(walk)

    def step(self) -> Step:
        """Go on for some milliseconds."""
        return next(self._steps, Step.DONE)

    def routes(self) -> list[Walk]:
        """Walks that serve nobody twice, the most promising first.

        Without those of which it is known that no plan with them reaches ``aim``: they lack more of the best of their
        kind, beyond charges, than the bound can spare (fixing by reduced cost).
        """
        routes = [walk for walk in self._master.walks if len({stop.visit for stop in walk.stops}) == len(walk.stops)]
        if self._known is None:
            return routes
        known = self._known
        spare = known.allowed - self._scale * self.aim
        lacking = {walk: known.most[walk.kind] - self._beyond(walk, known.charges, known.cuts) for walk in routes}
        return sorted((walk for walk in routes if lacking[walk] <= spare), key=lambda walk: lacking[walk])

    def _beyond(self, walk: Walk, charged: Charges, cuts: Sequence[Cut]) -> int:
        """What a walk collects beyond what it is charged."""
        visits = {stop.visit for stop in walk.stops}
        cut = sum(charge for charge, three in zip(charged.cuts, cuts, strict=True) if len(three & visits) > 1)
        prizes = sum(self._problem.visits[stop.visit].options[stop.option].prize for stop in walk.stops)
        return charged.scale * prizes - sum(charged.visits[visit] for visit in visits) - cut

    def _all_steps(self) -> Generator[Step, None, None]:
        if not self._grounds:
            self.allowed = 0
        if not self._scale:
            return
        while (answer := self._master.solve()) is not None:
            yield Step.MORE
            charged = charges(answer, self._scale, self._shifts_of, self.aim)
            foreseen = yield from self._foresee(charged)
            if (yield from self._look(charged, foreseen, exact=False)):
                continue
            if (yield from self._look(charged, foreseen, exact=True)):
                continue
            yield Step.OPTIMUM
            if not self._refine(answer):
                return

    def _foresee(self, charged: Charges) -> Generator[Step, None, Mapping[Kind, int]]:
        """What no route collects more than, of all kinds of which that is to be seen at once."""
        most: dict[Kind, int] = {}
        for ground in self._grounds:
            at_most = yield from foresee(ground, charged, self._cuts, self._memory)
            if at_most is not None:
                most[ground.kind] = at_most
        return most

    def _look(self, charged: Charges, foreseen: Mapping[Kind, int], *, exact: bool) -> Generator[Step, None, bool]:
        """Whether there are new walks worth their while; and what is proved by what is known of all others."""
        most: dict[Kind, int] = {}
        new = False
        for ground in self._grounds:
            kind = ground.kind
            found = yield from look(ground, charged.enough[kind], foreseen.get(kind), exact=exact)
            new = bool([walk for walk in found.walks if self.add(walk)]) or new
            if found.most is not None:
                most[kind] = found.most
        if len(most) == len(self._grounds):
            allowed = charged.allow(self._shifts_of, most)
            if self._known is None or allowed < self._known.allowed:
                self._known = Known(charged, tuple(self._cuts), most, allowed)
                self.allowed = allowed // self._scale // self._unit * self._unit
        return new

    def _refine(self, answer: Answer) -> bool:
        """Forbid what the optimum makes use of and no plan can; whether there was anything, and it has been of use."""
        self._vain = 0 if answer.value < self._lowest - FALL * self._unit else self._vain + 1
        self._lowest = min(self._lowest, answer.value)
        if self._vain > PATIENCE:
            return False
        if not self._memory.forbid(answer.shares):
            worth = dict(zip(self._cuts, answer.cuts, strict=True))
            more = broken(answer.shares, self._cuts)
            self._cuts = [cut for cut in self._cuts if worth[cut] > 0 or len(self._cuts) + len(more) <= MOST]
            more = more[: MOST - len(self._cuts)]
            if not more:
                return False
            self._cuts += more
        before, self._master = self._master, Master(self._problem, self._shifts_of, self._cuts)
        for walk in before.walks:
            if self._memory.may(walk):
                self._master.add(walk)
        return True
