"""The measure that others are held to, itself checked by head."""

from dataclasses import replace

from solver.problem import Limits, Objective, Pay
from tests.builders import half_pace, line, problem, rest, served, shift, street, visit
from tests.truth import Best, best_day, lawful_day, optimum


def test_the_best_day_is_the_cheapest_then_the_earliest_then_the_shortest() -> None:
    day = problem(visit(1, (90, 95)), shifts=[shift(closes=200, pay=Pay(fixed=7, per_second=2, per_metre=1))])

    assert Best(cost=7 + 240 + 1200, finish=150, minus_depart=-30) == best_day(day, 0, served(0))


def test_a_break_makes_the_day_longer() -> None:
    day = problem(visit(1), shifts=[shift(closes=200, breaks=[rest(0, 200, 9)])])

    assert Best(0, 129, 0) == best_day(day, 0, served(0))


def test_there_is_no_best_day_where_time_does_not_suffice() -> None:
    day = problem(visit(1), shifts=[shift(closes=119)])

    assert best_day(day, 0, served(0)) is None


def test_a_limit_of_driving_makes_a_possible_day_unlawful() -> None:
    day = problem(visit(1), shifts=[shift(closes=200, limits=Limits(driving=119))])

    assert best_day(day, 0, served(0)) is not None
    assert lawful_day(day, 0, served(0)) is None


def test_a_slowdown_makes_the_day_longer() -> None:
    """Sixty seconds out, of which forty pass before the slowdown; then all is slow."""
    day = problem(visit(1), shifts=[shift(closes=300)], travel=street(slowdowns=[half_pace(40, 300)]))

    assert Best(0, 40 + 40 + 120, 0) == best_day(day, 0, served(0))


def test_a_break_in_a_slowdown_costs_no_more_than_itself() -> None:
    day = problem(
        visit(1),
        shifts=[shift(closes=300, end=None, breaks=[rest(0, 300, 20)])],
        travel=street(slowdowns=[half_pace(40, 60)]),
    )

    assert Best(0, 80, 0) == best_day(day, 0, served(0))


def test_a_limit_of_driving_is_kept_by_leaving_after_the_slowdown() -> None:
    """Ten seconds out and ten back; left at 1 the way out takes fourteen slow seconds and three."""
    day = problem(
        visit(1),
        shifts=[shift(closes=50, limits=Limits(driving=20))],
        travel=replace(line([0, 10]), slowdowns=(half_pace(0, 15),)),
    )

    assert Best(0, 28, -1) == best_day(day, 0, served(0))
    assert Best(0, 35, -15) == lawful_day(day, 0, served(0))


def test_the_optimum_takes_the_visits_worth_most() -> None:
    day = problem(visit(1, prize=5), visit(0, prize=2), visit(0, (0, 0), prize=2), shifts=[shift(closes=130)])

    assert (0, 9, 0) == optimum(day)


def test_the_optimum_puts_required_visits_first() -> None:
    day = problem(visit(1, (60, 60), prize=9), visit(2, (60, 120), required=True), shifts=[shift(closes=240, end=2)])

    assert (0, 10, 0) == optimum(day)


def test_the_optimum_of_profit_leaves_out_what_does_not_pay() -> None:
    shifts = [shift(closes=300, pay=Pay(per_metre=1))]
    day = problem(visit(1, prize=1300), visit(2, prize=1100), shifts=shifts, objective=Objective.PROFIT)

    assert (0, 100, 1300) == optimum(day)
