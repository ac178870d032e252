"""A proof betters the plan on its way."""

from collections.abc import Callable
from time import monotonic

import pytest

from solver import proving
from solver.allowance import Allowance
from solver.best import Best
from solver.budget import Budget
from solver.checker import check
from solver.draft import Timetable
from solver.engine.bound import Bound
from solver.engine.bound.master import Walk
from solver.pool import Pool, PooledRoute
from solver.presolve import open_ways
from solver.problem import Link, Problem
from solver.proving import LAST_LOOK, Prover
from solver.solution import Sequences, Served, Solution
from solver.units import Prize
from tests.builders import HOUR, MINUTE, problem, rest, shift, visit
from tests.unit.solver.engine.bound.bounds import highest, tiny_days


def crowded(visits: int = 14) -> Problem:
    """More doors than two shifts of an hour can serve; one of them has a break."""
    doors = [visit(1 + k % 7, service=(5 + k % 4) * MINUTE, prize=1 + 7 * k % 10) for k in range(visits)]
    lunch = rest(20 * MINUTE, 40 * MINUTE, 10 * MINUTE)
    return problem(*doors, shifts=[shift(closes=HOUR, breaks=[lunch]), shift(closes=HOUR, agent=1)])


def nobody(_: Solution) -> None:
    """Listens to nothing."""


def never(_: Timetable) -> bool:
    return False


def from_nothing(
    day: Problem,
    on_better: Callable[[Solution], None] = nobody,
    stop: Callable[[Timetable], bool] = never,
    clock: Callable[[], float] = monotonic,
) -> tuple[Best, Prover]:
    """The best plan, of which a proof knew none before, and the proof."""
    timetable = Timetable(day)
    allowance = Allowance.of(Budget(seconds=3_600), lambda: stop(timetable), clock)
    best = Best(timetable, allowance, on_better)
    prover = Prover(best, open_ways(day), timetable, allowance, seed=1)
    prover.prove(Pool(day), 600)
    return best, prover


def test_it_makes_the_best_plan_of_what_it_came_by_and_proves_that() -> None:
    best, prover = from_nothing(crowded())

    assert () == check(crowded(), best.solution)
    assert best.solution.score.prize == prover.prize_bound


def test_whoever_waits_is_told() -> None:
    told: list[Solution] = []
    best, _ = from_nothing(crowded(), told.append)

    assert best.solution == told[-1]


def test_what_it_came_by_may_be_illegal_and_is_left_then() -> None:
    """A proof knows no slowdowns, and takes links for nothing."""
    days = [*tiny_days(range(60), slow=0.8), linked()]
    plans = [from_nothing(day)[0].solution for day in days]

    assert [] == [fault for day, plan in zip(days, plans, strict=True) for fault in check(day, plan)]
    assert sum(plan.score.prize == highest(day) for day, plan in zip(days[:-1], plans, strict=False)) >= 40


def linked() -> Problem:
    """The second door is worth something after the first only, on which no time is left for anybody."""
    doors = [visit(1, prize=1, service=50 * MINUTE), visit(2, prize=9, service=50 * MINUTE)]
    return problem(*doors, shifts=[shift(closes=HOUR)], links=[Link(0, 1)])


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[PooledRoute]]:
    """The routes that were put together each time, to no avail."""
    seen: list[frozenset[PooledRoute]] = []

    def noted(_: Problem, pool: Pool, __: Sequences, **___: object) -> None:
        seen.append(frozenset(pool.routes()))

    monkeypatch.setattr(proving, "recombine", noted)
    return seen


def test_the_same_routes_are_not_put_together_twice(looks: list[frozenset[PooledRoute]]) -> None:
    from_nothing(crowded(9))

    assert len(looks) > 1
    assert len(looks) == len(set(looks))


def test_to_put_routes_together_takes_no_longer_than_to_prove(looks: list[frozenset[PooledRoute]]) -> None:
    """The first time takes a hundred seconds, and all of the proof but a few."""
    from_nothing(crowded(9), clock=lambda: 100.0 * len(looks))

    assert 1 == len(looks)


def test_told_to_stop_it_times_no_more_routes(looks: list[frozenset[PooledRoute]]) -> None:
    from_nothing(crowded(9), stop=lambda timetable: timetable.timed >= 5)

    assert [True] == [0 < len(look) <= 5 for look in looks]


@pytest.mark.parametrize("stopped", [False, True])
def test_what_there_is_when_time_is_up_is_put_together_too(looks: list[frozenset[PooledRoute]], stopped: bool) -> None:
    """Not a step was made; unless it was told to stop."""
    timetable = Timetable(crowded())
    allowance = Allowance.of(Budget(seconds=600), lambda: stopped, lambda: 0.0)
    prover = Prover(Best(timetable, allowance, nobody), open_ways(crowded()), timetable, allowance, seed=1)
    pool = Pool(crowded())
    pool.add([PooledRoute(0, (Served(0), Served(1)), 0, standing=0), PooledRoute(0, (Served(2),), 0, standing=0)])
    prover.prove(pool, 0)

    expected = [] if stopped else [{(Served(0), Served(1)), (Served(2),)}]
    assert expected == [{route.stops for route in look} for look in looks]


@pytest.mark.parametrize(
    ("bound", "taken", "looked"),
    [(9, 540, [60]), (9, 601, []), (0, 540, [])],
    ids=["in time", "overdue", "proved"],
)
def test_some_time_is_left_for_that_unless_the_best_plan_is_proved_best(
    monkeypatch: pytest.MonkeyPatch, bound: Prize, taken: float, looked: list[float]
) -> None:
    now = 0.0
    given: list[float] = []
    seconds_of_looks: list[float] = []

    def tighten(_: Bound, __: object, ___: Prize, seconds: float, *____: object) -> None:
        nonlocal now
        now += taken
        given.append(seconds)

    def recombine(*_: object, seconds: float, **__: object) -> None:
        seconds_of_looks.append(seconds)

    monkeypatch.setattr(Bound, "tighten", tighten)
    monkeypatch.setattr(Bound, "routes", [Walk(0, (Served(0),))])
    monkeypatch.setattr(Bound, "prize", bound)
    monkeypatch.setattr(proving, "recombine", recombine)
    from_nothing(crowded(), clock=lambda: now)

    assert [600 * (1 - LAST_LOOK)] == given
    assert looked == seconds_of_looks


def test_some_of_the_time_is_left_to_put_them_together(
    looks: list[frozenset[PooledRoute]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing may be timed then: one route is, the most promising."""
    monkeypatch.setattr(proving, "TIMING", 10.0)
    from_nothing(crowded(9))

    assert {1} == {len(look) for look in looks}
