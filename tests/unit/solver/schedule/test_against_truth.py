"""Random tiny days: what the schedule says equals what walking the clock second by second says."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Final, NamedTuple

from solver.checker import Code, check_route, check_routes
from solver.objective import route_costs
from solver.problem import Link, Problem, Shift, StartWindow, Visit
from solver.schedule import follow, schedule, schedule_route
from solver.solution import Route, Sequences, Served
from solver.units import ShiftIndex
from tests.tiny import tiny_day, tiny_route
from tests.truth import Best, best_day, can_begin, joint_optimum

DAYS: Final = 1_200
LINKED_DAYS: Final = 400
LATEST: Final = 60
"""Later than any start of a tiny day."""
UNTIMED: Final = frozenset(
    {
        Code.AGENT_NOT_ALLOWED,
        Code.MAX_VISITS,
        Code.MAX_DRIVING,
        Code.MAX_DISTANCE,
        Code.CAPACITY,
        Code.POSITION,
    }
)
"""Rules that are not the schedule's concern."""


class Case(NamedTuple):
    """What one shift serves, and what the schedule makes of it."""

    day: Problem
    shift: ShiftIndex
    stops: tuple[Served, ...]
    route: Route | None

    @property
    def sequences(self) -> Sequences:
        return tuple(self.stops if shift == self.shift else () for shift in range(len(self.day.shifts)))


@cache
def _cases() -> list[Case]:
    cases: list[Case] = []
    for seed in range(DAYS):
        day = tiny_day(seed)
        for shift in range(len(day.shifts)):
            stops = tiny_route(day, 2 * seed + shift)
            cases.append(Case(day, shift, stops, schedule_route(day, shift, stops)))
    return cases


def _legal() -> Iterator[tuple[Case, Route]]:
    return ((case, case.route) for case in _cases() if case.route is not None)


def test_cost_finish_and_departure_are_the_best_possible() -> None:
    wrong = [case for case in _cases() if best_day(case.day, case.shift, case.stops) != _told(case)]

    assert [] == wrong


def test_enough_of_these_routes_are_legal_and_rest() -> None:
    assert sum(1 for _ in _legal()) > DAYS // 2
    assert sum(bool(route.breaks) for _, route in _legal()) > DAYS // 4


def test_no_rule_of_time_is_broken() -> None:
    wrong = [
        violation
        for case, route in _legal()
        for violation in check_route(case.day, route)
        if violation.code not in UNTIMED
    ]

    assert [] == wrong


def test_a_stop_can_begin_at_its_latest_start_and_no_later() -> None:
    wrong = [
        (case, nth)
        for case, route in _legal()
        for nth, stop in enumerate(route.stops)
        if max(start for start in range(LATEST) if can_begin(case.day, route, nth, start)) != stop.latest_start
    ]

    assert [] == wrong


def test_giving_its_own_starts_back_changes_nothing() -> None:
    wrong = [
        case
        for case, route in _legal()
        if schedule(case.day, case.sequences, {stop.visit: stop.start for stop in route.stops}) != (route,)
    ]

    assert [] == wrong


def test_some_starts_given_back_change_nothing() -> None:
    wrong = [
        case
        for case, route in _legal()
        if schedule(case.day, case.sequences, {stop.visit: stop.start for stop in route.stops[::2]}) != (route,)
    ]

    assert [] == wrong


def test_following_a_sequence_finds_the_same_times_where_there_are_any() -> None:
    wrong = [case for case, route in _legal() if follow(case.day, case.sequences) != (route,)]

    assert [] == wrong


def test_following_a_sequence_without_legal_times_breaks_a_rule_of_time_and_keeps_the_order() -> None:
    for case in _cases():
        if case.route is None:
            (route,) = follow(case.day, case.sequences)
            broken = {violation.code for violation in check_route(case.day, route)} - UNTIMED

            assert case.stops == tuple(Served(stop.visit, stop.option) for stop in route.stops)
            assert broken
            assert Code.ORDER not in broken


def test_linked_days_are_legal_when_they_can_be_and_never_cheaper_than_possible() -> None:
    legal = dearer = 0
    for day, sequences in map(_linked_day, range(LINKED_DAYS)):
        routes, best = schedule(day, sequences), joint_optimum(day, sequences)

        assert (best is None) == (routes is None)
        if best is not None and routes is not None:
            cost = sum(route_costs(day, route).total for route in routes)
            legal += 1
            dearer += cost > best

            assert cost >= best
    assert legal > 40
    assert dearer <= legal // 20


def test_linked_days_keep_every_rule_of_time() -> None:
    for day, sequences in map(_linked_day, range(LINKED_DAYS)):
        routes = schedule(day, sequences) or ()
        served = {stop.visit for route in routes for stop in route.stops}
        known = replace(day, links=tuple(link for link in day.links if {link.first, link.then} <= served))
        relaxed = replace(known, shifts=tuple(_any_work(shift) for shift in known.shifts))

        assert [] == [violation for violation in check_routes(relaxed, routes) if violation.code not in UNTIMED]


def test_linked_days_with_slowdowns_keep_every_rule_of_time() -> None:
    legal = 0
    for day, sequences in (_linked_day(seed, slow=1) for seed in range(LINKED_DAYS // 2)):
        routes = schedule(day, sequences)
        if routes is not None:
            relaxed = replace(day, shifts=tuple(_any_work(shift) for shift in day.shifts))
            broken = {violation.code for violation in check_routes(relaxed, routes)}
            legal += 1

            assert broken <= {*UNTIMED, Code.PREDECESSOR_UNASSIGNED}
    assert legal > 20


def test_giving_all_starts_of_a_linked_day_back_changes_nothing() -> None:
    for day, sequences in map(_linked_day, range(LINKED_DAYS)):
        routes = schedule(day, sequences)
        if routes is not None:
            starts = {stop.visit: stop.start for route in routes for stop in route.stops}

            assert routes == schedule(day, sequences, starts)


def _told(case: Case) -> Best | None:
    if case.route is None:
        return None
    return Best(route_costs(case.day, case.route).total, case.route.finish, -case.route.depart)


def _linked_day(seed: int, *, slow: float = 0) -> tuple[Problem, Sequences]:
    """A day with two links and room enough that they can often be kept, and what its two shifts serve."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    day = tiny_day(seed, links=2, slow=slow)
    day = replace(
        day,
        visits=tuple(_roomy(draw, visit) for visit in day.visits),
        shifts=tuple(replace(shift, closes=shift.closes + 10) for shift in day.shifts),
        links=tuple(Link(link.first, link.then, draw.choice([0, 1, 3])) for link in day.links),
    )
    visits = draw.sample(range(len(day.visits)), draw.randint(2, len(day.visits)))
    cut = draw.randint(0, len(visits))
    stops = [Served(visit, draw.randrange(len(day.visits[visit].options))) for visit in visits]
    return day, (tuple(stops[:cut]), tuple(stops[cut:]))


def _roomy(draw: Random, visit: Visit) -> Visit:
    wide = StartWindow(draw.randint(0, 10), draw.randint(35, 50))
    return replace(
        visit,
        options=tuple(replace(option, windows=(wide,)) if draw.random() < 0.7 else option for option in visit.options),
    )


def _any_work(shift: Shift) -> Shift:
    """The shift with only its limit of duration."""
    return replace(shift, limits=replace(shift.limits, visits=None, driving=None, distance=None))
