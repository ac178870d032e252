"""What every DaySolver promises, and what one in a process of its own promises on top."""

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from service.jobs.children import FromScratch, environment
from service.jobs.nursery import Nursery
from service.jobs.solver_process import SolverProcess
from service.jobs.solving import DaySolver, InProcess, OutOfMemory, SolverDied
from solver.budget import Budget, Engine, StoppedBecause
from solver.checker import check
from solver.problem import TravelMatrix
from solver.solution import Solution
from solver.wire import Task
from tests.adapters.crowded_street import FOREVER, WORK, ask, crowded_street
from tests.adapters.processes import PATIENCE, children, open_files

TELLS_ONE_SOLUTION_THEN = """
import os, signal, sys, time
from solver.budget import StoppedBecause
from solver.solution import Costs, Score, Solution
from solver.wire import Better, Finished, Solved, encode_news
sys.stdin.buffer.read()
sys.stdout.buffer.write(encode_news(Better(Solution((), Score(0, 7, Costs())))))
sys.stdout.buffer.flush()
"""

SOLVED_THEN = (
    "answer = Finished(Solution((), Score(0, 8, Costs())), StoppedBecause.STALL_LIMIT, prize_bound=9);"
    "sys.stdout.buffer.write(encode_news(Solved(answer)));"
    "sys.stdout.buffer.write(encode_news(Better(Solution((), Score(0, 7, Costs())))));"
    "sys.stdout.buffer.flush();"
)
"""The second line only shows when the first has been read."""


def running() -> tuple[list[int], dict[int, str]]:
    """Processes started from here, and what is open."""
    return children(os.getpid()), open_files(os.getpid())


def process_of(script: str) -> SolverProcess:
    return SolverProcess(command=(sys.executable, "-c", script))


@pytest.fixture(scope="module", params=["in process", "from scratch", "forked"])
def solver(request: pytest.FixtureRequest) -> Iterator[DaySolver]:
    """Each of them in turn."""
    nursery = Nursery()
    if request.param == "forked":
        nursery.open()
        assert nursery.wait(PATIENCE)
    yield InProcess() if request.param == "in process" else SolverProcess(nursery)
    nursery.close()


class TestDaySolver:
    def test_it_answers_with_a_plan_that_the_checker_passes(self, solver: DaySolver) -> None:
        answer = ask(solver)

        assert check(crowded_street(), answer.solution) == ()
        assert answer.solution.score.prize > 0

    def test_the_same_seed_and_bound_give_the_same_plan_anywhere(self, solver: DaySolver) -> None:
        assert ask(InProcess()).solution == ask(solver).solution

    @pytest.mark.parametrize(("engine", "name"), [(Engine.AUTO, "search+ortools"), (Engine.ROUTING, "ortools-routing")])
    def test_it_says_what_solved_the_day(self, solver: DaySolver, engine: Engine, name: str) -> None:
        assert name == ask(solver, replace(WORK, engine=engine)).engine

    def test_every_better_solution_is_told_and_the_last_one_is_the_answer(self, solver: DaySolver) -> None:
        told: list[Solution] = []

        answer = ask(solver, on_better=told.append)

        assert answer.solution == told[-1]
        assert sorted(each.score.prize for each in told) == [each.score.prize for each in told]

    def test_it_says_why_visits_are_left_out_if_somebody_wants_to_know(self, solver: DaySolver) -> None:
        answer = ask(solver)
        planned = {stop.visit for route in answer.solution.routes for stop in route.stops}

        assert set(range(9)) - planned == {each.visit for each in answer.unserved}
        assert ask(solver, explain=False).unserved == ()

    def test_asked_to_stop_it_ends_long_before_its_time_and_keeps_the_best_so_far(self, solver: DaySolver) -> None:
        stop = threading.Event()

        answer = ask(solver, FOREVER, on_better=lambda _: stop.set(), stop=stop)

        assert answer.stopped_because is StoppedBecause.STOPPED
        assert answer.solution.score.prize > 0
        assert answer.elapsed < 300

    def test_asked_to_stop_before_it_began_it_still_has_a_plan(self, solver: DaySolver) -> None:
        stop = threading.Event()
        stop.set()

        answer = ask(solver, FOREVER, explain=False, stop=stop)

        assert answer.stopped_because is StoppedBecause.STOPPED
        assert check(crowded_street(), answer.solution) == ()


