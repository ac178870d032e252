"""Plans bettered on the exact score."""

from random import Random

from solver.draft import Draft, Timetable
from solver.improve import Improver
from solver.insertion import Insertions
from solver.presolve import open_ways
from solver.problem import Fairness, Limits, Link, Objective, Pay, Problem
from tests.builders import HOUR, MINUTE, option, problem, sequences, shift, visit


def never() -> bool:
    return False


class Plans:
    """A day, and ways to better plans for it."""

    def __init__(self, day: Problem) -> None:
        self.timetable = Timetable(day)
        self.improver = Improver(self.timetable, Insertions(self.timetable, open_ways(day)))

    def of(self, *routes: list[int]) -> Draft:
        draft = self.timetable.draft(sequences(*routes))
        assert draft is not None
        return draft

    def best_from(self, *routes: list[int]) -> list[list[int]]:
        draft = self.of(*routes)
        for better in self.improver.improve(draft, never):
            assert better.key > draft.key
            draft = better
        return visits_of(draft)

    def swaps(self, *routes: list[int]) -> list[Draft]:
        return list(self.improver.swap(self.of(*routes), never))


def visits_of(draft: Draft) -> list[list[int]]:
    return [[stop.visit for stop in stops] for stops in draft.sequences]


def test_what_fits_is_put_in_where_it_costs_least() -> None:
    day = problem(visit(2), visit(6), visit(4), shifts=[shift(pay=Pay(per_metre=1))])

    assert [[0, 2, 1]] == Plans(day).best_from([0, 1]) or [[1, 2, 0]] == Plans(day).best_from([0, 1])


def test_a_visit_that_does_not_fit_stays_out() -> None:
    day = problem(visit(2), visit(6), shifts=[shift(closes=4 * MINUTE)])

    assert [[0]] == Plans(day).best_from([])


def test_a_visit_of_more_prize_takes_the_place_of_one_of_less() -> None:
    day = problem(
        visit(2, service=HOUR, prize=5), visit(3, service=HOUR, prize=6), shifts=[shift(closes=HOUR + 6 * MINUTE)]
    )

    assert [[1]] == Plans(day).best_from([0])


def test_a_required_visit_takes_the_place_of_any_prize() -> None:
    day = problem(
        visit(2, service=HOUR, prize=500),
        visit(3, service=HOUR, prize=0, required=True),
        shifts=[shift(closes=HOUR + 6 * MINUTE)],
    )

    assert [[1]] == Plans(day).best_from([0])


def test_two_visits_make_room_for_one_that_is_worth_more_than_both() -> None:
    half, whole = 30 * MINUTE, 60 * MINUTE
    day = problem(
        visit(0, service=half, prize=5),
        visit(0, service=half, prize=5),
        visit(0, service=whole, prize=11),
        shifts=[shift(closes=whole)],
    )

    assert [[2]] == Plans(day).best_from([0, 1])


def test_the_option_of_more_prize_is_taken_when_there_is_room_for_it() -> None:
    day = problem(visit(1, prize=2, others=[option(3, prize=5)]), shifts=[shift(closes=6 * MINUTE)])
    plans = Plans(day)

    assert [5] == [draft.key[1] for draft in plans.improver.improve(plans.of([0]), never)]


def test_what_does_not_pay_is_taken_out_where_profit_counts() -> None:
    day = problem(
        visit(1, prize=10), visit(9, prize=1), shifts=[shift(pay=Pay(per_second=1))], objective=Objective.PROFIT
    )

    assert [[]] == Plans(day).best_from([0, 1])


def test_visits_that_pay_only_together_are_found_by_shaking() -> None:
    """Going out costs 18; two visits are worth ten each. The third never pays: it must not come along with them."""
    day = problem(
        visit(9, prize=10),
        visit(9, prize=10),
        visit(9, prize=1, shifts={0: 5}),
        shifts=[shift(pay=Pay(fixed=18))],
        objective=Objective.PROFIT,
    )
    plans = Plans(day)
    nobody = plans.of([])

    assert [] == list(plans.improver.improve(nobody, never))
    shaken = [plans.improver.shake(nobody, Random(seed), never) for seed in range(10)]  # noqa: S311 - no secret
    assert {0, 2} == {plan.key[1] for plan in shaken}


