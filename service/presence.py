"""From when somebody may be at a door to when service may start there.

People and laws bound the *presence*: a service of 17 minutes started at 12:00 in a window until 12:00 is 17 minutes
outside. Engines bound the start. `start_windows` is the one function that goes from the first to the second.
"""

from collections.abc import Sequence
from datetime import UTC

from service.day.window import TimeWindow
from service.horizon import Horizon
from solver.problem import LONGEST_DAY, StartWindow
from solver.units import Seconds


def start_windows(windows: Sequence[TimeWindow] | None, service: Seconds, horizon: Horizon) -> tuple[StartWindow, ...]:
    """When a service may start so that all of it lies in one window.

    Windows that overlap or touch are one: presence may go from one into the next. ``None`` = at any time. Windows
    when nobody works are kept: how far off they are is what people want to know then. Sorted and disjoint; empty if no
    window holds the service.
    """
    spans = [(0, LONGEST_DAY)]
    if windows is not None:
        spans = [(max(0, horizon.opens(w.start)), min(LONGEST_DAY, horizon.closes(w.end))) for w in merged(windows)]
    return tuple(StartWindow(opens, closes - service) for opens, closes in spans if opens <= closes - service)


def merged(windows: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
    """The same time as windows that neither overlap nor touch, in order, in UTC."""
    result: list[TimeWindow] = []
    for window in sorted((in_utc(window) for window in windows), key=lambda window: window.start):
        if result and window.start <= result[-1].end:
            result[-1] = TimeWindow(result[-1].start, max(result[-1].end, window.end))
        else:
            result.append(window)
    return tuple(result)


def common(one: Sequence[TimeWindow], other: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
    """What lies in a window of both, each of them in order and apart from each other, in UTC."""
    both = ((max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return tuple(TimeWindow(start, end) for start, end in both if start <= end)


def in_utc(window: TimeWindow) -> TimeWindow:
    """The same window; within one zone Python compares what clocks show."""
    return TimeWindow(window.start.astimezone(UTC), window.end.astimezone(UTC))
