"""The lines of a finished plan on the map, and what they show: a ferry is no road like others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from service.day.agent import Agent
from service.day.place import Place
from service.day.plan import Itinerary, Plan, Warned
from service.day.request import DayRequest
from service.travel.of_a_day import DayTravel
from service.travel.protocol import Drawn, RoadsDownError

NAMED: Final = 5
"""Visits that are named in one sentence."""


def draw(plan: Plan, travel: DayTravel, request: DayRequest) -> Plan:
    """The plan with its lines if they are asked for, and a warning where a leg is by ferry.

    Its travel times stand: that roads cannot be asked for their lines any more is a warning too.
    """
    wanted = request.options.geometry != "none"
    if not (wanted or travel.on_roads):
        return plan
    agents = {agent.id: agent for agent in request.agents}
    try:
        legs = [
            travel.draw(_stops(itinerary, agents), agents[itinerary.agent_id].profile) for itinerary in plan.itineraries
        ]
    except RoadsDownError as outage:
        detail = f"The lines of the ways could not be had ({outage.kind}): nothing is drawn, and ferries are not told."
        return replace(plan, warnings=(*plan.warnings, Warned("lines_missing", detail, ("options", "geometry"))))
    itineraries = tuple(map(_with_lines, plan.itineraries, legs)) if wanted else plan.itineraries
    return replace(plan, itineraries=itineraries, warnings=(*plan.warnings, *_ferries(plan.itineraries, legs)))


def _stops(itinerary: Itinerary, agents: dict[str, Agent]) -> Sequence[Place]:
    shift = next(shift for shift in agents[itinerary.agent_id].shifts if shift.id == itinerary.shift_id)
    back = [itinerary.way_back.place] if itinerary.way_back else []
    return [shift.start_place, *(stop.place for stop in itinerary.visits), *back]


def _with_lines(itinerary: Itinerary, legs: Sequence[Drawn | None]) -> Itinerary:
    return replace(itinerary, geometry=tuple(leg and leg.line for leg in legs))


def _ferries(itineraries: Sequence[Itinerary], legs: Sequence[Sequence[Drawn | None]]) -> list[Warned]:
    """One warning for all of them."""
    to = [
        f"to {itinerary.visits[n].visit_id!r}" if n < len(itinerary.visits) else f"back in shift {itinerary.shift_id!r}"
        for itinerary, drawn in zip(itineraries, legs, strict=True)
        for n, leg in enumerate(drawn)
        if leg is not None and leg.ferry
    ]
    if not to:
        return []
    more = f" and {len(to) - NAMED} more" if len(to) > NAMED else ""
    detail = f"Partly by ferry, whose timetable is not known: the way {', '.join(to[:NAMED])}{more}."
    return [Warned("by_ferry", detail, ("travel",))]
