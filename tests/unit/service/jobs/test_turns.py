"""Planners take turns; their solvers run side by side."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from service.day.plan import Plan
from service.day.request import DayRequest
from service.jobs.solving import Answer
from service.jobs.turns import StepsAside, TakingTurns
from service.progress import Incumbent
from solver.budget import Budget, StoppedBecause
from solver.solution import Costs, Score, Solution
from solver.wire import Task
from tests.builders import problem
from tests.plans import EMPTY_PLAN

DAY = DayRequest(agents=(), visits=())
NOTHING = Answer(Solution((), Score(0, 0, Costs())), StoppedBecause.EXHAUSTED, 0.0, "none", ())
PLANS = 4
PATIENCE = 30.0


class Together:
    """A solver that answers only once all the others have been asked too."""

    def __init__(self) -> None:
        self._all = threading.Barrier(PLANS, timeout=PATIENCE)

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        del task, on_better, stop
        self._all.wait()
        return NOTHING


class Counting:
    """A planner that counts how many of its kind are at work besides solving."""

    def __init__(self, solver: StepsAside) -> None:
        self._solver = solver
        self._at_work = 0
        self.most_at_work = 0

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        del request, on_better, go_on_from
        self._work()
        task = Task(problem(), Budget(solutions=1), explain=False)
        self._solver.solve(task, on_better=lambda _: None, stop=stop)
        self._work()
        return EMPTY_PLAN

    def _work(self) -> None:
        self._at_work += 1
        self.most_at_work = max(self.most_at_work, self._at_work)
        threading.Event().wait(0.001)  # gives every other thread its chance to come between
        self._at_work -= 1


def test_one_plans_at_a_time_while_all_solve_at_the_same_time() -> None:
    turn = threading.Lock()
    counting = Counting(StepsAside(Together(), turn))
    planner = TakingTurns(counting, turn)
    with ThreadPoolExecutor(PLANS) as threads:
        made = [threads.submit(planner, DAY, on_better=lambda _: None, stop=threading.Event()) for _ in range(PLANS)]
        plans = [each.result(PATIENCE) for each in made]

    assert [EMPTY_PLAN] * PLANS == plans
    assert 1 == counting.most_at_work
    assert not turn.locked()


def test_a_planner_that_fails_gives_up_its_turn() -> None:
    turn = threading.Lock()

    def fails(request: DayRequest, **how: object) -> Plan:
        del request, how
        raise ArithmeticError

    planner = TakingTurns(fails, turn)
    with ThreadPoolExecutor(1) as threads:
        failed = threads.submit(planner, DAY, on_better=lambda _: None, stop=threading.Event()).exception(PATIENCE)

    assert isinstance(failed, ArithmeticError)
    assert not turn.locked()
