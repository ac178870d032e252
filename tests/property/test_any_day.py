"""Whatever day somebody sends, its plan keeps what is promised: tried on hundreds of days, with all features.

From document to document, and with arithmetic of its own: what a plan is compared with is read from its request.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from api.errors import RefusedError
from api.v1 import mapping_out
from api.v1.issue_types import issue_types
from api.v1.reading import read_day
from service.audit import audit
from service.day.plan import Plan
from service.day.policy import Policy
from service.day.request import DayRequest
from service.hours.packs import Packs
from service.jobs.solving import Answer, InProcess
from service.plan_day import plan_day
from service.reason_words import ReasonCode
from service.sources import Sources
from service.store.protocol import Made, PlanState, Status
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from service.zones import zone_at
from solver.checker import check
from solver.problem import Problem
from solver.solution import Solution
from solver.wire import Task
from tests.features.json_answers import listed, measured
from tests.features.json_street import ROOM, Json, found
from tests.property.days import FAMILIES, days
from tests.property.door_clock import is_agreed, is_open, law, minutes
from tests.property.setting import duration
from tests.travel import AskedAnew
from tests.tree import ROOT

DAYS: Final = 36
"""Of each family: 648 in all."""
ROUNDING: Final = 1e-5
"""Values are counted in parts of 0.0000003, and told with six digits."""
PLANNED_ELSEWHERE: Final = """
import json, sys
from tests.property.test_any_day import planned, untimed
json.dump([untimed(planned(document).answer) for document in json.load(sys.stdin)], sys.stdout)
"""

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

    def solve(self, task: Task, *, on_better: Callable[[Solution], None], stop: threading.Event) -> Answer:
        self.problem = task.problem
        self.answer = super().solve(task, on_better=on_better, stop=stop)
        return self.answer


def planned(document: Json) -> Planned:
    """The day planned through both gates; raises RefusedError if the request is not accepted."""
    request, solver = read_day(document, ROOM), Overheard()
    plan = plan_day(
        request,
        sources=Sources(Roads(Estimate()), Packs.of()),
        solver=solver,
        on_better=lambda _: None,
        stop=threading.Event(),
    )
    state = PlanState("plan", 1, datetime(2026, 3, 1, tzinfo=UTC), request.name, request.currency, Status.DONE)
    answer = cast("Json", mapping_out.plan(state, Made(request, plan)).model_dump(mode="json"))
    return Planned(document, request, solver.problem, solver.answer.solution, plan, answer)


def accepted(document: Json) -> Json:
    """The document; another one is drawn if a fault is found in it."""
    try:
        read_day(document, ROOM)
    except RefusedError:
        assume(condition=False)
    return document


@any_family
@some_days
@given(data=st.data())
def test_a_plan_breaks_no_rule_and_accounts_for_everything(family: str, data: st.DataObject) -> None:
    day = planned(accepted(data.draw(days(family))))

    assert () == check(day.problem, day.solution)
    assert () == audit(day.request, day.plan, AskedAnew(day.request), zone_at, Packs.of().by_id)
    assert [] == [stop for stop in visit_stops(day.answer) if not is_whole(day.document, stop)]
    assert [] == [stop for stop in visit_stops(day.answer) if not lies_within(day, stop)]
    assert [] == [stop for stop in visit_stops(day.answer) if not is_likely(day.document, stop)]
    assert sorted(visits_by_id(day.document)) == sorted(ids(visit_stops(day.answer)) + ids(unassigned(day.answer)))
    assert [] == [entry for entry in unassigned(day.answer) if not is_explained(entry)]
    assert pytest.approx(collected(day), abs=ROUNDING) == found(day.answer, "score", "value")
    assert collected(day) <= most_to_collect(day) + ROUNDING
    assert missed(day) == found(day.answer, "score", "required_missed")


@any_family
@some_days
@given(data=st.data())
def test_measured_again_a_plan_has_the_same_times_and_score(family: str, data: st.DataObject) -> None:
    day = planned(accepted(data.draw(days(family))))

    again = measured(day.document, *as_given(day.answer))

    assert [] == again["violations"]
    assert [day.answer["itineraries"], day.answer["score"]] == [again["itineraries"], again["score"]]
    assert [day.answer["metrics"], day.answer["baseline"]] == [again["metrics"], again["baseline"]]


@any_family
@some_days
@given(data=st.data())
def test_planned_again_a_day_has_the_same_plan(family: str, data: st.DataObject) -> None:
    day = planned(accepted(data.draw(days(family))))

    assert untimed(day.answer) == untimed(planned(day.document).answer)


def test_another_process_makes_the_same_plans() -> None:
    """Another process hashes texts differently, and so goes through sets in another order."""
    documents = [max(some_of(family, 12), key=lambda day: len(listed(day, "visits"))) for family in FAMILIES]

    command = [sys.executable, "-c", PLANNED_ELSEWHERE]
    told = subprocess.run(command, input=json.dumps(documents), cwd=ROOT, check=True, capture_output=True, text=True)

    assert [untimed(planned(document).answer) for document in documents] == json.loads(told.stdout)


@any_family
def test_hardly_any_day_is_refused(family: str) -> None:
    documents = some_of(family, DAYS)

    refused = [document for document in documents if is_refused(document)]

    assert len(refused) <= len(documents) // 10


def some_of(family: str, count: int) -> list[Json]:
    documents: list[Json] = []

    @settings(max_examples=count, phases=[Phase.generate])
    @given(days(family))
    def draw(document: Json) -> None:
        documents.append(document)

    draw()
    return documents


def is_refused(document: Json) -> bool:
    try:
        read_day(document, ROOM)
    except RefusedError:
        return True
    return False


def untimed(answer: Json) -> Json:
    """A plan document but for the seconds it took."""
    return answer | {"solver": cast("Json", answer["solver"]) | {"elapsed": None}}


def visit_stops(answer: Json) -> list[Json]:
    everywhere = (stop for itinerary in listed(answer, "itineraries") for stop in listed(itinerary, "stops"))
    return [stop for stop in everywhere if stop["type"] == "visit"]


def unassigned(answer: Json) -> list[Json]:
    return listed(answer, "unassigned")


def ids(entries: list[Json]) -> list[str]:
    return [str(entry["visit_id"]) for entry in entries]


def visits_by_id(document: Json) -> dict[str, Json]:
    return {str(visit["id"]): visit for visit in listed(document, "visits")}


def way_of(document: Json, stop: Json) -> Json:
    """The visit as it is served at a stop: what its option says, and the visit's own words for the rest."""
    visit = visits_by_id(document)[str(stop["visit_id"])]
    own = visit | {"value_factor": 1}
    if stop["option"] is None:
        return own
    (option,) = (option for option in listed(visit, "options") if option["id"] == stop["option"])
    return own | option


