"""How far somebody gets on the road by the clock on the wall: the request's slowdowns, minute by minute.

Slowdowns begin and end on whole minutes of a clock; from one minute to the next everybody keeps one pace. It counts in
ten-thousandths, a factor rounded to the slower one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from service.audit.permitted import ZoneAt
from service.audit.span import Span
from service.day.request import DayRequest, Slowdown

FULL: Final = 10_000
SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
AWHILE: Final = timedelta(days=400)
"""Longer than any way, where nothing slows it down."""
ON_THEIR_OWN: Final = ("foot", "bicycle")
"""Profiles that slowdowns are not about."""


class Drive(NamedTuple):
    """When a way is done at the earliest, and time at the wheel until then."""

    done: datetime
    driving: timedelta


@dataclass(frozen=True, slots=True)
class Road:
    """The request's slowdowns, and the zone whose clock they go by."""

    slowdowns: Sequence[Slowdown]
    zone: tzinfo

    @classmethod
    def of(cls, request: DayRequest, zone_at: ZoneAt) -> Self:
        """The zone is the plan's, else that of where the first shift starts, else the offset that shift is told in."""
        shift = request.agents[0].shifts[0]
        name = request.timezone
        if name is None and request.travel.slowdowns and shift.start_place.point is not None:
            name = zone_at(shift.start_place.point)
        return cls(request.travel.slowdowns, ZoneInfo(name) if name else shift.start.tzinfo or UTC)

    def drive(self, profile: str, way: timedelta, told: Span, rests: Sequence[Span]) -> Drive:
        """A way begun when it is ``told`` to be, resting meanwhile; what is not done by the end told goes on then."""
        slowed = bool(self.slowdowns) and profile not in ON_THEIR_OWN
        rest_of_way, now, arrived, driving = way * FULL, told.start, told.end, timedelta()
        while rest_of_way > timedelta():
            rest = next((rest for rest in rests if rest.start <= now < min(rest.end, arrived)), None)
            if rest is not None:
                now = min(rest.end, arrived)
                continue
            pace = self._pace(now) if slowed else FULL
            until = self._next_minute(now) if slowed else now + AWHILE
            until = min([until, *(rest.start for rest in rests if now < rest.start < arrived)])
            needed = -(-rest_of_way // (pace * SECOND)) * SECOND
            stretch = min(until - now, needed)
            driving += stretch
            rest_of_way -= stretch * pace
            now += stretch
        return Drive(now, driving)

    def _pace(self, now: datetime) -> int:
        local = now.astimezone(self.zone)
        clock = timedelta(hours=local.hour, minutes=local.minute)
        return min((int(FULL / slow.factor) for slow in self.slowdowns if _at(slow, clock)), default=FULL)

    def _next_minute(self, now: datetime) -> datetime:
        local = now.astimezone(self.zone)
        return now + MINUTE - timedelta(seconds=local.second, microseconds=local.microsecond)


def _at(slow: Slowdown, clock: timedelta) -> bool:
    """Whether a clock that shows this is within a slowdown, which may go on over midnight."""
    if slow.start < slow.end:
        return slow.start <= clock < slow.end
    return clock >= slow.start or clock < slow.end
