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
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from service.audit import audit
from service.budgets import budget_for, in_time, left_of
from service.codebook import Compiled
from service.day.plan import Plan, SolverNote, Violated
from service.day.request import DayRequest
from service.drawing import draw
from service.evaluate_plan import measure_baseline
from service.explain import explain
from service.faults import find_faults
from service.given_plan import as_given, go_on
from service.itinerary import write_itineraries, write_metrics, write_score
from service.jobs.solving import Answer, DaySolver
from service.preparation import PlanRefused, Prepared, prepare, refuse
from service.progress import Incumbent, Progress
from service.scale import amount
from service.sources import Sources
from service.violations import violated
from service.zones import Zones, zone_at
from solver.checker import check
from solver.solution import Solution
from solver.wire import Task

__all__ = ["Gate", "GateFailed", "PlanRefused", "plan_day"]


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
    on_better: Callable[[Incumbent], None],
    stop: threading.Event,
    go_on_from: Incumbent | None = None,
    threads: int = 1,
    clock: Callable[[], datetime] | None = None,
) -> Plan:
    """The best plan that ``solver`` finds for the day within the request's limits, or until ``stop`` is set.

    ``sources`` say what the request does not: where addresses are, travel times unless it brings matrices, policies
    that it may name. ``on_better`` is called with every better plan, from whatever thread the solver uses. An earlier
    try that was cut short is gone on from: with what it had found, in the time that it had left. The search may use
    ``threads`` at a time. What is left until a deadline is reckoned when it begins, by ``clock``; without one there is
    none.
    Raises PlanRefused with all faults of the request, OutageError if an address cannot be looked up or travel times
    cannot be had, and GateFailed if the finished plan breaks a rule.
    """
    refuse(find_faults(request))
    day = prepare(request, sources)
    task = _task(day.compiled, threads, go_on_from, clock)
    answer = solver.solve(task, on_better=_in_words(on_better, day.compiled, go_on_from), stop=stop)
    _pass_checker(day.compiled, answer.solution)
    plan = draw(_write(day, answer), day.travel, day.request)
    _pass_audit(day, plan)
    return plan


def _task(compiled: Compiled, threads: int, before: Incumbent | None, clock: Callable[[], datetime] | None) -> Task:
    problem, options = compiled.problem, compiled.codebook.request.options
    budget = budget_for(options, len(problem.visits), threads)
    if before is not None:
        budget = left_of(budget, before.progress.elapsed)
    if options.deadline is not None and clock is not None:
        left = options.deadline.astimezone(UTC) - clock().astimezone(UTC)
        budget = in_time(budget, len(problem.visits), left)
    return Task(problem, budget, options.explain, () if before is None else go_on(compiled, before.itineraries))


def _in_words(
    on_better: Callable[[Incumbent], None], compiled: Compiled, before: Incumbent | None
) -> Callable[[Solution], None]:
    spent = timedelta() if before is None else before.progress.elapsed
    began = time.monotonic()

    def report(better: Solution) -> None:
        progress = Progress(
            value=amount(better.score.prize),
            cost=amount(better.score.costs.total),
            planned=sum(len(route.stops) for route in better.routes),
            elapsed=spent + timedelta(seconds=time.monotonic() - began),
        )
        on_better(Incumbent(progress, as_given(compiled, better)))

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
