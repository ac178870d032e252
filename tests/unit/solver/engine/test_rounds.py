"""Rounds of ruin and descent."""

from random import Random

import pytest

from solver.allowance import Allowance
from solver.budget import Budget
from solver.engine.build import build
from solver.engine.descent import LOOK_EVERY, Descent
from solver.engine.layout import lay_out
from solver.engine.model import Model, NodeRoutes
from solver.engine.ruin import ruin, without_orphans
from solver.engine.weights import packing
from solver.presolve import open_ways
from solver.problem import Link, Problem
from tests.builders import MINUTE, problem, visit


def open_model(day: Problem) -> Model:
    return build(lay_out(day, open_ways(day)), packing(day))


def busy_street(visits: int, *links: Link) -> Problem:
    return problem(*[visit(k % 10, service=MINUTE, prize=1 + k) for k in range(visits)], links=links)


def test_a_descent_ends_when_asked_to_long_before_it_is_done() -> None:
    """Sixty visits are put in one by one, which makes sixty solutions at least."""
    looked: list[NodeRoutes] = []
    allowance = Allowance.of(Budget(solutions=1000), lambda: len(looked) > 0)
    Descent(open_model(busy_street(60)), allowance, looked.append).run(((),))

    assert allowance.solutions is not None
    assert LOOK_EVERY <= 1000 - allowance.solutions <= 2 * LOOK_EVERY


def test_later_visits_of_links_are_taken_out_with_the_earlier_ones() -> None:
    """Otherwise the model would refuse what is left, and the round be lost."""
    day = busy_street(5, Link(0, 1), Link(1, 2), Link(3, 4))

    assert ((3, 4),) == without_orphans(lay_out(day, open_ways(day)), ((1, 3, 4, 2),))


@pytest.mark.parametrize("seed", range(20))
def test_ruin_takes_strings_out_of_a_few_routes_and_leaves_what_has_begun_and_the_others(seed: int) -> None:
    routes = tuple(tuple(range(15 * v, 15 * v + 15)) for v in range(6))
    left = ruin(routes, [v // 2 for v in range(6)], range(90), Random(seed))  # noqa: S311 - no secret
    shorter = [(before, after) for before, after in zip(routes, left, strict=True) if before != after]

    assert 1 <= len(shorter) <= 3
    for before, after in shorter:
        gone = sorted(set(before) - set(after))
        assert 1 <= len(gone) <= 10
        assert list(range(gone[0], gone[-1] + 1)) == gone
        assert before.index(gone[0]) >= routes.index(before) // 2
        assert tuple(node for node in before if node not in gone) == after


def test_ruin_of_nothing_is_nothing() -> None:
    assert ((), ()) == ruin(((), ()), (0, 0), range(5), Random(1))  # noqa: S311 - no secret
