"""Spans and metrics of requests for an OpenTelemetry collector: FastAPI's own, without what callers wrote.

A path may have anything in it that somebody typed, and so may a query: of an address only the route is told.
"""

from collections.abc import Sequence
from typing import Final

from fastapi.telemetry import TelemetryConfig
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind
from opentelemetry.trace.span import TraceState
from opentelemetry.util.types import Attributes

UNTOLD: Final = {"url.path", "url.query", "url.full", "http.request.method_original", "client.address"}


def telemetry_of(*, wanted: bool) -> TelemetryConfig:
    """What FastAPI is to send, if anything; never its log records, which have the texts of exceptions."""
    if not wanted:
        return {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
    provider = TracerProvider(sampler=Discreet())
    return {"tracing": True, "metrics": True, "logs": False, "auto_configure": True, "tracer_provider": provider}


class Discreet(Sampler):
    """Takes every span, or those that whoever called takes, without what callers wrote."""

    _whose = ParentBased(ALWAYS_ON)

    def should_sample(  # noqa: PLR0913, PLR0917 - the library's
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """See Sampler."""
        told = {key: value for key, value in (attributes or {}).items() if key not in UNTOLD}
        return self._whose.should_sample(parent_context, trace_id, name, kind, told, links, trace_state)

    def get_description(self) -> str:
        """See Sampler."""
        return "Discreet"