def windows_of(document: Json, stop: Json) -> list[Window] | None:
    """When somebody is wanted there: windows that overlap or touch are one. ``None`` = at any time."""
    way = way_of(document, stop)
    if "time_windows" not in way:
        return None
    merged: list[Window] = []
    for start, end in sorted((instant(each["start"]), instant(each["end"])) for each in listed(way, "time_windows")):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def is_whole(document: Json, stop: Json) -> bool:
    """Whether a stop takes as long as the visit does."""
    lasts = instant(stop["finish"]) - instant(stop["start"])
    return visits_by_id(document)[str(stop["visit_id"])]["duration"] == duration(lasts // timedelta(seconds=1))


def lies_within(day: Planned, stop: Json) -> bool:
    """Whether the whole of a stop lies in one of the windows, and the answer says in which."""
    windows, told = windows_of(day.document, stop), found(stop, "permitted", "window")
    if told is not None and "policy" in day.document:
        return is_permitted(day.request, stop, windows)
    if windows is None or told is None:
        return windows is None and told is None
    start, finish = instant(stop["start"]), instant(stop["finish"])
    holding = [list(window) for window in windows if window[0] <= start and finish <= window[1]]
    return holding == [[instant(edge) for edge in cast("list[str]", told)]]


def is_permitted(request: DayRequest, stop: Json, windows: list[Window] | None) -> bool:
    """Whether a stop lies in the window that is told, and that in one of the visit's, all of it at permitted hours."""
    opens, closes = map(instant, cast("list[str]", found(stop, "permitted", "window")))
    visit = next(visit for visit in request.visits if visit.id == stop["visit_id"])
    zone = ZoneInfo(visit.timezone or request.timezone or "")
    rules = law(Packs.of(), request.policy or Policy(), visit.jurisdiction)
    return (
        opens <= instant(stop["start"]) <= instant(stop["finish"]) <= closes
        and (windows is None or any(start <= opens and closes <= end for start, end in windows))
        and all(is_open(rules, at, zone) or is_agreed(rules, visit, at) for at in minutes(opens, closes))
    )


def is_explained(entry: Json) -> bool:
    codes = {str(reason["code"]) for reason in listed(entry, "reasons")}
    documented = {issue.code for issue in issue_types()}
    return bool(codes) and codes <= set(ReasonCode) & documented and bool(entry["remedy"])


def worth(visit: Json) -> float:
    return cast("float", visit.get("value", visit.get("priority", 50)))


def collected(day: Planned) -> float:
    return sum(expected(day.document, stop) for stop in visit_stops(day.answer))


def expected(document: Json, stop: Json) -> float:
    """What a stop adds to the value of its plan."""
    way = way_of(document, stop)
    value = worth(way) * cast("float", way["value_factor"])
    counts = found(document, "objective", "expected_value") and way.get("contact")
    return cast("float", stop["expected_value"]) if counts else value


def is_likely(document: Json, stop: Json) -> bool:
    """Whether the value to be expected of a stop is its value times the chance told with it, which has six digits."""
    way = way_of(document, stop)
    value, chance = worth(way) * cast("float", way["value_factor"]), stop["contact_probability"]
    if not way.get("contact"):
        return chance is None and stop["expected_value"] is None
    return pytest.approx(value * cast("float", chance), abs=ROUNDING * (1 + value)) == stop["expected_value"]


def most_to_collect(day: Planned) -> float:
    return sum(worth(visit) * max(factors_of(visit)) for visit in listed(day.document, "visits"))


def factors_of(visit: Json) -> list[float]:
    options = cast("list[Json]", visit.get("options", []))
    return [1.0, *(cast("float", option["value_factor"]) for option in options)]


def missed(day: Planned) -> int:
    """Unassigned visits that are required or locked."""
    visits = visits_by_id(day.document)
    return sum("required" in visits[visit] or "lock" in visits[visit] for visit in ids(unassigned(day.answer)))


def as_given(answer: Json) -> list[Json]:
    """The itineraries of a plan document, as somebody who keeps to them sends them back."""
    return [
        {
            "shift_id": itinerary["shift_id"],
            "visits": ids(stops),
            "starts": {stop["visit_id"]: stop["start"] for stop in stops},
            "options": {stop["visit_id"]: stop["option"] for stop in stops},
        }
        for itinerary in listed(answer, "itineraries")
        for stops in [[stop for stop in listed(itinerary, "stops") if stop["type"] == "visit"]]
    ]


def instant(text: object) -> datetime:
    return datetime.fromisoformat(str(text)).astimezone(UTC)
