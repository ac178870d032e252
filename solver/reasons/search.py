"""Every insertion of every visit that is not in the plan."""

from typing import Final, NamedTuple, TypeAlias

from solver.checker import check_route
from solver.objective import key
from solver.problem import Problem
from solver.reasons.found import NOT_WORTH_COST, SEARCH_LIMIT, Insertion, Obstacle, Unserved
from solver.reasons.gaps import REFUSED, SEVERAL, Detour, Gaps, Lack
from solver.reasons.nearby import Nearby
from solver.reasons.rules import lack_anywhere, options_of, positions
from solver.reasons.shortfall import Shortfall
from solver.reasons.trial import Plan
from solver.schedule import schedule_route
from solver.schedule.course import tables_of
from solver.solution import Costs, Score, Served, Solution
from solver.units import Cost, Prize, ShiftIndex, VisitIndex

EXAMINED: Final = 150_000
"""Insertions whose labels are compared in one call, shared by the visits; some 10 µs each."""
TIMED: Final = 10_000
"""Insertions that are timed in one call, shared by visits and shifts; some 150 µs each."""
MEASURED: Final = 1_500
"""Insertions that are measured in one call for what exactly they lack, shared by the visits; some 500 µs each."""
FEWEST: Final = 5
"""Shifts of which it is said for each visit, however many visits there are."""

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


def unserved(problem: Problem, solution: Solution) -> tuple[Unserved, ...]:
    """Why each visit that a legal ``solution`` does not serve is left out, in order of visits.

    Every position of every eligible shift is examined, with every option and all its windows. Some bounds keep large
    days within seconds; all of them count, so that the answer does not depend on the machine:

    - Labels of at most ``EXAMINED`` insertions are compared. If there are more, each visit has an equal share and uses
      it on the shifts that come nearest to it, one at least; nothing is said of the others.
    - Where labels find no fault, an insertion is timed: the one that promises most first, until none left can be
      better, at most ``TIMED`` altogether but one at least for a visit and a shift. Beyond that the insertion told
      may not be the best, and a legal one may be missed among many that only look legal.
    - Obstacles are told of at most ``MEASURED`` pairs of a visit and a shift, but of ``FEWEST`` shifts for each visit:
      those that lack least by their labels. Of each shift as many insertions are measured as these bounds allow, the
      nearest by their labels first, one at least. Beyond that another might lack less than the one told.
    """
    search = _Search(problem, solution)
    return tuple(search.explain(visit) for visit in search.missing)


