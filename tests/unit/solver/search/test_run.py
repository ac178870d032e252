"""What the compiled search finds is legal and costs what it says.

The judge shares nothing with it: ``solver.schedule`` times its routes. Whether anything better exists is asked of
whole solves, in tests/property/test_optimum.py.
"""

from dataclasses import replace

import pytest

from solver.presolve import open_ways
from solver.problem import Fairness, Objective, Pay, Problem
from solver.search.arrays import Tuning
from solver.search.layout import lay_out, legs
from solver.search.run import tuning_for
from solver.solution import Sequences, Served
from tests.builders import HOUR, MINUTE, line, problem, rest, shift, visit
from tests.tiny import tiny_day
from tests.unit.solver.search.days import COLD, HOT, score_of, search_on, searched, timed

AS_IF_LARGE = Tuning(small_day=0, near_visits=1, near_served=1, far_visits=1, long_string=0.5, few_shifts=0)
"""Looks near by only, and empties routes, as on days of many visits and shifts."""

CHUNKS = 8
DAYS = 50
ROUNDS = 400


def days_of(chunk: int, *, links: int = 0, slow: float = 0.0) -> dict[int, Problem]:
    """Random days that somebody can serve something of, by seed."""
    seeds = range(chunk * DAYS, (chunk + 1) * DAYS)
    days = {seed: tiny_day(seed, visits=3 + seed % 5, shifts=1 + seed % 3, links=links, slow=slow) for seed in seeds}
    return {seed: day for seed, day in days.items() if any(open_ways(day))}


@pytest.mark.parametrize("tuning", [None, AS_IF_LARGE], ids=["as they are", "as if they were large"])
@pytest.mark.parametrize("slow", [0.0, 1.0], ids=["at all hours alike", "with slowdowns"])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_its_plans_are_legal_and_cost_what_it_says(chunk: int, slow: float, tuning: Tuning | None) -> None:
    """Breaks, windows, options, limits, loads, pins, set-up, overtime, preferences: nothing is an estimate."""
    found = {seed: (day, searched(day, ROUNDS, seed, (), tuning)) for seed, day in days_of(chunk, slow=slow).items()}

    assert [] == [seed for seed, (day, search) in found.items() if score_of(day, search.best) != search.score]


@pytest.mark.usefixtures("vast")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_as_if_days_were_vast_its_plans_are_legal_and_cost_what_it_says(chunk: int) -> None:
    found = {seed: (day, searched(day, ROUNDS, seed, (), AS_IF_LARGE)) for seed, day in days_of(chunk).items()}

    assert [] == [seed for seed, (day, search) in found.items() if score_of(day, search.best) != search.score]


@pytest.mark.parametrize("tuning", [None, AS_IF_LARGE], ids=["as they are", "as if they were large"])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_with_links_its_plans_are_legal_and_seldom_cost_more_than_it_says(chunk: int, tuning: Tuning | None) -> None:
    """Each route is charged for its cheapest day within the bounds of links; two such days may not go together."""
    dearer = 0
    for seed, day in days_of(chunk, links=2).items():
        search = searched(day, ROUNDS, seed, (), tuning)
        score = score_of(day, search.best)

        assert score is not None, seed
        assert score[:2] == search.score[:2], seed

        dearer += score[2] > search.score[2]

    assert dearer <= DAYS // 20


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_visit_gets_a_place_if_there_is_one(chunk: int) -> None:
    """With all others in place and no chance involved, one more visit fits exactly where it legally can."""
    for seed, drawn in days_of(chunk).items():
        day = worth_something(replace(drawn, objective=Objective.VALUE_FIRST))
        planned = searched(day, 50, seed).best
        for left_out in (stops[0].visit for stops in planned if stops):
            others = tuple(tuple(stop for stop in stops if stop.visit != left_out) for stops in planned)
            if timed(day, others) is None:
                continue
            alone = only(day, {stop.visit for stops in others for stop in stops} | {left_out})
            search = search_on(alone, seed, others, Tuning(blink=0.0, moody=0.0))
            search.fill()

            assert any(left_out == stop.visit for stops in search.standing for stop in stops), (seed, left_out)


def worth_something(day: Problem) -> Problem:
    """The day with every option worth something: one for nothing may be cheapest, and makes no better plan to keep."""
    visits = [replace(v, options=tuple(replace(o, prize=max(1, o.prize)) for o in v.options)) for v in day.visits]
    return replace(day, visits=tuple(visits))


def only(day: Problem, visits: set[int]) -> Problem:
    """The day with all other visits out of reach, and value all that counts."""
    nobody = {k: replace(v, options=tuple(replace(o, shifts={}) for o in v.options)) for k, v in enumerate(day.visits)}
    kept = tuple(v if k in visits else nobody[k] for k, v in enumerate(day.visits))
    return replace(day, visits=kept)


def test_who_is_taken_out_may_go_to_shifts_that_nothing_was_taken_from() -> None:
    pay = Pay(per_metre=1)
    far, near_by = shift(pay=pay), shift(start=1, end=1, agent=1, pay=pay)
    day = problem(visit(1), shifts=[far, near_by], travel=line([0, 1000]))
    search = search_on(day, start=((Served(0),), ()))
    search.run(20, HOT, COLD)

    assert ((), (Served(0),)) == search.best


def test_a_vast_day_has_larger_holes_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    small = lay_out(crowded(), open_ways(crowded())).facts
    monkeypatch.setattr(legs, "VAST", 0)
    vast = lay_out(crowded(), open_ways(crowded())).facts

    assert tuning_for(small).average_removed < tuning_for(vast).average_removed


