"""What travels between two processes arrives as it left."""

import msgspec
import numpy as np
import pytest

from solver.budget import Budget, StoppedBecause
from solver.problem import Fairness, Problem
from solver.reasons import Insertion, Obstacle, Unserved
from solver.solution import BreakTaken, Costs, Route, Score, Served, Solution, Stop
from solver.wire import (
    Better,
    Failed,
    Finished,
    News,
    Solved,
    Task,
    decode_news,
    decode_task,
    encode_news,
    encode_task,
)
from tests.builders import problem, shift, visit
from tests.tiny import tiny_day

SOLUTION = Solution(
    (Route(1, 10, 90, (Stop(0, 1, 20, 21, 22, 23),), (BreakTaken(0, 30, 40),)),), Score(1, 5, Costs(1, 2, 3, 4, 5, 6))
)
UNSERVED = (Unserved(3, (Obstacle(0, "time_window", 60),), Insertion(0, 1, 0, 50, 7, 9), fits_alone=True),)


def parts(day: Problem) -> tuple[object, ...]:
    return day.visits, day.shifts, day.links, day.objective, day.fairness


@pytest.mark.parametrize("seed", range(20))
def test_a_problem_arrives_as_it_left(seed: int) -> None:
    day = tiny_day(seed, links=2)
    task = decode_task(encode_task(Task(day, Budget(seconds=1.5, seed=seed), explain=True)))

    assert parts(day) == parts(task.problem)
    assert (Budget(seconds=1.5, seed=seed), True) == (task.budget, task.explain)
    for sent, arrived in zip(day.travel, task.problem.travel, strict=True):
        assert np.array_equal(sent.seconds, arrived.seconds)
        assert np.array_equal(sent.metres, arrived.metres)
        assert np.int32 == arrived.seconds.dtype


def test_fairness_travels_too() -> None:
    day = problem(visit(1), shifts=[shift(agent=1)], fairness=Fairness(3, (10, 20)))

    assert parts(day) == parts(decode_task(encode_task(Task(day, Budget(solutions=1), explain=False))).problem)


def test_a_plan_to_start_from_travels_too() -> None:
    start = ((Served(0, 0),), ())
    day = problem(visit(1), shifts=[shift(), shift()])

    assert start == decode_task(encode_task(Task(day, Budget(solutions=1), explain=False, start=start))).start


def test_a_plan_to_start_from_says_of_every_shift_what_it_serves() -> None:
    with pytest.raises(ValueError, match="one sequence per shift"):
        Task(problem(visit(1), shifts=[shift(), shift()]), Budget(solutions=1), explain=False, start=((Served(0),),))


def test_a_matrix_is_sent_as_bytes_and_no_larger() -> None:
    places = 300
    square = np.zeros((places, places), dtype=np.int32)
    day = problem(visit(1), travel=type(tiny_day(0).travel[0])(square, square))

    assert len(encode_task(Task(day, Budget(solutions=1), explain=False))) < 2 * 4 * places**2 + 1000


@pytest.mark.parametrize(
    "news",
    [
        Better(SOLUTION),
        Finished(SOLUTION, StoppedBecause.TIME_LIMIT, UNSERVED),
        Finished(SOLUTION, StoppedBecause.EXHAUSTED, prize_bound=7),
        Solved(Finished(SOLUTION, StoppedBecause.TIME_LIMIT, prize_bound=7)),
        Failed("KeyError", "solve.py:1"),
    ],
    ids=["better", "finished", "proved", "solved", "failed"],
)
def test_news_is_one_line_and_arrives_as_it_left(news: News) -> None:
    line = encode_news(news)

    assert news == decode_news(line)
    assert 1 == line.count(b"\n")


def test_what_is_no_task_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_task(b"no task")
    with pytest.raises(msgspec.ValidationError):
        decode_news(b'{"type": "gossip"}')
