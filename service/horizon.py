"""Instants to whole seconds and back: the only place where that happens.

Seconds count from ``origin`` in UTC, so a day with a change of clocks has as many as really pass. What bounds a plan is
rounded to the stricter side: a window opens at the next whole second and closes at the last one, work is rounded up and
what limits it down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Self

from solver.units import Seconds

SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where seconds start to count: ``origin`` is in UTC and on a whole second."""

    origin: datetime

    @classmethod
    def starting_with(cls, instants: Iterable[datetime]) -> Self:
        """Horizon from the earliest of ``instants`` on. Raises ValueError if there are none."""
        return cls(min(instant.astimezone(UTC) for instant in instants).replace(microsecond=0))

    def opens(self, instant: datetime) -> Seconds:
        """First whole second not before ``instant``."""
        return seconds_up(self._since_origin(instant))

    def closes(self, instant: datetime) -> Seconds:
        """Last whole second not after ``instant``."""
        return seconds_down(self._since_origin(instant))

    def instant(self, seconds: Seconds, zone: tzinfo) -> datetime:
        """The instant ``seconds`` after the origin, as a clock in ``zone`` shows it."""
        return (self.origin + timedelta(seconds=seconds)).astimezone(zone)

    def _since_origin(self, instant: datetime) -> timedelta:
        return instant.astimezone(UTC) - self.origin


def seconds_up(span: timedelta) -> Seconds:
    """Whole seconds that hold all of ``span``: for work."""
    return -(-span // SECOND)


def seconds_down(span: timedelta) -> Seconds:
    """Whole seconds that fit into ``span``: for limits."""
    return span // SECOND


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Time that really passes from ``start`` to ``end``, whatever clocks do meanwhile."""
    return end.astimezone(UTC) - start.astimezone(UTC)
