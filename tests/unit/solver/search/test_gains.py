"""What the search would pay for visits: enough that none is left out for the way to it, and all in proportion."""

from dataclasses import replace

import pytest

from solver.budget import Budget
from solver.presolve import open_ways
from solver.problem import Link, Objective, Pay, Problem, Visit
from solver.search.layout import Layout, lay_out
from solver.search.layout.gains import LEGS, MOST_LEGS, SERVICES
from solver.solve import solve
from solver.units import UNREACHABLE
from tests.builders import line, option, problem, shift, visit


def laid_out(day: Problem) -> Layout:
    return lay_out(day, open_ways(day))


def doors(*prizes: int, service: int = 60) -> list[Visit]:
    return [visit(1 + k % 9, service=service, prize=prize) for k, prize in enumerate(prizes)]


def legs_to_the_mean(layout: Layout, prize: int = 25) -> float:
    """What the last visit gains, in short legs, if it were worth the mean of all."""
    return float(layout.facts.gain[-1]) / layout.scale * 25 / prize


def test_a_visit_at_the_margin_gains_some_short_legs_and_what_a_service_takes() -> None:
    """Among ten houses a minute apart, one to one of the five nearest takes a minute and a half."""
    legs = [legs_to_the_mean(laid_out(problem(*doors(1, 2, 3, 94, service=minutes * 60))), 94) for minutes in (0, 6)]

    assert pytest.approx([LEGS, LEGS + SERVICES * 4], rel=0.01) == legs


def test_a_visit_that_takes_long_gains_no_more_than_some_legs() -> None:
    layout = laid_out(problem(*doors(1, 2, 3, 94, service=7200)))

    assert MOST_LEGS == pytest.approx(legs_to_the_mean(layout, 94), rel=0.01)


def test_gains_are_in_proportion_to_what_visits_at_the_margin_bring() -> None:
    layout = laid_out(problem(*doors(1, 2, 3, 94)))
    worth = layout.gains.worth

    assert [round(worth * prize / 25) for prize in (1, 2, 3, 94)] == layout.facts.gain.tolist()
    assert [round(worth * prize / 2) for prize in (1, 2, 3, 94)] == layout.weighed(2).facts.gain.tolist()


def test_the_margin_is_never_better_than_the_mean() -> None:
    """Where only the best are left out, nobody can reach them."""
    layout = laid_out(problem(*doors(1, 2, 3, 94)))

    assert layout.facts.gain.tolist() == layout.weighed(94).facts.gain.tolist()


def test_of_several_options_the_best_one_counts() -> None:
    layout = laid_out(problem(visit(1, prize=10, others=[option(1, prize=1), option(1, prize=1)]), visit(2, prize=30)))

    assert round(layout.gains.worth * 30 / 20) == layout.facts.gain[3]


def test_where_visits_have_to_pay_for_themselves_they_gain_what_they_bring() -> None:
    layout = laid_out(problem(*doors(7, 9), shifts=[shift(pay=Pay(per_metre=1))], objective=Objective.PROFIT))

    assert [7, 9] == layout.facts.gain.tolist() == layout.weighed(3).facts.gain.tolist()


def test_a_required_visit_gains_more_than_all_others_together() -> None:
    free = doors(1, 50)
    facts = laid_out(problem(*free, replace(free[0], required=True))).facts

    assert facts.gain[2] > 2 * facts.gain[:2].sum()


def test_ways_that_do_not_exist_say_nothing_about_a_short_leg() -> None:
    reachable = problem(*doors(*[1] * 9), travel=line([60 * k for k in range(11)]))
    cut_off = line([60 * k for k in range(11)], cut=[(k, 10) for k in range(10)] + [(10, k) for k in range(10)])
    with_island = replace(reachable, travel=(cut_off,), visits=(*reachable.visits, visit(10)))

    assert UNREACHABLE == with_island.travel[0].seconds[0, 10]
    assert laid_out(reachable).scale == pytest.approx(laid_out(with_island).scale, rel=0.3)


ALL = [
    ("one is worth a million others", problem(*doors(*[1] * 9, 10**8))),
    ("without value, but another one comes after it", problem(*doors(0, 10, 5), links=[Link(0, 1)])),
    (
        "the same where visits have to pay",
        problem(
            *doors(0, 10**6, 10**6),
            links=[Link(0, 1)],
            shifts=[shift(pay=Pay(per_metre=1))],
            objective=Objective.PROFIT,
        ),
    ),
    (
        "profit where nothing costs anything",
        problem(visit(9, prize=5), visit(3, prize=1000), objective=Objective.PROFIT),
    ),
    (
        "nothing but a far lesser option is left",
        problem(visit(1, shifts={}, prize=2**51, others=[option(2, prize=1000)]), objective=Objective.PROFIT),
    ),
]


@pytest.mark.parametrize("day", [day for _, day in ALL], ids=[name for name, _ in ALL])
def test_what_fits_and_pays_is_served_however_little_it_brings(day: Problem) -> None:
    plan = solve(day, Budget(solutions=500)).solution

    assert len(day.visits) == sum(len(route.stops) for route in plan.routes)


def test_a_visit_without_value_that_nothing_needs_is_not_worth_the_way() -> None:
    plan = solve(problem(*doors(10, 0)), Budget(solutions=500)).solution

    assert [0] == [stop.visit for route in plan.routes for stop in route.stops]
