"""Bugs that an engine could have, each planted in a legal plan and caught with its code and amount."""

from dataclasses import dataclass, replace

import pytest

from solver.checker import Code, Violation, check_routes
from solver.problem import Limits, Problem
from solver.solution import BreakTaken, Route, Served, Solution
from tests.builders import HOUR, MINUTE, line, problem, rest, shift, visit
from tests.unit.solver.checker.street_day import (
    DAY,
    PLAN,
    pause,
    route,
    stop,
    with_limits,
    with_routes,
    with_stop,
)

FIRST, SECOND = PLAN.routes


@dataclass(frozen=True)
class Fault:
    """One bug: what it does to the plan, or the rule of the day it ignores, and all that should be said about it."""

    sentence: str
    found: tuple[Violation, ...]
    plan: Solution = PLAN
    day: Problem = DAY


def only(code: Code, shift: int | None, visit: int | None, amount: int) -> tuple[Violation, ...]:
    return (Violation(code, shift, visit, amount),)


def with_breaks(*breaks: BreakTaken) -> Solution:
    return with_routes(PLAN, replace(FIRST, breaks=breaks), SECOND)


def with_first(changed: Route) -> Solution:
    return with_routes(PLAN, changed, SECOND)


def minutes_of(visit: int, /, **changes: float) -> Solution:
    return with_stop(PLAN, visit, **{name: round(MINUTE * figure) for name, figure in changes.items()})


TIMING = [
    Fault("the service time is dropped", only(Code.SERVICE_TIME, 0, 0, 300), minutes_of(0, finish=3)),
    Fault(
        "a service takes a second too long",
        only(Code.SERVICE_TIME, 1, 4, 1),
        with_routes(PLAN, FIRST, route(1, 16, 22, [replace(SECOND.stops[0], finish=1261)])),
    ),
    Fault(
        "two legs are swapped",
        (Violation(Code.ORDER, 0, 2, 18 * MINUTE), Violation(Code.TRAVEL_TIME, 0, 2, 19 * MINUTE)),
        with_first(replace(FIRST, stops=tuple(FIRST.stops[at] for at in (0, 1, 3, 2)))),
    ),
    Fault(
        "a leg is a second too quick",
        only(Code.TRAVEL_TIME, 1, 4, 1),
        with_routes(PLAN, FIRST, replace(SECOND, depart=961)),
    ),
    Fault("the break on the road is driven through", only(Code.TRAVEL_TIME, 0, 2, 60), minutes_of(2, arrive=20)),
    Fault("the way back is too quick", only(Code.TRAVEL_TIME, 0, None, 60), with_first(replace(FIRST, finish=42 * 60))),
    Fault("a service starts before the arrival", only(Code.ORDER, 0, 3, 1), with_stop(PLAN, 3, arrive=34 * 60 + 1)),
    Fault(
        "an open end is finished before the last service",
        only(Code.ORDER, 1, None, 60),
        with_routes(PLAN, FIRST, replace(SECOND, finish=20 * 60)),
    ),
    Fault("the set-up is missing", only(Code.SETUP_TIME, 0, 0, 60), minutes_of(0, start=2, finish=7)),
    Fault(
        "the set-up goes on during the break",
        only(Code.SETUP_TIME, 0, 2, 60),
        with_routes(
            minutes_of(2, arrive=17), replace(minutes_of(2, arrive=17).routes[0], breaks=(pause(17, 22),)), SECOND
        ),
    ),
    Fault("a window is shifted by a minute", only(Code.TIME_WINDOW, 0, 3, 60), minutes_of(3, start=33, finish=38)),
    Fault(
        "a service starts between two windows",
        only(Code.TIME_WINDOW, 0, 2, 2 * MINUTE),
        with_stop(minutes_of(2, start=26, finish=31), 3, arrive=32 * MINUTE),
    ),
    Fault(
        "the shift departs before it opens",
        only(Code.SHIFT_START, 1, None, 60),
        with_routes(PLAN, FIRST, replace(SECOND, depart=540)),
    ),
    Fault(
        "the shift ends after its overtime",
        (Violation(Code.SHIFT_TOO_SHORT, 0, None, 60), Violation(Code.MAX_DURATION, 0, None, 120)),
        with_first(replace(FIRST, finish=46 * MINUTE)),
    ),
    Fault(
        "a leg without a way is driven",
        only(Code.UNREACHABLE, 0, 3, 1),
        day=replace(DAY, travel=(line([60 * place for place in range(10)], cut=[(5, 4)]),)),
    ),
]

