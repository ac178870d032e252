"""Roads that slow down: when somebody is there, and when they have to leave."""

from random import Random

import pytest

from solver.problem import NORMAL_PACE, Slowdown
from solver.schedule.moments import FAR, NEVER, Rest
from solver.schedule.pace import Move, Pace
from solver.units import Seconds
from tests.builders import half_pace

RUSH = Pace([half_pace(100, 200)])


def after(depart: Seconds, travel: Seconds, setup: Seconds = 0, pace: Pace = RUSH) -> Seconds:
    return pace.after(depart, Move.of(travel, setup))


@pytest.mark.parametrize("depart", [0, 40, 200, 1000])
def test_outside_slowdowns_a_way_takes_as_long_as_ever(depart: int) -> None:
    assert depart + 60 == after(depart, 60)


def test_at_half_pace_a_way_takes_twice_as_long() -> None:
    assert 100 + 2 * 50 == after(100, 50)


def test_only_that_part_of_a_way_takes_longer_that_lies_in_the_slowdown() -> None:
    assert 90 + 10 + 2 * 5 == after(90, 15)
    assert 180 + 2 * 10 + 5 == after(180, 15)
    assert 90 + 10 + 2 * 50 + 5 == after(90, 65)


def test_slowdowns_that_follow_each_other_have_their_own_paces() -> None:
    pace = Pace([half_pace(100, 120), Slowdown(120, 200, NORMAL_PACE // 4)])

    assert 100 + 2 * 10 + 4 * 3 == after(100, 13, pace=pace)


def test_a_second_begun_counts_as_a_whole_one() -> None:
    """At three quarters 10 seconds take 13.3."""
    assert 114 == after(100, 10, pace=Pace([Slowdown(100, 200, 7_500)]))


def test_set_up_takes_as_long_as_ever() -> None:
    assert 100 + 2 * 10 + 30 == after(100, 10, setup=30)
    assert 130 == after(100, 0, setup=30)


def test_no_way_at_all_takes_no_time() -> None:
    assert 150 == after(150, 0)
    assert 150 == RUSH.before(150, Move(0, 0))


def test_a_break_stops_the_way_which_goes_on_at_the_pace_of_then() -> None:
    """Ten seconds before the break and, at half pace, five after it."""
    done, begins = RUSH.in_turn(80, Move.of(15, 0), [Rest(90, 95, 30)])

    assert ([90], 120 + 2 * 5) == (begins, done)


def test_a_break_interrupts_set_up_too() -> None:
    done, begins = RUSH.in_turn(100, Move.of(5, 20), [Rest(115, 120, 30)])

    assert ([115], 145 + 15) == (begins, done)


def test_whoever_leaves_later_never_arrives_sooner() -> None:
    for pace, move, _ in map(_drawn, range(100)):
        arrivals = [pace.after(depart, move) for depart in range(50)]

        assert sorted(arrivals) == arrivals


def test_the_latest_departure_is_the_last_from_which_one_is_there_in_time() -> None:
    for pace, move, _ in map(_drawn, range(300)):
        for due in range(60):
            leave = pace.before(due, move)

            assert pace.after(leave, move) <= due < pace.after(leave + 1, move)


def test_the_latest_departures_with_breaks_are_the_earliest_arrivals_turned_round() -> None:
    for seed in range(300):
        pace, move, breaks = _drawn(seed)
        due = [(7 * seed + 11 * taken) % 45 for taken in range(len(breaks) + 1)]
        latest = pace.move_back(due, move, breaks)
        for taken, leave in enumerate(latest):
            nobody = [FAR] * (len(breaks) + 1)
            in_time = [
                depart
                for depart in range(-200, 60)
                if _in_time(pace.move_on([*nobody[:taken], depart, *nobody[taken + 1 :]], move, breaks), due)
            ]

            assert (in_time or [NEVER])[-1] == leave
            assert in_time == list(range(-200, leave + 1))


def _in_time(arrive: list[Seconds], due: list[Seconds]) -> bool:
    return any(there <= by for there, by in zip(arrive, due, strict=True))


def _drawn(seed: int) -> tuple[Pace, Move, list[Rest]]:
    draw = Random(seed)  # noqa: S311 - cases, not secrets
    slowdowns: list[Slowdown] = []
    opens = draw.randint(0, 10)
    for _ in range(draw.randint(1, 3)):
        closes = opens + draw.randint(1, 8)
        slowdowns.append(Slowdown(opens, closes, draw.choice([1_000, 3_333, 5_000, 7_407, NORMAL_PACE])))
        opens = closes + draw.choice([0, 0, 2, 6])
    breaks: list[Rest] = []
    earliest = draw.randint(0, 12)
    for _ in range(draw.randint(0, 3)):
        breaks.append(Rest(earliest, earliest + draw.choice([0, 3, 8]), draw.randint(1, 4)))
        earliest += draw.randint(0, 8)
    return Pace(slowdowns), Move.of(draw.randint(0, 8), draw.choice([0, 0, 3])), breaks
