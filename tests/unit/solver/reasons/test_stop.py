"""Nobody has to wait for reasons: whoever has enough of it gets those that are known."""

from itertools import count

from solver.reasons import unserved
from tests.builders import DAY, problem, shift, visit
from tests.unit.solver.reasons.plans import plan

FULL = problem(
    *(visit(place, service=100) for place in range(1, 9)),
    shifts=[shift(closes=500), shift(closes=700), shift(closes=800)],
)
"""Three shifts for eight visits; each holds one or two."""
PLAN = plan(FULL, [0], [1], [2])


def test_who_stops_at_once_is_told_nothing() -> None:
    assert () == unserved(FULL, PLAN, stop=lambda: True)


def test_who_never_stops_is_told_of_every_visit() -> None:
    assert [3, 4, 5, 6, 7] == [said.visit for said in unserved(FULL, PLAN, stop=lambda: False)]


def test_what_is_told_before_a_stop_is_what_is_told_without_one() -> None:
    """Whenever it comes: the visits that have been looked at, each with all there is to say."""
    everything = unserved(FULL, PLAN)
    told = [_told_after(asked) for asked in range(200)]

    assert all(said == everything[: len(said)] for said in told)
    assert sorted(told, key=len) == told
    assert {len(said) for said in told} == set(range(len(everything) + 1))


def test_a_stop_is_asked_for_between_any_two_insertions_that_are_measured() -> None:
    """A visit of a day with a hundred positions, each of which is measured."""
    day = problem(*(visit(1, (0, DAY)) for _ in range(99)), visit(1, service=2 * DAY))
    asked = count()

    unserved(day, plan(day, list(range(99))), stop=lambda: next(asked) < 0)

    assert next(asked) >= 100


def _told_after(asked: int) -> tuple[object, ...]:
    times = count()
    return unserved(FULL, PLAN, stop=lambda: next(times) >= asked)
