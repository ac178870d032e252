"""What is counted while plans are made and others asked, in the form of Prometheus.

Whoever makes plans tells its figures with its signs of life, and whoever takes requests tells them all (``metrics``):
one address to ask, however many processes there are. No tenant, day or place is told apart in them.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import generate_latest

from service.day.plan import Plan
from service.jobs.queue import Urgency
from service.store.protocol import LATE

disable_created_metrics()  # one more series for each, of which nobody would make anything

URGENCIES: Final = {Urgency.WAITED_FOR: "waited_for", Urgency.BATCH: "batch"}

METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OTHER: Final = "other"
"""Any word may be sent for a method, and each would be a series for ever."""

MOMENTS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
"""Seconds. What takes long here takes minutes, what is quick is done in a hundredth of a second."""


def seconds(registry: CollectorRegistry, name: str, told: str, labels: Sequence[str] = ()) -> Histogram:
    """A histogram of how long something takes."""
    return Histogram(f"dayroute_{name}_seconds", told, labels, registry=registry, buckets=MOMENTS)


def counter(registry: CollectorRegistry, name: str, told: str, labels: Sequence[str] = ()) -> Counter:
    """How often something happened since this process began."""
    return Counter(f"dayroute_{name}", told, labels, registry=registry)


class RequestFigures:
    """How requests were answered."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        told = "Requests until their answer began, by address and status"
        self._answered = seconds(self.registry, "http_request", told, ["method", "route", "status"])

    def note(self, method: str, route: str, status: int, took: float) -> None:
        """One was answered. ``route`` is the address as the documentation has it, without anybody's id."""
        told = method if method in METHODS else OTHER
        self._answered.labels(told, route, str(status)).observe(took)


class AskedFigures:
    """How geocoders and road services answered, in ``registry``."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._asked = seconds(registry, "asked", "Answers of geocoders and road services", ["source"])
        self._silent = counter(registry, "asked_in_vain", "Geocoders and road services that gave no answer", ["source"])

    def heard(self, source: str, took: timedelta, *, answered: bool) -> None:
        """One was asked."""
        if answered:
            self._asked.labels(source).observe(took.total_seconds())
        else:
            self._silent.labels(source).inc()


class WorkFigures:
    """An Observer that counts in ``registry``."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        ProcessCollector(registry=registry)
        self._attempts = counter(
            registry,
            "attempts",
            "Plans begun, and begun again after a worker was lost",
            ["urgency", "again"],
        )
        self._queue = seconds(registry, "queue", "From the request to the first attempt at its plan", ["urgency"])
        self._first = seconds(registry, "first_plan", "From the request to the first plan that may be used")
        self._took = seconds(registry, "plan", "From the beginning of an attempt to its end")
        self._solve = seconds(registry, "solve", "What the solver took of that")
        self._ended = counter(registry, "plans_ended", "Plans that ended, and why there is none", ["status", "code"])
        for status, code in (("done", ""), ("stopped", ""), ("failed", "plan_failed"), ("failed", LATE.code)):
            self._ended.labels(status, code)  # one that begins with its first event hides that event
        self._died = counter(registry, "solvers_died", "Solvers that ended without an answer")
        self._recovered = counter(registry, "plans_recovered", "Plans of lost workers that were given to others")
        self._told_back = counter(registry, "callbacks", "Ends of plans told to whoever wanted to hear", ["taken"])
        self._visits = counter(registry, "visits", "Visits of plans that are done", ["planned"])
        self._unassigned = counter(registry, "unassigned", "Visits that are not planned, and why", ["reason"])

    def told(self) -> str:
        """Everything counted so far, as text."""
        return generate_latest(self._registry).decode()

    def began(self, urgency: Urgency, waited: timedelta, *, again: bool) -> None:
        """See Observer."""
        told = URGENCIES[urgency]
        self._attempts.labels(told, str(again).lower()).inc()
        if not again:
            self._queue.labels(told).observe(waited.total_seconds())

    def found(self, after: timedelta) -> None:
        """See Observer."""
        self._first.observe(after.total_seconds())

    def solver_died(self) -> None:
        """See Observer."""
        self._died.inc()

    def ended(self, status: str, code: str, took: timedelta, plan: Plan | None) -> None:
        """See Observer."""
        self._ended.labels(status, code).inc()
        self._took.observe(took.total_seconds())
        if plan is None:
            return
        self._solve.observe(plan.solver.elapsed.total_seconds())
        self._visits.labels("yes").inc(plan.metrics.planned)
        self._visits.labels("no").inc(plan.metrics.unassigned)
        for left_out in plan.unassigned:
            self._unassigned.labels(left_out.reasons[0].code if left_out.reasons else "unknown").inc()

    def expired(self, plans: int) -> None:
        """See Observer."""
        self._ended.labels("failed", LATE.code).inc(plans)

    def told_back(self, *, taken: bool) -> None:
        """See Observer."""
        self._told_back.labels(str(taken).lower()).inc()

    def recovered(self, plans: int) -> None:
        """See Observer."""
        self._recovered.inc(plans)
