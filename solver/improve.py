"""Better plans from a plan, judged by the exact score: take a visit or two out, put in whatever fits, keep the better.

It sees what an engine's model of the day cannot, or only roughly: fairness, waiting between far windows, the exact
price of the last minutes. And it leaves nothing on the table: afterwards no visit is missing that fits and pays, or
that could simply take the place of a lesser one.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from random import Random
from typing import Final, TypeAlias

from solver.draft import Draft, Timetable
from solver.insertion import Insertions
from solver.problem import Objective
from solver.solution import Served
from solver.units import Prize, ShiftIndex, VisitIndex

SMALL_DAY: Final = 24
"""With up to so many served visits, pairs of them are taken out as well."""

MOST_ROUTES: Final = 2
LONGEST_STRING: Final = 6

GENEROUS: Final = 0.5

Spent = Callable[[], bool]

_Leaving: TypeAlias = tuple[tuple[bool, Prize], ShiftIndex, VisitIndex]
"""A visit that may leave for another one: what is lost (required or not, the prize), by which shift, the visit."""


class Improver:
    """Improves drafts of one day; what it learned of routes serves the next draft too."""

    def __init__(self, timetable: Timetable, insertions: Insertions) -> None:
        self._timetable = timetable
        self._problem = timetable.problem
        self._insertions = insertions
        self._worth = [max(option.prize for option in visit.options) for visit in self._problem.visits]
        self._followers: dict[VisitIndex, list[VisitIndex]] = {}
        for link in self._problem.links:
            self._followers.setdefault(link.first, []).append(link.then)

    @property
    def timed(self) -> int:
        """How many routes were timed so far."""
        return self._timetable.timed

    def fill(
        self,
        draft: Draft,
        visits: Sequence[VisitIndex],
        spent: Spent,
        *,
        at_any_cost: bool = False,
        random: Random | None = None,
    ) -> Draft:
        """Put in what fits and pays, each in its best place, in the order given; those that follow others again."""
        waiting = list(visits)
        while waiting:
            left: list[VisitIndex] = []
            for visit in waiting:
                if spent():
                    return draft
                plan = self._insertions.best(draft, visit, random)
                if plan is not None and (at_any_cost or plan.key > draft.key):
                    draft = plan
                else:
                    left.append(visit)
            if len(left) == len(waiting) or not self._followers:
                break
            waiting = left
        return draft

    def prune(self, draft: Draft, spent: Spent) -> Draft:
        """Take out, one by one, what the plan is better without."""
        better: Draft | None = draft
        while better is not None and not spent():
            draft = better
            plans = (self._without(draft, (visit,)) for visit in sorted(draft.served()))
            better = next((plan for plan in plans if plan is not None and plan.key > draft.key), None)
        return draft

    def shake(self, draft: Draft, random: Random, spent: Spent) -> Draft:
        """Another plan: some visits that lie together taken out at random, and all that are missing put in anew.

        Where a visit has to pay for itself, several may pay together (a second shift, a far village): every other time
        all are put in at any cost first.
        """
        rest = self._without(draft, self._some(draft, random))
        if rest is None:
            return draft
        noise = {visit: (not self._problem.visits[visit].required, random.random()) for visit in self.missing(rest)}
        order = sorted(noise, key=lambda visit: noise[visit])
        generous = self._problem.objective is Objective.PROFIT and random.random() < GENEROUS
        plan = self.fill(rest, order, spent, at_any_cost=generous, random=random)
        return self.prune(plan, spent) if generous else plan

    def improve(self, draft: Draft, spent: Spent) -> Iterator[Draft]:
        """Better and better plans, until no removal of a visit, or on small days of two, and filling up helps.

        Swaps come first and after every improvement. They are cheap, and a visit left out that could simply take the
        place of a lesser one is what people see at once.
        """
        before = None
        while draft is not before and not spent():
            before = draft
            filled = self.fill(draft, self.by_worth(self.missing(draft)), spent)
            if filled.key > draft.key:
                draft = filled
                yield draft
            for swapped in self.swap(draft, spent):
                draft = swapped
                yield draft
            for gone in self._choices(draft):
                better = self._exchanged(draft, gone, spent)
                for plan in () if better is None else (better, *self.swap(better, spent)):
                    draft = plan
                    yield draft
                if spent():
                    return

    def swap(self, draft: Draft, spent: Spent) -> Iterator[Draft]:
        """Better and better plans, until no visit that is missing helps in the place of one of the same shift."""
        before = None
        while draft is not before:
            before = draft
            for visit in self.by_worth(self.missing(draft)):
                better = None if visit in draft.served() else self._swapped(draft, visit, spent)
                if better is not None:
                    draft = self.fill(better, self.by_worth(self.missing(better)), spent)
                    yield draft
                if spent():
                    return

    def by_worth(self, visits: Sequence[VisitIndex]) -> list[VisitIndex]:
        """Required ones first, then those of most prize."""
        return sorted(visits, key=lambda k: (not self._problem.visits[k].required, -self._worth[k], k))

    def missing(self, draft: Draft) -> list[VisitIndex]:
        """Visits that the plan does not serve."""
        served = draft.served()
        return [k for k in range(len(self._problem.visits)) if k not in served]

    def _exchanged(self, draft: Draft, gone: tuple[VisitIndex, ...], spent: Spent) -> Draft | None:
        """A better plan without these visits, or with them elsewhere; ``None`` if there is none."""
        rest = self._without(draft, gone) if draft.served().issuperset(gone) else None
        if rest is None or rest.key > draft.key:
            return rest
        served = rest.served()
        missing = self.by_worth(self.missing(draft))
        back = self.by_worth([visit for visit in gone if visit not in served])
        plans = (self.fill(rest, order, spent) for order in (missing + back, back + missing, back[::-1]))
        return next((plan for plan in plans if plan.key > draft.key), None)

    def _swapped(self, draft: Draft, visit: VisitIndex, spent: Spent) -> Draft | None:
        """A better plan with this visit in the place of another; of those who might make room the least first."""
        for _, shift, leaving in sorted(self._leaving(draft, visit)):
            rest = self._without(draft, (leaving,)) if leaving in self._followers else draft
            if spent() or rest is None:
                continue
            stops = _less(rest.stops(shift), {leaving})
            plans = (
                self._timetable.changed(rest, shift, longer)
                for longer in self._insertions.sequences(shift, stops, visit)
            )
            best = max((plan for plan in plans if plan is not None), key=lambda plan: plan.key, default=draft)
            if best.key > draft.key:
                return best
        return None

    def _leaving(self, draft: Draft, visit: VisitIndex) -> Iterator[_Leaving]:
        """Visits of the shifts that may serve this one, as far as it can make up for their loss."""
        visits = self._problem.visits
        gain = visits[visit].required, self._worth[visit]
        for shift in self._insertions.shifts(visit):
            for stop in draft.stops(shift):
                loss = visits[stop.visit].required, visits[stop.visit].options[stop.option].prize
                # Where profit counts a saving may make up for a prize, but never for a required visit.
                if loss <= gain or (self._problem.objective is Objective.PROFIT and loss[0] <= gain[0]):
                    yield loss, shift, stop.visit

    def _choices(self, draft: Draft) -> Iterator[tuple[VisitIndex, ...]]:
        served = sorted(draft.served(), key=lambda k: (self._worth[k], k))
        pairs = combinations(served, 2) if len(served) <= SMALL_DAY else iter(())
        return chain(((visit,) for visit in served), pairs)

    def _some(self, draft: Draft, random: Random) -> list[VisitIndex]:
        """Strings of neighbouring stops on one or two routes."""
        shifts = self._problem.shifts
        used = [draft.stops(s)[len(shift.begun) :] for s, shift in enumerate(shifts)]
        used = [stops for stops in used if stops]
        gone: list[VisitIndex] = []
        for stops in random.sample(used, min(len(used), random.randint(1, MOST_ROUTES))):
            length = random.randint(1, min(LONGEST_STRING, len(stops)))
            first = random.randint(0, len(stops) - length)
            gone += [stop.visit for stop in stops[first : first + length]]
        return gone

    def _without(self, draft: Draft, visits: Sequence[VisitIndex]) -> Draft | None:
        """The plan less these visits and those that only follow them."""
        gone = set[VisitIndex]()
        leaving = list(visits)
        while leaving:
            visit = leaving.pop()
            gone.add(visit)
            leaving += [follower for follower in self._followers.get(visit, ()) if follower not in gone]
        sequences = tuple(_less(route.stops, gone) if route else () for route in draft.routes)
        return self._timetable.draft(sequences)


def _less(stops: tuple[Served, ...], gone: set[VisitIndex]) -> tuple[Served, ...]:
    return tuple(stop for stop in stops if stop.visit not in gone)
