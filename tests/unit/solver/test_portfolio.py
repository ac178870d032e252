"""Searches side by side: the same plan for the same work, whoever comes first, and a start that is never lost."""

from dataclasses import replace

import pytest

from solver.budget import Budget, Engine, StoppedBecause
from solver.checker import check
from solver.cooling import Cooling
from solver.objective import key
from solver.problem import Link, Problem, Shift
from solver.search.layout import Layout
from solver.solution import Served, Solution
from solver.solve import solve
from tests.builders import HOUR, MINUTE, problem, rest, shift, visit
from tests.tiny import tiny_day
from tests.unit.solver.days import crossroads

WORK = Budget(solutions=6_000)


def crowded(visits: int = 30) -> Problem:
    """More doors than three shifts can serve."""
    lunch = rest(20 * MINUTE, 40 * MINUTE, 10 * MINUTE)
    doors = [visit(1 + k % 9, service=(5 + k % 4) * MINUTE, prize=1 + 7 * k % 10) for k in range(visits)]
    return problem(*doors, shifts=[shift(closes=HOUR, breaks=[lunch]), *[shift(closes=HOUR, agent=a) for a in (1, 2)]])


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_threads_and_work_give_the_same_plan(threads: int) -> None:
    budget = replace(WORK, threads=threads)

    assert solve(crowded(), budget) == solve(crowded(), budget)


def test_two_threads_do_no_worse_than_the_first_of_them_would() -> None:
    both = solve(crowded(), Budget(solutions=12_000, threads=2)).solution

    assert () == check(crowded(), both)


def test_work_is_bounded_by_solutions() -> None:
    assert StoppedBecause.SOLUTION_LIMIT is solve(crowded(), Budget(solutions=50)).stopped_because


class TestStart:
    @pytest.mark.parametrize("engine", Engine)
    def test_a_plan_to_start_from_is_kept_until_there_is_a_better_one(self, engine: Engine) -> None:
        best = solve(crowded(), WORK).solution

        again = solve(crowded(), Budget(solutions=1, seed=9, engine=engine), start=best.sequences(3)).solution

        assert () == check(crowded(), again)
        assert key(crowded().objective, again.score) >= key(crowded().objective, best.score)

    def test_what_is_no_longer_legal_of_it_is_left_out_and_the_rest_kept(self) -> None:
        """The first visit has been barred to the shift that served it; the others stay where they were."""
        day = problem(visit(1, shifts={1: 0}), visit(2), visit(3), shifts=[shift(), shift(opens=HOUR, closes=HOUR)])
        start = ((Served(0), Served(1), Served(2)), ())
        told: list[Solution] = []

        solve(day, Budget(solutions=1), told.append, start=start)

        assert ((Served(1), Served(2)), ()) == told[0].sequences(2)

    def test_what_it_serves_twice_is_served_once(self) -> None:
        """By the whole and by what has begun: both would be counted twice without a word."""
        day = problem(visit(1), visit(9, (0, 1)), visit(2), shifts=[replace(shift(), begun=(Served(0),)), shift()])

        plan = solve(day, Budget(solutions=300), start=((Served(0), Served(1)), (Served(2), Served(0)))).solution

        assert () == check(day, plan)
        assert 2 == plan.score.prize

    def test_a_visit_is_kept_even_if_the_one_before_it_is_on_a_later_shift(self) -> None:
        links = [Link(0, 1)]
        day = problem(
            visit(1, (0, 60)), visit(2, (HOUR, HOUR)), visit(9, (0, 1)), shifts=[shift(), shift()], links=links
        )
        told: list[Solution] = []

        solve(day, Budget(solutions=1), told.append, start=((Served(1),), (Served(0), Served(2))))

        assert ((Served(1),), (Served(0),)) == told[0].sequences(2)


