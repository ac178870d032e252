"""How often somebody may be called upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service.day.policy import Basis
from service.hours.calendars import class_of
from service.hours.pack import Cap, Counts, DayClass, Pack, Spacing
from service.hours.rules import Rules


@dataclass(frozen=True, slots=True)
class Knock:
    """A call at a door, and whether somebody was reached."""

    on: date
    reached: bool


@dataclass(frozen=True, slots=True)
class Capped:
    """The rule by which it is too soon, and whose it is."""

    pack: Pack
    rule: Cap | Spacing

    @property
    def basis(self) -> Basis:
        """As a plan cites it."""
        return Basis(self.pack.id, self.pack.version, str(self.rule))


def too_soon(rules: Rules, knocks: Sequence[Knock], day: date) -> Capped | None:
    """What keeps somebody from being called upon on a day, ``None`` if nothing does.

    ``knocks`` are those before, of the unit that the caps speak of.
    """
    for pack in rules.all_packs:
        for rule in (*pack.caps, *(() if pack.spacing is None else (pack.spacing,))):
            counted = [knock.on for knock in knocks if knock.reached or rule.counts is Counts.ATTEMPTED]
            if _breaks(rules, rule, counted, day):
                return Capped(pack, rule)
    return None


def _breaks(rules: Rules, rule: Cap | Spacing, before: Sequence[date], day: date) -> bool:
    """Whether a call on that day would be one too many, or too soon."""
    if isinstance(rule, Cap):
        return sum((day - one).days < rule.days for one in before) >= rule.max
    return any(_since(rules, one, day, rule) < rule.days for one in before)


def _since(rules: Rules, before: date, day: date, spacing: Spacing) -> int:
    """Days from one to the other, or working days."""
    days = (day - before).days
    if not spacing.working_days:
        return days
    later = (before + timedelta(days=n) for n in range(1, days + 1))
    return sum(class_of(one, rules.calendar, rules.holiday_at) is DayClass.WEEKDAY for one in later)