TWO_BREAKS = problem(visit(9), shifts=[shift(breaks=[rest(0, HOUR, 5 * MINUTE), rest(0, HOUR, 5 * MINUTE)])])

RESTING_IF_OVER_40 = problem(visit(9), shifts=[shift(breaks=[rest(0, HOUR, 5 * MINUTE, only_if_over=40 * MINUTE)])])


def resting(*breaks: BreakTaken) -> Solution:
    """Nine minutes out and nine back, with the breaks on the way back."""
    return with_routes(PLAN, route(0, 0, 40, [stop(0, 9, 9, 9, 9)], breaks))


BREAKS = [
    Fault("the break is ignored", only(Code.BREAK_MISSING, 0, None, 300), with_breaks()),
    Fault(
        "a break for days over 40 minutes is taken on one of 40",
        only(Code.BREAK_NOT_DUE, 0, None, 1),
        resting(pause(20, 25)),
        RESTING_IF_OVER_40,
    ),
    Fault(
        "a break for days over 40 minutes is taken on one of 30",
        only(Code.BREAK_NOT_DUE, 0, None, 10 * MINUTE + 1),
        with_routes(PLAN, route(0, 0, 30, [stop(0, 9, 9, 9, 9)], [pause(20, 25)])),
        RESTING_IF_OVER_40,
    ),
    Fault("the break lies in a service", only(Code.BREAK_OVERLAP, 0, 1, 120), with_breaks(pause(11, 16))),
    Fault("the break starts after its latest", only(Code.BREAK_TIME, 0, None, 600), with_breaks(pause(28, 33))),
    Fault(
        "the break starts before its earliest",
        (Violation(Code.BREAK_TIME, 0, None, 120), Violation(Code.BREAK_OVERLAP, 0, 1, 300)),
        with_breaks(pause(8, 13)),
    ),
    Fault("the break is too short", only(Code.BREAK_TIME, 0, None, 120), with_breaks(pause(14, 17))),
    Fault(
        "the break is taken after the finish",
        (Violation(Code.BREAK_TIME, 0, None, 25 * MINUTE), Violation(Code.BREAK_TIME, 0, None, 5 * MINUTE)),
        with_breaks(pause(43, 48)),
    ),
    Fault(
        "the agent arrives while resting on the road",
        (Violation(Code.TRAVEL_TIME, 0, 2, 120), Violation(Code.BREAK_OVERLAP, 0, 2, 180)),
        minutes_of(2, arrive=16),
    ),
    Fault(
        "the break is taken twice",
        (Violation(Code.ORDER, 0, None, 1), Violation(Code.BREAK_TIME, 0, None, 600)),
        with_breaks(pause(14, 19), pause(28, 33)),
    ),
    Fault(
        "two breaks go on at once",
        only(Code.BREAK_OVERLAP, 0, None, 60),
        resting(pause(10, 15), pause(14, 19, index=1)),
        TWO_BREAKS,
    ),
    Fault(
        "two breaks are taken in the wrong order",
        only(Code.ORDER, 0, None, 6 * MINUTE),
        resting(pause(16, 21), pause(10, 15, index=1)),
        TWO_BREAKS,
    ),
]

LIMITS = [
    Fault("too many visits", only(Code.MAX_VISITS, 0, None, 1), day=with_limits(DAY, Limits(visits=3))),
    Fault("too much driving", only(Code.MAX_DRIVING, 0, None, 60), day=with_limits(DAY, Limits(driving=540))),
    Fault("too long a way", only(Code.MAX_DISTANCE, 0, None, 1), day=with_limits(DAY, Limits(distance=5999))),
    Fault("too long a day", only(Code.MAX_DURATION, 0, None, 60), day=with_limits(DAY, Limits(duration=42 * 60))),
    Fault(
        "too much load",
        only(Code.CAPACITY, 0, None, 1),
        day=replace(DAY, shifts=(replace(DAY.shifts[0], capacity=(3,)), DAY.shifts[1])),
    ),
]