class TestBound:
    def test_it_says_what_no_plan_collects_more_than(self) -> None:
        """A minute for each door and two for the way: the shift has time for two of four."""
        solved = solve(crossroads(1, 2, 3, 4), Budget(seconds=600))

        assert (7, 7) == (solved.solution.score.prize, solved.prize_bound)

    @pytest.mark.parametrize("seconds", [None, 600.0])
    def test_where_solutions_are_counted_nothing_is_proved(self, seconds: float | None) -> None:
        """What can be proved depends on the time, and the answer should not."""
        assert solve(crowded(), replace(WORK, seconds=seconds)).prize_bound is None

    @pytest.mark.parametrize("budget", [WORK, Budget(seconds=600)])
    def test_a_plan_that_collects_all_there_is_needs_no_proof(
        self, budget: Budget, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The last door nobody can serve, so that its 9 are not on offer."""
        monkeypatch.setattr("solver.proving.Prover", fail)
        day = problem(visit(1, prize=3), visit(2, prize=4), visit(3, shifts={}, prize=9), shifts=[shift(closes=HOUR)])
        solved = solve(day, budget)

        assert (7, 7) == (solved.solution.score.prize, solved.prize_bound)

    @pytest.mark.parametrize("engine", Engine)
    def test_whoever_found_it(self, engine: Engine) -> None:
        day = problem(visit(1, prize=3), visit(2, prize=4), shifts=[shift(closes=HOUR)])

        assert 7 == solve(day, replace(WORK, engine=engine)).prize_bound

    def test_where_nobody_can_be_served_there_is_nothing_to_collect(self) -> None:
        assert 0 == solve(problem(visit(1, shifts={})), WORK).prize_bound


def test_visits_are_weighed_by_the_least_mean_prize_that_was_left_out_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """At first two doors of 6 are left out for one of 10, then it for them: worth no more room than they."""
    doors = [visit(1, service=minutes * MINUTE, prize=prize) for minutes, prize in ((30, 10), (14, 6), (14, 6))]
    day = problem(*doors, shifts=[shift(closes=33 * MINUTE)])
    margins: list[float] = []
    weighed = Layout.weighed

    def noted(layout: Layout, margin: float) -> Layout:
        margins.append(margin)
        return weighed(layout, margin)

    monkeypatch.setattr(Layout, "weighed", noted)

    assert 12 == solve(day, WORK, start=((Served(0),),)).solution.score.prize
    assert [6, 6, 6] == margins


class TestFailure:
    def test_whoever_is_told_of_plans_and_fails_ends_the_search(self) -> None:
        with pytest.raises(RuntimeError, match="the listener is gone"):
            solve(crowded(), WORK, fail)

    def test_in_the_middle_of_it_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An anneal of 300 visits has a million rounds; the listener hears of a better plan after a few thousand."""
        begun: list[Cooling] = []
        heard: list[Solution] = []

        run = Cooling.run

        def noted(cooling: Cooling) -> None:
            begun.append(cooling)
            run(cooling)

        def fail_when_told_again(solution: Solution) -> None:
            heard.append(solution)
            if len(heard) > 1:
                fail(solution)

        monkeypatch.setattr(Cooling, "run", noted)

        with pytest.raises(RuntimeError, match="the listener is gone"):
            solve(crowded(300), Budget(seconds=600), fail_when_told_again)
        assert begun[0].rounds < 500_000


def fail(*_: object) -> None:
    message = "the listener is gone"
    raise RuntimeError(message)


def wider(day: Problem) -> list[Problem]:
    """Days that allow for everything that ``day`` does: one agent more, longer shifts, wider windows."""
    longer = [replace(s, closes=s.closes + 6) for s in day.shifts]
    return [replace(day, shifts=(*day.shifts, more(day))), replace(day, shifts=tuple(longer)), open_wider(day)]


def more(day: Problem) -> Shift:
    return replace(day.shifts[0], agent=0)


def open_wider(day: Problem) -> Problem:
    """Every last window closes later."""
    return replace(
        day,
        visits=tuple(
            replace(
                v,
                options=tuple(
                    replace(o, windows=(*o.windows[:-1], replace(o.windows[-1], closes=o.windows[-1].closes + 9)))
                    for o in v.options
                ),
            )
            for v in day.visits
        ),
    )


@pytest.mark.parametrize("seed", range(40))
def test_what_allows_for_more_never_lowers_what_was_found_before(seed: int) -> None:
    """One agent more, a longer shift, a wider window: started from the plan of before, the plan is never worse."""
    day = tiny_day(seed, visits=8, shifts=2, links=seed % 3)
    before = solve(day, replace(WORK, solutions=300, seed=seed)).solution
    for allowed in wider(day):
        start = before.sequences(len(allowed.shifts))

        after = solve(allowed, Budget(solutions=20, seed=seed + 1), start=start).solution

        assert () == check(allowed, after)
        assert key(day.objective, after.score) >= key(day.objective, before.score)
