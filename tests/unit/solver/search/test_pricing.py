"""What a route may collect beyond what it is charged, against a clock that is walked second by second."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from random import Random
from typing import Final, NamedTuple, TypeVar

import pytest

from solver.engine.bound import ground, looking, memory
from solver.engine.bound.charging import Charges
from solver.engine.bound.ground import Ground, grounds_of, room_for
from solver.engine.bound.looking import Found, foresee, look
from solver.engine.bound.master import Cut, Walk
from solver.engine.bound.memory import Memory
from solver.engine.bound.step import Step
from solver.pool import kinds_of
from solver.presolve import Way, open_ways
from solver.problem import Problem
from solver.search.pricing import pricing_handle
from solver.solution import Served
from tests.tiny import tiny_day
from tests.truth import driven, may_begin

CHUNKS: Final = 6
DAYS: Final = 25
"""In a chunk: 150 days in all, with one shift or two each."""
LEAST: Final = -(1 << 40)

Ended = TypeVar("Ended")


class Case(NamedTuple):
    """A kind of shift on a day, and what is charged and remembered."""

    day: Problem
    ground: Ground
    charged: Charges
    cuts: Sequence[Cut]
    memory: Memory


def cases(seed: int) -> list[Case]:
    """Some visits cost more than they bring; in every other day nothing is foreseen; slices of time short and long."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    day = tiny_day(seed, visits=4, shifts=1 + seed % 3 // 2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ground, "SLICES", 400 if seed % 4 < 2 else 5)
        grounds = [*grounds_of(day, open_ways(day), kinds_of(day), room_for(day, 200_000))]
    if seed % 2:
        grounds = [blind(ground) for ground in grounds]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(memory, "NEAREST", draw.choice([0, 0, 1, 3]))
        remembered = Memory(day, grounds)
    cuts = [frozenset(draw.sample(range(4), 3)) for _ in range(draw.choice([0, 1, 3]))]
    charged = Charges(
        scale=1,
        visits=tuple(draw.randint(0, 45) for _ in day.visits),
        cuts=tuple(draw.randint(0, 20) for _ in cuts),
        enough={ground.kind: draw.choice([LEAST, LEAST, 0, 10, 30]) for ground in grounds},
    )
    return [Case(day, ground, charged, cuts, remembered) for ground in grounds]


def blind(ground: Ground) -> Ground:
    """The same without looking ahead."""
    pricing = ground.pricing._replace(foresees=False)
    return replace(ground, pricing=pricing, handle=pricing_handle(pricing))


def all_cases(chunk: int) -> list[Case]:
    return [case for seed in range(chunk * DAYS, (chunk + 1) * DAYS) for case in cases(seed)]


def looked(case: Case, *, exact: bool = True) -> Found:
    at_most = _end(foresee(case.ground, case.charged, case.cuts, case.memory))
    return _end(look(case.ground, case.charged.enough[case.ground.kind], at_most, exact=exact))


def _end(steps: Generator[Step, None, Ended]) -> Ended:
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return ended.value


