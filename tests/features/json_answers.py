"""Answers as documents: itineraries measured from document to document, and ways to read what was answered."""

from typing import cast

from api.v1 import mapping_out
from api.v1.reading import read_evaluation
from service.evaluate_plan import evaluate_plan
from service.hours.packs import Packs
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.features.json_street import ROOM, Json, found


def measured(document: Json, *itineraries: Json) -> Json:
    """The answer to an evaluation of itineraries against a request document."""
    request, given = read_evaluation({"request": document, "itineraries": list(itineraries)}, ROOM)
    answer = evaluate_plan(request, given, sources=Sources(Roads(Estimate()), Packs.of()))
    return cast("Json", mapping_out.evaluation(answer, request).model_dump(mode="json"))


def listed(document: object, *path: str | int) -> list[Json]:
    """The objects of the list that a path leads to."""
    return cast("list[Json]", found(document, *path))


def each(document: object, *path: str | int, of: str) -> list[object]:
    """What every element of a list says under one key: ``each(plan, "unassigned", of="visit_id")``."""
    return [element[of] for element in listed(document, *path)]


def stops(plan: Json, itinerary: int = 0) -> list[object]:
    """Visits of one itinerary in order, by id."""
    return [stop["visit_id"] for stop in listed(plan, "itineraries", itinerary, "stops") if stop["type"] == "visit"]


def stop_of(plan: Json, visit: str) -> Json:
    """The one stop at which a visit is made, in whichever itinerary."""
    everywhere = (stop for itinerary in listed(plan, "itineraries") for stop in listed(itinerary, "stops"))
    (stop,) = (stop for stop in everywhere if stop.get("visit_id") == visit)
    return stop


def entry_of(plan: Json, visit: str) -> Json:
    """What is told of a visit that is not in the plan."""
    (entry,) = (entry for entry in listed(plan, "unassigned") if entry["visit_id"] == visit)
    return entry


def reasons(plan: Json, visit: str) -> list[object]:
    """Codes of the reasons why a visit is not in the plan, in their order."""
    return each(entry_of(plan, visit), "reasons", of="code")
