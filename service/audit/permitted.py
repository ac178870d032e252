"""Permitted hours by the clock at the door, from the raw policies: bit by bit, what each of them says of it.

A presence is cut wherever a policy opens or closes, at midnight and where consent begins or ends, on days with a change
of clocks every minute; of each bit it is asked what the clock shows when it begins.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import chain, pairwise
from typing import Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import holidays
from astral import Observer
from astral.sun import elevation

from service.audit.span import Span
from service.day.daytime import Hours
from service.day.place import Place, Point
from service.day.policy import OwnHours, Policy
from service.day.request import DayRequest
from service.day.visit import Consent, Visit
from service.hours.pack import Calendar, DayClass, Pack

ZoneAt: TypeAlias = Callable[[Point], str | None]
"""IANA name of the zone at a point."""

HOUSE: Final = "house-default"
DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
LOOK: Final = timedelta(minutes=10)
"""How often the sun is looked at."""
SUNSET: Final = -0.833
"""Degrees of the sun's middle when its upper rim is on the horizon."""
WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Bit(NamedTuple):
    """Part of a presence of which no policy says two things, and how the clock at the door tells its beginning."""

    span: Span
    day: date
    at: timedelta


@dataclass(frozen=True, slots=True)
class Law:
    """What is in force at one door: packs, the house's among them, and the tenant's own hours."""

    packs: tuple[Pack, ...]
    own: tuple[OwnHours, ...]
    supplied: bool
    """Whether the tenant answers for what no pack says."""
    unknown: bool
    """Whether there is no pack of the jurisdiction for the activity."""
    calendar: Calendar | None
    consent: tuple[Consent, ...]
    zone: tzinfo

    @property
    def barred(self) -> bool:
        """Whether nobody may call there at all."""
        return any(pack.visits_allowed is False for pack in self.packs if pack.id != HOUSE)

    @property
    def crew(self) -> int:
        """How many have to come after dark."""
        return max((pack.after_dark_party_size or 0 for pack in self.packs), default=0)

    def unsaid(self, presence: Span) -> bool:
        """Whether hours are missing on a day of the presence: nobody has said that it is permitted."""
        return any(self._silent(bit.day) for bit in self._bits(presence) if not self._agreed(bit.span))

    def outside(self, presence: Span) -> timedelta:
        """How much of the presence nobody permits; a second of one that takes no time."""
        bits = [bit for bit in self._bits(presence) if not self._allows(bit)]
        if bits and presence.start == presence.end:
            return SECOND
        return sum((bit.span.end - bit.span.start for bit in bits), start=timedelta())

    def cited(self, presence: Span) -> set[tuple[str, str | None]]:
        """Policies by whose hours the presence is permitted, in their versions."""
        found: set[tuple[str, str | None]] = set()
        for bit in self._bits(presence):
            if not self._agreed(bit.span):
                kind = self._kind(bit.day)
                found |= {(pack.id, pack.version) for pack in self.packs if pack.hours[kind] is not None}
                found |= {("request", None)} if self.own else set()
        return found

    def citable(self) -> set[tuple[str, str | None]]:
        """Whatever a stop may name, in its version."""
        named: set[tuple[str, str | None]] = {(pack.id, pack.version) for pack in self.packs}
        if self.own:
            named.add(("request", None))
        if self._consent_widens:
            named |= {("consent", one.given_on.isoformat()) for one in self.consent}
        return named

    @property
    def _consent_widens(self) -> bool:
        return bool(self.packs) and not self.unknown and all(pack.consent_widens for pack in self.packs)

    def _silent(self, day: date) -> bool:
        kind = self._kind(day)
        says_nothing = any(pack.visits_allowed is None or pack.hours[kind] is None for pack in self.packs)
        return not self.supplied and (self.unknown or says_nothing)

    def _allows(self, bit: Bit) -> bool:
        kind = self._kind(bit.day)
        name = "holiday" if kind is DayClass.PUBLIC_HOLIDAY else WEEK[bit.day.weekday()]
        said = [pack.hours[kind] for pack in self.packs]
        if self.own:
            said.append(tuple(span for rule in self.own if name in rule.days for span in rule.hours))
        at = bit.at, bit.at + (bit.span.end - bit.span.start)
        by_hours = not self._silent(bit.day) and all(spans is None or _holds(spans, at) for spans in said)
        return by_hours or self._agreed(bit.span)

    def _agreed(self, span: Span) -> bool:
        agreed = (Span(one.window.start.astimezone(UTC), one.window.end.astimezone(UTC)) for one in self.consent)
        return self._consent_widens and any(one.start <= span.start and span.end <= one.end for one in agreed)

    def _kind(self, day: date) -> DayClass:
        if self.calendar and _is_holiday(self.calendar, day):
            return DayClass.PUBLIC_HOLIDAY
        return {5: DayClass.SATURDAY, 6: DayClass.SUNDAY}.get(day.weekday(), DayClass.WEEKDAY)

    def _bits(self, presence: Span) -> Iterator[Bit]:
        cuts = {presence.start, presence.end}
        cuts |= {edge.astimezone(UTC) for one in self.consent for edge in (one.window.start, one.window.end)}
        day = presence.start.astimezone(self.zone).date()
        while self._midnight(day) <= presence.end:
            cuts |= set(self._cuts(day))
            day += DAY
        ordered = sorted(cut for cut in cuts if presence.start <= cut <= presence.end)
        if presence.start == presence.end:
            readings = list(_moment(presence, self.zone))
            yield next((bit for bit in readings if self._allows(bit)), readings[0])
            return
        for start, end in pairwise(ordered):
            yield _told(Span(start, end), self.zone)

    def _cuts(self, day: date) -> Iterator[datetime]:
        midnight, next_one = self._midnight(day), self._midnight(day + DAY)
        yield midnight
        if next_one - midnight != DAY:
            yield from (midnight + n * MINUTE for n in range((next_one - midnight) // MINUTE))
            return
        said = (spans for pack in self.packs for spans in pack.hours.values() if spans is not None)
        for span in chain(*said, *(rule.hours for rule in self.own)):
            yield midnight + span.opens * MINUTE
            yield midnight + span.closes * MINUTE

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Lawyer:
    """Knows what is in force at each door of a request."""

    request: DayRequest
    packs: Mapping[str, Pack]
    zone_at: ZoneAt

    def law(self, visit: Visit, place: Place) -> Law | None:
        """What is in force for a visit at a place; ``None`` where no policy speaks of it."""
        if self.request.policy is None and visit.jurisdiction is None:
            return None
        policy = self.request.policy or Policy()
        name = visit.jurisdiction or policy.jurisdiction
        nearest = self._nearest(name or "")
        activity = policy.activity or (nearest.activity if nearest else None)
        line = [pack for pack in self._line(nearest) if pack.activity is None or pack.activity == activity]
        house = [self.packs[HOUSE]] if policy.house_default and self.packs[HOUSE] not in line else []
        return Law(
            packs=(*line, *house),
            own=policy.extra,
            supplied=bool(policy.extra) or policy.house_default,
            unknown=nearest is None or nearest.id != name or nearest not in line,
            calendar=_calendar(line, name),
            consent=visit.consent,
            zone=self._zone(visit, place),
        )

    def _nearest(self, name: str) -> Pack | None:
        """The pack of that name, or else that of the country it is a part of."""
        while name and name not in self.packs:
            name = name.rpartition("-")[0]
        return self.packs.get(name)

    def _line(self, pack: Pack | None) -> Iterator[Pack]:
        """A pack and its parents."""
        while pack is not None:
            yield pack
            pack = self.packs.get(pack.parent or "")

    def _zone(self, visit: Visit, place: Place) -> tzinfo:
        name = visit.timezone or self.request.timezone or (self.zone_at(place.point) if place.point else None)
        return ZoneInfo(name) if name else self.request.agents[0].shifts[0].start.tzinfo or UTC


def is_dark(place: Place, presence: Span) -> bool:
    """Whether the sun is down at some time of the presence; it may be, where nobody knows where the place is."""
    if place.point is None:
        return True
    here = Observer(place.point.lat, place.point.lon)
    looks = (presence.end - presence.start) // LOOK
    times = [*(presence.start + n * LOOK for n in range(looks + 1)), presence.end]
    return any(elevation(here, now, with_refraction=False) < SUNSET for now in times)


def _told(span: Span, zone: tzinfo) -> Bit:
    wall = span.start.astimezone(zone)
    return Bit(span, wall.date(), wall.replace(tzinfo=None) - datetime.combine(wall.date(), time()))


def _moment(moment: Span, zone: tzinfo) -> Iterator[Bit]:
    """A presence that takes no time: midnight is the end of one day and the beginning of another."""
    bit = _told(moment, zone)
    yield bit
    if bit.at == timedelta():
        yield Bit(moment, bit.day - DAY, DAY)


def _holds(hours: Hours, at: tuple[timedelta, timedelta]) -> bool:
    return any(span.opens * MINUTE <= at[0] and at[1] <= span.closes * MINUTE for span in hours)


def _calendar(line: list[Pack], name: str | None) -> Calendar | None:
    """That of the pack of this very name, else the one that the name stands for, else the nearest pack's."""
    nearest = [pack for pack in line if pack.calendar is not None]
    own = [pack.calendar for pack in nearest if pack is nearest[0] and pack.id == name]
    country, _, subdivision = (name or "").partition("-")
    meant = [Calendar(country, subdivision.partition("-")[0] or None)]
    choice = [
        *own,
        *filter(_is_known, meant),
        *(pack.calendar for pack in nearest),
        *filter(_is_known, [Calendar(country)]),
    ]
    return choice[0] if choice else None


def _is_holiday(calendar: Calendar, day: date) -> bool:
    return day in _holidays(calendar.country, calendar.subdivision, day.year)


def _is_known(calendar: Calendar) -> bool:
    known = holidays.list_supported_countries()
    return calendar.country in known and calendar.subdivision in {None, *known[calendar.country]}


@cache
def _holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """Whole years of their own: the package shares its tables between those who ask it first."""
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year).keys())
