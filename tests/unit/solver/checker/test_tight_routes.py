"""Routes without a second to spare: whoever moves a start is caught."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.checker import check_route, check_routes
from solver.problem import Problem
from solver.solution import Route, Stop
from tests.builders import STREET, Span, option, problem, shift, visit

Call = tuple[int, int, int]
"""Place, service, set-up; seconds."""

calls = st.lists(
    st.tuples(st.integers(0, STREET - 1), st.integers(0, 900), st.integers(0, 120)),
    min_size=1,
    max_size=6,
)


def tight(calls: list[Call], opens: int) -> tuple[Problem, Route]:
    """Drive, set up and serve without a pause, in a shift that is over on return."""
    here, now = 0, opens
    stops: list[Stop] = []
    for index, (place, service, setup) in enumerate(calls):
        arrive = now + 60 * abs(place - here)
        start = arrive + (setup if place != here else 0)
        here, now = place, start + service
        stops.append(Stop(index, 0, arrive, start, now, start))
    finish = now + 60 * here
    day = problem(
        *(visit(place, service=service, setup=setup) for place, service, setup in calls),
        shifts=[shift(opens=opens, closes=finish)],
    )
    return day, Route(0, opens, finish, tuple(stops))


@given(calls, st.integers(0, 3600))
def test_a_tight_route_is_legal_and_its_latest_starts_are_its_starts(calls: list[Call], opens: int) -> None:
    day, route = tight(calls, opens)

    assert check_routes(day, [route]) == ()


@given(calls, st.integers(1, 3600), st.data(), st.sampled_from([-1, 1]))
def test_a_start_moved_by_one_second_is_caught(calls: list[Call], opens: int, data: st.DataObject, by: int) -> None:
    """Its finish moves along, so that the service still takes its time."""
    day, route = tight(calls, opens)
    at = data.draw(st.integers(0, len(calls) - 1))
    stop = route.stops[at]
    moved = replace(stop, start=stop.start + by, finish=stop.finish + by)

    assert check_route(day, replace(route, stops=(*route.stops[:at], moved, *route.stops[at + 1 :])))


@given(calls, st.integers(1, 3600), st.data(), st.sampled_from([-1, 1]))
def test_a_start_outside_its_only_second_is_caught(calls: list[Call], opens: int, data: st.DataObject, by: int) -> None:
    """Windows of a single second: whole routes moved by one are in none of them."""
    day, route = tight(calls, opens)
    at = data.draw(st.integers(0, len(calls) - 1))
    start = route.stops[at].start
    only: Span = (start + by, start + by)
    place, service, setup = calls[at]
    narrow = replace(day.visits[at], options=(option(place, only, service=service, setup=setup),))
    visits = (*day.visits[:at], narrow, *day.visits[at + 1 :])

    assert check_route(replace(day, visits=visits), route)
