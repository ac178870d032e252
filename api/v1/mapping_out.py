"""From a plan to what is said of it. Parts that look the same inside and outside are taken over by their names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from api.json_document import pointer_text
from api.v1 import responses as wire
from api.v1 import responses_parts as part
from service.callbacks.protocol import Callback
from service.coordinates import plan_in
from service.day.place import Candidate, Place
from service.day.plan import BreakStop, Itinerary, Plan, Unassigned, Violated, VisitStop, Warned
from service.day.request import DayRequest
from service.day.visit import Visit
from service.day.window import TimeWindow
from service.store.protocol import Made, PlanState

Visits: TypeAlias = Mapping[str, Visit]
"""Visits of the request by id: their accounts and data go back untouched."""


def plan(state: PlanState, made: Made | None) -> wire.Plan:
    """The plan as it stands, finished or not."""
    return wire.Plan.model_validate(
        {
            **({} if made is None else _content(made.plan, made.request)),
            "id": state.id,
            "status": state.status,
            "name": state.name,
            "currency": state.currency,
            "created_at": state.created_at,
            "started_at": state.started_at,
            "finished_at": state.finished_at,
            "progress": state.progress,
            "failure": state.failure,
            "links": links(state.id),
        }
    )


def evaluation(measured: Plan, request: DayRequest) -> wire.Evaluation:
    """Given itineraries with their times, score and broken rules."""
    return wire.Evaluation.model_validate(
        {
            **_content(measured, request),
            "name": request.name,
            "currency": request.currency,
            "violations": violations(measured.violations),
        }
    )


def accepted(state: PlanState) -> wire.Accepted:
    """What a caller needs to come back for the plan."""
    return wire.Accepted(id=state.id, status=state.status, links=links(state.id))


def callback(known: Callback) -> wire.Callback:
    """How far the end of a plan has been told."""
    return wire.Callback(
        url=known.url, status=known.telling, tries=known.tries, next_at=known.due_at, trouble=known.trouble
    )


def page(states: Sequence[PlanState], next_cursor: str | None) -> wire.PlanPage:
    """A page of plans."""
    return wire.PlanPage(plans=list(map(_summary, states)), next_cursor=next_cursor)


def links(plan_id: str) -> part.Links:
    """Addresses of a plan."""
    return part.Links(self=f"/v1/plans/{plan_id}", stop=f"/v1/plans/{plan_id}/stop")


def warnings(warned: Iterable[Warned]) -> list[part.Warned]:
    """Warnings with their way through the request."""
    return [
        part.Warned(code=each.code, detail=each.detail, pointer=pointer_text(each.path) if each.path else None)
        for each in warned
    ]


def violations(violated: Iterable[Violated]) -> list[part.Violation]:
    """Broken rules."""
    return list(map(part.Violation.model_validate, violated))


def _content(planned: Plan, request: DayRequest) -> dict[str, object]:
    visits = {visit.id: visit for visit in request.visits}
    planned = plan_in(planned, request.crs)
    return {
        "score": part.Score.model_validate(planned.score),
        "itineraries": [_itinerary(itinerary, visits) for itinerary in planned.itineraries],
        "unassigned": [_unassigned(each, visits) for each in planned.unassigned],
        "metrics": part.PlanMetrics.model_validate(planned.metrics),
        "baseline": None if planned.baseline is None else part.BaselineScore.model_validate(planned.baseline),
        "warnings": warnings(planned.warnings),
        "travel": part.TravelSource.model_validate(planned.travel),
        "checks": part.Checks(violations=len(planned.violations)),
        "solver": part.SolverNote.model_validate(planned.solver),
    }


def _summary(state: PlanState) -> wire.PlanSummary:
    return wire.PlanSummary(
        id=state.id,
        status=state.status,
        name=state.name,
        created_at=state.created_at,
        score=None if state.score is None else part.Score.model_validate(state.score),
        links=links(state.id),
    )


def _itinerary(itinerary: Itinerary, visits: Visits) -> part.Itinerary:
    way_back = itinerary.way_back
    return part.Itinerary(
        agent_id=itinerary.agent_id,
        shift_id=itinerary.shift_id,
        start=itinerary.start,
        finish=itinerary.finish,
        stops=[
            part.BreakStop.model_validate(stop) if isinstance(stop, BreakStop) else _stop(stop, visits[stop.visit_id])
            for stop in itinerary.stops
        ],
        way_back=None
        if way_back is None
        else part.WayBack(location=_location(way_back.place), travel=way_back.travel, distance_m=way_back.distance_m),
        metrics=part.ItineraryMetrics.model_validate(itinerary.metrics),
        geometry=None if itinerary.geometry is None else list(itinerary.geometry),
    )


def _stop(stop: VisitStop, visit: Visit) -> part.VisitStop:
    contact = stop.contact
    return part.VisitStop(
        visit_id=stop.visit_id,
        option=stop.option,
        location=_location(stop.place),
        arrive=stop.arrive,
        wait=stop.wait,
        start=stop.start,
        finish=stop.finish,
        depart=stop.depart,
        travel=stop.travel,
        setup=stop.setup,
        distance_m=stop.distance_m,
        latest_start=stop.latest_start,
        permitted=part.Permitted(window=_span(stop.window), basis=list(map(part.Basis.model_validate, stop.basis))),
        contact_probability=None if contact is None else contact.probability,
        contact_window=None if contact is None else _span(contact.window),
        expected_value=None if contact is None else contact.expected_value,
        account=visit.account,
        data=visit.data,
    )


def _span(window: TimeWindow | None) -> tuple[datetime, datetime] | None:
    return None if window is None else (window.start, window.end)


def _unassigned(each: Unassigned, visits: Visits) -> part.Unassigned:
    visit = visits[each.visit_id]
    return part.Unassigned(
        visit_id=each.visit_id,
        reasons=list(map(part.Reason.model_validate, each.reasons)),
        remedy=each.remedy,
        best_insertion=None if each.best_insertion is None else part.BestInsertion.model_validate(each.best_insertion),
        candidates=list(map(candidate, each.candidates)),
        account=visit.account,
        data=visit.data,
    )


def candidate(found: Candidate) -> part.Candidate:
    """A place that an address may mean."""
    location = part.StopLocation(lat=found.point.lat, lon=found.point.lon)
    return part.Candidate(location=location, quality=found.quality.value, label=found.label, exact=found.exact)


def _location(place: Place) -> part.StopLocation:
    point = place.point
    return part.StopLocation(
        lat=None if point is None else point.lat, lon=None if point is None else point.lon, index=place.index
    )
