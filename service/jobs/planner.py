"""Whoever plans a day, with everything that needs already chosen."""

import threading
from collections.abc import Callable
from typing import Protocol

from service.day.plan import Plan
from service.day.request import DayRequest
from service.progress import Incumbent


class Planner(Protocol):
    """``service.plan_day`` with its adapters."""

    def __call__(
        self,
        request: DayRequest,
        *,
        on_better: Callable[[Incumbent], None],
        stop: threading.Event,
        go_on_from: Incumbent | None = None,
    ) -> Plan:
        """The plan for a day; the best so far soon after ``stop`` is set."""
        ...
