"""What columns weigh: the objective, in numbers that can be added up."""

from collections.abc import Sequence

from solver.engine.levels import HEAVIEST, in_stages, levels
from solver.pool import Column, PooledRoute
from solver.problem import Objective
from solver.units import EXACT
from tests.builders import served


def column(prize: int, cost: int, *, required: int = 0, kind: int = 0) -> Column:
    return Column(PooledRoute(kind, served(0), cost), kind, (0,), required, prize)


def stages(columns: Sequence[Column], objective: Objective = Objective.VALUE_FIRST) -> tuple[tuple[int, ...], ...]:
    """In stages for two shifts of one kind."""
    return in_stages(levels(objective, columns), columns, {0: 2})


def test_required_visits_come_before_prize_and_prize_before_cost() -> None:
    columns = [column(prize=1, cost=4), column(prize=3, cost=9, required=1)]

    assert ((0, 1), (1, 3), (-4, -9)) == levels(Objective.VALUE_FIRST, columns)
    assert ((0, 1), (-3, -6), (1, 3)) == levels(Objective.PROFIT, columns)


def test_two_routes_of_the_highest_cost_never_make_up_for_the_least_prize() -> None:
    """Cost spans 4 + 9 = 13, so a prize of one weighs 14."""
    (weights,) = stages([column(prize=1, cost=4), column(prize=3, cost=9), column(prize=2, cost=2)])

    assert (14 - 4, 3 * 14 - 9, 2 * 14 - 2) == weights


def test_a_common_divisor_is_taken_out() -> None:
    """Prizes of 2 and 3 thousands, costs of 1 and 2 hundreds that span 3."""
    assert ((2 * 4 - 1, 3 * 4 - 2),) == stages([column(prize=2000, cost=100), column(prize=3000, cost=200)])


def test_what_nobody_has_is_no_stage() -> None:
    assert () == stages([column(prize=0, cost=0)])


def test_numbers_that_a_double_does_not_hold_together_are_kept_apart() -> None:
    """A prize of 2^30 + 1 over costs of 2^24 would come to 2^55, though 64 bits would hold it."""
    columns = [column(prize=(1 << 30) + 1, cost=(1 << 24) + 1), column(prize=1 << 30, cost=1 << 24)]
    first, second = stages(columns)

    assert ((1 << 30) + 1, 1 << 30) == first
    assert (-(1 << 24) - 1, -(1 << 24)) == second
    assert max(map(sum, (first, second))) < EXACT


def test_no_stage_comes_to_more_than_64_bits_over_all_columns() -> None:
    columns = [column(prize=(1 << 52) + k, cost=k) for k in range(2000)]

    assert all(sum(map(abs, stage)) < HEAVIEST for stage in stages(columns))
