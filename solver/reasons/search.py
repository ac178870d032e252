"""Every insertion of every visit that is not in the plan."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from solver.checker import check_route
from solver.objective import key
from solver.problem import Option, Problem
from solver.reasons.compare import Compared
from solver.reasons.found import NOT_WORTH_COST, SEARCH_LIMIT, Insertion, Obstacle, Unserved
from solver.reasons.gaps import NOTHING, REFUSED, SEVERAL, Gaps, Lack
from solver.reasons.shortfall import Shortfall
from solver.reasons.trial import Plan
from solver.schedule import schedule_route
from solver.solution import Costs, Score, Served, Solution
from solver.units import Cost, Prize, ShiftIndex, VisitIndex

TIMED: Final = 3_000
"""Insertions that are timed in one call, shared by visits and shifts; some 150 µs each."""
MEASURED: Final = 15_000
"""Pairs of a visit and a shift that are measured in one call for what exactly they lack; some 100 µs each."""
TOLD: Final = 1_500
"""Pairs of a visit and a shift with an obstacle that are told of, shared by the visits."""
SEVERAL_TOLD: Final = 400
"""Those among them that are told where several rules are in the way; some 2 ms each."""
FEWEST: Final = 5
"""Shifts of which it is said for each visit, however many visits there are."""
AT_ONCE: Final = 256
"""Visits whose labels are compared together: enough for arrays to pay, few enough for the first to be told soon."""

Merit: TypeAlias = tuple[int, int, int]
"""What an insertion does to the plan's score: the larger, the better."""
NO_CHANGE: Final[Merit] = (0, 0, 0)


class _Place(NamedTuple):
    """A visit by one of its options at a position of a route."""

    served: Served
    position: int


class _Candidate(NamedTuple):
    """An insertion that labels find no fault with, and the best it can do to the score."""

    promise: Merit
    place: _Place


class _Near(NamedTuple):
    """The insertion into a shift that comes nearest to being legal; what it lacks is still a rough figure."""

    lack: Lack
    shift: ShiftIndex
    place: _Place


class _Stopped(Exception):  # noqa: N818 - nobody's error
    """Nobody waits for more reasons."""


def _never() -> bool:
    return False


def unserved(problem: Problem, solution: Solution, stop: Callable[[], bool] = _never) -> tuple[Unserved, ...]:
    """Why each visit that a legal ``solution`` does not serve is left out, in order of visits.

    Every position of every eligible shift is compared by labels, with every option and all its windows. Some bounds
    keep large days within seconds; all of them count, so that the answer does not depend on the machine:

    - Where labels find no fault, an insertion is timed: the one that promises most first, until none left can be
      better, at most ``TIMED`` altogether, but one at least in each of the ``FEWEST`` shifts that would cost least
      more, until one is legal. Beyond that the insertion told may not be the best, a legal one may be missed among many
      that only look legal, and of further shifts with a legal one nothing is said.
    - At most ``MEASURED`` pairs of a visit and a shift are measured, those that lack least by their labels, until as
      many are told of as a visit's share of ``TOLD``, or ``FEWEST``. Of each shift as many insertions are measured as
      that share allows, the nearest by their labels first, one at least. Beyond that another might lack less.
    - Where several rules are in the way, so that no amount would be enough, that is told of at most ``SEVERAL_TOLD``
      pairs, shared by the visits, or of the nearest shift of a visit of which nothing else is told.

    ``stop`` is asked every few milliseconds. Once it says so, the visits that have not been looked at are left out of
    the answer: nothing is known of them.
    """
    said: list[Unserved] = []
    with suppress(_Stopped):
        for each in _Search(problem, solution, stop).explained():
            said.append(each)  # noqa: PERF402 - what was said before the stop is kept
    return tuple(said)


