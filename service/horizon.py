"""Instants to whole seconds and back: the only place where that happens.

Seconds count from ``origin`` in UTC, so a day with a change of clocks has as many as really pass. What bounds a plan is
rounded to the stricter side: a window opens at the next whole second and closes at the last one, work is rounded up and
what limits it down.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Self

from solver.units import Seconds

SECOND: Final = timedelta(seconds=1)
HOUR: Final[Seconds] = 3600
DAY: Final[Seconds] = 24 * HOUR


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

    def daily(
        self, start: timedelta, lasts: timedelta, zone: tzinfo, until: Seconds
    ) -> Iterator[tuple[Seconds, Seconds]]:
        """Spans up to ``until`` in which a clock in ``zone`` shows a time of day from ``start`` on, ``lasts`` long.

        Whole seconds, the end not in it; in order. A span is cut where clocks are changed, and of an hour that is
        missing nothing is left, while one that comes twice counts twice.
        """
        for since, till, offset in self._offsets(zone, until):
            local = (self.origin + offset).replace(tzinfo=None)
            first = (local.replace(hour=0, minute=0, second=0) - local) // SECOND
            for day in range((since - first) // DAY - 1, (till - first) // DAY + 1):
                opens = first + day * DAY + start // SECOND
                span = max(since, opens), min(till, opens + lasts // SECOND)
                if span[0] < span[1]:
                    yield span

    def _offsets(self, zone: tzinfo, until: Seconds) -> Iterator[tuple[Seconds, Seconds, timedelta]]:
        """Spans in which clocks in ``zone`` have one offset from UTC."""
        since, now, offset = 0, 0, self._offset(zone, 0)
        while now < until:
            later = min(now + HOUR, until)
            if self._offset(zone, later) != offset:
                later = self._change(zone, now, later)
                yield since, later, offset
                since, offset = later, self._offset(zone, later)
            now = later
        yield since, until, offset

    def _change(self, zone: tzinfo, before: Seconds, after: Seconds) -> Seconds:
        """The first second with another offset than ``before``."""
        old = self._offset(zone, before)
        seconds = range(before, after)
        return before + bisect_left(seconds, True, key=lambda now: self._offset(zone, now) != old)  # noqa: FBT003 - what is looked for

    def _offset(self, zone: tzinfo, seconds: Seconds) -> timedelta:
        return self.instant(seconds, zone).utcoffset() or timedelta()

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
