"""What is in force at one door: packs, parents first, hours that the tenant supplies, and what consent opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.day.daytime import ALL_DAY, Hours, common, joined
from service.day.policy import Basis, DayName, OwnHours
from service.hours.calendars import HolidayAt, class_of, is_public_holiday
from service.hours.pack import Calendar, DayClass, Pack


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds at a door on one day.

    ``hours`` are what those leave that say something. ``silent`` are policies of which the tenant has to say what they
    do not: unless it is empty nobody may go.
    """

    hours: Hours
    basis: tuple[Basis, ...]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All that is in force at one door.

    ``packs`` are those of the jurisdiction, parents first; ``unknown`` is a jurisdiction that there is no pack of, for
    this activity at least. ``house`` and ``own`` are what the tenant supplies.
    """

    packs: tuple[Pack, ...] = ()
    unknown: str | None = None
    house: Pack | None = None
    own: tuple[OwnHours, ...] = ()
    calendar: Calendar | None = None
    holiday_at: HolidayAt = is_public_holiday

    @property
    def all_packs(self) -> Sequence[Pack]:
        """Of the jurisdiction, and the house's where the tenant asked for it."""
        return self.packs if self.house is None else (*self.packs, self.house)

    @property
    def barred_by(self) -> Pack | None:
        """The policy by which nobody calls at doors there, whatever the hour."""
        return next((pack for pack in self.packs if pack.visits_allowed is False), None)

    @property
    def consent_widens(self) -> bool:
        """Whether the customer's consent opens hours beside these; not where somebody is silent about it."""
        if self.unknown is not None or self.barred_by is not None:
            return False
        return bool(self.all_packs) and all(pack.consent_widens for pack in self.all_packs)

    @property
    def crew_after_dark(self) -> tuple[int, Basis] | None:
        """How many people have to come after dark, by the policy that asks for most of them."""
        asking = [(pack.after_dark_party_size, pack) for pack in self.all_packs if pack.after_dark_party_size]
        size, pack = max(asking, key=lambda one: one[0], default=(0, None))
        return None if pack is None else (size, _basis(pack, f"a party of {size} after dark"))

    @property
    def holidays_unknown(self) -> bool:
        """Whether other hours hold on public holidays, and nobody knows which days these are."""
        if self.calendar is not None:
            return False
        if any(pack.hours[DayClass.PUBLIC_HOLIDAY] != pack.hours[DayClass.WEEKDAY] for pack in self.all_packs):
            return True
        return len({_own(self.own, name) for name in DayName}) > 1

    def on(self, day: date) -> Ruling:
        """What holds on a day; nothing, where visits are barred."""
        if self.barred_by is not None:
            return Ruling((), (_basis(self.barred_by, "no visits at all"),))
        kind = class_of(day, self.calendar, self.holiday_at)
        hours, basis = ALL_DAY, list[Basis]()
        for pack in self.all_packs:
            said = pack.hours[kind]
            if said is not None:
                hours = common(hours, said)
                basis.append(_basis(pack, f"{kind} {written(said)}"))
        if self.own:
            name = _name(day, kind)
            said = _own(self.own, name)
            hours = common(hours, said)
            basis.append(Basis("request", None, f"{name} {written(said)}"))
        return Ruling(hours, tuple(basis), self._silent(kind))

    def _silent(self, kind: DayClass) -> tuple[str, ...]:
        """Whose hours are missing, unless the tenant supplies some."""
        if self.own or self.house:
            return ()
        silent = (pack.id for pack in self.packs if pack.visits_allowed is None or pack.hours[kind] is None)
        return (*silent, *(() if self.unknown is None else (self.unknown,)))


def written(hours: Hours) -> str:
    """As people write hours."""
    return ", ".join(map(str, hours)) or "closed"


def _basis(pack: Pack, rule: str) -> Basis:
    return Basis(pack.id, pack.version, rule)


def _name(day: date, kind: DayClass) -> DayName:
    return DayName.HOLIDAY if kind is DayClass.PUBLIC_HOLIDAY else tuple(DayName)[day.weekday()]


def _own(own: tuple[OwnHours, ...], name: DayName) -> Hours:
    """All hours of the rules that name the day."""
    return joined(span for rule in own if name in rule.days for span in rule.hours)
