"""Where visits come after others the search takes what is legal for legal, and collects what there is to collect.

The judge is ``solver.draft.Timetable``, asked about every plan that a tiny day has.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations, product
from typing import Final

import pytest

from solver.budget import Budget
from solver.draft import Draft, Timetable
from solver.objective import key
from solver.presolve import open_ways
from solver.problem import Limits, Link, Problem
from solver.search.layout import lay_out
from solver.search.run import Search
from solver.solution import Sequences, Served
from solver.solve import solve
from tests.builders import DAY, HOUR, problem, shift, visit
from tests.tiny import tiny_day

DAYS: Final = 100
"""Of each kind: 300 in all."""

MISSED: Final = 1
"""Of a hundred: routes that share links are charged for days that may not go together."""


def linked_day(seed: int) -> Problem:
    """Breaks, limits of duration, several windows, gaps: everything that a problem can say but fairness."""
    return tiny_day(seed, visits=4, shifts=2, links=2)


def day_of_required_followers(seed: int) -> Problem:
    """What has to come after others is required, the others are not."""
    day = linked_day(seed)
    followers = {link.then for link in day.links}
    return replace(day, visits=tuple(replace(each, required=k in followers) for k, each in enumerate(day.visits)))


def slowed_day(seed: int) -> Problem:
    """With slowdowns, but neither breaks nor limits of driving, on which times are exact."""
    day = tiny_day(seed, visits=4, shifts=2, links=2, slow=1)
    shifts = (replace(each, breaks=(), limits=replace(each.limits, driving=None)) for each in day.shifts)
    return replace(day, shifts=tuple(shifts))


Kind = Callable[[int], Problem]
KINDS: Final = [linked_day, day_of_required_followers, slowed_day]


def days_of(kind: Kind) -> list[Problem]:
    """Those on which somebody can serve something."""
    return [day for day in map(kind, range(DAYS)) if any(open_ways(day))]


def plans(day: Problem) -> Iterator[Sequences]:
    """Every plan of two shifts, legal or not."""
    for served in range(len(day.visits) + 1):
        for chosen in combinations(range(len(day.visits)), served):
            for order in permutations(chosen):
                for options in product(*(range(len(day.visits[k].options)) for k in order)):
                    stops = tuple(map(Served, order, options))
                    for cut in range(served + 1):
                        yield stops[:cut], stops[cut:]


def best_of(day: Problem) -> Draft:
    """The best of all plans."""
    timetable = Timetable(day)
    drafts = (timetable.draft(plan) for plan in plans(day))
    return max((draft for draft in drafts if draft is not None), key=lambda draft: draft.key)


@pytest.mark.parametrize("kind", KINDS)
def test_it_collects_what_the_best_plan_does(kind: Kind) -> None:
    """Required visits, and prize or profit; now and then a plan is overlooked."""
    missed = 0
    for day in days_of(kind):
        found, best = key(day.objective, solve(day, Budget(solutions=3_000)).solution.score), best_of(day).key

        assert found <= best[: len(found)]

        missed += found[:2] < best[:2]

    assert missed <= MISSED


@pytest.mark.parametrize("kind", KINDS)
def test_the_search_goes_on_from_the_best_plan(kind: Kind) -> None:
    for day in days_of(kind):
        best = best_of(day).sequences

        assert Search(lay_out(day, open_ways(day)), 1).start_from(best), best


def test_one_who_may_not_work_long_leaves_late_for_both() -> None:
    """At its earliest the first visit would be four hours before the other, on a day of two."""
    day = problem(
        visit(1, (0, DAY), prize=5),
        visit(2, (4 * HOUR, 5 * HOUR), prize=5),
        shifts=[shift(closes=10 * HOUR, limits=Limits(duration=2 * HOUR))],
        links=[Link(0, 1)],
    )

    assert 10 == solve(day, Budget(solutions=300)).solution.score.prize


def test_a_required_visit_gets_what_it_has_to_come_after_into_the_plan() -> None:
    """It is looked at first, and again once the other has a place."""
    day = problem(visit(3, prize=0), visit(6, prize=10, required=True), visit(2, prize=5), links=[Link(0, 1)])

    assert 0 == solve(day, Budget(solutions=300)).solution.score.required_missed
