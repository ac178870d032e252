"""How long a day is planned."""

from datetime import timedelta

import pytest

from service.budgets import budget_for, default_seconds
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
