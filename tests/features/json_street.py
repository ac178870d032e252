"""The one-street world as JSON, planned from document to document, and plans told so that they can be read aloud.

House ``n`` lies ``n`` minutes and ``100 n`` metres from house 0, see ``tests.worlds``. ``told`` says who does what
when: ``{"A/mon": ["9:00 off", "9:03-9:13 V", "9:16 end"]}``.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

from api.v1 import mapping_out
from api.v1.reading import Limits, read_day
from service.day.plan import Itinerary, Plan, Reason, Unassigned, VisitStop
from service.day.request import DayRequest
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.store.protocol import Made, PlanState, Status
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.worlds import at, street

Json: TypeAlias = dict[str, object]

ROOM: Final = Limits(visits=100, shifts=100)
STREET: Final = street()


def planned(request: DayRequest) -> Plan:
    """The day, planned in this process."""
    return plan_day(
        request,
        sources=Sources(Roads(Estimate()), Packs.of()),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )


def plan_json(document: Json) -> Json:
    """The plan document that answers a request document."""
    request = read_day(document, ROOM)
    state = PlanState("plan", 1, at("8:00"), request.name, request.currency, Status.DONE)
    return cast("Json", mapping_out.plan(state, Made(request, planned(request))).model_dump(mode="json"))


def day_json(visits: Sequence[Json], agents: Sequence[Json] | None = None, **rest: object) -> Json:
    """A request for the street; without agents said, one from 9 to 17."""
    return {
        "timezone": "Europe/Helsinki",
        "agents": [agent_json()] if agents is None else list(agents),
        "visits": list(visits),
        "travel": {"source": "matrix", "matrices": [matrix_json("car", minute=60)]},
        "options": {"solution_limit": 2000},
    } | rest


def matrix_json(profile: str, minute: int) -> Json:
    """The street for people who need ``minute`` seconds a house."""
    matrix = street(minute=minute)
    return {"profile": profile, "seconds": matrix.seconds, "metres": matrix.metres}


def agent_json(name: str = "A", shifts: Sequence[Json] | None = None, **more: object) -> Json:
    """Somebody to send; without shifts said, from 9 to 17."""
    return {"id": name, "shifts": [shift_json(f"{name}/mon")] if shifts is None else list(shifts)} | more


def shift_json(name: str = "A/mon", start: str = "9:00", end: str = "17:00", day: int = 2, **more: object) -> Json:
    """A working period from house 0; no ``end_location`` is said."""
    return {"id": name, "start": instant(start, day), "end": instant(end, day), "start_location": {"index": 0}} | more


def visit_json(name: str, number: int = 1, **more: object) -> Json:
    """A call of 10 minutes at a house."""
    return {"id": name, "location": {"index": number}, "duration": "PT10M"} | more


def window_json(start: str, end: str, day: int = 2) -> Json:
    """A time window of the Monday."""
    return {"start": instant(start, day), "end": instant(end, day)}


def instant(clock: str, day: int = 2) -> str:
    """``"9:05"`` on a day of March 2026 as RFC 3339."""
    return at(clock, day).isoformat()


def found(document: object, *path: str | int) -> object:
    """What a path through a document leads to."""
    for step in path:
        document = cast("Mapping[str | int, object]", document)[step]
    return document


def told(plan: Plan) -> dict[str, list[str]]:
    """Every used shift in sentences of three words."""
    return {itinerary.shift_id: _told(itinerary) for itinerary in plan.itineraries}


def _told(itinerary: Itinerary) -> list[str]:
    stops = [
        f"{stop.start:%-H:%M}-{stop.finish:%-H:%M} {stop.visit_id if isinstance(stop, VisitStop) else stop.break_id}"
        for stop in itinerary.stops
    ]
    return [f"{itinerary.start:%-H:%M} off", *stops, f"{itinerary.finish:%-H:%M} end"]


def served(plan: Plan) -> dict[str, list[str]]:
    """The visits of every used shift, in order."""
    return {itinerary.shift_id: [stop.visit_id for stop in itinerary.visits] for itinerary in plan.itineraries}


def left_out(plan: Plan, visit: str) -> Unassigned:
    """What is said about a visit that is not in the plan."""
    return next(each for each in plan.unassigned if each.visit_id == visit)


def reason(plan: Plan, visit: str, agent: str = "A") -> Reason:
    """Why one agent does not serve a visit."""
    return next(each for each in left_out(plan, visit).reasons if each.agent_id == agent)