class TestSwaps:
    def test_the_visit_that_is_worth_least_makes_room(self) -> None:
        hours = [visit(0, service=HOUR, prize=prize) for prize in (6, 3, 4, 5)]
        day = problem(*hours, shifts=[shift(closes=HOUR), shift(closes=2 * HOUR)])

        assert [{0, 2, 3}] == [draft.served() for draft in Plans(day).swaps([0], [1, 2])]

    def test_one_of_the_same_prize_comes_in_where_it_costs_less(self) -> None:
        one = shift(limits=Limits(visits=1), pay=Pay(per_metre=1))
        day = problem(visit(5, prize=3), visit(1, prize=3), shifts=[one])

        assert [{1}] == [draft.served() for draft in Plans(day).swaps([0])]

    def test_where_profit_counts_one_of_less_prize_comes_in_if_it_saves_more(self) -> None:
        far_and_near = [visit(0, prize=9, shifts={0: 8}), visit(0, prize=5)]
        day = problem(*far_and_near, shifts=[shift(limits=Limits(visits=1))], objective=Objective.PROFIT)

        assert [{1}] == [draft.served() for draft in Plans(day).swaps([0])]

    def test_a_required_visit_makes_no_room_for_any_prize(self) -> None:
        day = problem(visit(0, prize=1, required=True), visit(0, prize=9), shifts=[shift(limits=Limits(visits=1))])

        assert [] == Plans(day).swaps([0])

    def test_what_follows_a_visit_leaves_with_it_and_counts(self) -> None:
        """For the first one alone four would be enough, but the one that follows it is worth another three."""
        two = [visit(0, prize=2, shifts={0: 0}), visit(1, prize=3)]
        one_each = [shift(limits=Limits(visits=1)), shift(limits=Limits(visits=1))]
        lesser, greater = (
            problem(*two, visit(0, prize=prize, shifts={0: 0}), links=[Link(0, 1)], shifts=one_each) for prize in (4, 6)
        )

        assert [] == Plans(lesser).swaps([0], [1])
        assert [{2}] == [draft.served() for draft in Plans(greater).swaps([0], [1])]

    def test_what_went_out_comes_in_elsewhere_if_it_can(self) -> None:
        day = problem(
            visit(0, prize=5),
            visit(0, prize=6, shifts={0: 0}),
            shifts=[shift(limits=Limits(visits=1)), shift(limits=Limits(visits=1))],
        )

        assert [{0, 1}] == [draft.served() for draft in Plans(day).swaps([0], [])]

    def test_a_swap_is_found_that_taking_out_and_filling_up_by_worth_misses(self) -> None:
        """Filling up would begin with the second, which is worth most and gains least."""
        day = problem(
            visit(0, prize=3),
            visit(0, prize=10, shifts={0: 9}),
            visit(0, prize=8),
            shifts=[shift(limits=Limits(visits=1))],
            objective=Objective.PROFIT,
        )

        assert [[2]] == Plans(day).best_from([0])

    def test_none_is_looked_for_when_the_time_is_over(self) -> None:
        plans = Plans(problem(visit(0, prize=3), visit(0, prize=5), shifts=[shift(limits=Limits(visits=1))]))

        assert [] == list(plans.improver.swap(plans.of([0]), lambda: True))


def test_work_is_shared_out_where_fairness_has_a_price() -> None:
    fair = Fairness(rate=100, worked_before=(0, 0))
    visits = [visit(0, service=HOUR), visit(0, service=HOUR)]
    shifts = [shift(agent=0), shift(agent=1)]

    assert [[0, 1], []] == Plans(problem(*visits, shifts=shifts)).best_from([0, 1], [])
    shared = Plans(problem(*visits, shifts=shifts, fairness=fair)).best_from([0, 1], [])
    assert [1, 1] == [len(route) for route in shared]


def test_those_who_worked_much_before_work_less() -> None:
    fair = Fairness(rate=100, worked_before=(5 * HOUR, 0))
    day = problem(visit(0, service=HOUR), shifts=[shift(agent=0), shift(agent=1)], fairness=fair)

    assert [[], [0]] == Plans(day).best_from([0], [])


class TestLinks:
    def test_the_later_visit_comes_in_once_the_earlier_one_is(self) -> None:
        """The later one is worth more and hence tried first; it has to be tried again."""
        day = problem(visit(1, prize=9), visit(2, prize=1), links=[Link(1, 0)])

        assert [[1, 0]] == Plans(day).best_from([])

    def test_the_later_visit_leaves_with_the_earlier_one(self) -> None:
        """A visit of ten for two hours takes the place of a chain of three that is worth nine."""
        chain = [visit(0, service=HOUR, prize=3), visit(0, prize=3), visit(0, prize=3)]
        day = problem(
            *chain, visit(0, service=HOUR, prize=10), links=[Link(0, 1), Link(1, 2)], shifts=[shift(closes=HOUR)]
        )

        assert [[3]] == Plans(day).best_from([0, 1, 2])

    def test_the_gap_is_kept_between_two_shifts(self) -> None:
        day = problem(
            visit(1, (0, 60)),
            visit(1, (0, 100)),
            visit(1, (0, HOUR)),
            links=[Link(0, 1, 60), Link(0, 2, 60)],
            shifts=[shift(closes=HOUR), shift(closes=HOUR)],
        )

        assert {0, 2} == {visit for route in Plans(day).best_from([0], []) for visit in route}


def test_nothing_is_tried_when_the_time_is_over() -> None:
    plans = Plans(problem(visit(1)))

    assert [] == list(plans.improver.improve(plans.of([]), lambda: True))
