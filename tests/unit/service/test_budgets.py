"""How long a day is planned."""

from datetime import timedelta

import pytest

from service.budgets import budget_for, default_seconds, in_time, left_of
from service.day.request import Options
from solver.budget import Budget, Engine


@pytest.mark.parametrize(
    ("visits", "seconds"),
    [(0, 1), (20, 1), (60, 3), (100, 5), (500, 20), (2_000, 60), (10_000, 240), (20_000, 240)],
)
def test_larger_days_are_given_more_time(visits: int, seconds: float) -> None:
    assert seconds == default_seconds(visits)


def test_what_the_request_says_holds() -> None:
    options = Options(timedelta(seconds=20), timedelta(seconds=5), solution_limit=7, seed=3, engine="routing")

    assert Budget(20, 5, 7, 3, Engine.ROUTING) == budget_for(options, 100)


def test_the_routing_model_without_success_stops_after_a_quarter_of_its_time() -> None:
    assert Budget(20, 5, engine=Engine.ROUTING) == budget_for(Options(timedelta(seconds=20), engine="routing"), 100)


def test_but_never_before_a_second() -> None:
    assert Budget(1, 1, engine=Engine.ROUTING) == budget_for(Options(engine="routing"), 5)


def test_the_compiled_search_knows_by_itself_when_to_stop() -> None:
    assert Budget(20) == budget_for(Options(timedelta(seconds=20)), 100)


def test_a_solution_limit_alone_leaves_the_clock_out_of_it() -> None:
    assert Budget(solutions=50) == budget_for(Options(solution_limit=50), 100)


@pytest.mark.parametrize(
    ("seconds", "left", "search"), [(10.0, 3600.0, 10.0), (10.0, 5.0, 4.47), (None, 5.0, 4.47), (10.0, 0.2, 0.1)]
)
def test_the_nearer_the_deadline_the_shorter_the_search(seconds: float | None, left: float, search: float) -> None:
    budget = Budget(seconds=seconds, solutions=7)

    shorter = in_time(budget, 100, timedelta(seconds=left))

    assert (search, 7) == (round(shorter.seconds or 0, 6), shorter.solutions)


def test_who_goes_on_has_what_is_left_of_the_time_or_until_the_deadline_and_not_less() -> None:
    budget = left_of(Budget(seconds=60), timedelta(seconds=40))

    assert 20 == in_time(budget, 20, timedelta(seconds=30)).seconds
