"""Whatever day somebody sends, its plan keeps what is promised: tried on hundreds of days, with all features.

From document to document, and with arithmetic of its own: what the plan is compared with is read from the request.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final, TypeAlias, cast

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from api.errors import RefusedError
from api.v1 import mapping_out
from api.v1.fields import Duration
from api.v1.issue_types import issue_types
from api.v1.reading import read_day
from pydantic import TypeAdapter
from service.audit import audit
from service.day.plan import Plan
from service.day.request import DayRequest
from service.jobs.solving import Answer, InProcess
from service.plan_day import plan_day
from service.reason_words import ReasonCode
from service.store.protocol import PlanRecord, Status
from service.travel.choice import travel_for
from service.travel.estimate import Estimate
from solver.budget import Budget
from solver.checker import check
from solver.problem import Problem
from solver.solution import Solution
from tests.features.json_answers import listed, measured
from tests.features.json_street import ROOM, Json, found
from tests.property.days import FAMILIES, days
from tests.tree import ROOT

DAYS: Final = 36
"""Of each family: 540 in all."""

Window: TypeAlias = tuple[datetime, datetime]

any_family = pytest.mark.parametrize("family", FAMILIES)
some_days = settings(max_examples=DAYS)


@dataclass(frozen=True)
class Planned:
    """A request document, what became of it on the way, and the plan document."""

    document: Json
    request: DayRequest
    problem: Problem
    solution: Solution
    plan: Plan
    answer: Json


class Overheard(InProcess):
    """Solves, and remembers what was asked and answered."""

    problem: Problem
    answer: Answer

    def solve(
        self,
        problem: Problem,
        budget: Budget,
        *,
        explain: bool,
        on_better: Callable[[Solution], None],
        stop: threading.Event,
    ) -> Answer:
        self.problem = problem
        self.answer = super().solve(problem, budget, explain=explain, on_better=on_better, stop=stop)
        return self.answer


def planned(document: Json) -> Planned:
    try:
        request = read_day(document, ROOM)
    except RefusedError:
        assume(condition=False)
        raise
    solver = Overheard()
    plan = plan_day(request, travel=Estimate(), solver=solver, on_progress=lambda _: None, stop=threading.Event())
    record = PlanRecord("plan", 1, request, datetime(2026, 3, 1, tzinfo=UTC), Status.DONE, plan=plan)
    answer = cast("Json", mapping_out.plan(record).model_dump(mode="json"))
    return Planned(document, request, solver.problem, solver.answer.solution, plan, answer)


def untimed(answer: Json) -> Json:
    """A plan document but for the seconds it took."""
    return answer | {"solver": {**cast("Json", answer["solver"]), "elapsed": None}}


def instant(text: object) -> datetime:
    return datetime.fromisoformat(str(text)).astimezone(UTC)


def seconds(text: object) -> float:
    return TypeAdapter(Duration).validate_python(text).total_seconds()


def visit_stops(answer: Json) -> list[Json]:
    everywhere = (stop for itinerary in listed(answer, "itineraries") for stop in listed(itinerary, "stops"))
    return [stop for stop in everywhere if stop["type"] == "visit"]


def visits_by_id(document: Json) -> dict[object, Json]:
    return {visit["id"]: visit for visit in listed(document, "visits")}


def chosen_way(document: Json, stop: Json) -> Json:
    """The visit as it is served at a stop: what an option says, and the visit's own words for the rest."""
    visit = visits_by_id(document)[stop["visit_id"]]
    options = {option["id"]: option for option in cast("list[Json]", visit.get("options", []))}
    return visit | {"value_factor": 1} | (options[stop["option"]] if stop["option"] is not None else {})


def merged_windows(way: Json) -> list[Window]:
    """Windows that overlap or touch are one: whoever is there in the first may stay on into the second."""
    merged: list[Window] = []
    for start, end in sorted((instant(window["start"]), instant(window["end"])) for window in listed(way, "time_windows")):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def worth(visit: Json) -> float:
    value = visit.get("value", visit.get("priority", 50))
    return float(cast("float", value))


def as_given(answer: Json) -> list[Json]:
    """The itineraries of a plan document, as somebody who kept them would send them back."""
    return [
        {
            "shift_id": itinerary["shift_id"],
            "visits": [stop["visit_id"] for stop in stops],
            "starts": {stop["visit_id"]: stop["start"] for stop in stops},
            "options": {stop["visit_id"]: stop["option"] for stop in stops if stop["option"] is not None},
        }
        for itinerary in listed(answer, "itineraries")
        for stops in [[stop for stop in listed(itinerary, "stops") if stop["type"] == "visit"]]
    ]


@any_family
@some_days
@given(st.data())
def test_both_gates_stay_silent(family: str, data: st.DataObject) -> None:
    day = planned(data.draw(days(family)))

    assert () == check(day.problem, day.solution)
    assert () == audit(day.request, day.plan, travel_for(day.request.travel, Estimate()))
