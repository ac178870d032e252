"""Who is near whom: by where visits can be made, those that nobody can make last."""

from solver.presolve import open_ways
from solver.problem import Problem
from solver.search.layout import Layout, lay_out
from tests.builders import option, problem, visit


def laid_out(day: Problem) -> Layout:
    return lay_out(day, open_ways(day))


def test_the_nearest_come_first() -> None:
    assert [[1, 2], [0, 2], [1, 0]] == laid_out(problem(visit(1), visit(2), visit(5))).facts.near.tolist()


def test_a_visit_is_where_its_first_open_option_is() -> None:
    barred_at_home = visit(1, shifts={}, others=[option(8)])

    assert [[2, 1], [0, 2], [0, 1]] == laid_out(problem(barred_at_home, visit(2), visit(9))).facts.near.tolist()


def test_a_visit_that_nobody_can_make_is_the_last_neighbour_of_all() -> None:
    closed = visit(2, shifts={})

    layout = laid_out(problem(visit(1), closed, visit(9)))

    assert [[2, 1], [0, 2], [0, 1]] == layout.facts.near.tolist()
    assert layout.scale == laid_out(problem(visit(1), visit(2), visit(9))).scale
