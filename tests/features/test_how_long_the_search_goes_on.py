"""The options of the search: how long, how many looks, which seed, reasons or none, progress, and a stop."""

import threading

import pytest

from api.v1.reading import read_day
from service.day.plan import Plan
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.progress import Incumbent
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.features.json_answers import each, entry_of, reasons, stops
from tests.features.json_street import ROOM, Json, agent_json, day_json, found, plan_json, shift_json, visit_json

TWENTY = [visit_json(f"V-{number}", number, priority=number) for number in range(1, 21)]
FIVE = TWENTY[:5]
A_SHORT_DAY = [agent_json("A", [shift_json(end="10:00")])]
"""Holds a handful of the twenty."""


def watched(document: Json, stop: threading.Event) -> tuple[Plan, list[Incumbent]]:
    heard: list[Incumbent] = []
    request = read_day(document, ROOM)
    plan = plan_day(
        request, sources=Sources(Roads(Estimate()), Packs.of()), solver=InProcess(), on_better=heard.append, stop=stop
    )
    return plan, heard


@pytest.mark.parametrize("limit", ["time_limit", "stall_limit"])
def test_a_limit_of_a_thousandth_of_a_second_ends_the_search_with_a_first_plan(limit: str) -> None:
    plan = plan_json(day_json(TWENTY, options={limit: "PT0.001S"}))

    assert (limit, "done") == (found(plan, "solver", "stopped_because"), plan["status"])
    assert stops(plan)


def test_a_solution_limit_ends_the_search_after_so_many_looks() -> None:
    plan = plan_json(day_json(TWENTY, A_SHORT_DAY, options={"solution_limit": 1}))

    assert "solution_limit" == found(plan, "solver", "stopped_because")


def test_a_search_with_nothing_left_to_try_says_so() -> None:
    plan = plan_json(day_json([visit_json("V", flags=["do_not_visit"])]))

    assert "exhausted" == found(plan, "solver", "stopped_because")


def test_the_same_seed_and_solution_limit_give_the_same_plan() -> None:
    document = day_json(TWENTY, A_SHORT_DAY, options={"solution_limit": 30, "seed": 7})

    first, second = plan_json(document), plan_json(document)

    assert 7 == found(first, "solver", "seed") == found(second, "solver", "seed")
    assert [first[key] for key in ("itineraries", "unassigned", "score")] == [
        second[key] for key in ("itineraries", "unassigned", "score")
    ]


def test_reasons_are_given_unless_nobody_wants_them() -> None:
    told = plan_json(day_json(TWENTY, A_SHORT_DAY, options={"solution_limit": 30}))
    silent = plan_json(day_json(TWENTY, A_SHORT_DAY, options={"solution_limit": 30, "explain": False}))

    left = [str(visit) for visit in each(told, "unassigned", of="visit_id")]
    assert left == each(silent, "unassigned", of="visit_id")
    assert all(reasons(told, visit) for visit in left)
    assert all(reasons(silent, visit) == [] for visit in left)
    assert "explain" in str(entry_of(silent, left[0])["remedy"])


def test_what_needs_no_search_is_told_even_so() -> None:
    document = day_json([visit_json("V", flags=["do_not_visit"])], options={"solution_limit": 1, "explain": False})

    assert ["do_not_visit"] == reasons(plan_json(document), "V")


def test_progress_is_told_with_every_better_plan_up_to_the_last() -> None:
    plan, heard = watched(day_json(TWENTY, A_SHORT_DAY), threading.Event())

    values = [better.progress.value for better in heard]
    assert sorted(values) == values
    assert (plan.score.value, plan.score.cost.total, plan.metrics.planned) == (
        heard[-1].progress.value,
        heard[-1].progress.cost,
        heard[-1].progress.planned,
    )
    assert 0 < values[-1]


def test_a_search_that_is_stopped_keeps_what_it_has_and_owns_up_to_it() -> None:
    """Stopped before it began it has nothing, though every one of the visits would fit by itself."""
    stop = threading.Event()
    stop.set()

    plan, _ = watched(day_json(FIVE), stop)

    assert ("stopped", ()) == (plan.solver.stopped_because, plan.itineraries)
    assert {"search_limit"} == {left.reasons[0].code for left in plan.unassigned}
    assert [1.0, 2.0] == [left.best_insertion.value for left in plan.unassigned[:2] if left.best_insertion]


def test_a_search_that_nobody_stops_finds_room_for_all_of_them() -> None:
    plan = plan_json(day_json(FIVE))

    assert {"V-1", "V-2", "V-3", "V-4", "V-5"} == set(stops(plan))
