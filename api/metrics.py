"""``GET /metrics``: what this process and all workers have counted, and how things stand, for Prometheus.

Requests are counted by this process alone. Plans are counted by their workers, each of whose series has its name; what
waits and what runs is asked of the database at each call, and is the same whoever is asked.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from api.auth import WHO_MAY_WATCH
from api.figures import URGENCIES, RequestFigures
from api.state import wiring_of
from api.v1.openapi import problems
from service.jobs.readiness import readiness
from service.store.protocol import PlanWork

router = APIRouter(tags=["health"])

WORKER: Final = "worker"
STANDS: Final = {
    "plans_waiting": "Plans that wait",
    "plans_waiting_longest_seconds": "How long the first of them has waited",
    "plans_running": "Plans that are being made",
    "workers_able": "Workers that can make plans",
}
"""How things stand, whoever is asked."""


@dataclass(frozen=True, slots=True)
class Figures(Collector):
    """Everything there is to be told."""

    requests: RequestFigures
    work: PlanWork
    clock: Callable[[], datetime]

    def collect(self) -> Iterable[Metric]:
        """See Collector. Raises StoreDownError."""
        families: dict[str, Metric] = {}
        for metric in (*self.requests.registry.collect(), *_of_workers(self.work.figures()), *self._now()):
            known = families.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
            known.samples += metric.samples
        return families.values()

    def _now(self) -> Generator[Metric]:
        backlog, now = self.work.backlog(), self.clock()
        waiting, longest = _gauge("plans_waiting", "urgency"), _gauge("plans_waiting_longest_seconds", "urgency")
        for urgency, told in URGENCIES.items():
            first = backlog.waiting.get(urgency)
            waiting.add_metric([told], 0 if first is None else first.plans)
            longest.add_metric([told], 0 if first is None else max(0.0, (now - first.since).total_seconds()))
        running, able = _gauge("plans_running"), _gauge("workers_able")
        running.add_metric([], backlog.running)
        able.add_metric([], readiness(self.work, now).workers)
        yield from (waiting, longest, running, able)


def _gauge(name: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dayroute_{name}", STANDS[name], labels=labels)


def _of_workers(figures: Mapping[str, str]) -> Generator[Metric]:
    for worker, text in figures.items():
        for metric in text_string_to_metric_families(text):
            metric.samples = [sample._replace(labels={WORKER: worker, **sample.labels}) for sample in metric.samples]
            yield metric


@router.get("/metrics", summary="Read the figures", dependencies=[WHO_MAY_WATCH], responses=problems(401, 403, 503))
async def read_metrics(request: Request) -> Response:
    """Figures in the text form of Prometheus: what waits and runs, how long it takes, how it ends."""
    wiring = wiring_of(request)
    text = await run_sync(generate_latest, Figures(wiring.requests, wiring.work, wiring.clock))
    return Response(text, media_type=CONTENT_TYPE_LATEST)