class TestSolverProcess:
    def test_a_solver_that_dies_without_a_word_is_an_error(self) -> None:
        with pytest.raises(SolverDied, match="status 3"):
            ask(process_of("raise SystemExit(3)"))

    def test_a_solver_that_is_killed_leaves_the_best_it_has_told_of(self) -> None:
        answer = ask(process_of(TELLS_ONE_SOLUTION_THEN + "os.kill(os.getpid(), signal.SIGKILL)"))

        assert answer.stopped_because is StoppedBecause.DIED
        assert answer.solution.score.prize == 7

    def test_what_it_died_of_after_its_first_plan_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        ask(process_of(TELLS_ONE_SOLUTION_THEN + "raise SystemExit(3)"))

        assert ["a solver died after it had found a plan: the solver's process ended with status 3"] == caplog.messages

    @pytest.mark.parametrize("end", ["os._exit(1)", "time.sleep(600)"], ids=["dies", "is stopped"])
    def test_a_solver_that_ends_while_it_looks_for_reasons_leaves_its_answer(self, end: str) -> None:
        stop, told = threading.Event(), list[Solution]()

        def stop_second(better: Solution) -> None:
            told.append(better)
            if "sleep" in end and len(told) == 2:
                stop.set()

        answer = ask(process_of(TELLS_ONE_SOLUTION_THEN + SOLVED_THEN + end), on_better=stop_second, stop=stop)

        assert (8, 9, StoppedBecause.STALL_LIMIT) == (
            answer.solution.score.prize,
            answer.prize_bound,
            answer.stopped_because,
        )

    def test_a_solver_that_does_not_listen_is_killed_and_its_best_is_the_answer(self) -> None:
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
        stop = threading.Event()

        answer = ask(
            process_of(f"{deaf}{TELLS_ONE_SOLUTION_THEN}time.sleep(600)"), on_better=lambda _: stop.set(), stop=stop
        )

        assert answer.stopped_because is StoppedBecause.STOPPED
        assert answer.solution.score.prize == 7
        assert answer.elapsed < 300

    def test_an_error_in_the_solver_is_told_by_kind_and_place_without_the_data_of_the_day(self) -> None:
        """The process is handed garbage here; what it chokes on must not come back."""
        garbage = f"exec {sys.executable} -s -P -m solver.child $0 <<< 'Mannerheimintie 1'"

        with pytest.raises(SolverDied, match=r"^\w+Error at \w+\.py:\d+$"):
            ask(SolverProcess(command=("/bin/bash", "-c", garbage)))

    def test_a_solver_ends_with_the_process_that_started_it(self) -> None:
        """It is told of another parent than it has: the one it was started for is gone already."""
        orphan = f"exec {sys.executable} -s -P -m solver.child 1"

        with pytest.raises(SolverDied, match="status 1"):
            ask(SolverProcess(command=("/bin/bash", "-c", orphan)))

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is not bounded")
    @pytest.mark.parametrize("is_forked", [False, True])
    def test_a_day_that_needs_more_memory_than_it_may_take_fails_alone(self, is_forked: bool) -> None:
        street = crowded_street()
        far_and_wide = np.zeros((2000, 2000), np.int32)
        large = Task(replace(street, travel=(TravelMatrix(far_and_wide, far_and_wide),)), WORK, explain=False)
        nursery = Nursery(memory_mb=16)
        if is_forked:
            nursery.open()
            assert nursery.wait(PATIENCE)
        solver = SolverProcess(nursery, memory_mb=16)
        with pytest.raises(OutOfMemory, match="MemoryError"):
            solver.solve(large, on_better=lambda _: None, stop=threading.Event())
        nursery.close()

        assert ask(SolverProcess(memory_mb=4096)).solution.routes

    def test_ctrl_c_in_the_terminal_of_whoever_asks_does_not_reach_it(self) -> None:
        says_whose = "import os, sys, time; sys.stdout.write(str(os.getsid(0))); sys.stdout.flush(); time.sleep(600)"
        child = FromScratch((sys.executable, "-c", says_whose), environment())
        session = int(child.talk.recv(20))
        child.kill()
        child.talk.close()

        assert os.getsid(0) != session

    def test_an_error_in_the_listener_leaves_no_process_behind(self) -> None:
        def fail(solution: Solution) -> None:
            raise LookupError(solution.score.prize)

        with pytest.raises(LookupError):
            ask(SolverProcess(), FOREVER, on_better=fail)

    @pytest.mark.parametrize("which", [0, 1])
    def test_where_no_thread_can_be_started_no_process_is_left_behind(
        self, monkeypatch: pytest.MonkeyPatch, which: int
    ) -> None:
        started: list[bool] = []
        real = threading.Thread.start

        def start(thread: threading.Thread) -> None:
            started.append(True)
            if len(started) > which:
                raise RuntimeError
            real(thread)

        before = running()
        monkeypatch.setattr(threading.Thread, "start", start)
        with pytest.raises(RuntimeError):
            ask(process_of("import time; time.sleep(600)"))

        assert before == running()

    def test_where_no_process_can_be_started_no_socket_is_left_open(self) -> None:
        before = open_files(os.getpid())
        with pytest.raises(FileNotFoundError):
            ask(SolverProcess(command=("/no/such/python",)))

        assert before == open_files(os.getpid())

    def test_none_is_started_for_whoever_has_had_enough_already(self) -> None:
        stop = threading.Event()
        stop.set()

        answer = ask(SolverProcess(command=("/no/such/python",)), stop=stop)

        assert (StoppedBecause.STOPPED, ()) == (answer.stopped_because, answer.solution.routes)

    def test_half_a_line_of_a_process_that_was_killed_is_not_read(self) -> None:
        """The first half of a second solution follows the first one, as when a process ends while it writes."""
        half = (
            "sys.stdout.buffer.write(encode_news(Better(Solution((), Score(0, 9, Costs()))))[:20]); sys.stdout.flush()"
        )
        answer = ask(process_of(f"{TELLS_ONE_SOLUTION_THEN}{half}; os._exit(1)"))

        assert (answer.stopped_because, answer.solution.score.prize) == (StoppedBecause.DIED, 7)

    def test_a_search_bounded_by_solutions_alone_is_given_up_some_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("service.jobs.solver_process.LONGEST", 1.0)
        monkeypatch.setattr("service.jobs.solver_process.PATIENCE", 1.0)

        answer = ask(process_of(f"{TELLS_ONE_SOLUTION_THEN}time.sleep(600)"), Budget(solutions=10))

        assert answer.stopped_because is StoppedBecause.DIED
