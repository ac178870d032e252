"""What shifts have begun with stays as it is, and around it the plan is still as good as the best there is."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

import pytest

from solver.budget import Budget, Engine
from solver.checker import check
from solver.draft import Timetable
from solver.objective import key
from solver.problem import Link, Problem, Shift
from solver.solution import Sequences, Served
from solver.solve import solve
from tests.tiny import tiny_day, tiny_route
from tests.truth import optimum

DAYS: Final = 12
"""In a chunk: 72 days in all."""

SEARCHED: Final = Budget(solutions=1_500)
BY_ROUTING: Final = Budget(solutions=200, engine=Engine.ROUTING)


def begun_days(seed: int, *, links: int = 0) -> Iterator[Problem]:
    """Days of one or two shifts, at least one of which has begun with up to three stops; without end."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    while True:
        day = tiny_day(draw.randrange(1_000_000), visits=5, shifts=draw.choice([1, 2, 2]), links=links)
        route = tiny_route(day, draw.randrange(1_000_000), 3)
        begun = with_begun(day, draw.randrange(len(day.shifts)), route)
        if begun is not None:
            yield begun


def with_begun(day: Problem, shift: int, route: tuple[Served, ...]) -> Problem | None:
    """The day with one shift that has begun, ``None`` if it cannot have."""
    made = {visit for visit, _ in route}
    if any(link.then in made and link.first not in made for link in day.links):
        return None
    shifts = [replace(s, begun=route) if index == shift else s for index, s in enumerate(day.shifts)]
    begun = replace(day, shifts=tuple(shifts))
    return begun if Timetable(begun).draft(tuple(s.begun for s in shifts)) else None


def beginnings(sequences: Sequences, shifts: tuple[Shift, ...]) -> list[tuple[Served, ...]]:
    """As many stops of each route as its shift has begun with."""
    return [stops[: len(shift.begun)] for stops, shift in zip(sequences, shifts, strict=True)]


@pytest.mark.parametrize("budget", [SEARCHED, BY_ROUTING], ids=["search", "routing"])
@pytest.mark.parametrize("chunk", range(6))
def test_the_plan_goes_on_from_what_has_begun_as_well_as_it_can(chunk: int, budget: Budget) -> None:
    days = [day for _, day in zip(range(DAYS), begun_days(chunk), strict=False)]
    plans = [solve(day, budget).solution for day in days]

    for day, plan in zip(days, plans, strict=True):
        assert () == check(day, plan)
        assert [s.begun for s in day.shifts] == beginnings(plan.sequences(len(day.shifts)), day.shifts)
    found = [key(day.objective, plan.score) for day, plan in zip(days, plans, strict=True)]
    best = [optimum(day) for day in days]
    assert [] == [n for n in range(DAYS) if found[n] > best[n]]
    assert [] == [n for n in range(DAYS) if found[n][:2] != best[n][:2]]


@pytest.mark.parametrize("budget", [SEARCHED, BY_ROUTING], ids=["search", "routing"])
def test_linked_visits_that_have_begun_stay_too(budget: Budget) -> None:
    for _, day in zip(range(DAYS), begun_days(99, links=2), strict=False):
        assert () == check(day, solve(day, budget).solution)


def test_a_plan_to_start_from_that_does_not_begin_with_it_is_bent_to_it() -> None:
    day = next(day for day in begun_days(7) if len(day.shifts) == 1)
    start = (tuple(reversed(day.shifts[0].begun)),)

    assert () == check(day, solve(day, SEARCHED, start=start).solution)


def test_what_has_begun_and_cannot_have_is_refused() -> None:
    """Whoever says that it was made has to say when it could be."""
    day = next(begun_days(3))
    slow = tuple(replace(s, closes=s.opens, overtime=0, breaks=()) for s in day.shifts)

    with pytest.raises(ValueError, match="what has begun must be legal"):
        solve(replace(day, shifts=slow), SEARCHED)


REFUSED = [
    ("a visit that was begun must exist", (Served(5),), ()),
    ("an option that was begun must exist", (Served(0, 7),), ()),
    ("a visit can be begun only once", (Served(0), Served(0)), ()),
    ("what a begun visit comes after must be begun as well", (Served(1),), (Link(0, 1),)),
]


@pytest.mark.parametrize(("sentence", "begun", "links"), REFUSED)
def test_a_beginning_that_makes_no_sense_is_refused(
    sentence: str, begun: tuple[Served, ...], links: tuple[Link, ...]
) -> None:
    day = tiny_day(1, visits=5, shifts=1)

    with pytest.raises(ValueError, match=sentence):
        replace(day, shifts=(replace(day.shifts[0], begun=begun),), links=links)
