"""The quick look leaves out no place where a visit fits."""

from collections.abc import Iterator

import pytest

from solver.draft import Draft, Timetable
from solver.insertion import Insertions
from solver.presolve import open_ways
from solver.problem import Problem
from solver.solution import Served
from solver.units import VisitIndex
from tests.builders import MINUTE, problem, sequences, shift, visit
from tests.tiny import tiny_day, tiny_route


def everywhere(day: Problem, timetable: Timetable, draft: Draft, visit: VisitIndex) -> Iterator[Draft]:
    """The plan with the visit in every place that is legal."""
    for index in range(len(day.shifts)):
        stops = draft.stops(index)
        for option in range(len(day.visits[visit].options)):
            for position in range(len(stops) + 1):
                longer = (*stops[:position], Served(visit, option), *stops[position:])
                plan = timetable.changed(draft, index, longer)
                if plan is not None:
                    yield plan


@pytest.mark.parametrize("seed", range(150))
def test_the_best_place_is_the_best_of_all_places(seed: int) -> None:
    day = tiny_day(seed, visits=6, links=seed % 3)
    timetable = Timetable(day)
    insertions = Insertions(timetable, open_ways(day))
    draft = timetable.draft((tiny_route(day, seed, 3), ())) or timetable.idle()
    for missing in set(range(6)) - draft.served():
        best = max((plan.key for plan in everywhere(day, timetable, draft, missing)), default=None)
        found = insertions.best(draft, missing)

        assert best == (found and found.key)


def test_a_set_up_that_is_saved_makes_room() -> None:
    """The second visit needs none and comes to the same door first: the minute the first had to spend is free."""
    visits = [visit(1, setup=MINUTE), visit(1, service=2 * MINUTE)]
    day = problem(*visits, shifts=[shift(closes=4 * MINUTE)])
    timetable = Timetable(day)
    draft = timetable.draft(sequences([0]))

    assert draft is not None
    assert Insertions(timetable, open_ways(day)).best(draft, 1) is not None
