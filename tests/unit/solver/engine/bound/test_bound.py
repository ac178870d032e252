"""No plan collects more than its bound, and mostly one collects as much."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from math import gcd, inf
from random import Random
from typing import Final, TypeAlias

import numpy as np
import pytest

from solver.engine import bound as package
from solver.engine.bound import Bound, looking, memory, proof
from solver.engine.bound.charging import Charges
from solver.engine.bound.master import Cut, Walk
from solver.engine.bound.memory import Memory
from solver.pool import Kind, PooledRoute, kinds_of
from solver.presolve import open_ways
from solver.problem import Limits, Problem, TravelMatrix
from solver.search.labelling import DONE, grow
from solver.search.pricing import Pricing
from solver.solution import Sequences
from tests.builders import HOUR, MINUTE, problem, rest, shift, visit
from tests.property.test_begun import begun_days
from tests.tiny import tiny_day
from tests.truth import joint_optimum
from tests.unit.solver.engine.bound.bounds import by_prize, highest, proved, tiny_days, too_low
from tests.unit.solver.search.days import searched

CHUNKS: Final = 8
DAYS: Final = 40
"""In a chunk: 320 days in all, half of them with slowdowns."""


def a_day(seed: int, visits: int = 30, shifts: int = 2) -> Problem:
    """Doors on a plane, more than anybody has time for."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    at = np.array([(draw.randrange(60), draw.randrange(60)) for _ in range(visits + 1)])
    away = np.hypot(*(at[:, None] - at[None, :]).T).astype(np.int32).T
    opens = [draw.randrange(150) for _ in range(visits)]
    doors = [
        visit(place, (begins, begins + 50), service=10, prize=draw.randint(1, 30))
        for place, begins in enumerate(opens, start=1)
    ]
    return problem(*doors, shifts=[shift(closes=200)] * shifts, travel=TravelMatrix(away, away))


def prize_of(day: Problem, plan: Sequences) -> int:
    """What it collects."""
    return sum(day.visits[visit].options[option].prize for stops in plan for visit, option in stops)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_plan_collects_more(chunk: int) -> None:
    """Windows, options, breaks, loads, limits, set-up, profiles, positions, slowdowns: everything is tried."""
    assert [] == too_low(tiny_days(range(DAYS * chunk, DAYS * (chunk + 1)), slow=0.5))


def test_no_plan_collects_more_where_shifts_have_begun() -> None:
    days = [by_prize(day) for day, _ in zip(begun_days(5), range(20), strict=False)]

    assert [] == too_low(days)


def test_no_plan_collects_more_where_visits_are_linked() -> None:
    days = [by_prize(tiny_day(seed, visits=4, links=2)) for seed in range(40)]
    plans = [searched(day, 200).best for day in days]
    prizes = [prize_of(day, plan) for day, plan in zip(days, plans, strict=True)]

    assert all(joint_optimum(day, plan) is not None for day, plan in zip(days, plans, strict=True))
    assert [] == [prize for day, prize in zip(days, prizes, strict=True) if (proved(day, prize) or 0) < prize]


def test_it_is_what_a_plan_collects_where_nothing_is_left_aside() -> None:
    """No slowdowns, no longest duration, no breaks of long days only."""
    days = [plain(day) for day in tiny_days(range(120))]

    assert [highest(day) for day in days] == [proved(day) for day in days]


def test_it_is_what_a_plan_collects_on_most_other_days() -> None:
    days = tiny_days(range(120), slow=0.5)

    assert sum(proved(day) == highest(day) for day in days) >= 80


def plain(day: Problem) -> Problem:
    """The day without what a bound leaves aside."""
    shifts = [
        replace(
            each,
            limits=replace(each.limits, duration=None),
            breaks=tuple(replace(pause, only_if_over=None) for pause in each.breaks[:1]),
        )
        for each in day.shifts
    ]
    return replace(day, shifts=tuple(shifts))


Best: TypeAlias = Mapping[Kind, int]


def end_too_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Routes with more than one stop are overlooked."""

    def faulty(p: Pricing, enough: int, exact: bool, _: int) -> int:
        grow(p, enough, exact, 0)
        return DONE

    monkeypatch.setattr(looking, "grow", faulty)


def forget_charges(monkeypatch: pytest.MonkeyPatch) -> None:
    """What visits were charged is not given back."""

    def faulty(charged: Charges, shifts_of: Best, best: Best) -> int:
        return allow(charged._replace(visits=()), shifts_of, best)

    allow = Charges.allow
    monkeypatch.setattr(Charges, "allow", faulty)


def round_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the whole number below even what is whole."""

    def faulty(charged: Charges, shifts_of: Best, best: Best) -> int:
        return (allow(charged, shifts_of, best) * 2 - 1) // 2

    allow = Charges.allow
    monkeypatch.setattr(Charges, "allow", faulty)


