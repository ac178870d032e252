"""When the roads are slow: hours of the clock on the wall, as seconds of the horizon."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Final

from service.day.request import DayRequest, Slowdown
from service.horizon import Horizon
from service.zones import Zones
from solver import problem as solver
from solver.problem import NORMAL_PACE
from solver.units import Seconds

NEVER_SLOWED: Final = frozenset({"foot", "bicycle"})
"""Profiles of people whom rush hours do not keep; all others stand in traffic, whatever they are called."""


def is_slowed(profile: str) -> bool:
    """Whether slowdowns are meant for people who travel like this."""
    return profile not in NEVER_SLOWED


def slowdowns_of(request: DayRequest, horizon: Horizon, shifts: Sequence[solver.Shift]) -> tuple[solver.Slowdown, ...]:
    """The request's slowdowns on the days on which anybody works, by the clock where the first shift is told.

    A factor becomes a pace in ten-thousandths, rounded down: nobody is promised to be there sooner than it says.
    """
    slowdowns = [slow for slow in request.travel.slowdowns if slow.factor > 1]
    if not slowdowns:
        return ()
    zone = Zones.of(request).of_shift(request.agents[0].shifts[0])
    until = max(shift.last_finish for shift in shifts)
    spans = [span for slow in slowdowns for span in _daily(slow, horizon, zone, until)]
    return tuple(sorted((span for span in spans if _concerns(span, shifts)), key=lambda span: span.opens))


def _daily(slow: Slowdown, horizon: Horizon, zone: tzinfo, until: Seconds) -> Iterable[solver.Slowdown]:
    pace = int(NORMAL_PACE / slow.factor)
    spans = horizon.daily(slow.start, slow.lasts, zone, until)
    return (solver.Slowdown(opens, closes, pace) for opens, closes in spans)


def _concerns(span: solver.Slowdown, shifts: Sequence[solver.Shift]) -> bool:
    return any(span.opens < shift.last_finish and shift.opens < span.closes for shift in shifts)
