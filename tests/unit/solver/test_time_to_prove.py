"""How much time a proof has, what is left to it by the search, and what comes after it."""

from copy import copy
from dataclasses import dataclass, field
from typing import ClassVar, Final

import pytest

from solver.allowance import Allowance
from solver.best import Best
from solver.budget import Budget, StoppedBecause
from solver.draft import Timetable
from solver.pool import Pool
from solver.portfolio import ANNEALS, POLISHING, PROVING, PROVING_LONG, RECOMBINING, Portfolio
from solver.presolve import Ways, open_ways
from solver.problem import Problem
from solver.solve import solve
from solver.units import Prize
from tests.builders import HOUR, MINUTE, problem, shift, visit
from tests.unit.solver.days import crossroads

NEARLY_ALL: Final = 0.9999
NEARLY: Final = 0.05
"""Seconds of a hundred."""


def crowded() -> Problem:
    """More doors than two shifts can serve."""
    doors = [visit(1 + k % 9, service=(5 + k % 4) * MINUTE, prize=1 + 7 * k % 10) for k in range(30)]
    return problem(*doors, shifts=[shift(closes=HOUR, agent=agent) for agent in (0, 1)])


def nothing(*_: object, **__: object) -> None:
    """Does so."""


def fail(*_: object) -> None:
    message = "a proof was begun"
    raise RuntimeError(message)


class Bettering:
    """A proof that came by a better plan, but for the plan."""

    prize_bound = 999
    betters = True
    given: ClassVar[list[float]] = []
    """Seconds."""

    def __init__(self, best: Best, _: Ways, __: Timetable, allowance: Allowance, ___: int) -> None:
        self._best = best
        self._allowance = allowance

    def prove(self, _: Pool, seconds: float) -> None:
        self.given.append(seconds)
        if self.betters:
            self._best.draft = copy(self._best.draft)
            self._allowance.improve()


@dataclass
class Clock:
    """Stands still but for anneals, which do nothing for nearly as long as they may."""

    now: float = 0.0
    shares: list[float] = field(default_factory=list)
    """Of what was left, one for each anneal."""
    polishing: list[float] = field(default_factory=list)
    """Seconds each time."""
    setting_up: float = 0.0
    finds: bool = False
    """Whether a better plan comes of an anneal."""

    def run(self, budget: Budget, late: float = 0.0) -> tuple[StoppedBecause | None, Prize | None]:
        """A portfolio that begins ``late`` after its budget did: why it ended, and its bound."""
        self.shares.clear()
        allowance = Allowance.of(budget, lambda: False, lambda: self.now)
        self.now += late
        best = Best(Timetable(crowded()), allowance, nothing)
        portfolio = Portfolio(best, open_ways(crowded()), allowance, budget)
        return portfolio.run(), portfolio.prize_bound


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Of a portfolio with a ``Bettering`` proof."""
    clock = Clock()

    def turn(allowance: Allowance, share: float) -> Allowance:
        clock.shares.append(share)
        clock.now += NEARLY_ALL * share * allowance.left
        if clock.finds:
            allowance.improve()
        return allowance.part(0)

    def set_up(best: Best, ways: Ways, timetable: Timetable, allowance: Allowance, seed: int) -> Bettering:
        clock.now += clock.setting_up
        return Bettering(best, ways, timetable, allowance, seed)

    monkeypatch.setattr(Allowance, "turn", turn)

    def polish(_: Problem, __: Ways, ___: object, allowance: Allowance, **____: object) -> None:
        clock.polishing.append(allowance.left)

    monkeypatch.setattr("solver.portfolio.polish", polish)
    monkeypatch.setattr("solver.proving.Prover", set_up)
    Bettering.given.clear()
    return clock


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Of what was left, one for each anneal."""
    seen: list[float] = []
    turn = Allowance.turn

    def noted(allowance: Allowance, share: float) -> Allowance:
        seen.append(share)
        return turn(allowance, share)

    monkeypatch.setattr(Allowance, "turn", noted)
    return seen


def first_share(shares: list[float], day: Problem) -> float:
    """Of the first anneal, the longer the less is kept for a proof."""
    shares.clear()
    solve(day, Budget(seconds=600))
    return shares[0]


def test_what_it_betters_does_not_change_why_the_search_ended(clock: Clock) -> None:
    """Nothing was found for too long; then the proof did."""
    ended = clock.run(Budget(seconds=100, stall_seconds=5))

    assert (StoppedBecause.STALL_LIMIT, Bettering.prize_bound) == ended


def test_time_is_kept_for_it_only_where_there_is_something_to_prove(shares: list[float]) -> None:
    """Two doors or four, and time for two."""
    assert first_share(shares, crossroads(1, 2)) > first_share(shares, crossroads(1, 2, 3, 4))


