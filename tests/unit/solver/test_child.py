"""What a solver's process sees to before it looks at anybody's day."""

import io
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from solver.budget import Budget
from solver.child import work
from solver.wire import Failed, Finished, Solved, Task, decode_news, encode_task
from tests.builders import problem, visit

TELLS_LIMIT = """
import os
from resource import RLIMIT_CORE, getrlimit, setrlimit
from solver.child import keep_to_itself

highest = getrlimit(RLIMIT_CORE)[1]
setrlimit(RLIMIT_CORE, (highest, highest))
keep_to_itself(os.getppid())
print(getrlimit(RLIMIT_CORE))
"""


@pytest.fixture(autouse=True)
def _handler() -> Iterator[None]:
    """What this process does when it is to end is its own affair again afterwards."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_crash_leaves_no_dump_with_somebodys_day_in_it() -> None:
    told = subprocess.run([sys.executable, "-c", TELLS_LIMIT], check=True, capture_output=True, text=True).stdout

    assert "(0, 0)" == told.strip()


def test_it_tells_of_better_plans_and_then_the_answer() -> None:
    news = io.BytesIO()
    status = work(io.BytesIO(encode_task(Task(problem(visit(1)), Budget(solutions=200), explain=True))), news)
    told = [decode_news(line) for line in news.getvalue().splitlines()]

    assert 0 == status
    assert isinstance(told[-1], Finished)
    assert 1 == told[-1].solution.score.prize
    assert Solved(told[-1]) == told[-2]


def test_what_goes_wrong_is_told_without_the_data_it_went_wrong_with() -> None:
    news = io.BytesIO()
    status = work(io.BytesIO(b"Mannerheimintie 1"), news)
    told = decode_news(news.getvalue())

    assert 1 == status
    assert isinstance(told, Failed)
    assert b"Mannerheim" not in news.getvalue()
    assert "wire.py" == told.where.partition(":")[0]
