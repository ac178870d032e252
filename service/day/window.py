"""Spans of time between two instants."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Closed interval between two instants; a visit's whole service lies in one of its windows."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            message = "instants need an offset."
            raise ValueError(message)
        # Within one zone Python compares what clocks show; when they go back, an end may show less than its start.
        if self.start.astimezone(UTC) > self.end.astimezone(UTC):
            message = "start must be <= end."
            raise ValueError(message)
