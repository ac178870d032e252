"""Random tiny days with slowdowns against walking the clock second by second.

Without breaks the schedule says exactly what can be done. A break on a leg begins as soon as it may, which need not be
best when the road slows down: a few days with breaks come out dearer or are overlooked, never the other way round.
"""

from functools import cache
from typing import Final, NamedTuple

from solver.checker import Code, check_routes
from solver.checker.reading import read
from solver.objective import route_costs
from solver.problem import Problem
from solver.schedule import driven, follow, schedule, schedule_route
from solver.solution import Route, Sequences, Served
from solver.units import ShiftIndex
from tests.tiny import tiny_day, tiny_route
from tests.truth import Best, best_day, can_begin

DAYS: Final = 700
LATEST: Final = 80
"""Later than any start of a tiny day."""
UNTIMED: Final = frozenset(
    {Code.AGENT_NOT_ALLOWED, Code.MAX_VISITS, Code.MAX_DRIVING, Code.MAX_DISTANCE, Code.CAPACITY, Code.POSITION}
)
"""Rules that are not the schedule's concern."""


class Case(NamedTuple):
    """What one shift serves, what the schedule makes of it, and the best that can be made of it."""

    day: Problem
    shift: ShiftIndex
    stops: tuple[Served, ...]
    route: Route | None
    best: Best | None

    @property
    def rests(self) -> bool:
        return bool(self.day.shifts[self.shift].breaks)

    @property
    def told(self) -> Best | None:
        if self.route is None:
            return None
        return Best(route_costs(self.day, self.route).total, self.route.finish, -self.route.depart)

    @property
    def sequences(self) -> Sequences:
        return tuple(self.stops if shift == self.shift else () for shift in range(len(self.day.shifts)))


@cache
def _cases() -> list[Case]:
    cases: list[Case] = []
    for seed in range(DAYS):
        day = tiny_day(seed, slow=1)
        for shift in range(len(day.shifts)):
            stops = tiny_route(day, 2 * seed + shift)
            route = schedule_route(day, shift, stops)
            cases.append(Case(day, shift, stops, route, best_day(day, shift, stops)))
    return cases


def _legal() -> list[tuple[Case, Route]]:
    return [(case, case.route) for case in _cases() if case.route is not None]


def test_enough_of_these_routes_are_slowed_down() -> None:
    slowed = [
        case
        for case, route in _legal()
        if sum(driven(case.day, route)) > sum(leg.travel for leg in read(case.day, route).legs)
    ]

    assert len(slowed) > DAYS // 10
    assert sum(case.rests for case in slowed) > DAYS // 20


def test_days_without_breaks_are_found_where_there_are_any() -> None:
    wrong = [case for case in _cases() if not case.rests and (case.route is None) != (case.best is None)]

    assert [] == wrong


def test_no_day_is_found_that_is_better_than_the_best() -> None:
    wrong = [case for case in _cases() if case.told and (case.best is None or case.told < case.best)]

    assert [] == wrong


def test_hardly_any_day_is_worse_than_the_best() -> None:
    dearer = [case for case in _cases() if case.best and (case.told is None or case.told.cost > case.best.cost)]

    assert len(dearer) <= len(_legal()) // 40
    assert sum(not case.rests for case in dearer) <= 1


def test_no_rule_of_time_is_broken_and_latest_starts_are_what_the_checker_finds() -> None:
    wrong = [
        (case, violation)
        for case, route in _legal()
        for violation in check_routes(case.day, [route])
        if violation.code not in UNTIMED
    ]

    assert [] == wrong


def test_without_breaks_a_stop_can_begin_at_its_latest_start_and_no_later() -> None:
    wrong = [
        (case, nth)
        for case, route in _legal()
        for nth, stop in enumerate(route.stops)
        if not case.rests
        and max(start for start in range(LATEST) if can_begin(case.day, route, nth, start)) != stop.latest_start
    ]

    assert [] == wrong


def test_with_breaks_a_stop_can_begin_at_its_latest_start() -> None:
    wrong = [
        (case, nth)
        for case, route in _legal()
        for nth, stop in enumerate(route.stops)
        if case.rests and not can_begin(case.day, route, nth, stop.latest_start)
    ]

    assert [] == wrong


def test_giving_its_own_starts_back_changes_nothing() -> None:
    wrong = [
        case
        for case, route in _legal()
        if schedule(case.day, case.sequences, {stop.visit: stop.start for stop in route.stops}) != (route,)
    ]

    assert [] == wrong


def test_driving_is_what_the_checker_counts_leg_by_leg() -> None:
    wrong = [
        case
        for case, route in _legal()
        if [read(case.day, route).drive(leg).driving for leg in read(case.day, route).legs]
        != list(driven(case.day, route))
    ]

    assert [] == wrong


def test_following_finds_the_same_times_or_breaks_a_rule_of_time_in_the_right_order() -> None:
    for case in _cases():
        (route,) = follow(case.day, case.sequences)
        broken = {violation.code for violation in check_routes(case.day, [route])} - UNTIMED

        assert (case.route is None) == bool(broken)
        assert case.route in {None, route}
        assert Code.ORDER not in broken