def crowded() -> Problem:
    """More doors than two shifts can serve, lunch in the middle."""
    lunch = rest(20 * MINUTE, 40 * MINUTE, 10 * MINUTE)
    visits = [visit(1 + k % 9, service=(5 + k % 4) * MINUTE, prize=1 + 7 * k % 10) for k in range(14)]
    return problem(*visits, shifts=[shift(closes=HOUR, breaks=[lunch]), shift(closes=HOUR, agent=1)])


class TestReproducible:
    def test_the_same_seed_and_rounds_give_the_same_plan(self) -> None:
        assert searched(crowded(), 500).best == searched(crowded(), 500).best

    def test_a_run_cut_into_pieces_is_the_same_run(self) -> None:
        whole, cut = search_on(crowded()), search_on(crowded())

        whole.run(300, HOT, HOT)
        for _ in range(3):
            cut.run(100, HOT, HOT)

        assert (whole.standing, whole.best) == (cut.standing, cut.best)

    def test_other_seeds_go_other_ways(self) -> None:
        assert 1 < len({searched(crowded(), 3, seed).standing for seed in range(10)})


class TestStart:
    def test_it_is_never_lost(self) -> None:
        start = searched(crowded(), 500).best

        search = search_on(crowded(), 2, start)
        before = search.score
        search.run(20, HOT, HOT)

        assert before[1] == sum(crowded().visits[stop.visit].options[0].prize for stops in start for stop in stops)
        assert search.score[1] >= before[1]

    def test_what_has_begun_stays_where_strings_are_as_long_as_routes(self) -> None:
        begun = (Served(3), Served(0))
        first, second = crowded().shifts
        day = replace(crowded(), shifts=(replace(first, begun=begun), second))

        search = search_on(day, 1, (begun, ()), AS_IF_LARGE._replace(long_string=1.0))
        search.run(100, HOT, HOT)

        assert begun == search.standing[0][:2] == search.best[0][:2]
        assert 2 < len(search.best[0])

    def test_one_that_is_not_legal_is_told(self) -> None:
        late: Sequences = (tuple(Served(k) for k in range(14)), ())

        assert not search_on(crowded()).start_from(late)


@pytest.mark.parametrize(("long_string", "villagers"), [(0.0, 0), (0.5, 24)])
def test_a_village_worth_the_way_as_a_whole_only_is_found_by_emptying_a_route(
    long_string: float, villagers: int
) -> None:
    """A day in town has 30 doors; with the 10 of a string out there is no time yet for the way to the village."""
    town = [visit(0, service=8 * MINUTE, prize=2) for _ in range(30)]
    village = [visit(1, service=5 * MINUTE, prize=3) for _ in range(24)]
    day = problem(*town, *village, shifts=[shift(closes=4 * HOUR)], travel=line([0, HOUR]))
    in_town = (tuple(Served(k) for k in range(30)),)

    search = search_on(day, 1, in_town, AS_IF_LARGE._replace(moody=0.0, near_visits=60, long_string=long_string))
    search.run(500, COLD, COLD)

    assert villagers == sum(stop.visit >= len(town) for stops in search.best for stop in stops)


@pytest.mark.parametrize(("going_out", "served"), [(0.0, 0), (0.05, 24)])
def test_a_village_that_pays_as_a_whole_only_is_found_by_going_out(going_out: float, served: int) -> None:
    """Two hours there and back cost 72,000; each of 24 visits brings 4,000; a round without looks at six."""
    village = [visit(1, service=5 * MINUTE, prize=4_000) for _ in range(24)]
    day = problem(
        *village,
        shifts=[shift(closes=8 * HOUR, pay=Pay(per_metre=1))],
        travel=line([0, HOUR]),
        objective=Objective.PROFIT,
    )

    search = search_on(day, 1, ((),), AS_IF_LARGE._replace(near_visits=5, far_visits=0, going_out=going_out))
    search.run(500, COLD, COLD)

    assert served == sum(map(len, search.best))


def test_on_a_large_day_whoever_alone_may_serve_a_visit_is_asked_however_far_away() -> None:
    """Only ``b`` may serve x in A, and has the time if others take over in B; nobody near x is near B."""
    a, b, others_of_b = range(5), 5, {6: 0, 7: 0}
    in_a = [visit(0, service=HOUR, shifts=dict.fromkeys(a, 0)) for _ in range(40)]
    in_b = [visit(1, service=20 * MINUTE, shifts={b: 0} | others_of_b) for _ in range(45)]
    pinned = visit(1, service=20 * MINUTE, shifts={b: 0}, required=True)
    x = visit(0, service=HOUR, shifts={b: 0}, prize=2)
    shifts = [shift(start=int(n >= b), end=int(n >= b), closes=8 * HOUR, agent=n) for n in range(8)]
    day = problem(*in_a, *in_b, pinned, x, shifts=shifts, travel=line([0, HOUR]))

    assert len(day.visits) == sum(len(stops) for stops in searched(day, 20_000).best)


def test_unequal_work_is_evened_out_as_far_as_it_is_priced() -> None:
    """Doors all on one side: without a price one agent does it all; with one both go out."""
    doors = [visit(1, service=HOUR // 2) for _ in range(6)]
    alone = problem(*doors, shifts=[shift(), shift(agent=1)])
    fair = replace(alone, fairness=Fairness(10_000, (0, 0)))

    def calls(day: Problem) -> list[int]:
        return sorted(len(stops) for stops in searched(day, 500).best)

    assert ([0, 6], [3, 3]) == (calls(alone), calls(fair))


def test_hours_brought_along_count_as_work() -> None:
    doors = [visit(1, service=HOUR // 2) for _ in range(6)]
    day = problem(*doors, shifts=[shift(), shift(agent=1)], fairness=Fairness(10_000, (2 * HOUR, 0)))

    assert [1, 5] == [len(stops) for stops in searched(day, 500).best]