class _Search:
    def __init__(self, problem: Problem, solution: Solution, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._problem = problem
        self._plan = Plan(problem, solution)
        self._missing = [visit for visit in range(len(problem.visits)) if not self._plan.serves(visit)]
        self._shortfall = Shortfall(self._plan)
        self._fairness = self._plan.fairness(())
        missing = max(1, len(self._missing))
        pairs = max(1, missing * len(problem.shifts))
        self._tries = max(1, TIMED // pairs)
        self._tried = max(1, TIMED // missing)
        self._told = max(FEWEST, TOLD // missing)
        self._looked_at = max(self._told, MEASURED // missing)
        self._measured = max(1, TOLD // pairs)
        self._several = SEVERAL_TOLD // missing

    def explained(self) -> Iterator[Unserved]:
        """Every visit that is missing."""
        gaps = [self._gaps(shift, stops) for shift, stops in enumerate(self._plan.sequences if self._missing else ())]
        alone = [self._gaps(shift, of_gaps.shift.begun) for shift, of_gaps in enumerate(gaps)]
        for begin in range(0, len(self._missing), AT_ONCE):
            visits = self._missing[begin : begin + AT_ONCE]
            compared = Compared(self._plan, gaps, alone, visits, self._ask)
            for nth in range(len(visits)):
                yield self._explain(compared, nth)

    def _gaps(self, shift: ShiftIndex, stops: Sequence[Served]) -> Gaps:
        self._ask()
        return Gaps(self._problem, shift, stops)

    def _ask(self) -> None:
        if self._stop():
            raise _Stopped

    def _explain(self, compared: Compared, nth: int) -> Unserved:
        """The obstacles of one visit, and its best insertion."""
        visit, ranks = compared.ways.visits[nth], compared.ranks[:, nth]
        found: list[Insertion | list[_Near]] = []
        for shift in self._faultless(compared, nth):
            if len(found) >= self._tried and any(isinstance(each, Insertion) for each in found):
                break
            found.append(self._in_shift(compared, nth, shift))
        insertions = [each for each in found if isinstance(each, Insertion)]
        near = [each for each in found if isinstance(each, list)]
        lacking: list[ShiftIndex] = np.argsort(ranks, kind="stable")[np.count_nonzero(ranks == NOTHING) :].tolist()
        near += [self._nearest(compared, nth, shift) for shift in lacking[: self._looked_at]]
        near.sort(key=lambda each: each[0].lack.rank)
        obstacles = self._obstacles(near[: self._looked_at])
        obstacles += [self._why_not_taken(visit, insertion) for insertion in insertions]
        return Unserved(
            visit=visit,
            obstacles=tuple(sorted(obstacles, key=lambda obstacle: obstacle.shift)),
            insertion=max(insertions, key=lambda each: self._merit(visit, each.prize, each.cost), default=None),
            fits_alone=any(self._fits_alone(compared, nth)),
        )

    def _faultless(self, compared: Compared, nth: int) -> list[ShiftIndex]:
        """Shifts with an insertion that labels find no fault with; of too many, those that would cost least more."""
        shifts: list[ShiftIndex] = np.flatnonzero(compared.ranks[:, nth] == NOTHING).tolist()
        if len(shifts) > self._tried:
            shifts.sort(key=lambda shift: compared.least_cost(nth, shift) - self._plan.cost(shift))
        return shifts[: max(FEWEST, self._tried)]

    def _in_shift(self, compared: Compared, nth: int, shift: ShiftIndex) -> Insertion | list[_Near]:
        """The best legal insertion into one shift, or those that come nearest."""
        candidates = [
            _Candidate(self._promise(compared, shift, row, gap), _Place(compared.ways.served[row], gap))
            for row, gap in compared.faultless(nth, shift)
        ]
        candidates.sort(key=lambda candidate: candidate.promise, reverse=True)
        best = self._best(shift, candidates)
        if best is not None:
            return best
        refused = [_Near(REFUSED, shift, candidate.place) for candidate in candidates[: self._measured]]
        return [*refused, *self._lacking(compared, nth, shift, self._measured - len(refused))]

    def _nearest(self, compared: Compared, nth: int, shift: ShiftIndex) -> list[_Near]:
        """Those insertions into a shift that comes nearest to being legal, of which none is."""
        lack = compared.forbids(nth, shift)
        if lack is not None:
            return [_Near(lack, shift, _Place(Served(compared.ways.visits[nth]), 0))]
        return self._lacking(compared, nth, shift, self._measured)

    def _lacking(self, compared: Compared, nth: int, shift: ShiftIndex, most: int) -> list[_Near]:
        served = compared.ways.served
        found = compared.lacking(nth, shift, most)
        return [_Near(lack, shift, _Place(served[row], gap)) for lack, row, gap in found]

    def _best(self, shift: ShiftIndex, candidates: list[_Candidate]) -> Insertion | None:
        """The best of these insertions once they are timed, ``None`` if none has legal times."""
        best: tuple[Merit, Insertion] | None = None
        for promise, (served, position) in candidates[: self._tries]:
            if best is not None and promise <= best[0]:
                break
            self._ask()
            routes = self._plan.timed(shift, self._with(shift, _Place(served, position)))
            if routes is not None:
                route = next(route for route in routes if route.shift == shift)
                prize, cost = self._option(served).prize, self._plan.change_of_cost(routes)
                merit = self._merit(served.visit, prize, cost)
                if best is None or merit > best[0]:
                    start = route.stops[position].start
                    best = merit, Insertion(shift, position, served.option, start, prize, cost)
        return None if best is None else best[1]

    def _obstacles(self, near: Sequence[list[_Near]]) -> list[Obstacle]:
        """What is lacking least in each of these shifts, named and measured."""
        obstacles: list[Obstacle] = []
        several = self._several
        for of_shift in near:
            if len(obstacles) == self._told:
                break
            measured = [self._measure(each) for each in of_shift]
            lack = min((lack for lack in measured if lack is not None), key=lambda lack: lack.rank, default=None)
            if lack is not None:
                obstacles.append(_obstacle(of_shift[0].shift, lack))
            elif several > 0:
                obstacles.append(self._of_several(of_shift[0]))
                several -= 1
        return obstacles if obstacles or not near else [self._of_several(near[0][0])]

    def _measure(self, near: _Near) -> Lack | None:
        self._ask()
        return self._shortfall.of(*self._route(near), near.lack)

    def _of_several(self, near: _Near) -> Obstacle:
        shift, stops, _ = self._route(near)
        return _obstacle(shift, self._shortfall.of_several(shift, stops))

    def _route(self, near: _Near) -> tuple[ShiftIndex, tuple[Served, ...], int]:
        """The shift, what it would serve, and at which position the visit."""
        return near.shift, self._with(near.shift, near.place), near.place.position

    def _promise(self, compared: Compared, shift: ShiftIndex, row: int, gap: int) -> Merit:
        """The merit if the day had no waiting, no overtime, every unpaid break, and made all days equally long."""
        served = compared.ways.served[row]
        preferences = self._plan.preferences(shift) + (self._option(served).preference(shift) or 0)
        cost = compared.cost(shift, row, gap) + preferences - self._plan.cost(shift) - self._fairness
        return self._merit(served.visit, self._option(served).prize, cost)

    def _merit(self, visit: VisitIndex, prize: Prize, cost: Cost) -> Merit:
        missed = -1 if self._problem.visits[visit].required else 0
        return key(self._problem.objective, Score(missed, prize, Costs(fixed=cost)))

    def _why_not_taken(self, visit: VisitIndex, insertion: Insertion) -> Obstacle:
        if self._merit(visit, insertion.prize, insertion.cost) > NO_CHANGE:
            return Obstacle(insertion.shift, SEARCH_LIMIT, 0)
        return Obstacle(insertion.shift, NOT_WORTH_COST, max(0, insertion.cost - insertion.prize))

    def _fits_alone(self, compared: Compared, nth: int) -> Iterator[bool]:
        """Whether each shift could serve the visit, by each of its ways, if it did nothing else than it has begun."""
        rows = compared.ways.rows(nth)
        for shift, row in np.argwhere(compared.fits_alone[:, rows.start : rows.stop]).tolist():
            self._ask()
            stops = (*self._problem.shifts[shift].begun, compared.ways.served[rows[row]])
            route = schedule_route(self._problem, shift, stops)
            yield route is not None and not check_route(self._problem, route)

    def _with(self, shift: ShiftIndex, place: _Place) -> tuple[Served, ...]:
        stops = self._plan.sequences[shift]
        return *stops[: place.position], place.served, *stops[place.position :]

    def _option(self, served: Served) -> Option:
        return self._problem.visits[served.visit].options[served.option]


def _obstacle(shift: ShiftIndex, lack: Lack) -> Obstacle:
    return Obstacle(shift, lack.code, lack.amount, lack.late, several=lack.kind == SEVERAL)
