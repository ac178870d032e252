"""Measure itineraries that somebody else decided: their times, their score, and the rules they break."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from service.codebook import Compiled
from service.day.plan import Baseline, Plan, PlanScore, SolverNote, Unassigned
from service.day.request import DayRequest, GivenItinerary
from service.drawing import draw
from service.faults import find_faults, itinerary_faults
from service.given_plan import follow_given
from service.itinerary import write_itineraries, write_metrics, write_score
from service.preparation import prepare, refuse
from service.sources import Sources
from service.zones import Zones
from solver.presolve import evident_bound, open_ways
from solver.solution import Solution

NOT_PLANNED: Final = "It is not in the given itineraries; add it to one of them."


def evaluate_plan(request: DayRequest, itineraries: Sequence[GivenItinerary], *, sources: Sources) -> Plan:
    """The given itineraries as a plan, with everything that is wrong with it in ``violations``.

    Visits start when ``starts`` says, else at the cheapest legal times, else as early as somebody could be there.
    ``sources`` say what the request does not. Raises PlanRefused for faults of request or itineraries, and
    OutageError if an address cannot be looked up or travel times cannot be had.
    """
    refuse((*find_faults(request), *itinerary_faults(request, itineraries)))
    day = prepare(request, sources, itineraries)
    compiled, request = day.compiled, day.request
    followed = follow_given(compiled, itineraries)
    zones = Zones.of(request)
    written = write_itineraries(compiled, followed.solution.routes, zones)
    served = {stop.visit_id for itinerary in written for stop in itinerary.visits}
    plan = Plan(
        score=_score(compiled, followed.solution),
        itineraries=written,
        unassigned=tuple(Unassigned(v.id, (), NOT_PLANNED) for v in request.visits if v.id not in served),
        metrics=write_metrics(compiled, written, followed.solution.score),
        travel=day.travel.info(),
        solver=SolverNote(request.options.seed, timedelta(), stopped_because="exhausted", engine="given itineraries"),
        warnings=day.warnings,
        violations=followed.violations,
        baseline=measure_baseline(compiled, zones),
    )
    return draw(plan, day.travel, request)


def measure_baseline(compiled: Compiled, zones: Zones) -> Baseline | None:
    """The request's own itineraries, measured like a plan; ``None`` if it brings none."""
    request = compiled.codebook.request
    if not request.baseline:
        return None
    followed = follow_given(compiled, request.baseline)
    itineraries = write_itineraries(compiled, followed.solution.routes, zones)
    return Baseline(
        score=_score(compiled, followed.solution),
        metrics=write_metrics(compiled, itineraries, followed.solution.score),
        violations=followed.violations,
    )


def _score(compiled: Compiled, solution: Solution) -> PlanScore:
    """With a bound where that is evident: nothing is proved here."""
    bound = evident_bound(compiled.problem, open_ways(compiled.problem), solution.score.prize)
    return write_score(compiled.codebook, solution.score, bound)