ASSIGNMENT = [
    Fault("a shift serves what it may not", only(Code.AGENT_NOT_ALLOWED, 0, 3, 1), with_stop(PLAN, 3, option=0)),
    Fault(
        "a visit is served twice",
        only(Code.SERVED_TWICE, None, 1, 1),
        with_routes(PLAN, FIRST, route(1, 16, 28, [*SECOND.stops, stop(1, 22, 23, 28, 50)])),
    ),
    Fault(
        "a visit comes a second too soon after another",
        only(Code.MIN_GAP, 1, 4, 1),
        with_routes(
            PLAN, FIRST, Route(1, 840, 1199, (replace(SECOND.stops[0], arrive=1020, start=1079, finish=1199),))
        ),
    ),
    Fault(
        "a visit comes without the one before it",
        only(Code.PREDECESSOR_UNASSIGNED, 1, 4, 1),
        with_first(replace(minutes_of(1, arrive=7).routes[0], stops=minutes_of(1, arrive=7).routes[0].stops[1:])),
    ),
    Fault(
        "a route does not begin with what its shift has begun with",
        only(Code.BEGUN, 0, 3, 1),
        day=replace(DAY, shifts=(replace(DAY.shifts[0], begun=(Served(3, 1),)), DAY.shifts[1])),
    ),
    Fault(
        "what has to be first is second",
        (Violation(Code.MIN_GAP, 1, 4, 240), Violation(Code.POSITION, 0, 0, 1)),
        with_first(replace(FIRST, stops=(stop(1, 2, 3, 8, 4), stop(0, 8, 8, 13, 9), *FIRST.stops[2:]))),
    ),
    Fault(
        "what has to be last is the first of four",
        only(Code.POSITION, 0, 0, 3),
        day=replace(DAY, visits=(replace(DAY.visits[0], position="last"), *DAY.visits[1:])),
    ),
    Fault(
        "what has to be last is the second of four",
        only(Code.POSITION, 0, 1, 2),
        day=replace(DAY, visits=(DAY.visits[0], replace(DAY.visits[1], position="last"), *DAY.visits[2:])),
    ),
    Fault(
        "a shift has two routes",
        only(Code.SHIFT_TWICE, 1, None, 1),
        with_routes(
            PLAN,
            FIRST,
            SECOND,
            route(1, 16, 25, [stop(5, 25, 25, 25, 50)]),
        ),
    ),
    Fault("routes are out of order", only(Code.ORDER, 0, None, 1), with_routes(PLAN, SECOND, FIRST)),
    Fault(
        "an unused shift has a route",
        only(Code.EMPTY_ROUTE, 0, None, 1),
        with_routes(PLAN, route(0, 11, 16, [], [pause(11, 16)])),
    ),
]

UNKNOWN = [
    Fault(
        "a shift that does not exist",
        only(Code.UNKNOWN, 2, None, 1),
        with_routes(PLAN, FIRST, replace(SECOND, shift=2)),
    ),
    Fault("a visit that does not exist", only(Code.UNKNOWN, 1, 7, 1), with_stop(PLAN, 4, visit=7)),
    Fault("a visit counted from the end", only(Code.UNKNOWN, 1, -1, 1), with_stop(PLAN, 4, visit=-1)),
    Fault("an option of another visit", only(Code.UNKNOWN, 1, 4, 1), with_stop(PLAN, 4, option=1)),
    Fault("a break of another shift", only(Code.UNKNOWN, 0, None, 1), with_breaks(pause(14, 19, index=1))),
]

LATEST_START = [
    Fault(
        "the latest start is a second too late", only(Code.LATEST_START, 0, 1, 1), with_stop(PLAN, 1, latest_start=601)
    ),
    Fault(
        "the latest start is a second too early", only(Code.LATEST_START, 0, 1, 1), with_stop(PLAN, 1, latest_start=599)
    ),
    Fault("the latest start forgets the link", only(Code.LATEST_START, 0, 0, 60), with_stop(PLAN, 0, latest_start=300)),
    Fault(
        "the latest start forgets the window", only(Code.LATEST_START, 0, 2, 60), with_stop(PLAN, 2, latest_start=1500)
    ),
    Fault(
        "the latest start lies in a window too late",
        only(Code.LATEST_START, 0, 2, 960),
        with_stop(PLAN, 2, latest_start=2400),
    ),
]


FAULTS = [*TIMING, *BREAKS, *LIMITS, *ASSIGNMENT, *UNKNOWN, *LATEST_START]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.sentence)
def test_a_planted_fault_is_found_and_nothing_else(fault: Fault) -> None:
    assert fault.found == check_routes(fault.day, fault.plan.routes)


def test_every_rule_but_the_score_has_a_planted_fault() -> None:
    """A rule without one could be asleep."""
    planted = {violation.code for fault in FAULTS for violation in fault.found}

    assert set(Code) - {Code.SCORE} == planted
