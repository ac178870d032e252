"""Spans between two instants."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """From one instant to another, UTC."""

    start: datetime
    end: datetime

    def shared(self, other: "Span") -> timedelta:
        """How long both go on at once."""
        return max(timedelta(), min(self.end, other.end) - max(self.start, other.start))
