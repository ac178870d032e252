"""Which routes are kept for recombination."""

from itertools import permutations
from threading import Thread

from solver.pool import Pool, PooledRoute, kinds_of
from solver.problem import Objective, Pay, Problem
from solver.solution import Served
from tests.builders import option, problem, served, shift, visit


def village(objective: Objective = Objective.VALUE_FIRST) -> Problem:
    """Three doors, the first with a second option of more prize; two agents alike and one who earns more."""
    return problem(
        visit(1, prize=5, others=[option(2, prize=7)]),
        visit(2, prize=3, required=True),
        visit(3),
        shifts=[shift(), shift(pay=Pay(fixed=9)), shift(agent=1)],
        objective=objective,
    )


def kept(pool: Pool, most: int = 10) -> list[PooledRoute]:
    return [column.route for column in pool.columns(most)]


class TestKinds:
    def test_shifts_that_differ_in_the_agent_alone_are_alike(self) -> None:
        assert (0, 1, 0) == kinds_of(village())

    def test_who_may_not_serve_the_same_or_not_at_the_same_cost_is_not_alike(self) -> None:
        day = problem(visit(1, shifts={0: 2, 1: 2, 2: 3}), visit(2), shifts=[shift()] * 4)

        assert (0, 0, 2, 3) == kinds_of(day)


class TestWhatIsKept:
    def test_a_route_is_kept_with_what_recombination_asks_of_it(self) -> None:
        pool = Pool(village())
        route = PooledRoute(2, served(1, Served(0, 1)), cost=80)
        pool.add([route, PooledRoute(0, (), cost=0)])

        (column,) = pool.columns(10)
        assert (route, 0, (0, 1), 1, 10) == tuple(column)

    def test_of_the_same_visits_in_another_order_the_cheaper_one_is_kept(self) -> None:
        pool = Pool(village())
        pool.add([PooledRoute(0, served(1, 2), cost=50), PooledRoute(2, served(2, 1), cost=40)])

        assert [PooledRoute(2, served(2, 1), cost=40)] == kept(pool)

    def test_more_prize_comes_before_less_cost(self) -> None:
        pool = Pool(village())
        dear, cheap = PooledRoute(0, (Served(0, 1),), cost=90), PooledRoute(0, (Served(0, 0),), cost=10)
        pool.add([dear, cheap])

        assert [dear] == kept(pool)

    def test_where_profit_counts_prize_and_cost_are_weighed(self) -> None:
        pool = Pool(village(Objective.PROFIT))
        dear, cheap = PooledRoute(0, (Served(0, 1),), cost=13), PooledRoute(0, (Served(0, 0),), cost=10)
        pool.add([dear, cheap])

        assert [cheap] == kept(pool)

    def test_each_kind_of_shift_has_its_own(self) -> None:
        pool = Pool(village())
        pool.add(PooledRoute(s, served(1), cost=10 * s) for s in (0, 1, 2))

        assert [PooledRoute(0, served(1), cost=0), PooledRoute(1, served(1), cost=10)] == kept(pool)

    def test_a_route_keeps_the_highest_standing_that_its_visits_ever_had(self) -> None:
        pool = Pool(village())
        pool.add([PooledRoute(0, served(1, 2), cost=50, standing=8), PooledRoute(0, served(2, 1), cost=40, standing=3)])

        assert [PooledRoute(0, served(2, 1), cost=40, standing=8)] == kept(pool)

    def test_the_order_of_coming_does_not_matter(self) -> None:
        routes = [
            PooledRoute(0, served(1, 2), cost=50, standing=1),
            PooledRoute(2, served(2, 1), cost=50, standing=2),
            PooledRoute(0, served(0), cost=7, standing=2),
            PooledRoute(2, (Served(0, 1),), cost=9),
        ]
        pools = [Pool(village()) for _ in permutations(routes)]
        for pool, order in zip(pools, permutations(routes), strict=True):
            pool.add(order)

        assert 1 == len({tuple(pool.columns(10)) for pool in pools})

    def test_the_cost_of_a_route_is_known_while_it_is_kept(self) -> None:
        pool = Pool(village())
        pool.add([PooledRoute(0, served(1, 2), cost=50)])

        assert 50 == pool.cost_of(2, served(1, 2))
        assert pool.cost_of(2, served(2, 1)) is None
        assert pool.cost_of(1, served(1, 2)) is None


class TestRoom:
    def test_the_highest_standing_come_first_and_no_more_than_asked_for(self) -> None:
        pool = Pool(street_of(9))
        pool.add(PooledRoute(0, served(k), cost=1, standing=k % 5) for k in range(9))

        assert [4, 3, 8] == [route.stops[0].visit for route in kept(pool, 3)]

    def test_beyond_its_room_those_of_lowest_standing_leave(self) -> None:
        pool = Pool(street_of(100), room=10)
        for k in range(100):
            pool.add([PooledRoute(0, served(k), cost=1, standing=37 * k % 100)])

        assert 10 == len(pool)
        assert len(pool._kept) <= 20  # pyright: ignore[reportPrivateUsage] - nobody else could tell
        assert list(range(99, 89, -1)) == [route.standing for route in kept(pool, 100)]


def test_threads_may_add_at_once() -> None:
    pool = Pool(street_of(200))
    threads = [
        Thread(target=lambda: [pool.add([PooledRoute(0, served(k), cost=1)]) for k in range(200)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 200 == len(pool)


def street_of(visits: int) -> Problem:
    return problem(*[visit(k % 10) for k in range(visits)])