def count_a_shift_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind."""

    def faulty(charged: Charges, shifts_of: Best, best: Best) -> int:
        return allow(charged, {kind: count - 1 for kind, count in shifts_of.items()}, best)

    allow = Charges.allow
    monkeypatch.setattr(Charges, "allow", faulty)


FAULTS: Final = (end_too_soon, forget_charges, round_wrongly, count_a_shift_too_few)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_noticed(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)

    assert [] != too_low(tiny_days(range(60)))


def test_labels_that_give_way_to_others_with_less_ahead_of_them_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in a quick look, which proves nothing."""
    day = a_day(7)
    best, right = prize_of(day, searched(day, 5_000).best), proved(day)

    def faulty(p: Pricing, enough: int, _: bool, effort: int) -> int:
        return grow(p, enough, False, effort)

    monkeypatch.setattr(looking, "grow", faulty)
    wrong = proved(day)

    assert wrong is not None
    assert wrong < best == right


def no_cuts(*_: object) -> list[Cut]:
    return []


def nothing(*_: object) -> bool:
    return False


def test_cuts_lower_it(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [a_day(2), a_day(3)]
    best = [prize_of(day, searched(day, 10_000).best) for day in days]

    assert best == [proved(day) for day in days]
    monkeypatch.setattr(proof, "broken", no_cuts)
    assert [3, 3] == [(proved(day) or 0) - prize for day, prize in zip(days, best, strict=True)]


def test_to_remember_more_where_walks_go_in_circles_lowers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "NEAREST", 0)
    days = [a_day(seed) for seed in range(4)]
    after = [proved(day) or 0 for day in days]
    monkeypatch.setattr(Memory, "forbid", nothing)
    before = [proved(day) or 0 for day in days]

    assert all(one >= other for one, other in zip(before, after, strict=True))
    assert sum(before) > sum(after)


def test_told_to_stop_it_ends_at_once() -> None:
    day = a_day(1)
    bound = Bound(day, open_ways(day))
    bound.tighten([], 0, inf, lambda: True)

    assert bound.prize is None


def test_without_time_it_ends_at_once() -> None:
    day = a_day(1)
    bound = Bound(day, open_ways(day))
    bound.tighten([], 0, 0.0, lambda: False)

    assert bound.prize is None


def test_it_goes_on_where_it_ended() -> None:
    """A step at a time it comes to the same as at once."""
    day = a_day(1)
    bound = Bound(day, open_ways(day))
    for _ in range(2_000):
        looks = count()
        bound.tighten([], 0, inf, lambda looks=looks: next(looks) > 0)

    assert proved(day) == bound.prize


def test_it_only_ever_falls() -> None:
    day = a_day(2)
    bound = Bound(day, open_ways(day))
    seen: list[int] = []
    for _ in range(400):
        looks = count()
        bound.tighten([], 0, inf, lambda looks=looks: next(looks) > 0)
        seen += [] if bound.prize is None else [bound.prize]

    assert sorted(seen, reverse=True) == seen
    assert len(set(seen)) > 1


def test_once_the_plan_is_proved_best_there_is_nothing_more_to_do() -> None:
    day = a_day(1)
    best = proved(day)
    assert best is not None
    bound = Bound(day, open_ways(day))
    bound.tighten([], best, inf, lambda: False)
    bound.tighten([], best, inf, pytest.fail)

    assert best == bound.prize


def test_routes_of_others_are_a_start_and_change_nothing_else() -> None:
    day = a_day(1)
    plan = searched(day, 2_000).best
    routes = [PooledRoute(index, stops, 0) for index, stops in enumerate(plan) if stops]

    assert proved(day) == proved(day, routes=routes)


def step_of(day: Problem) -> int:
    """The smallest difference that two plans can make."""
    return gcd(*(day.visits[k].options[o].prize for ways in open_ways(day) for way in ways for k, o in [way.served]))


