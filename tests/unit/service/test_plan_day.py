"""From a request to a plan, and the two gates that no wrong plan passes. The search is dictated here."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from service.codebook import Compiled
from service.day.place import Place
from service.day.plan import Itinerary, Plan, TravelSource
from service.day.request import DayRequest, Objective, Options, Travel
from service.hours.packs import Packs
from service.itinerary import write_itineraries
from service.jobs.solving import Answer, InProcess
from service.plan_day import Gate, GateFailed, PlanRefused, plan_day
from service.progress import Incumbent
from service.scale import whole
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.protocol import Drawn, Table, TravelEngine
from service.travel.roads import Roads
from service.zones import Zones
from solver.budget import Budget, Engine, StoppedBecause
from solver.objective import score
from solver.reasons import unserved
from solver.schedule import follow
from solver.solution import Route, Served, Solution
from solver.units import Prize
from solver.wire import Task
from tests.worlds import at, day, given, minutes, option, visit


@dataclass
class Dictated:
    """A search that finds what it is told: visits of the first shift by their position in the request.

    ``distort`` plants a bug in the routes; whatever it was asked is kept.
    """

    visits: Sequence[int]
    distort: Callable[[Route], Route] = lambda route: route
    prize_bound: Prize | None = None
    asked: Task | None = None

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        """Do as told."""
        assert not stop.is_set()
        self.asked = task
        problem = task.problem
        sequences = (tuple(map(Served, self.visits)), *[()] * (len(problem.shifts) - 1))
        routes = tuple(self.distort(route) for route in follow(problem, sequences))
        solution = Solution(routes, score(problem, routes))
        on_better(solution)
        reasons = unserved(problem, solution) if task.explain else ()
        return Answer(solution, StoppedBecause.EXHAUSTED, 1.5, "dictated", reasons, self.prize_bound)


class Silent:
    """A travel engine that nobody may ask."""

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """Refuse."""
        raise AssertionError(places, profile)

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """Refuse."""
        raise AssertionError(origins, destinations, profile)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """Refuse."""
        raise AssertionError(stops, profile)

    def info(self, profile: str) -> TravelSource:
        """Refuse."""
        raise AssertionError(profile)


def plan(
    request: DayRequest,
    solver: Dictated,
    travel: TravelEngine | None = None,
    on_better: Callable[[Incumbent], None] = lambda _: None,
) -> Plan:
    return plan_day(
        request,
        sources=Sources(Roads(travel or Silent()), Packs.of()),
        solver=solver,
        on_better=on_better,
        stop=threading.Event(),
    )


def test_a_plan_tells_who_goes_where_when_and_who_is_left_out() -> None:
    request = day(visit("V", 3, ("9:03", "9:13")), visit("W", 5, priority=80), visit("X", flags=["do_not_visit"]))

    made = plan(request, Dictated([0]))

    assert [("V", at("9:03"))] == [(stop.visit_id, stop.start) for stop in made.itineraries[0].visits]
    assert [("W", "search_limit"), ("X", "do_not_visit")] == [
        (left.visit_id, left.reasons[0].code) for left in made.unassigned
    ]
    assert (50, 1, 2) == (made.score.value, made.metrics.planned, made.metrics.unassigned)


def test_the_real_search_serves_all_that_there_is_time_for() -> None:
    request = day(visit("V", 3), visit("W", 5), visit("X", 5, ("18:00", "19:00")))

    made = plan_day(
        request,
        sources=Sources(Roads(Silent()), Packs.of()),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )

    assert (100, ["X"]) == (made.score.value, [left.visit_id for left in made.unassigned])


def test_a_plan_says_where_it_came_from() -> None:
    made = plan(day(visit("V"), options=Options(seed=7)), Dictated([0]))

    assert ("matrix", 7, timedelta(seconds=1.5), "exhausted", "dictated") == (
        made.travel.source,
        made.solver.seed,
        made.solver.elapsed,
        made.solver.stopped_because,
        made.solver.engine,
    )
    assert ["no_policy"] == [warning.code for warning in made.warnings]


def test_a_required_visit_that_could_never_be_served_is_missed_not_refused() -> None:
    made = plan(day(visit("V"), visit("W", required=True, flags=["do_not_visit"])), Dictated([0]))

    assert 1 == made.score.required_missed


def test_the_search_is_bounded_and_asked_for_reasons_as_the_request_says() -> None:
    solver = Dictated([])

    made = plan(day(visit("V"), options=Options(solution_limit=3, seed=2, explain=False)), solver)

    assert solver.asked is not None
    assert (Budget(solutions=3, seed=2), False) == (solver.asked.budget, solver.asked.explain)
    assert () == made.unassigned[0].reasons


def test_the_search_is_made_by_the_engine_of_the_request_with_the_threads_of_the_service() -> None:
    solver = Dictated([])
    request = day(visit("V"), options=Options(solution_limit=3, engine="routing"))

    plan_day(
        request,
        sources=Sources(Roads(Silent()), Packs.of()),
        solver=solver,
        on_better=lambda _: None,
        stop=threading.Event(),
        threads=2,
    )

    assert solver.asked is not None
    assert (Engine.ROUTING, 2) == (solver.asked.budget.engine, solver.asked.budget.threads)


def test_a_proved_bound_is_told_in_the_units_of_the_request() -> None:
    made = plan(day(visit("V", value=30), visit("W", value=10)), Dictated([0], prize_bound=whole(40)))

    assert (30, 40, 25) == (made.score.value, made.score.value_bound, made.score.gap_percent)


def test_a_bound_of_the_value_alone_is_not_told_where_cost_counts_as_much() -> None:
    request = day(visit("V", value=30), objective=Objective("profit"))

    assert plan(request, Dictated([0], prize_bound=whole(40))).score.value_bound is None


def test_progress_is_told_in_the_units_of_the_request() -> None:
    told: list[Incumbent] = []

    plan(day(visit("V", value=12.5)), Dictated([0]), on_better=told.append)

    assert [(12.5, 0, 1)] == [(found.progress.value, found.progress.cost, found.progress.planned) for found in told]


def test_a_baseline_is_measured_beside_the_plan() -> None:
    request = day(visit("V", priority=80), visit("W", priority=30), baseline=[given("A/mon", "W")])

    made = plan(request, Dictated([0, 1]))

    assert made.baseline is not None
    assert (110, 30) == (made.score.value, made.baseline.score.value)


def test_agents_are_as_fast_as_the_request_says() -> None:
    request = day(visit("V", 8))

    made = plan(replace(request, travel=replace(request.travel, speed_factor=2.0)), Dictated([0]))

    assert minutes(4) == made.itineraries[0].visits[0].travel


def test_without_matrices_the_given_engine_is_asked() -> None:
    made = plan(day(visit("V", 8), travel=Travel()), Dictated([0]), Estimate())

    assert "estimate" == made.travel.source
    assert "travel_estimated" in [warning.code for warning in made.warnings]


def test_faults_are_refused_all_at_once_before_anything_is_asked() -> None:
    request = day(visit("V"), visit("V", priority=0), travel=Travel())

    with pytest.raises(PlanRefused) as refused:
        plan(request, Dictated([]))

    assert {"duplicate_id", "out_of_range"} == {fault.code for fault in refused.value.faults}
    assert "duplicate_id, out_of_range" == str(refused.value)


def test_a_ragged_matrix_is_refused_like_any_other_fault() -> None:
    request = day(visit("V"))
    ragged = replace(request.travel.matrices["car"], seconds=[[0], [1, 2]])

    with pytest.raises(PlanRefused):
        plan(replace(request, travel=Travel("matrix", {"car": ragged})), Dictated([]))


def test_a_plan_that_breaks_a_rule_in_whole_numbers_does_not_pass_the_checker() -> None:
    def sooner(route: Route) -> Route:
        return replace(route, stops=tuple(replace(stop, start=stop.start - 1) for stop in route.stops))

    with pytest.raises(GateFailed) as failed:
        plan(day(visit("Secret", 3)), Dictated([0], sooner))

    assert Gate.CHECKER is failed.value.gate
    assert "service_time" in {violation.code for violation in failed.value.violations}
    assert "Secret" not in str(failed.value)


def test_a_plan_that_differs_from_the_raw_request_does_not_pass_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    def a_minute_early(compiled: Compiled, routes: Sequence[Route], zones: Zones) -> tuple[Itinerary, ...]:
        (itinerary,) = write_itineraries(compiled, routes, zones)
        (stop,) = itinerary.visits
        return (replace(itinerary, stops=(replace(stop, arrive=stop.arrive - minutes(1)),)),)

    monkeypatch.setattr("service.plan_day.write_itineraries", a_minute_early)
    with pytest.raises(GateFailed) as failed:
        plan(day(visit("Secret", 8)), Dictated([0]))

    assert Gate.AUDIT is failed.value.gate
    assert "travel_time" in {violation.code for violation in failed.value.violations}
    assert "Secret" not in str(failed.value)


def test_the_option_by_which_a_visit_is_served_is_told() -> None:
    request = day(visit("V", 3, ("12:00", "12:05"), options=[option("work", 8, ("9:00", "17:00"))]))

    stop = plan(request, Dictated([0])).itineraries[0].visits[0]

    assert ("work", 8) == (stop.option, stop.place.index)


class Overhears(Dictated):
    """Notes what it was given to solve."""

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        self.task = task
        return super().solve(task, on_better=on_better, stop=stop)


def test_who_goes_on_starts_from_what_was_found_in_the_time_that_is_left() -> None:
    request = day(visit("V"), visit("W"), options=Options(time_limit=timedelta(seconds=20)))
    told: list[Incumbent] = []
    plan(request, Dictated([1, 0]), on_better=told.append)
    before = replace(told[-1], progress=replace(told[-1].progress, elapsed=timedelta(seconds=15)))
    solver = Overhears([1, 0])
    plan_day(
        request,
        sources=Sources(Roads(Silent()), Packs.of()),
        solver=solver,
        on_better=told.append,
        stop=threading.Event(),
        go_on_from=before,
    )

    assert 5 == solver.task.budget.seconds
    assert [[1, 0]] == [[stop.visit for stop in stops] for stops in solver.task.start]
    assert told[-1].progress.elapsed >= timedelta(seconds=15)


def test_the_search_ends_in_time_for_the_deadline_by_the_clock_of_the_moment_it_begins() -> None:
    solver = Dictated([0])
    request = replace(day(visit("V", 3)), options=Options(timedelta(seconds=60), deadline=at("9:00")))
    plan_day(
        request,
        sources=Sources(Roads(Silent()), Packs.of()),
        solver=solver,
        on_better=lambda _: None,
        stop=threading.Event(),
        clock=lambda: at("9:00") - timedelta(seconds=10),
    )

    assert solver.asked is not None
    assert 9 < (solver.asked.budget.seconds or 0) < 10
