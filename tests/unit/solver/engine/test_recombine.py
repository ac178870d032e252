"""Routes of a pool put together anew, against every combination there is."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from random import Random

import pytest
from ortools.sat.python.cp_model_helper import CpModelProto

from solver.draft import Timetable
from solver.engine.cpsat import Solver
from solver.engine.recombine import FIRST, recombine
from solver.objective import key, route_costs
from solver.pool import Pool, PooledRoute, kinds_of
from solver.problem import Link, Objective, Pay, Problem, Visit
from solver.schedule import schedule_route
from solver.solution import Costs, Score, Sequences, Served
from tests.builders import option, problem, sequences, served, shift, visit
from tests.tiny import tiny_day, tiny_route
from tests.tree import ROOT

ROUTES = 9


def tiny_pool(day: Problem, seed: int) -> list[PooledRoute]:
    """Some legal routes of a tiny day at their cost."""
    draw = Random(seed)  # noqa: S311 - days, not secrets
    found: list[PooledRoute] = []
    for k in range(12 * ROUTES):
        index, stops = draw.randrange(len(day.shifts)), tiny_route(day, 1000 * seed + k, 3)
        route = Timetable(day).route(index, stops)
        if route is not None and len(found) < ROUTES:
            found.append(PooledRoute(index, stops, route.costs.total, draw.randrange(5)))
    return found


def pool_of(day: Problem, routes: Sequence[PooledRoute]) -> Pool:
    pool = Pool(day)
    pool.add(routes)
    return pool


def with_twin(day: Problem) -> Problem:
    """A second agent who works like the first."""
    twin = len(day.shifts)
    visits = tuple(
        replace(
            visit,
            options=tuple(
                replace(option, shifts={**option.shifts, twin: option.shifts[0]})
                if option.shifts and 0 in option.shifts
                else option
                for option in visit.options
            ),
        )
        for visit in day.visits
    )
    return replace(day, visits=visits, shifts=(*day.shifts, replace(day.shifts[0], agent=9)))


def worth(day: Problem, routes: Sequence[PooledRoute]) -> tuple[int, int, int]:
    """The objective of a set of routes, each by itself."""
    stops = [stop for route in routes for stop in route.stops]
    missed = sum(visit.required for visit in day.visits) - sum(day.visits[stop.visit].required for stop in stops)
    prize = sum(day.visits[stop.visit].options[stop.option].prize for stop in stops)
    return key(day.objective, Score(missed, prize, Costs(travel=sum(route.cost for route in routes))))


def priced(day: Problem, plan: Sequences) -> list[PooledRoute]:
    """A plan as routes, each timed by itself."""
    found: list[PooledRoute] = []
    for index, stops in enumerate(plan):
        route = schedule_route(day, index, stops) if stops else None
        if route is not None:
            found.append(PooledRoute(index, stops, route_costs(day, route).total))
    return found


def combinable(day: Problem, routes: Sequence[PooledRoute]) -> Iterator[Sequence[PooledRoute]]:
    """Every set of routes that one plan could have."""
    kinds = kinds_of(day)
    for size in range(len(day.shifts) + 1):
        for chosen in combinations(routes, size):
            used = [kinds[route.shift] for route in chosen]
            visits = [stop.visit for route in chosen for stop in route.stops]
            if (
                all(used.count(kind) <= kinds.count(kind) for kind in used)
                and len(visits) == len(set(visits))
                and all(link.first in visits or link.then not in visits for link in day.links)
            ):
                yield chosen


@pytest.mark.parametrize("seed", range(120))
def test_it_finds_the_best_of_all_combinations(seed: int) -> None:
    """Objectives, required visits, options, twins and links in turn; from no plan, or from one of other routes."""
    day = tiny_day(seed, visits=6, shifts=2, links=2 * (seed % 4 == 3))
    if seed % 3 == 0:
        day = with_twin(day)
    routes = tiny_pool(day, seed)
    before: Sequences = ((),) * len(day.shifts)
    if seed % 2:
        other = next((route for route in tiny_pool(day, seed + 500) if not day.links), None)
        before = tuple(other.stops if other and other.shift == s else () for s in range(len(day.shifts)))

    found = recombine(day, pool_of(day, routes), before)

    own = priced(day, before)
    best = max(worth(day, chosen) for chosen in combinable(day, [*own, *routes]))
    assert (worth(day, priced(day, found)) if found else worth(day, own)) == best
    assert (found is None) == (best == worth(day, own))


def full_day(seed: int) -> tuple[Problem, Sequences]:
    """Doors on the street, some worth nothing, some with a second way that brings less; and a plan that serves all.

    Mostly each at its best. The third shift is dear; some days have a link, some a stop that was made already.
    """
    draw = Random(seed)  # noqa: S311 - days, not secrets
    doors = [
        visit(
            draw.randint(1, 9),
            prize=draw.choice([0, 2, 2, 9]),
            required=draw.random() < 0.3,
            others=[option(draw.randint(1, 9), prize=draw.choice([0, 1, 2]))] if draw.random() < 0.4 else (),
        )
        for _ in range(5)
    ]
    order = draw.sample([Served(k, _best_option(door)) for k, door in enumerate(doors)], 5)
    if draw.random() < 0.3:
        order = [Served(k, len(doors[k].options) - 1) for k, _ in order]
    begun = tuple(order[2:3]) if seed % 4 == 1 else ()
    shifts = [
        shift(pay=Pay(per_metre=1)),
        replace(shift(pay=Pay(per_metre=1)), begun=begun),
        shift(pay=Pay(per_metre=2)),
    ]
    links = [Link(order[0].visit, order[1].visit)] if seed % 4 == 2 else []
    objective = draw.choice([Objective.VALUE_FIRST, Objective.VALUE_FIRST, Objective.PROFIT])
    day = problem(*doors, shifts=shifts, links=links, objective=objective)
    return day, sequences(order[:2], order[2:4], order[4:])


def _best_option(door: Visit) -> int:
    return max(range(len(door.options)), key=lambda o: door.options[o].prize)


@pytest.mark.parametrize("seed", range(80))
def test_from_a_plan_that_serves_all_it_finds_the_best_of_all_combinations(seed: int) -> None:
    """By value nobody may be left out for what that saves, unless that is worth nothing; for profit anybody may."""
    day, before = full_day(seed)
    own, routes = priced(day, before), tiny_pool(day, seed)

    found = recombine(day, pool_of(day, routes), before)

    out = {s for s, shift in enumerate(day.shifts) if shift.begun}
    allowed = [chosen for chosen in combinable(day, [*own, *routes]) if out <= {route.shift for route in chosen}]
    assert (worth(day, priced(day, found)) if found else worth(day, own)) == max(worth(day, each) for each in allowed)


def scattered(seed: int) -> tuple[Problem, Pool, Sequences]:
    """Sixty doors on a plane, 1,200 routes to four near each other; and a plan of fifteen that are not."""
    draw = Random(seed)  # noqa: S311 - doors, not secrets
    at = [complex(draw.random(), draw.random()) for _ in range(60)]
    near = [sorted(range(60), key=lambda k, here=here: abs(at[k] - here))[1:9] for here in at]
    home = complex(0.5, 0.5)

    def cost(stops: Sequence[int]) -> int:
        return round(1_000 * sum(abs(a - b) for a, b in pairwise([home, *(at[k] for k in stops), home])))

    def route(doors: Sequence[int]) -> PooledRoute:
        shortest = min(permutations(doors), key=cost)
        return PooledRoute(0, served(*shortest), cost(shortest))

    plan = [route(range(k, k + 4)) for k in range(0, 60, 4)]
    first = [draw.randrange(60) for _ in range(1_200)]
    day = problem(*[visit() for _ in at], shifts=[shift()] * len(plan))
    pool = pool_of(day, [*plan, *[route([k, *draw.sample(near[k], 3)]) for k in first]])
    return day, pool, tuple(route.stops for route in plan)


def test_if_everybody_is_served_a_cheaper_plan_is_found_with_less_effort() -> None:
    """On five days of six, with an effort that mostly finds none where there is one who is not."""
    found = {True: 0, False: 0}
    for seed in range(1, 7):
        day, pool, before = scattered(seed)
        another = replace(day, visits=(*day.visits, visit()))
        larger = pool_of(another, [*pool.routes(), PooledRoute(0, served(60), 10_000)])
        found[True] += recombine(day, pool, before, effort=0.02) is not None
        found[False] += recombine(another, larger, before, effort=0.02) is not None

    assert found[True] >= 2 * found[False]


@pytest.mark.parametrize(("also", "searches"), [((), 1), ((visit(9, prize=1),), 2)], ids=["all", "all but one"])
def test_if_everybody_is_served_cost_alone_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, also: Sequence[Visit], searches: int
) -> None:
    """Prizes near 2^50 and costs need a search each, if both are asked for."""
    day = problem(
        visit(1, prize=1 << 50), visit(2, prize=(1 << 50) + 1), *also, shifts=[shift(pay=Pay(per_metre=1 << 10))] * 2
    )
    alone = [PooledRoute(0, served(k), (k + 1) * 1_200 << 10) for k in range(2)]
    both = PooledRoute(0, served(0, 1), 2_400 << 10)
    others = [PooledRoute(0, served(2), 10_800 << 10)] * len(also)
    models: list[CpModelProto] = []
    maximise = Solver.maximise

    def noted(solver: Solver, model: CpModelProto) -> tuple[int, ...] | None:
        models.append(model)
        return maximise(solver, model)

    monkeypatch.setattr(Solver, "maximise", noted)
    found = recombine(day, pool_of(day, [*alone, both, *others]), sequences([0], [1]))

    assert found is not None
    assert served(0, 1) in found
    assert searches == len(models)


class TestPlans:
    """Places 1 and 2, 8 and 9 on the street."""

    def test_what_two_agents_alike_do_may_be_put_together_from_what_one_did(self) -> None:
        day = street(2)
        pool = pool_of(day, [PooledRoute(0, served(0, 1), 240), PooledRoute(0, served(2, 3), 1080)])

        assert {served(0, 1), served(2, 3)} == set(recombine(day, pool, sequences([], [])) or ())

    def test_the_same_visits_in_a_cheaper_order_are_a_better_plan(self) -> None:
        day = problem(visit(1), visit(2), visit(3), shifts=[shift(pay=Pay(per_metre=1))])
        straight = PooledRoute(0, served(0, 1, 2), 3600)

        assert sequences([0, 1, 2]) == recombine(day, pool_of(day, [straight]), sequences([1, 0, 2]))

    def test_who_keeps_a_route_keeps_it(self) -> None:
        day = street(3)
        routes = [PooledRoute(0, served(0), 120), PooledRoute(0, served(2, 3), 1080), PooledRoute(0, served(1), 240)]

        found = recombine(day, pool_of(day, routes), sequences([], [0], [3]))

        assert found is not None
        assert served(0) == found[1]
        assert {served(1), served(2, 3)} == {found[0], found[2]}

    def test_the_later_visit_of_a_link_comes_with_the_earlier_one(self) -> None:
        day = street(2, links=[Link(0, 2)])
        alone = [PooledRoute(0, served(2, 3), 1080)]

        assert recombine(day, pool_of(day, alone), sequences([], [])) is None
        assert recombine(day, pool_of(day, [*alone, PooledRoute(0, served(0), 120)]), sequences([], [])) is not None
        assert recombine(day, pool_of(day, [PooledRoute(0, served(0, 2), 960)]), sequences([], [])) is not None

    def test_who_has_begun_goes_out_though_that_is_worth_nothing(self) -> None:
        """Its one visit has no value: at home it would cost less."""
        shifts = [replace(shift(pay=Pay(per_metre=1)), begun=served(0)), shift()]
        day = problem(visit(1, prize=0), visit(9), shifts=shifts)

        found = recombine(day, pool_of(day, [PooledRoute(1, served(1), 1080)]), sequences([0], []))

        assert sequences([0], [1]) == found

    def test_an_empty_pool_has_no_better_plan(self) -> None:
        assert recombine(street(2), Pool(street(2)), sequences([0], [])) is None

    def test_nothing_better_is_no_plan(self) -> None:
        day = street(2)

        assert recombine(day, pool_of(day, [PooledRoute(1, served(1, 0), 960)]), sequences([0, 1], [])) is None

    def test_of_a_plan_that_could_not_be_there_is_nothing_to_recombine(self) -> None:
        day = problem(visit(9), shifts=[shift(closes=60)])

        with pytest.raises(ValueError, match=r"the best plan must be legal\."):
            recombine(day, Pool(day), sequences([0]))


@pytest.mark.parametrize("objective", list(Objective))
def test_numbers_too_large_for_one_objective_are_weighed_one_after_the_other(objective: Objective) -> None:
    """Prizes and costs near 2^50: two doors cannot be had together; the dearer one is worth one more."""
    most, dear = (1 << 50) + 1, Pay(per_metre=1 << 36)
    day = problem(
        visit(1, prize=most), visit(1, prize=most - 1), visit(2, prize=0, required=True),
        shifts=[shift(pay=dear), shift(pay=dear)], objective=objective,
    )  # fmt: skip
    lengths = {(0, 2): 2400, (1, 2): 2400, (0,): 1200, (1,): 1200, (2,): 2400}
    routes = [PooledRoute(0, served(*visits), length << 36) for visits, length in lengths.items()]

    found = recombine(day, pool_of(day, routes), sequences([], []))

    best = max(worth(day, chosen) for chosen in combinable(day, routes))
    assert best == worth(day, priced(day, found or ()))


@pytest.mark.parametrize("cheaper", [0, 1])
def test_what_is_weighed_last_takes_nothing_from_what_came_first(cheaper: int) -> None:
    """Nothing is cheaper than to stay at home. Both visits are to be served, the first by whom it costs less."""
    shifts = [shift(pay=Pay(fixed=fixed)) for fixed in range(3)]
    day = problem(visit(1, prize=(1 << 50) + 1), visit(2), shifts=shifts)
    routes = [PooledRoute(s, served(0), (1 << 40) + (s != cheaper)) for s in (0, 1)]
    dear = PooledRoute(2, served(1), 1 << 45)

    found = recombine(day, pool_of(day, [*routes, dear]), sequences([], [], []))

    assert found is not None
    assert (served(0), (), served(1)) == (found[cheaper], found[1 - cheaper], found[2])


def test_prizes_too_large_to_be_added_up_over_all_columns_are_counted_more_coarsely() -> None:
    """All columns but two serve the visit of 2^52; together they would come to more than 2^62."""
    day = problem(visit(0, prize=(1 << 52) + 1), *[visit(k % 10) for k in range(60)], shifts=[shift()])
    routes = [PooledRoute(0, served(0, *pair), 1) for pair in combinations(range(1, 61), 2)]
    alone = [PooledRoute(0, served(1), 1), PooledRoute(0, served(2), 1)]

    found = recombine(day, pool_of(day, [*routes, *alone]), sequences([]))

    assert found is not None
    assert Served(0) in found[0]


class TestEffort:
    def test_the_same_seed_and_effort_give_the_same_plan(self) -> None:
        day, pool = crowd()
        before = empty(day)

        plans = {recombine(day, pool, before, effort=0.05) for _ in range(3)}

        assert 1 == len(plans)
        assert plans != {None}

    def test_it_goes_on_to_routes_of_less_promise(self) -> None:
        """The one route that is better than all of the others has the lowest standing of more than a thousand."""
        day = problem(*[visit(k % 10) for k in range(60)], shifts=[shift()])
        routes = [PooledRoute(0, served(*pair), 1, standing=1) for pair in combinations(range(60), 2)]
        assert len(routes) > FIRST

        found = recombine(day, pool_of(day, [*routes, PooledRoute(0, served(1, 2, 3), 1)]), sequences([]))

        assert (served(1, 2, 3),) == found

    def test_without_time_there_is_no_better_plan(self) -> None:
        day, pool = crowd()

        assert recombine(day, pool, empty(day), seconds=1e-9) is None
        assert recombine(day, pool, empty(day), effort=1e-9) is None

    def test_seconds_bound_it(self) -> None:
        """It asks every hundredth of a second whether to stop, and would go on for several seconds."""
        day, pool = crowd()
        asked: list[bool] = []

        recombine(day, pool, empty(day), seconds=0.05, stop=lambda: bool(asked.append(False)))
        assert len(asked) < 200

    def test_told_to_stop_before_it_began_it_has_no_better_plan(self) -> None:
        day, pool = crowd()

        assert recombine(day, pool, empty(day), stop=lambda: True) is None

    def test_a_stop_ends_it_in_the_middle_of_a_search_without_news(self) -> None:
        """It would go on for seconds, and asks every hundredth of one."""
        day, pool = crowd()
        asked: list[bool] = []

        def stop() -> bool:
            asked.append(len(asked) >= 7)
            return asked[-1]

        recombine(day, pool, empty(day), stop=stop)
        assert asked.count(True) in range(1, 5)


def street(agents: int, links: Sequence[Link] = ()) -> Problem:
    return problem(visit(1), visit(2), visit(8), visit(9), shifts=[shift()] * agents, links=links)


def empty(day: Problem) -> Sequences:
    return ((),) * len(day.shifts)


def crowd() -> tuple[Problem, Pool]:
    """Nine hundred routes of four visits each, for ten agents: too many combinations to prove anything."""
    draw = Random(3)  # noqa: S311 - routes, not secrets
    day = problem(*[visit(k % 10, prize=draw.randint(10, 20)) for k in range(60)], shifts=[shift()] * 10)
    drawn = [tuple(Served(k) for k in draw.sample(range(60), 4)) for _ in range(900)]
    return day, pool_of(day, [PooledRoute(0, stops, draw.randint(500, 600), k) for k, stops in enumerate(drawn)])


def test_it_does_not_load_what_it_does_not_need() -> None:
    """CP-SAT's usual way in loads pandas, for a second."""
    loaded = "import sys, solver.engine.recombine; print('pandas' in sys.modules)"

    assert "False" == subprocess.check_output([sys.executable, "-c", loaded], text=True, cwd=ROOT).strip()
