"""Budgets, on a clock that only goes when told to."""

import pytest

from solver.allowance import Allowance
from solver.budget import Budget, StoppedBecause


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def never() -> bool:
    return False


def test_it_ends_when_its_seconds_are_over(clock: Clock) -> None:
    allowance = Allowance.of(Budget(seconds=5), never, clock)

    assert allowance.reason() is None
    clock.now += 5
    assert allowance.reason() is StoppedBecause.TIME_LIMIT


def test_it_ends_when_nothing_improved_for_long_enough(clock: Clock) -> None:
    allowance = Allowance.of(Budget(stall_seconds=2), never, clock)
    clock.now += 1
    allowance.improve()
    clock.now += 1.9

    assert not allowance.spent()
    clock.now += 0.2
    assert allowance.reason() is StoppedBecause.STALL_LIMIT


def test_it_ends_when_enough_solutions_were_looked_at(clock: Clock) -> None:
    allowance = Allowance.of(Budget(solutions=2), never, clock)
    allowance.look()

    assert not allowance.spent()
    allowance.look()
    assert allowance.reason() is StoppedBecause.SOLUTION_LIMIT
    assert not allowance.out_of_time()


def test_it_ends_when_somebody_says_so(clock: Clock) -> None:
    assert Allowance.of(Budget(solutions=2), lambda: True, clock).reason() is StoppedBecause.STOPPED


def test_a_part_has_its_share_and_counts_for_the_whole(clock: Clock) -> None:
    whole = Allowance.of(Budget(seconds=10, solutions=10), never, clock)
    part = whole.part(0.5)
    for _ in range(5):
        part.look()

    assert part.spent()
    assert whole.solutions == 5
    assert not whole.spent()


def test_a_part_is_over_when_the_whole_is(clock: Clock) -> None:
    whole = Allowance.of(Budget(solutions=4), never, clock)
    part = whole.part(1.0)
    for _ in range(4):
        whole.look()

    assert part.spent()


def test_a_part_that_begins_late_has_its_own_time_to_improve(clock: Clock) -> None:
    whole = Allowance.of(Budget(stall_seconds=10), never, clock)
    clock.now += 9
    part = whole.part(0.5)
    clock.now += 4

    assert part.reason() is None
    clock.now += 1
    assert part.reason() is StoppedBecause.STALL_LIMIT


def test_progress_goes_from_nothing_to_all(clock: Clock) -> None:
    allowance = Allowance.of(Budget(seconds=10), never, clock)

    assert allowance.progress == 0
    clock.now += 5
    assert allowance.progress == 0.5
    clock.now += 15
    assert allowance.progress == 1