def test_less_where_routes_are_long(shares: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two stops are long if one and a half are."""
    short = first_share(shares, crossroads(1, 2, 3, 4))
    monkeypatch.setattr("solver.portfolio.LONG", 1.5)

    assert short < first_share(shares, crossroads(1, 2, 3, 4)) < first_share(shares, crossroads(1, 2))


def test_none_where_it_would_come_to_nothing(shares: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.portfolio.LEAST_TO_PROVE", 1_000.0)

    assert first_share(shares, crossroads(1, 2)) == pytest.approx(first_share(shares, crossroads(1, 2, 3, 4)), rel=0.01)


@pytest.mark.parametrize("one_anneal", [True, False])
def test_the_search_leaves_it_alone(clock: Clock, monkeypatch: pytest.MonkeyPatch, one_anneal: bool) -> None:
    """What was kept to recombine, and to polish once, was not used and goes to the proof."""
    monkeypatch.setattr("solver.portfolio.ONE_ANNEAL", 600.0 if one_anneal else 6.0)
    clock.run(Budget(seconds=100))

    unused, polishing = (0.0, 0.0) if one_anneal else (RECOMBINING + POLISHING, POLISHING)
    assert len(clock.shares) == (1 if one_anneal else ANNEALS)
    assert Bettering.given == [pytest.approx(100 * (PROVING + unused), abs=NEARLY)]
    assert clock.now == pytest.approx(100 * (1 - PROVING - unused - polishing), abs=NEARLY)


def test_to_polish_before_it_takes_nothing_of_it(clock: Clock) -> None:
    """Nor of what is kept to polish again."""
    clock.run(Budget(seconds=100))

    assert clock.polishing[0] == pytest.approx(100 * (RECOMBINING + POLISHING), abs=NEARLY)


def test_to_load_and_to_lay_out_takes_nothing_of_it(clock: Clock) -> None:
    """Half of the time is over when the search begins."""
    clock.run(Budget(seconds=100), late=50)

    assert Bettering.given == [pytest.approx(50 * (PROVING + RECOMBINING + POLISHING), abs=NEARLY)]


def test_to_set_it_up_is_part_of_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "setting_up", 2.0)
    clock.run(Budget(seconds=100))

    assert Bettering.given == [pytest.approx(100 * (PROVING + RECOMBINING + POLISHING) - 2, abs=NEARLY)]


def test_it_is_short_once_nothing_was_found_for_too_long(clock: Clock) -> None:
    """The first anneal takes as long as a search may stall."""
    clock.run(Budget(seconds=100, stall_seconds=5))

    assert Bettering.given == [pytest.approx(PROVING_LONG * clock.now, abs=NEARLY)]


def test_it_goes_on_for_no_longer_than_a_search_may_stall(clock: Clock) -> None:
    """Though there is more time, and an anneal just found something."""
    clock.finds = True
    clock.run(Budget(seconds=100, stall_seconds=20))

    assert Bettering.given == [20]


def test_where_solutions_are_counted_it_takes_no_anneals_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a time for one anneal, too."""
    monkeypatch.setattr("solver.portfolio.ONE_ANNEAL", 1_000.0)
    solved = solve(crossroads(1, 2, 3, 4), Budget(seconds=600, solutions=1_000_000))

    assert StoppedBecause.EXHAUSTED is solved.stopped_because


def test_where_solutions_are_counted_the_clock_has_no_part_in_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are several anneals then, each longer than the one before, though there is time for one."""
    monkeypatch.setattr("solver.portfolio.ONE_ANNEAL", 1_000.0)
    counted = Budget(seconds=100, solutions=6_000)
    clock.run(counted)
    soon = [*clock.shares]
    clock.run(counted, late=50)

    assert soon == clock.shares
    assert len(soon) == ANNEALS
    assert soon == sorted(set(soon))


@pytest.mark.parametrize("bettered", [True, False])
def test_what_it_comes_by_is_polished(monkeypatch: pytest.MonkeyPatch, bettered: bool) -> None:
    """As was what the search came by."""
    monkeypatch.setattr("solver.proving.Prover", Bettering)
    monkeypatch.setattr(Bettering, "betters", bettered)
    Bettering.given.clear()
    proofs: list[int] = []

    def polish(*_: object, **__: object) -> None:
        proofs.append(len(Bettering.given))

    monkeypatch.setattr("solver.portfolio.polish", polish)
    solve(crossroads(1, 2, 3, 4), Budget(seconds=600))

    assert proofs == ([0, 1] if bettered else [0])


def test_some_time_is_left_to_polish_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof might take a million times as long as the search."""
    monkeypatch.setattr("solver.portfolio.PROVING_ON", 1e6)
    monkeypatch.setattr("solver.proving.Prover", Bettering)
    Bettering.given.clear()
    solve(crossroads(1, 2, 3, 4), Budget(seconds=600))

    assert 0 < Bettering.given[0] <= 600 * (1 - POLISHING)


def test_it_is_not_begun_where_there_is_too_little_time_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.portfolio.LEAST_TO_PROVE", 1_000.0)
    monkeypatch.setattr("solver.proving.Prover", fail)

    assert None is solve(crossroads(1, 2, 3, 4), Budget(seconds=600)).prize_bound
