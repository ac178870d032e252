"""What is permitted at the doors of one day: everything in force there between the first shift and the last."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Self, TypeAlias

from service.day.place import Place
from service.day.policy import Basis, Policy
from service.day.request import DayRequest
from service.day.visit import Consent, Visit
from service.day.window import TimeWindow
from service.hours.daylight import Daylight
from service.hours.in_force import in_force
from service.hours.packs import Packs
from service.hours.rules import Rules
from service.hours.windows import DAY, Permitted, local_days, permitted_windows
from service.presence import common, in_utc, merged
from service.zones import Zones

Kind: TypeAlias = tuple[str | None, tzinfo]
"""Jurisdiction and zone: all that the hours at a door depend on, unless somebody has consented to others."""


@dataclass(frozen=True, slots=True)
class Permission:
    """When somebody may be at one door, and by which rules."""

    rules: Rules
    windows: tuple[Permitted, ...]

    @property
    def open(self) -> tuple[TimeWindow, ...]:
        """In order and apart from each other, in UTC."""
        return tuple(permitted.window for permitted in self.windows)

    def basis(self, start: datetime, finish: datetime) -> tuple[Basis, ...]:
        """The rules that permit presence from ``start`` to ``finish``, none if it is not permitted."""
        presence = in_utc(TimeWindow(start, finish))
        holding = (one for one in self.windows if common((presence,), (one.window,)) == (presence,))
        return next((one.basis_of(presence) for one in holding), ())


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors of a request. What holds at one of a kind is found once: a large day has few kinds."""

    policy: Policy | None
    packs: Packs
    zones: Zones
    span: TimeWindow
    """From the first shift's start to the last one's end and overtime, in UTC."""
    daylight: Daylight
    _rules: dict[str | None, Rules] = field(default_factory=dict[str | None, Rules])
    _open: dict[tuple[Kind, bool], tuple[Permitted, ...]] = field(
        default_factory=dict[tuple[Kind, bool], tuple[Permitted, ...]]
    )

    @classmethod
    def of(cls, request: DayRequest, packs: Packs, zones: Zones) -> Self:
        """Doors of a request without faults."""
        shifts = [shift for agent in request.agents for shift in agent.shifts]
        worked = [in_utc(TimeWindow(shift.start, shift.end.astimezone(UTC) + shift.overtime)) for shift in shifts]
        span = TimeWindow(min(one.start for one in worked), max(one.end for one in worked))
        # Hours are those of whole days by the clock at the door, which no shift leaves by more than a day.
        days = merged([TimeWindow(one.start - DAY, one.end + DAY) for one in worked])
        return cls(request.policy, packs, zones, span, Daylight(days))

    def rules(self, visit: Visit) -> Rules | None:
        """What is in force for a visit; ``None`` where no policy speaks of it."""
        if self.policy is None and visit.jurisdiction is None:
            return None
        if visit.jurisdiction not in self._rules:
            self._rules[visit.jurisdiction] = in_force(self.packs, self.policy or Policy(), visit.jurisdiction)
        return self._rules[visit.jurisdiction]

    def barred_by(self, visit: Visit) -> str | None:
        """The policy by which nobody calls there, whatever the hour."""
        rules = self.rules(visit)
        return None if rules is None or rules.barred_by is None else rules.barred_by.id

    def silent(self, visit: Visit, place: Place) -> tuple[str, ...]:
        """Policies that leave it to the tenant to give hours for some of the days."""
        rules, zone = self.rules(visit), self.zones.of_visit(visit, place)
        days = local_days(self.span.start, self.span.end, zone)
        return () if rules is None else tuple(dict.fromkeys(name for day in days for name in rules.on(day).silent))

    def permission(self, visit: Visit, place: Place, *, as_if_supplied: bool = False) -> Permission | None:
        """When a visit may be made at a place; ``None`` where no policy speaks of it.

        ``as_if_supplied``: if the tenant gave hours where nobody else does.
        """
        rules = self.rules(visit)
        if rules is None:
            return None
        kind = visit.jurisdiction, self.zones.of_visit(visit, place)
        if visit.consent and rules.consent_widens:
            return Permission(rules, self._windows(rules, kind, visit.consent, as_if_supplied=as_if_supplied))
        if (kind, as_if_supplied) not in self._open:
            self._open[kind, as_if_supplied] = self._windows(rules, kind, (), as_if_supplied=as_if_supplied)
        return Permission(rules, self._open[kind, as_if_supplied])

    def light(self, place: Place) -> tuple[TimeWindow, ...]:
        """When it is light at a place; never, as far as anybody knows, at one without coordinates."""
        return () if place.point is None else self.daylight.at(place.point)

    def _windows(
        self, rules: Rules, kind: Kind, consent: Sequence[Consent], *, as_if_supplied: bool
    ) -> tuple[Permitted, ...]:
        _, zone = kind
        since, until = self.span.start, self.span.end
        return permitted_windows(rules, zone, since, until, consent, as_if_supplied=as_if_supplied)
