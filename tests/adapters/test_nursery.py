"""A nursery forks a solver for every day, and neither keeps anything of it nor leaves anybody behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from typing_extensions import Buffer

from service.jobs.nursery import Forked, Nursery
from service.jobs.solver_process import SolverProcess
from service.jobs.solving import Answer, SolverDied
from solver.budget import StoppedBecause
from tests.adapters.crowded_street import FOREVER, ask
from tests.adapters.processes import children, comes_true, environment, is_gone, longest_dump, open_files
from tests.adapters.scripted_nursery import SLEEP, TELL, opened, pid_of, scripted
from tests.tree import ROOT

Seen = TypeVar("Seen")

MANY = 8


def seen(look: Callable[[int], Seen]) -> Seen:
    """What ``look`` finds out about a solver in the middle of its work, while another one solves another day."""
    found: list[Seen] = []
    stop = threading.Event()

    def look_once(nursery: int) -> None:
        found.extend(map(look, children(nursery)))
        stop.set()

    with opened(scripted(TELL, SLEEP)) as nursery:
        other = nursery.fork(threading.Event())
        ask(SolverProcess(nursery), FOREVER, on_better=lambda _: look_once(pid_of(nursery)), stop=stop)
    assert other is not None
    other.let_go()
    assert 2 == len(found)
    return found[-1]


def ask_killed(nursery: Nursery, whom: Callable[[int], int]) -> Answer:
    """The answer for a day during which somebody is killed."""
    return ask(SolverProcess(nursery), on_better=lambda _: os.kill(whom(pid_of(nursery)), signal.SIGKILL))


def only_child(of: int) -> int:
    [child] = children(of)
    return child


class TestForkedSolver:
    def test_it_has_nothing_open_but_its_own_socket(self) -> None:
        """Neither files of the server, even those that it would leave to others, nor sockets of other days."""
        with Path(os.devnull).open() as left_open:
            os.set_inheritable(left_open.fileno(), True)
            files = seen(open_files)

        assert {0: "/dev/null", 1: "/dev/null", 2: "/dev/null"} == {n: files[n] for n in files if n <= 2}
        assert ["socket"] == [files[n] for n in files if n > 2]

    def test_it_is_told_nothing_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DAYROUTE_SECRET", "hush")

        assert {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"} == seen(environment)

    def test_a_crash_of_it_leaves_nothing_of_the_day_on_the_disk(self) -> None:
        assert "0 0" == seen(longest_dump)

    def test_ctrl_c_in_the_terminal_of_the_server_does_not_reach_it(self) -> None:
        assert os.getsid(0) != seen(os.getsid)

    def test_killed_it_leaves_what_it_has_told(self) -> None:
        with opened(scripted(TELL, SLEEP)) as nursery:
            answer = ask_killed(nursery, only_child)

        assert (StoppedBecause.DIED, 7) == (answer.stopped_because, answer.solution.score.prize)

    @pytest.mark.parametrize(
        ("end", "status"), [("return 3", 3), ("os.kill(os.getpid(), 11)", -11), ("raise KeyboardInterrupt", 1)]
    )
    def test_it_says_how_it_ended(self, end: str, status: int) -> None:
        with opened(scripted(end)) as nursery, pytest.raises(SolverDied, match=f"status {status}$"):
            ask(SolverProcess(nursery))

    def test_how_it_ended_is_heard_even_if_our_last_word_is_not(self) -> None:
        """It ends at the moment when it is to be killed: the nursery has let go of the leash without reading that."""
        talk, leash = socket.socketpair(), socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

        class EndsAtTheWord(socket.socket):
            def send(self, word: Buffer, flags: int = 0, /) -> int:
                sent = super().send(word, flags)
                leash[1].send(b"3")
                leash[1].close()
                return sent

        forked = Forked(talk[0], EndsAtTheWord(fileno=leash[0].detach()))

        assert 3 == forked.kill()
        for end in talk:
            end.close()

    def test_a_stop_is_never_too_early_for_it(self) -> None:
        """It comes long before a handler is in place."""
        told_when_asked = [
            "time.sleep(0.2)",
            "signal.signal(signal.SIGTERM, lambda *_: tell(news, 9))",
            "signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})",
            SLEEP,
        ]
        stop = threading.Event()
        stop.set()
        with opened(scripted(*told_when_asked)) as nursery:
            answer = ask(SolverProcess(nursery), FOREVER, stop=stop)

        assert (StoppedBecause.STOPPED, 9) == (answer.stopped_because, answer.solution.score.prize)

    def test_one_that_does_not_listen_is_killed(self) -> None:
        stop = threading.Event()
        with opened(scripted("signal.signal(signal.SIGTERM, signal.SIG_IGN)", TELL, SLEEP)) as nursery:
            answer = ask(SolverProcess(nursery), FOREVER, on_better=lambda _: stop.set(), stop=stop)
            left = children(pid_of(nursery))

        assert (StoppedBecause.STOPPED, 7) == (answer.stopped_because, answer.solution.score.prize)
        assert [] == left


class TestNursery:
    def test_it_solves_many_days_at_once_and_has_nothing_left_of_them(self) -> None:
        with opened(Nursery()) as nursery, ThreadPoolExecutor(MANY) as threads:
            before = open_files(pid_of(nursery))
            asked = [threads.submit(ask, SolverProcess(nursery)) for _ in range(MANY)]
            prizes = {each.result().solution.score.prize for each in asked}

            assert 1 == len(prizes)
            assert comes_true(lambda: before == open_files(pid_of(nursery)))
            assert [] == children(pid_of(nursery))

    def test_it_comes_again_when_it_dies_and_its_children_die_with_it(self) -> None:
        with opened(scripted(TELL, SLEEP)) as nursery:
            killed = pid_of(nursery)
            child: list[int] = []

            def kill(pid: int) -> int:
                child.append(only_child(pid))
                return pid

            answer = ask_killed(nursery, kill)
            assert comes_true(lambda: nursery.pid not in {None, killed})  # nobody has to notice at once
            again = nursery.fork(threading.Event())
            assert again is not None
            again.let_go()

            assert StoppedBecause.DIED is answer.stopped_because
            assert comes_true(lambda: is_gone(child[0]))
            assert killed != pid_of(nursery)

    @pytest.mark.parametrize(("load", "members"), [("pass", 2), (SLEEP, 1)], ids=["at work", "while it loads"])
    def test_it_ends_with_its_server_and_so_do_its_children(self, load: str, members: int) -> None:
        command = [sys.executable, "-m", "tests.adapters.scripted_nursery", load]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            family = [int(pid) for pid in server.stdout.readline().split()]
            server.kill()

        assert members == len(family)
        assert comes_true(lambda: all(map(is_gone, family)))

    @pytest.mark.parametrize("load", ["raise ImportError", "threading.Thread(target=time.sleep, args=(600,)).start()"])
    def test_where_it_cannot_be_solvers_are_started_from_scratch(self, load: str) -> None:
        with opened(scripted(load=load)) as nursery:
            assert nursery.fork(threading.Event()) is None
            assert StoppedBecause.SOLUTION_LIMIT is ask(SolverProcess(nursery)).stopped_because

    def test_whoever_comes_early_waits_for_it(self) -> None:
        nursery = scripted(TELL, SLEEP, load="time.sleep(0.3)")
        nursery.open()
        forked = nursery.fork(threading.Event())
        nursery.close()

        assert forked is not None
        forked.let_go()

    def test_nobody_waits_for_it_who_has_been_asked_to_stop(self) -> None:
        stop = threading.Event()
        stop.set()
        nursery = scripted(load=SLEEP)
        nursery.open()
        forked = nursery.fork(stop)
        nursery.close()

        assert forked is None

    def test_it_is_not_waited_for_beyond_all_measure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("service.jobs.nursery.LOADING", 0.1)
        with opened(scripted(load=SLEEP)) as nursery:
            assert nursery.fork(threading.Event()) is None

    def test_where_no_process_can_be_started_it_is_not_waited_for(self, caplog: pytest.LogCaptureFixture) -> None:
        with opened(Nursery(("/no/such/python",))) as nursery:
            assert nursery.fork(threading.Event()) is None

        assert "there is no nursery (No such file or directory)" in caplog.messages[0]

    @pytest.mark.parametrize("load", ["os.kill(os.getpid(), 9)", "os.mkdir({first!r})"], ids=["killed", "it fails"])
    def test_one_that_could_not_load_is_started_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: str
    ) -> None:
        """Only the second time it can: the delays, here without end, do not come before that."""
        first = str(tmp_path / "first")
        monkeypatch.setattr("service.jobs.nursery.DELAYS", (0.0, 0.0, 600.0))
        once = f"os.path.exists({first!r}) or (os.mkdir({first!r}), {load.format(first=first)})"
        with opened(scripted(load=once)) as nursery:
            assert comes_true(lambda: nursery.pid is not None)
            assert nursery.trouble is None

    def test_one_that_dies_while_it_comes_again_is_started_once_more(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As when memory is short for a while."""
        lives = str(tmp_path / "lives")
        monkeypatch.setattr("service.jobs.nursery.DELAYS", (0.0,))
        dies_second = f"open({lives!r}, 'a').write('i'); os.path.getsize({lives!r}) == 2 and os.kill(os.getpid(), 9)"
        with opened(scripted(load=dies_second)) as nursery:
            killed = pid_of(nursery)
            os.kill(killed, signal.SIGKILL)

            assert comes_true(lambda: nursery.pid not in {None, killed})
            assert 3 == Path(lives).stat().st_size

    def test_delays_grow_until_one_lasts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("service.jobs.nursery.DELAYS", (0.0, 0.0, 1.0, 5.0))
        nursery = Nursery()

        delay = nursery._delay  # pyright: ignore[reportPrivateUsage] - nobody else could tell

        assert [0.0, 1.0, 5.0, 5.0, 0.0, 0.0, 1.0] == [delay(lasted) for lasted in (0, 1, 0, 0, 61, 0, 0)]

    def test_why_no_solver_can_be_is_known_and_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        with opened(scripted(load="raise ImportError('libomp.so is missing')")) as nursery:
            assert comes_true(lambda: caplog.messages != [])
            assert "libomp.so is missing" == nursery.trouble

        assert "there is no nursery (libomp.so is missing): every solver is started from scratch" == caplog.messages[0]

    def test_one_that_ends_by_itself_is_not_killed_before_it_has_said_why(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It lets go of the server long before its end."""
        ends = "os.closerange(3, 100); time.sleep(0.2); os._exit(7)"
        with opened(scripted(load=ends)):
            assert comes_true(lambda: caplog.messages != [])

        assert "there is no nursery (status 7)" in caplog.messages[0]

    def test_no_child_outlives_one_that_dies_before_the_child_knows_whose_it_is(self) -> None:
        home = "home, real = os.getpid(), os.getppid"
        until_orphaned = "[None for _ in iter(lambda: os.getpid() == home or real() != home, True)]"
        looks_late = f"{home}; os.getppid = lambda: ({until_orphaned}, real())[1]"
        with opened(scripted(TELL, SLEEP, load=looks_late)) as nursery:
            forked = nursery.fork(threading.Event())
            assert forked is not None
            os.kill(pid_of(nursery), signal.SIGKILL)
            told = forked.talk.recv(1)
            forked.let_go()

        assert b"" == told

    @pytest.mark.parametrize("was_open", [True, False])
    def test_before_and_after_its_time_it_forks_nothing(self, *, was_open: bool) -> None:
        nursery = scripted()
        if was_open:
            nursery.open()
        nursery.close()

        assert nursery.fork(threading.Event()) is None