def beyond_charges(case: Case, walk: Walk) -> int:
    """What its stops bring, less what they and pairs of them in cuts are charged."""
    times = [stop.visit for stop in walk.stops]
    pairs = [sum(visit in cut for visit in times) // 2 for cut in case.cuts]
    brought = sum(case.day.visits[k].options[o].prize - case.charged.visits[k] for k, o in walk.stops)
    return brought - sum(count * charge for count, charge in zip(pairs, case.charged.cuts, strict=True))


def most(case: Case, *, once: bool = False) -> int:  # noqa: C901 - the definition, all of it in one place
    """The most that any walk collects, or any that is at a visit but ``once``; LEAST if there is none."""
    day, kind = case.day, case.ground.kind
    shift, travel = day.shifts[kind], day.travel[day.shifts[kind].profile]
    breaks = [pause for pause in shift.breaks if pause.only_if_over is None]
    ways: list[Way] = [way for ways in open_ways(day) for way in ways if kind in way.shifts]

    # Where there is room for everything nobody counts, not even what is loaded twice on a way round in a circle.
    everything = sum(visit.load[0] for visit in day.visits)
    least_room = min(each.capacity[0] for each in day.shifts)

    @cache
    def move(now: int, to: Served | None, left: int, rested: int, so_far: tuple[Served, ...]) -> int:
        """Still so many seconds to go, at least LEAST."""
        if now > shift.last_finish:
            return LEAST
        found = [move(now + 1, to, max(0, left - 1), rested, so_far)]
        if rested < len(breaks) and may_begin(breaks[rested], now):
            found.append(move(now + breaks[rested].duration, to, left, rested + 1, so_far))
        if left == 0 and to is None and rested == len(breaks) and within_limits(so_far):
            found.append(beyond_charges(case, Walk(kind, so_far)))
        if left == 0 and any(way.served == to and way.window.opens <= now <= way.window.closes for way in ways):
            assert to is not None
            service = day.visits[to.visit].options[to.option].service
            found.append(set_out(now + service, rested, (*so_far, to)))
        return max(found)

    def set_out(now: int, rested: int, so_far: tuple[Served, ...]) -> int:
        here = place(so_far[-1]) if so_far else shift.start
        found = [LEAST]
        if so_far:
            found.append(
                move(now, None, 0 if shift.end is None else int(travel.seconds[here, shift.end]), rested, so_far)
            )
        for to in dict.fromkeys(way.served for way in ways):
            again = to.visit in {stop.visit for stop in so_far}
            allowed = not again if once else case.memory.may(Walk(kind, (*so_far, to)))
            if allowed and in_position((*so_far, to)):
                setup = day.visits[to.visit].options[to.option].setup if place(to) != here else 0
                found.append(move(now, to, int(travel.seconds[here, place(to)]) + setup, rested, so_far))
        return max(found)

    def place(stop: Served) -> int:
        return day.visits[stop.visit].options[stop.option].place

    def in_position(stops: tuple[Served, ...]) -> bool:
        positions = [day.visits[stop.visit].position for stop in stops]
        return "first" not in positions[1:] and "last" not in positions[:-1]

    def within_limits(stops: tuple[Served, ...]) -> bool:
        seconds, metres = driven(day, shift, stops)
        load = sum(day.visits[stop.visit].load[0] for stop in stops)
        limits = shift.limits
        return (
            (limits.visits is None or len(stops) <= limits.visits)
            and (limits.driving is None or seconds <= limits.driving)
            and (limits.distance is None or metres <= limits.distance)
            and (everything <= least_room or load <= shift.capacity[0])
        )

    return set_out(shift.opens, 0, ())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_it_is_known_how_much_a_walk_collects_if_that_is_more_than_enough(chunk: int) -> None:
    """Windows, options, breaks, set-up, loads, limits, positions, cuts, prices above prizes, ways round in circles."""
    tried = [case for case in all_cases(chunk) if not case.ground.pricing.foresees]
    known = [looked(case).most for case in tried]

    assert [max(case.charged.enough[case.ground.kind], most(case)) for case in tried] == known


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "quick"])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_looking_ahead_nothing_is_overlooked_but_walks_that_come_back(chunk: int, exact: bool) -> None:
    """Those that turn on the spot may be, as what is foreseen leaves them out; a quick look knows nothing else."""
    tried = [case for case in all_cases(chunk) if case.ground.pricing.foresees]

    assert len(tried) > DAYS // 3
    for case in tried:
        known, enough = looked(case, exact=exact).most, case.charged.enough[case.ground.kind]
        assert known is not None
        assert max(enough, most(case, once=True)) <= known
        assert not exact or known <= max(enough, most(case))


def test_slices_of_time_are_never_late_and_as_good_as_the_clock_if_they_last_a_second() -> None:
    tried = [case.ground.pricing for case in all_cases(0) + all_cases(1) if case.ground.pricing.foresees]

    assert {pricing.step == 1 for pricing in tried} == {True, False}
    for pricing in tried:
        for i, j, leaving in product(
            range(len(pricing.service)), range(len(pricing.service)), range(pricing.opens, pricing.finishes)
        ):
            ready = leaving + pricing.legs[i, j]
            starts = [
                max(ready, opens) for opens, closes in pricing.windows[j, : pricing.n_windows[j]] if ready <= closes
            ]
            if starts:
                clock = (min(starts) + pricing.service[j] - pricing.opens) // pricing.step
                laid = pricing.over[j, (leaving - pricing.opens) // pricing.step + pricing.lasts[i, j]]
                assert 0 <= laid <= clock
                assert laid == clock or pricing.step > 1


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "quick"])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_walks_that_are_found_are_allowed_and_collect_more_than_enough(chunk: int, exact: bool) -> None:
    for case in all_cases(chunk):
        found, enough = looked(case, exact=exact), case.charged.enough[case.ground.kind]
        collected = [beyond_charges(case, walk) for walk in found.walks]

        assert all(case.memory.may(walk) for walk in found.walks)
        assert all(much > enough for much in collected)
        assert not exact or not collected or max(collected) == found.most


def dawdle(case: Case) -> None:
    """Every leg takes a second more."""
    case.ground.pricing.legs[:] += 1


def shut_early(case: Case) -> None:
    """Windows end a second before they do."""
    case.ground.pricing.windows[:, :, 1] -= 1


def rest_longer(case: Case) -> None:
    """Breaks take a second more."""
    case.ground.pricing.rests[:, 2] += 1


def take_less(case: Case) -> None:
    """Of everything that is limited there is one less."""
    case.ground.pricing.most[:] -= 1


@pytest.mark.parametrize("fault", [dawdle, shut_early, rest_longer, take_less])
def test_a_fault_would_be_noticed(fault: Callable[[Case], None]) -> None:
    tried = [case for case in all_cases(0) if not case.ground.pricing.foresees]
    right = [max(case.charged.enough[case.ground.kind], most(case)) for case in tried]
    for case in tried:
        fault(case)

    assert right != [looked(case).most for case in tried]


def test_a_quick_look_mostly_finds_something_if_there_is_anything() -> None:
    tried = all_cases(2)
    exact, quick = ([len(looked(case, exact=exact).walks) > 0 for case in tried] for exact in (True, False))

    assert sum(quick) >= 0.9 * sum(exact) > 0


def test_cut_into_small_steps_it_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = all_cases(3)
    at_once = [looked(case) for case in tried]
    monkeypatch.setattr(looking, "EFFORT", 0)
    monkeypatch.setattr(looking, "LOOKED_AT", 1)

    assert at_once == [looked(case) for case in tried]