def routes_of(day: Problem, plan: Sequences, at_least: int) -> tuple[set[Walk], set[Walk]]:
    """Those of the plan, and those that the proof still has, once there is no more to prove."""
    bound, kinds = Bound(day, open_ways(day)), kinds_of(day)
    routes = [PooledRoute(index, stops, 0) for index, stops in enumerate(plan) if stops]
    bound.tighten(routes, at_least, inf, lambda: False)
    return {Walk(kinds[index], stops) for index, stops, *_ in routes}, set(bound.routes)


def test_no_route_of_a_better_plan_is_ruled_out() -> None:
    """The last two days need cuts."""
    plans = [(day, searched(day, 200).best) for day in tiny_days(range(80))]
    plans += [(day, searched(day, 10_000).best) for day in (a_day(2), a_day(3))]
    found = [routes_of(day, plan, prize_of(day, plan) - step_of(day)) for day, plan in plans if any(plan)]

    assert len(found) >= 60
    assert [] == [of_the_plan - kept for of_the_plan, kept in found if of_the_plan - kept]


def test_the_most_promising_come_first() -> None:
    """Those of a plan that is proved best lack nothing."""
    day = a_day(1)
    plan = searched(day, 2_000).best
    bound = Bound(day, open_ways(day))
    routes = [PooledRoute(index, stops, 0) for index, stops in enumerate(plan)]
    bound.tighten(routes, prize_of(day, plan) - 1, inf, lambda: False)

    assert len(bound.routes) > 3 * len(plan)
    assert {*plan} <= {stops for _, stops in bound.routes[: 2 * len(plan)]}


def test_others_are() -> None:
    day = a_day(2)
    plan = searched(day, 10_000).best
    all_of_them, kept = [len(routes_of(day, plan, at_least)[1]) for at_least in (0, prize_of(day, plan) - 1)]

    assert all_of_them > 5 * kept


def test_where_everybody_is_served_there_is_nothing_to_prove() -> None:
    day = problem(visit(1, prize=3), visit(2, prize=4), shifts=[shift(closes=HOUR)])
    bound = Bound(day, open_ways(day))
    bound.tighten([], 7, 0.0, lambda: True)

    assert 7 == bound.prize


def test_where_nobody_can_be_served_it_is_nothing() -> None:
    assert 0 == proved(problem(visit(1, prize=3), shifts=[shift(closes=30)]))


def test_it_is_a_sum_of_prizes() -> None:
    """Nothing between 20 and 30 can be collected, so two of three visits are all."""
    doors = [visit(place, prize=10, service=20 * MINUTE) for place in (1, 2, 3)]

    assert 20 == proved(problem(*doors, shifts=[shift(closes=55 * MINUTE)]))


def test_a_break_takes_time() -> None:
    """Two visits of 20 minutes and half an hour of rest do not go into an hour."""
    doors = [visit(place, prize=10, service=20 * MINUTE) for place in (1, 1)]
    pause = rest(0, HOUR, 30 * MINUTE)

    assert [20, 10] == [
        proved(problem(*doors, shifts=[shift(closes=HOUR, breaks=breaks)])) for breaks in ((), (pause,))
    ]


def test_the_number_of_visits_is_limited() -> None:
    doors = [visit(place, prize=place) for place in range(1, 6)]

    assert 9 == proved(problem(*doors, shifts=[shift(limits=Limits(visits=2))]))


def test_without_room_for_labels_nothing_wrong_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "LABELS", 60)

    assert [] == too_low(tiny_days(range(40)))


def test_prizes_too_large_to_count_have_no_bound() -> None:
    doors = [visit(place, prize=1 << 50, service=30 * MINUTE) for place in (1, 2)]

    assert None is proved(problem(*doors, shifts=[shift(closes=50 * MINUTE)]))


def test_days_too_large_for_memory_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    day = a_day(1)
    monkeypatch.setattr(package, "LARGEST", 900)

    assert None is proved(day)


@pytest.mark.parametrize("day", [problem(), problem(visit(1), shifts=[])], ids=["no visits", "no shifts"])
def test_where_there_is_nothing_to_plan_it_is_nothing(day: Problem) -> None:
    assert 0 == proved(day)


def test_the_same_calls_prove_the_same() -> None:
    day = a_day(4)

    def after(steps: int) -> list[int | None]:
        bound, seen = Bound(day, open_ways(day)), list[int | None]()
        for _ in range(steps):
            looks = count()
            bound.tighten([], 0, inf, lambda looks=looks: next(looks) > 0)
            seen.append(bound.prize)
        return seen

    assert after(60) == after(60)
