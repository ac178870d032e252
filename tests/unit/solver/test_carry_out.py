"""A task is carried out as it says, and everything that was found out is told."""

from collections.abc import Callable

import pytest

from solver.budget import Budget, StoppedBecause
from solver.carry_out import carry_out
from solver.problem import Problem
from solver.reasons import Unserved
from solver.solution import Costs, Score, Sequences, Served, Solution
from solver.solve import Solved
from solver.wire import Finished, Task
from tests.builders import problem, visit

NOBODY_OUT = Solution((), Score(0, 0, Costs()))
START: Sequences = ((Served(0),),)
WORK = Budget(solutions=3)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the search was asked; it finds nothing, and proves that there are seven to be had at most."""
    heard: list[object] = []

    def solve(
        problem: Problem,
        budget: Budget,
        on_better: Callable[[Solution], None],
        stop: Callable[[], bool],
        start: Sequences,
    ) -> Solved:
        heard.extend([len(problem.visits), budget, stop(), start])
        on_better(NOBODY_OUT)
        return Solved(NOBODY_OUT, StoppedBecause.EXHAUSTED, prize_bound=7)

    monkeypatch.setattr("solver.carry_out.solve", solve)
    return heard


def test_the_search_starts_from_the_plan_of_the_task_within_its_budget(asked: list[object]) -> None:
    better: list[Solution] = []
    carry_out(Task(problem(visit(1)), WORK, explain=False, start=START), better.append, lambda: False)

    assert [1, WORK, False, START] == asked
    assert [NOBODY_OUT] == better


@pytest.mark.parametrize("explain", [True, False])
def test_what_was_found_and_proved_is_told_and_if_wanted_who_is_left_out(asked: list[object], *, explain: bool) -> None:
    finished = carry_out(Task(problem(visit(1)), WORK, explain=explain), lambda _: None, lambda: False)

    assert asked
    assert (NOBODY_OUT, StoppedBecause.EXHAUSTED, 7) == (
        finished.solution,
        finished.stopped_because,
        finished.prize_bound,
    )
    assert ([0] if explain else []) == [left.visit for left in finished.unserved]


def test_the_answer_is_told_before_reasons_are_looked_for(asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Finished] = []
    told_before: list[Finished] = []

    def unserved(_: Problem, __: Solution, **___: object) -> tuple[Unserved, ...]:
        told_before.extend(told)
        return ()

    monkeypatch.setattr("solver.carry_out.unserved", unserved)
    carry_out(Task(problem(visit(1)), WORK, explain=True), lambda _: None, lambda: False, told.append)

    assert asked
    assert [Finished(NOBODY_OUT, StoppedBecause.EXHAUSTED, prize_bound=7)] == told_before


def test_reasons_are_looked_for_a_little_while_after_a_stop(
    asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long enough for most days, though the search itself was stopped."""
    heard: list[bool] = []

    def unserved(_: Problem, __: Solution, stop: Callable[[], bool]) -> tuple[Unserved, ...]:
        heard.append(stop())
        while not stop():
            pass
        return ()

    monkeypatch.setattr("solver.carry_out.unserved", unserved)
    carry_out(Task(problem(visit(1)), WORK, explain=True), lambda _: None, lambda: True)

    assert asked
    assert [False] == heard


def test_reasons_are_looked_for_until_somebody_stops_it(asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []

    def unserved(_: Problem, __: Solution, stop: Callable[[], bool]) -> tuple[Unserved, ...]:
        heard.append(stop())
        return ()

    monkeypatch.setattr("solver.carry_out.GRACE", Budget(seconds=1e-9))
    monkeypatch.setattr("solver.carry_out.unserved", unserved)
    for stopped in (False, True):
        carry_out(Task(problem(visit(1)), WORK, explain=True), lambda _: None, lambda stopped=stopped: stopped)

    assert asked
    assert [False, True] == heard
