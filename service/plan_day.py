"""Plan a day: who goes where when, what is left out and why.

    request -> faults? -> places -> travel -> permitted hours -> whole numbers
        -> search -> checker -> itineraries -> reasons -> audit

Two gates stand between the search and the caller. The checker shares no code with the search and judges its whole
numbers; the audit compares the finished itineraries with the raw request, so that an error on the way into whole
numbers or back cannot pass either.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from service.audit import audit
from service.budgets import budget_for
from service.codebook import Compiled
from service.day.plan import Plan, SolverNote, Violated
from service.day.request import DayRequest
from service.drawing import draw
from service.evaluate_plan import measure_baseline
from service.explain import explain
from service.faults import find_faults
from service.itinerary import write_itineraries, write_metrics, write_score
from service.jobs.solving import Answer, DaySolver
from service.preparation import PlanRefused, Prepared, prepare, refuse
from service.scale import amount
from service.sources import Sources
from service.violations import violated
from service.zones import Zones, zone_at
from solver.checker import check
from solver.solution import Solution
from solver.wire import Task

__all__ = ["Gate", "GateFailed", "PlanRefused", "Progress", "plan_day"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The best plan so far: its value and cost in the request's units, and how many visits it serves."""

    value: float
    cost: float
    planned: int
    elapsed: timedelta


class Gate(StrEnum):
    """What every plan has to pass."""

    CHECKER = "checker"
    AUDIT = "audit"


class GateFailed(Exception):  # noqa: N818 - named after what happened
    """A finished plan broke a rule and must not leave. The text has codes only, never ids or places."""

    def __init__(self, gate: Gate, violations: tuple[Violated, ...]) -> None:
        """``gate`` is the one that stayed closed."""
        self.gate = gate
        self.violations = violations
        super().__init__(f"{gate}: " + ", ".join(sorted({violation.code for violation in violations})))


def plan_day(  # noqa: PLR0913 - every one is a part chosen by whoever puts the service together
    request: DayRequest,
    *,
    sources: Sources,
    solver: DaySolver,
    on_progress: Callable[[Progress], None],
    stop: threading.Event,
    threads: int = 1,
) -> Plan:
    """The best plan that ``solver`` finds for the day within the request's limits, or until ``stop`` is set.

    ``sources`` say what the request does not: where addresses are, travel times unless it brings matrices, policies
    that it may name. ``on_progress`` is called with every better plan, from whatever thread the solver uses. The search
    may use ``threads`` at a time.
    Raises PlanRefused with all faults of the request, OutageError if an address cannot be looked up or travel times
    cannot be had, and GateFailed if the finished plan breaks a rule.
    """
    refuse(find_faults(request))
    day = prepare(request, sources)
    answer = solver.solve(_task(day.compiled, threads), on_better=_in_words(on_progress), stop=stop)
    _pass_checker(day.compiled, answer.solution)
    plan = draw(_write(day, answer), day.travel, day.request)
    _pass_audit(day, plan)
    return plan


def _task(compiled: Compiled, threads: int) -> Task:
    problem, options = compiled.problem, compiled.codebook.request.options
    return Task(problem, budget_for(options, len(problem.visits), threads), options.explain)


def _in_words(on_progress: Callable[[Progress], None]) -> Callable[[Solution], None]:
    began = time.monotonic()

    def report(better: Solution) -> None:
        on_progress(
            Progress(
                value=amount(better.score.prize),
                cost=amount(better.score.costs.total),
                planned=sum(len(route.stops) for route in better.routes),
                elapsed=timedelta(seconds=time.monotonic() - began),
            )
        )

    return report


def _pass_checker(compiled: Compiled, solution: Solution) -> None:
    broken = check(compiled.problem, solution)
    if broken:
        raise GateFailed(Gate.CHECKER, violated(compiled, solution.routes, broken))


def _write(day: Prepared, answer: Answer) -> Plan:
    compiled, solution = day.compiled, answer.solution
    zones = Zones.of(day.request)
    itineraries = write_itineraries(compiled, solution.routes, zones)
    return Plan(
        score=write_score(compiled.codebook, solution.score, answer.prize_bound),
        itineraries=itineraries,
        unassigned=explain(compiled, solution, answer.unserved, zones, day.whereabouts.found),
        metrics=write_metrics(compiled, itineraries, solution.score),
        travel=day.travel.info(),
        solver=SolverNote(
            seed=day.request.options.seed,
            elapsed=timedelta(seconds=answer.elapsed),
            stopped_because=answer.stopped_because,
            engine=answer.engine,
        ),
        warnings=day.warnings,
        baseline=measure_baseline(compiled, zones),
    )


def _pass_audit(day: Prepared, plan: Plan) -> None:
    broken = audit(day.request, plan, day.travel, zone_at, day.sources.packs.by_id)
    if broken:
        raise GateFailed(Gate.AUDIT, broken)