class _Search:
    def __init__(self, problem: Problem, solution: Solution) -> None:
        self._problem = problem
        self._ways = tables_of(problem).ways
        self._plan = Plan(problem, solution)
        self._gaps = [Gaps(problem, shift, stops) for shift, stops in enumerate(self._plan.sequences)]
        self._shortfall = Shortfall(self._plan)
        self._fairness = self._plan.fairness(())
        self.missing = [visit for visit in range(len(problem.visits)) if not self._plan.serves(visit)]
        self._nearby = Nearby(problem, self._plan.sequences, EXAMINED // max(1, len(self.missing)))
        self._tries = max(1, TIMED // max(1, len(self.missing) * len(problem.shifts)))
        self._told = max(FEWEST, MEASURED // max(1, len(self.missing)))
        self._measured = max(1, MEASURED // max(1, len(self.missing) * len(problem.shifts)))

    def explain(self, visit: VisitIndex) -> Unserved:
        """The obstacles of one visit, and its best insertion."""
        shifts = self._nearby.shifts(visit)
        found = [self._in_shift(visit, shift) for shift in shifts]
        insertions = [each for each in found if isinstance(each, Insertion)]
        near = sorted((each for each in found if isinstance(each, list)), key=lambda each: each[0].lack.rank)
        obstacles = [self._obstacle(each) for each in near[: self._told]]
        obstacles += [self._why_not_taken(visit, insertion) for insertion in insertions]
        return Unserved(
            visit=visit,
            obstacles=tuple(sorted(obstacles, key=lambda obstacle: obstacle.shift)),
            insertion=max(insertions, key=lambda each: self._merit(visit, each.prize, each.cost), default=None),
            fits_alone=any(self._fits_alone(visit, shift) for shift in shifts),
        )

    def _in_shift(self, visit: VisitIndex, shift: ShiftIndex) -> Insertion | list[_Near]:
        """The best legal insertion into one shift, or those that come nearest."""
        lack = lack_anywhere(self._plan, self._gaps[shift], shift, visit)
        if lack is not None:
            return [_Near(lack, shift, _Place(Served(visit), 0))]
        candidates, nearest = self._examine(visit, shift)
        best = self._best(shift, candidates)
        if best is not None:
            return best
        refused = [_Near(REFUSED, shift, candidate.place) for candidate in candidates]
        return [*refused, *nearest][: self._measured]

    def _examine(self, visit: VisitIndex, shift: ShiftIndex) -> tuple[list[_Candidate], list[_Near]]:
        """Insertions that labels find no fault with, the most promising first, and the others, the nearest first."""
        gaps = self._gaps[shift]
        allowed = positions(self._problem, gaps, visit)
        candidates: list[_Candidate] = []
        lacking: list[_Near] = []
        for option in options_of(self._problem.visits[visit], shift):
            way = self._ways[visit][option]
            for position in allowed:
                place = _Place(Served(visit, option), position)
                detour = gaps.detour(way, position)
                lack = gaps.lack(way, position, detour)
                if lack is None:
                    candidates.append(_Candidate(self._promise(shift, place, detour), place))
                else:
                    lacking.append(_Near(lack, shift, place))
        candidates.sort(key=lambda candidate: candidate.promise, reverse=True)
        lacking.sort(key=lambda near: near.lack.rank)
        return candidates, lacking

    def _best(self, shift: ShiftIndex, candidates: list[_Candidate]) -> Insertion | None:
        """The best of these insertions once they are timed, ``None`` if none has legal times."""
        best: tuple[Merit, Insertion] | None = None
        for promise, (served, position) in candidates[: self._tries]:
            if best is not None and promise <= best[0]:
                break
            routes = self._plan.timed(shift, self._with(shift, _Place(served, position)))
            if routes is not None:
                route = next(route for route in routes if route.shift == shift)
                prize, cost = self._prize(served), self._plan.change_of_cost(routes)
                merit = self._merit(served.visit, prize, cost)
                if best is None or merit > best[0]:
                    start = route.stops[position].start
                    best = merit, Insertion(shift, position, served.option, start, prize, cost)
        return None if best is None else best[1]

    def _obstacle(self, near: list[_Near]) -> Obstacle:
        """What is lacking least, named and measured."""
        shift, measured = near[0].shift, [self._shortfall.of(*self._route(each), each.lack) for each in near]
        lacks = [lack for lack in measured if lack is not None]
        if not lacks:
            lacks.append(self._shortfall.of_several(shift, self._with(shift, near[0].place)))
        lack = min(lacks, key=lambda lack: lack.rank)
        return Obstacle(shift, lack.code, lack.amount, lack.late, several=lack.kind == SEVERAL)

    def _route(self, near: _Near) -> tuple[ShiftIndex, tuple[Served, ...], int]:
        """The shift, what it would serve, and at which position the visit."""
        return near.shift, self._with(near.shift, near.place), near.place.position

    def _promise(self, shift: ShiftIndex, place: _Place, detour: Detour) -> Merit:
        """The merit if the day had no waiting, no overtime, every unpaid break, and made all days equally long."""
        gaps, pay, visit = self._gaps[shift], self._problem.shifts[shift].pay, place.served.visit
        work = gaps.work(self._ways[visit][place.served.option], place.position, detour)
        cost = (
            pay.fixed
            + pay.per_metre * (gaps.metres + detour.metres)
            + pay.per_second * max(0, work - gaps.unpaid)
            + sum(self._preference(shift, served) for served in self._with(shift, place))
        )
        return self._merit(visit, self._prize(place.served), cost - self._plan.cost(shift) - self._fairness)

    def _merit(self, visit: VisitIndex, prize: Prize, cost: Cost) -> Merit:
        missed = -1 if self._problem.visits[visit].required else 0
        return key(self._problem.objective, Score(missed, prize, Costs(fixed=cost)))

    def _why_not_taken(self, visit: VisitIndex, insertion: Insertion) -> Obstacle:
        if self._merit(visit, insertion.prize, insertion.cost) > NO_CHANGE:
            return Obstacle(insertion.shift, SEARCH_LIMIT, 0)
        return Obstacle(insertion.shift, NOT_WORTH_COST, max(0, insertion.cost - insertion.prize))

    def _fits_alone(self, visit: VisitIndex, shift: ShiftIndex) -> bool:
        """Whether the shift could serve the visit if it did nothing else."""
        for option in options_of(self._problem.visits[visit], shift):
            route = schedule_route(self._problem, shift, (Served(visit, option),))
            if route is not None and not check_route(self._problem, route):
                return True
        return False

    def _with(self, shift: ShiftIndex, place: _Place) -> tuple[Served, ...]:
        stops = self._plan.sequences[shift]
        return *stops[: place.position], place.served, *stops[place.position :]

    def _prize(self, served: Served) -> Prize:
        return self._problem.visits[served.visit].options[served.option].prize

    def _preference(self, shift: ShiftIndex, served: Served) -> Cost:
        return self._problem.visits[served.visit].options[served.option].preference(shift) or 0
